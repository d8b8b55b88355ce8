import type { Running } from '../../service.ts'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event, running } from '../../service.ts'

const lineage = '/api/v1/lineage'
const events = '/api/v1/events'

let server: Running

beforeAll(async () => {
  server = await running({
    LINEWARD_BODY_BYTES_MAX: '200000',
    LINEWARD_UNPACKED_BYTES_MAX: '40000000',
    LINEWARD_UNPACK_RATIO_MAX: '100',
    LINEWARD_EVENT_BYTES_MAX: '20000000',
    LINEWARD_BATCH_EVENTS_MAX: '1000',
    LINEWARD_EVENT_DEPTH_MAX: '40',
    LINEWARD_STRING_CHARACTERS_MAX: '50000',
    LINEWARD_KEY_CHARACTERS_MAX: '1000',
  })
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const nested = (depth: number, at: unknown): unknown =>
  depth === 0 ? at : { deeper: nested(depth - 1, at) }
const withFacet = (facet: unknown): string =>
  JSON.stringify(event({ job: { namespace: 'jobs', name: 'big', facets: { custom: facet } } }))
const answerOf = async (
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) => {
  const answer = await server.post(path, body, headers)
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const packed = (text: string | Buffer) => new Uint8Array(gzipSync(text))
const gzip = { 'content-encoding': 'gzip' }

describe('a body over a bound is refused whole, with its code', () => {
  const line = `${JSON.stringify(event())}\n`
  it.each<readonly [string, string | Uint8Array<ArrayBuffer>, Record<string, string>, number]>([
    ['as it is sent', 'x'.repeat(200_001), {}, 413],
    ['unpacked', packed(`"${'a'.repeat(41_000_000)}"`), gzip, 413],
    ['by its ratio', packed(Buffer.alloc(30_000_000, 0x20)), gzip, 413],
    ['packed twice, which is read as no event', packed(Buffer.from(packed(line))), gzip, 400],
    [
      'in one event',
      packed(
        JSON.stringify(Array.from({ length: 5_000_000 }, (_, i) => i)).replace('[', '{"a":[') + '}',
      ),
      gzip,
      413,
    ],
    ['in the number of events', '{}\n'.repeat(1001), {}, 413],
  ])('%s', async (what, body, headers, status) => {
    const before = server.service.ledger.head().entries
    const answer = await answerOf(events, body, headers)
    expect([what, answer.status]).toEqual([what, status])
    expect(answer.body['code']).toMatch(/^(?:BODY_TOO_LARGE|BODY_UNREADABLE|JSON_MALFORMED)$/)
    expect(server.service.ledger.head().entries).toBe(before)
  })
})

describe('an event over a bound is kept as text, and its sender is told which', () => {
  it.each([
    ['nesting', withFacet(nested(60, 1)), /nests deeper than 40 levels/],
    ['nesting without end', '['.repeat(100_000), /nests deeper than 40 levels/],
    ['a text', withFacet({ note: 'x'.repeat(50_001) }), /a text of over 50000 characters/],
    [
      'a text full of quotes',
      withFacet({ note: '"'.repeat(30_000) }),
      /a text of over 50000 characters/,
    ],
    ['a key', withFacet({ ['k'.repeat(1001)]: 1 }), /a key of over 1000 characters/],
  ])('%s', async (_what, body, reason) => {
    const answer = await answerOf(lineage, `${body} `)
    const told = JSON.stringify(answer.body)
    expect(told).toContain('EVENT_OVER_LIMIT')
    expect(told).toMatch(reason)
    expect(answer.status).toBeLessThan(300)
    const { deadLettered } = (await answerOf(events, body)).body
    expect(deadLettered).toBe(1)
  })

  it('and one at the bound is an event like any other', async () => {
    const facet = { ['k'.repeat(1000)]: 'x'.repeat(50_000), deep: nested(30, '"quoted"') }
    expect(await answerOf(lineage, withFacet(facet))).toMatchObject({
      status: 201,
      body: { accepted: 1, deadLettered: 0 },
    })
  })
})
