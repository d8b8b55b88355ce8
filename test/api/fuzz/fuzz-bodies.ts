import type { Running } from '../../service.ts'
import type { Tally } from './tally.ts'
import fc from 'fast-check'
import { expect } from 'vitest'
import { problemType } from '../../../src/api/problem.ts'
import { bodiesFrom } from './bodies.ts'
import { seedTexts } from './seeds.ts'
import { count, expectClientCode, holdsNoInsides, newTally, timed } from './tally.ts'

export type Effort = Readonly<{
  seed: number
  numRuns: number
  /** How long one answer may take until it is a hang. */
  answerMsMax: number
}>

const paths = ['/api/v1/events', '/api/v1/events', '/api/v1/lineage', '/api/v1/lineage/batch']
const types = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=UTF-16',
  'application/x-ndjson',
  'application/cloudevents+json',
  'application/gzip',
  'application/octet-stream',
  'text/plain',
  'text/plain; charset=iso-8859-1',
  'text/html',
  ';',
]
const encodings = ['', 'gzip', 'GZIP', 'x-gzip', 'identity', 'gzip, gzip', 'identity, gzip', 'br']
const contexts = ['', '?context.cluster=dwh&context.account=1&context.region=eu', '?context.a=%00']

const sentFrom = (texts: readonly string[]) =>
  fc.record({
    path: fc.constantFrom(...paths),
    body: bodiesFrom(texts),
    type: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom('application/json', 'text/plain') },
      { weight: 2, arbitrary: fc.constantFrom(...types) },
    ),
    encoding: fc.oneof(
      { weight: 6, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.constantFrom(...encodings) },
    ),
    context: fc.constantFrom(...contexts),
  })

/**
 * Hands in what happens to good bodies, those of `seeds.ts` and more, and checks what is answered. Gives
 * what was.
 */
export async function fuzzBodies(
  server: Running,
  effort: Effort,
  more: readonly string[] = [],
): Promise<Tally> {
  const tally = newTally()
  const { answerMsMax, ...how } = effort
  await fc.assert(
    fc.asyncProperty(
      sentFrom([...seedTexts, ...more]),
      async ({ path, body, type, encoding, context }) => {
        const { answer, text } = await timed(tally, async () => {
          const response = await fetch(`${server.url}${path}${context}`, {
            method: 'POST',
            headers: {
              authorization: `Bearer ${server.tokens.producer}`,
              'content-type': type,
              ...(encoding === '' ? {} : { 'content-encoding': encoding }),
            },
            body: new Uint8Array(body),
            signal: AbortSignal.timeout(answerMsMax),
          })
          return { answer: response, text: await response.text() }
        })
        expect([200, 201, 400, 413, 415]).toContain(answer.status)
        holdsNoInsides(text, server)
        count(tally.answers, answer.status)
        const said = JSON.parse(text) as Readonly<Record<string, unknown>>
        if (answer.status >= 400) {
          expect(answer.headers.get('content-type')).toBe(problemType)
          count(tally.codes, expectClientCode(said['code']))
        } else if (path === '/api/v1/events') {
          const { received, ...became } = said as Readonly<Record<string, number>>
          expect(Object.values(became).reduce((sum, one) => sum + one, 0)).toBe(received)
        }
      },
    ),
    how,
  )
  return tally
}
