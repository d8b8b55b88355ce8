import type { Figure } from './figure.ts'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { shown } from './figure.ts'

/** What the machine did when a line was measured. */
export type Run = Readonly<{
  figures: readonly Figure[]
  /** The load of the last minute before the line was measured and after it. */
  loadBefore: number
  loadAfter: number
}>

export function loadNow(): number {
  return loadavg()[0] ?? 0
}

/** The results as a page: the machine first, since a figure says nothing without it. */
export function page(runs: readonly Run[], { quick }: Readonly<{ quick: boolean }>): string {
  const loads = runs.flatMap(({ loadBefore, loadAfter }) => [loadBefore, loadAfter])
  const lines = [
    '# Results',
    '',
    `Written by \`npm run bench${quick ? ' -- --quick' : ''}\` on ${new Date().toISOString().slice(0, 10)}.`,
    '',
    `- Processor: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores; ${shown(totalmem() / 2 ** 30)} GiB of memory`,
    `- Load of the machine: ${shown(Math.min(...loads))} to ${shown(Math.max(...loads))} while it ran (the bench itself is part of it)`,
    `- Node ${process.versions.node}, SQLite ${process.versions['sqlite'] ?? 'unknown'}`,
    '',
    'Each line was measured once, beside its peer or limit in the same run. The ratio is of the two;',
    'more is better, and 1 is as good as the peer.',
    ...(quick ? ['', 'These are of a quick run: smaller worlds, fewer requests.'] : []),
    '',
    '| what | measured | against | ratio | asked for | load |',
    '| --- | --- | --- | --- | --- | --- |',
    ...runs.flatMap((run) => run.figures.map((figure) => row(figure, run))),
    '',
    ...runs
      .flatMap(({ figures }) => figures)
      .flatMap(({ line, note }) => (note === undefined ? [] : [`- ${line}: ${note}`])),
    '',
  ]
  return lines.join('\n')
}

function row(
  { line, measured, against, ratio, target }: Figure,
  { loadBefore, loadAfter }: Run,
): string {
  const asked = target === undefined ? '' : `${target.text}: ${target.met ? 'yes' : 'no'}`
  const load = `${shown(loadBefore)} to ${shown(loadAfter)}`
  return `| ${[line, measured, against, shown(ratio), asked, load].join(' | ')} |`
}
