import type { Running } from '../../service.ts'
import type { Effort } from './fuzz-bodies.ts'
import type { Tally } from './tally.ts'
import fc from 'fast-check'
import { expect } from 'vitest'
import { problemType } from '../../../src/api/problem.ts'
import { bodiesFrom } from './bodies.ts'
import { questions } from './questions.ts'
import { count, expectClientCode, holdsNoInsides, newTally, timed } from './tally.ts'
import { vocabularyOf } from './vocabulary.ts'

type Answered = Readonly<{
  code?: unknown
  data?: unknown
  errors?: readonly Readonly<{ message: string; extensions: Readonly<{ code: unknown }> }>[]
}>

const operationNames = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(undefined, 'Q') },
  { weight: 1, arbitrary: fc.constantFrom('R', '', '\u0000', 7, {}) },
)
const noHeaders: Readonly<Record<string, string>> = {}
const headers = fc.oneof(
  { weight: 30, arbitrary: fc.constant(noHeaders) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Readonly<Record<string, string>>>(
      { 'content-type': 'application/json; charset=latin1' },
      { 'content-type': 'application/graphql' },
      { 'content-encoding': 'gzip' },
      { accept: 'application/graphql-response+json' },
    ),
  },
)

/** Asks what could be asked by chance, and checks what is answered. Gives what was. */
export async function fuzzQuestions(server: Running, effort: Effort): Promise<Tally> {
  const tally = newTally()
  const { answerMsMax, ...how } = effort
  const request = fc
    .record({
      question: questions(await vocabularyOf(server)),
      operationName: operationNames,
      isBatch: fc.integer({ min: 0, max: 30 }).map((number) => number === 0),
    })
    .map(({ question, operationName, isBatch }) => {
      const one = { ...question, operationName }
      return JSON.stringify(isBatch ? [one, one, one] : one)
    })
  const whole = request.map((text) => Buffer.from(text))
  const broken = request.chain((text) => bodiesFrom([text]))
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 12, arbitrary: whole }, { weight: 1, arbitrary: broken }),
      fc.constantFrom('steward', 'auditor', 'admin'),
      headers,
      async (body, role, more) => {
        const { answer, text } = await timed(tally, async () => {
          const response = await fetch(`${server.url}/graphql`, {
            method: 'POST',
            headers: {
              authorization: `Bearer ${server.tokens[role]}`,
              'content-type': 'application/json',
              ...more,
            },
            body: new Uint8Array(body),
            signal: AbortSignal.timeout(answerMsMax),
          })
          return { answer: response, text: await response.text() }
        })
        expect([answer.status, answer.status < 500]).toEqual([answer.status, true])
        holdsNoInsides(text, server)
        count(tally.answers, answer.status)
        const { code, errors = [], data } = JSON.parse(text) as Answered
        if (answer.headers.get('content-type') === problemType) {
          count(tally.codes, expectClientCode(code))
          return
        }
        // A fault of ours would be in an answer of 200 as well.
        for (const { extensions } of errors) count(tally.codes, expectClientCode(extensions.code))
        if (errors.length === 0) count(tally.codes, 'answered')
        if (errors.length === 0) expect(data).toBeDefined()
      },
    ),
    how,
  )
  return tally
}
