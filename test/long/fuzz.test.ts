import type { Tally } from '../api/fuzz/tally.ts'
import type { Running } from '../service.ts'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fuzzBodies } from '../api/fuzz/fuzz-bodies.ts'
import { fuzzQuestions } from '../api/fuzz/fuzz-questions.ts'
import { fuzzRequests } from '../api/fuzz/fuzz-requests.ts'
import { fuzzedServer } from '../api/fuzz/server.ts'
import { expectWell, shown, together } from '../api/fuzz/tally.ts'
import { awsFiles, awsSamplesAreThere } from '../ingest/shared-samples.ts'

/** Other seeds than the short run has. The first round fills the caches, the last is compared with it. */
const seeds = [11, 12, 13, 14, 15]
const answerMsMax = 20_000
const mebibyte = 1024 * 1024
const growthMax = 32 * mebibyte

/** Where they are there, the shared samples too; the goldens are of every format without them. */
const samples = awsSamplesAreThere ? awsFiles().map(({ text }) => text) : []

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

let server: Running
beforeAll(async () => {
  server = await fuzzedServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** What is in use, without what waits to be collected and what the test itself keeps of the log. */
function heapUsed(): number {
  ;(server.log as string[]).length = 0
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

it('no body, request or question makes a failure or a hang, and memory does not grow', async ({
  annotate,
}) => {
  const used: number[] = []
  const seen: Tally[] = []
  for (const seed of seeds) {
    const all = [
      await fuzzBodies(server, { seed, numRuns: 1500, answerMsMax }, samples),
      await fuzzRequests(server, { seed, numRuns: 600, answerMsMax }),
      await fuzzQuestions(server, { seed, numRuns: 1500, answerMsMax }),
    ]
    await expectWell(server)
    used.push(heapUsed())
    seen.push(...all)
  }
  const shownBytes = used.map((bytes) => `${Math.round(bytes / mebibyte)} MiB`)
  await annotate(shown(together(seen)))
  await annotate(`in use after each round: ${shownBytes.join(', ')}`)
  expect((used.at(-1) ?? 0) - (used[0] ?? 0)).toBeLessThan(growthMax)
})
