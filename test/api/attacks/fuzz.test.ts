import type { Running } from '../../service.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fuzzBodies } from '../fuzz/fuzz-bodies.ts'
import { fuzzQuestions } from '../fuzz/fuzz-questions.ts'
import { fuzzRequests } from '../fuzz/fuzz-requests.ts'
import { fuzzedServer } from '../fuzz/server.ts'
import { expectWell } from '../fuzz/tally.ts'

/** Always the same ones, so that a failure is found again; `test/long/fuzz.test.ts` tries others. */
const seed = 20_260_302
/** Far beyond what an answer takes: a machine that does much else is no hang. */
const answerMsMax = 20_000
const timeout = 300_000

let server: Running
beforeAll(async () => {
  server = await fuzzedServer()
})
afterAll(() => server[Symbol.asyncDispose]())

it(
  'whatever is done to a body of events, it is answered, and never with a failure',
  { timeout },
  async () => {
    const { answers, codes } = await fuzzBodies(server, { seed, numRuns: 500, answerMsMax })
    // A run that met too few of a kind would have shown nothing about it.
    for (const status of [200, 201, 400, 415])
      expect([status, answers.get(status)]).toEqual([status, expect.any(Number)])
    for (const code of ['JSON_MALFORMED', 'BODY_UNREADABLE', 'MEDIA_TYPE_UNSUPPORTED']) {
      expect([...codes.keys()]).toContain(code)
    }
    await expectWell(server)
  },
)

it(
  'whatever is done to a request, it is answered or let go, and never with a failure',
  { timeout },
  async () => {
    const { answers } = await fuzzRequests(server, { seed, numRuns: 150, answerMsMax })
    for (const status of [200, 400, 401, 403, 404, 405, 415])
      expect([status, answers.get(status)]).toEqual([status, expect.any(Number)])
    await expectWell(server)
  },
)

it(
  'whatever is asked in GraphQL, it is answered, and never with a failure',
  { timeout },
  async () => {
    const { codes } = await fuzzQuestions(server, { seed, numRuns: 500, answerMsMax })
    for (const code of [
      'answered',
      'QUERY_INVALID',
      'LIMIT_EXCEEDED',
      'ARGUMENT_INVALID',
      'NOT_FOUND',
      'FORBIDDEN',
    ]) {
      expect([...codes.keys()]).toContain(code)
    }
    await expectWell(server)
  },
)
