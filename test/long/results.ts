import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { join, relative } from 'node:path'

const file = join(import.meta.dirname, 'results.md')
const root = join(import.meta.dirname, '../..')

/**
 * Writes what `npm run test:long` found to `results.md` beside it: of each test how it ended, how long
 * it took and what it measured (its annotations). A run of some files leaves the lines of the others.
 */
export class ResultsPage implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    // Every run of tests loads this file with its settings, and few write the page.
    const { format, resolveConfig } = await import('prettier')
    const ran = modules.map((module) => relative(root, module.moduleId))
    const kept = linesKept().filter((line) => !ran.some((path) => line.startsWith(`| ${path} `)))
    const lines = modules.flatMap((module) => [...module.children.allTests()].map(lineOf))
    const page = [
      '# Results of the long tests',
      '',
      `Written by \`npm run test:long\`, the last of it on ${availableParallelism()} cores with`,
      `${Math.round(totalmem() / 2 ** 30)} GiB and Node ${process.versions.node}.`,
      '',
      '| file | test | ended | seconds | day | measured |',
      '| --- | --- | --- | --- | --- | --- |',
      ...[...kept, ...lines].toSorted(),
      '',
    ].join('\n')
    const options = { ...(await resolveConfig(file)), filepath: file }
    writeFileSync(file, await format(page, options))
  }
}

function linesKept(): readonly string[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line.startsWith('| test/')).map((line) => line.replace(/ +/g, ' '))
}

function lineOf(test: TestCase): string {
  const seconds = ((test.diagnostic()?.duration ?? 0) / 1000).toFixed(1)
  const measured = test.annotations().map(({ message }) => message.replaceAll('\n', ' '))
  const cells = [
    relative(root, test.module.moduleId),
    test.fullName,
    test.result().state,
    seconds,
    new Date().toISOString().slice(0, 10),
    measured.join('; '),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
