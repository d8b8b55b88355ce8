import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

const script = join(import.meta.dirname, '../../scripts/closing-line.ts')
const test = (status: string, fullName = 'a sentence') => ({ status, fullName })
const file = (...tests: readonly { status: string }[]) => ({
  name: 'flow.test.ts',
  status: tests.some(({ status }) => status === 'failed') ? 'failed' : 'passed',
  assertionResults: tests,
})
const unloaded = { name: 'flow.test.ts', status: 'failed', assertionResults: [] }

it.each([
  ['all passed', [file(test('passed'), test('passed'))], '0', '2 passed, 0 failed', 0],
  ['one failed', [file(test('passed'), test('failed'))], '1', '1 passed, 1 failed', 1],
  ['a file did not load', [unloaded, file(test('passed'))], '1', '1 passed, 1 failed', 1],
  ['npm test failed in another way', [file(test('passed'))], '1', '1 passed, 1 failed', 1],
  ['no test ran', [], '0', '0 passed, 1 failed', 1],
  ['all were skipped', [file(test('skipped'))], '0', '0 passed, 1 failed', 1],
])('tells the truth when %s', (_when, files, npmStatus, last, exit) => {
  const { lines, status } = close(JSON.stringify({ testResults: files }), npmStatus)
  expect(lines.at(-1)).toBe(last)
  expect(status).toBe(exit)
})

it('counts a missing report as a failure', () => {
  const { lines, status } = close(undefined, '1')
  expect(lines.at(-1)).toBe('0 passed, 1 failed')
  expect(status).toBe(1)
})

it('names what was skipped', () => {
  const report = { testResults: [file(test('passed'), test('skipped', 'shared samples: spark'))] }
  const { lines } = close(JSON.stringify(report), '0')
  expect(lines).toEqual(['skipped: shared samples: spark', '1 passed, 0 failed'])
})

function close(report: string | undefined, npmStatus: string) {
  const folder = mkdtempSync(join(tmpdir(), 'lineward-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'vitest.json')
  if (report !== undefined) writeFileSync(path, report)
  const done = spawnSync(process.execPath, [script, path, npmStatus], { encoding: 'utf8' })
  return { lines: done.stdout.trim().split('\n'), status: done.status }
}
