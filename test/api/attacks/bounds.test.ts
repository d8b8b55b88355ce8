import type { Config } from '../../../src/config.ts'
import type { Running } from '../../service.ts'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settings } from '../../../src/config.ts'
import { event, running } from '../../service.ts'
import { refuseFailures } from './raw.ts'

type Bound = Extract<keyof Config, `${string}Max`>
/** What is sent to go over a bound, and what is told: the status, the code, and which bound it is. */
type Attack = Readonly<{
  set: number
  path: string
  body: () => string | Uint8Array<ArrayBuffer>
  told: readonly [status: number, code: string, words: RegExp]
}>

const events = '/api/v1/events'
const lineage = '/api/v1/lineage'
const packed = (text: string | Buffer) => new Uint8Array(gzipSync(text))
const withFacet = (facet: unknown) => (): string =>
  JSON.stringify(event({ job: { namespace: 'jobs', name: 'big', facets: { facet } } }))
const nested = (depth: number): unknown => (depth === 0 ? 1 : { deeper: nested(depth - 1) })
const asked = (query: string) => (): string => JSON.stringify({ query })
const page = '{ edges { cursor } }'

const attacks = {
  bodyBytesMax: {
    set: 1_000_000,
    path: events,
    body: () => 'x'.repeat(1_000_001),
    told: [413, 'BODY_TOO_LARGE', /1000000 bytes/],
  },
  unpackedBytesMax: {
    set: 40_000_000,
    path: events,
    // Half of a megabyte that does not pack keeps it within the ratio.
    body: () => packed(Buffer.concat([randomBytes(500_000), Buffer.alloc(40_000_000)])),
    told: [413, 'BODY_TOO_LARGE', /unpacks over the limit of 40000000 bytes/],
  },
  unpackRatioMax: {
    set: 100,
    path: events,
    body: () => packed(Buffer.alloc(30_000_000, 0x20)),
    told: [413, 'BODY_TOO_LARGE', /more than 100 times/],
  },
  eventBytesMax: {
    set: 2_000_000,
    path: events,
    body: () => packed(`{"a":[${'1,'.repeat(1_500_000)}1]}`),
    told: [413, 'BODY_TOO_LARGE', /event/i],
  },
  batchEventsMax: {
    set: 1000,
    path: events,
    body: () => '{}\n'.repeat(1001),
    told: [413, 'BODY_TOO_LARGE', /1000 events/],
  },
  eventDepthMax: {
    set: 40,
    path: lineage,
    body: withFacet(nested(41)),
    told: [201, 'EVENT_OVER_LIMIT', /deeper than 40 levels/],
  },
  stringCharactersMax: {
    set: 50_000,
    path: lineage,
    body: withFacet({ note: 'x'.repeat(50_001) }),
    told: [201, 'EVENT_OVER_LIMIT', /a text of over 50000 characters/],
  },
  keyCharactersMax: {
    set: 1000,
    path: lineage,
    body: withFacet({ ['k'.repeat(1001)]: 1 }),
    told: [201, 'EVENT_OVER_LIMIT', /a key of over 1000 characters/],
  },
  queryBytesMax: {
    set: 20_000,
    path: '/graphql',
    body: asked(`{ __typename } # ${'x'.repeat(20_000)}`),
    told: [413, 'BODY_TOO_LARGE', /20000 bytes/],
  },
  queryTokensMax: {
    set: 500,
    path: '/graphql',
    body: asked(`{ ${'__typename '.repeat(500)} }`),
    told: [400, 'LIMIT_EXCEEDED', /more than 500 tokens/],
  },
  queryDepthMax: {
    set: 10,
    path: '/graphql',
    body: asked(`{ run(runId: "r") { ${'parent { '.repeat(9)} id ${'} '.repeat(10)} }`),
    told: [400, 'LIMIT_EXCEEDED', /more than 10 fields/],
  },
  queryAliasesMax: {
    set: 20,
    path: '/graphql',
    body: asked(`{ ${Array.from({ length: 21 }, (_, n) => `a${n}: __typename`).join(' ')} }`),
    told: [400, 'LIMIT_EXCEEDED', /more than 20 aliases/],
  },
  queryCostMax: {
    set: 1000,
    path: '/graphql',
    body: asked(
      '{ datasets(first: 50) { edges { node { columns(first: 50) { edges { cursor } } } } } }',
    ),
    told: [400, 'LIMIT_EXCEEDED', /more than 1000 fields/],
  },
  pageSizeMax: {
    set: 60,
    path: '/graphql',
    body: asked(`{ datasets(first: 61) ${page} }`),
    told: [200, 'LIMIT_EXCEEDED', /`first` is 61, and may be at most 60/],
  },
} as const satisfies Partial<Record<Bound, Attack>>

/** Bounds that take more than one request, or that cut an answer short and say so: who tries them. */
const elsewhere: Partial<Record<Bound, readonly [file: string, words: string]>> = {
  queueBytesMax: ['test/api/rest/overload.test.ts', 'LINEWARD_QUEUE_BYTES_MAX'],
  requestMsMax: ['test/api/attacks/http.test.ts', 'LINEWARD_REQUEST_MS_MAX'],
  tokenRequestsMax: ['test/api/auth/rate-limits.test.ts', 'tokenRequestsMax'],
  wrongTokensMax: ['test/api/auth/rate-limits.test.ts', 'wrongTokensMax'],
  replayLettersMax: ['test/api/graphql/mutation.test.ts', 'replay-letters-max'],
  walkHopsMax: ['test/api/graphql/lineage.test.ts', 'walk-hops-max'],
  walkNodesMax: ['test/api/graphql/lineage.test.ts', 'walk-nodes-max'],
}
/** Bounds of our own work: nobody is refused for them. */
const ours: readonly Bound[] = [
  'clockSkewMsMax',
  'deriveKeysMax',
  'flushBytesMax',
  'flushEntriesMax',
  'projectBytesMax',
  'projectEntriesMax',
  'walkTimeMsMax',
]

describe('every bound', () => {
  let server: Running
  beforeAll(async () => {
    const env = Object.entries(attacks).map(([name, { set }]) => [
      settings[name as keyof typeof attacks].env,
      String(set),
    ])
    server = await running(Object.fromEntries(env) as Record<string, string>)
    await server.post(lineage, JSON.stringify(event()))
  })
  afterAll(async () => {
    refuseFailures(server.log)
    await server[Symbol.asyncDispose]()
  })

  it('is tried by an attack, or is none on who calls', () => {
    const bounds = Object.keys(settings).filter((name) => name.endsWith('Max'))
    const tried = [...Object.keys(attacks), ...Object.keys(elsewhere), ...ours]
    expect(tried.toSorted()).toEqual(bounds.toSorted())
    for (const [file, words] of Object.values(elsewhere)) {
      expect(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')).toContain(words)
    }
  })

  it.each(Object.entries<Attack>(attacks))(
    '%s is held, and who goes over it is told which',
    async (_name, { path, body, told: [status, code, words] }) => {
      const token = server.tokens[path === '/graphql' ? 'auditor' : 'producer']
      const answer = await server.post(path, body(), { authorization: `Bearer ${token}` })
      const text = await answer.text()
      expect([answer.status, text]).toEqual([status, expect.stringContaining(`"code":"${code}"`)])
      expect(text).toMatch(words)
    },
  )
})
