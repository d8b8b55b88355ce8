import type { Running } from '../../service.ts'
import type { Effort } from './fuzz-bodies.ts'
import type { Asked } from './requests.ts'
import type { Tally } from './tally.ts'
import fc from 'fast-check'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { problemType } from '../../../src/api/problem.ts'
import { sendRaw } from '../attacks/raw.ts'
import { asked } from './requests.ts'
import { count, expectClientCode, holdsNoInsides, newTally, timed } from './tally.ts'

function bytesOf({ method, target, credential: role, headers, ...rest }: Asked, server: Running) {
  const token = server.tokens[role as keyof Running['tokens']]
  const lines = [
    `${method} ${target} HTTP/1.1`,
    'Host: here',
    'Connection: close',
    ...(role === 'none' ? [] : [`Authorization: Bearer ${token}`]),
    ...(rest.saysLength ? [`Content-Length: ${Buffer.byteLength(rest.body, 'latin1')}`] : []),
    ...headers,
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${rest.body}`, 'latin1')
}

/** So many at once: one that waits for the rest of its body does not hold up the others. */
const atOnce = 8

/**
 * Asks in ways that clients do not, over bare connections, and checks what is answered. The server has
 * to be one that lets slow clients go after a second.
 */
export async function fuzzRequests(server: Running, effort: Effort): Promise<Tally> {
  const tally = newTally()
  const { answerMsMax, ...how } = effort
  const ask = async (one: Asked): Promise<void> => {
    const late = new AbortController()
    const answer = await timed(tally, () =>
      Promise.race([
        sendRaw(server.url, bytesOf(one, server)),
        delay(answerMsMax, undefined, { signal: late.signal }).catch(() => undefined),
      ]),
    )
    late.abort()
    if (answer === undefined) throw new Error('there was no answer in time')
    const { status, headers, body: text, all } = answer
    // A connection that carried no request may end without an answer.
    expect(/^HTTP\/1\.1 5\d\d.*$/m.exec(all)?.[0]).toBeUndefined()
    holdsNoInsides(all, server)
    expect(headers).not.toHaveProperty('x-injected')
    expect(all).not.toContain('evil.test')
    count(tally.answers, status)
    if (headers['content-type'] !== problemType || one.method === 'HEAD') return
    // What the body was too long for is read as a request of its own, and answered too.
    const first = Buffer.from(text).subarray(0, Number(headers['content-length']))
    const { code } = JSON.parse(first.toString()) as { code?: unknown }
    count(tally.codes, expectClientCode(code))
  }
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: atOnce }), async (batch) => {
      await Promise.all(batch.map(ask))
    }),
    how,
  )
  return tally
}
