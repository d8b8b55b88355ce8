import { existsSync, readFileSync } from 'node:fs'

/**
 * `node scripts/closing-line.ts <vitest's JSON report> <exit status of npm test>`
 *
 * Names what was skipped, then prints `N passed, N failed` as the last line. A file that could not
 * be loaded counts as one failure, and so does a check before the tests that ended them, for then
 * there is no report. Exits 0 only when the status was 0, nothing failed and something passed.
 */
const [reportPath = '', status = '1'] = process.argv.slice(2)

type TestFile = Readonly<{
  name: string
  status: string
  assertionResults: readonly Readonly<{ status: string; fullName: string }>[]
}>

const files: readonly TestFile[] = existsSync(reportPath)
  ? (JSON.parse(readFileSync(reportPath, 'utf8')) as { testResults: readonly TestFile[] })
      .testResults
  : []
const tests = files.flatMap((file) => file.assertionResults)
const countOf = (wanted: string): number => tests.filter((test) => test.status === wanted).length

const passed = countOf('passed')
const unloaded = files.filter(
  (file) =>
    file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
)
let failed = countOf('failed') + unloaded.length

for (const file of unloaded) console.log(`could not be run: ${file.name}`)
for (const test of tests) {
  if (test.status !== 'passed' && test.status !== 'failed') console.log(`skipped: ${test.fullName}`)
}
if (failed === 0 && (status !== '0' || passed === 0)) {
  console.log(
    passed === 0 ? 'No test ran: a check before them failed.' : `npm test ended with ${status}.`,
  )
  failed = 1
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
