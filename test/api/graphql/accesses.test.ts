import type { JsonObject } from '../../../src/model/index.ts'
import type { World } from './service.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assumed, objectCall, record } from '../../ingest/aws-events.ts'
import { moved } from './event.ts'
import { openWorld } from './service.ts'

const account = '111122223333'
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`
const user = (name: string) => `arn:aws:iam::${account}:user/${name}`

const query = `query Q($of: [DatasetRef!]!, $since: DateTime!, $until: DateTime, $first: Int! = 100, $after: String) {
  accesses(of: $of, since: $since, until: $until, first: $first, after: $after) {
    edges { cursor node {
      principal { id kind name actsFor { id kind } }
      dataset { namespace name } action hour count first last via
      evidence { author eventTime event }
    } }
    pageInfo { hasNextPage endCursor }
  }
}`

type Node = Readonly<{
  principal: Readonly<{ id: string; actsFor: readonly Readonly<{ id: string }>[] }>
  dataset: Readonly<{ namespace: string; name: string }>
  action: string
  hour: string
  count: number
  via: string | null
  evidence: readonly Readonly<{ author: string; event: JsonObject | null }>[]
}>
type Answer = Readonly<{
  accesses: Readonly<{
    edges: readonly Readonly<{ node: Node }>[]
    pageInfo: Readonly<{ hasNextPage: boolean; endCursor: string | null }>
  }>
}>

const since = '2026-03-01T00:00:00Z'
const lake = (name: string) => [{ namespace: 's3://lake', name }]

function rowsOf({ accesses }: Answer): readonly (readonly unknown[])[] {
  return accesses.edges.map(({ node }) => [
    node.dataset.name,
    node.principal.id,
    node.action,
    node.hour,
    node.count,
  ])
}

describe('accesses', () => {
  let world: World
  const asked = async (of: readonly object[], more: object = {}, token?: string) =>
    rowsOf(await world.answer<Answer>(query, { of, since, ...more }, token))

  const read = objectCall('GetObject', 'raw/visits/dt=2026-03-01/patient-1234567.parquet', {
    eventTime: '2026-03-01T10:05:00Z',
  })

  beforeAll(async () => {
    world = await openWorld()
    await world.postTo({ door: '/api/v1/events' }, [
      assumed({ role: 'reader', key: 'ASIAFIRSTFIRSTFIRSTF', by: { user: 'ann' } }),
      assumed({
        role: 'etl',
        key: 'ASIASECONDSECONDSECO',
        by: { role: 'reader', key: 'ASIAFIRSTFIRSTFIRSTF' },
      }),
      read,
      objectCall('GetObject', 'raw/visits/dt=2026-03-02/part-0.parquet', {
        eventTime: '2026-03-01T10:55:00Z',
      }),
      objectCall('PutObject', 'out/a.csv', { eventTime: '2026-03-01T11:05:00Z' }),
      objectCall('GetObject', 'raw/visits/x.csv', {
        eventTime: '2026-03-01T12:00:00Z',
        errorCode: 'AccessDenied',
        requestParameters: null,
      }),
      objectCall('GetObject', 'raw/visits/x.csv', {
        eventTime: '2026-03-01T13:00:00Z',
        sourceIPAddress: 'athena.amazonaws.com',
      }),
      objectCall('CopyObject', 'cold/x.csv', {
        eventTime: '2026-03-01T14:00:00Z',
        requestParameters: {
          bucketName: 'lake',
          key: 'cold/x.csv',
          'x-amz-copy-source': '/lake/raw/visits/x.csv?versionId=1',
        },
      }),
      objectCall('ListObjects', '', {
        eventTime: '2026-03-01T15:00:00Z',
        requestParameters: { bucketName: 'lake', prefix: 'raw/' },
      }),
    ])
    // The same record again, from another trail's file.
    await world.postTo({ door: '/api/v1/events' }, [{ Records: [read] }])
  })
  afterAll(() => world[Symbol.asyncDispose]())

  it('are counted per principal, action and hour, newest first, by folders without partitions', async () => {
    expect(await asked(lake('raw/visits'))).toEqual([
      ['raw/visits', role('etl'), 'READ', '2026-03-01T14:00:00Z', 1],
      ['raw/visits', role('etl'), 'READ', '2026-03-01T13:00:00Z', 1],
      ['raw/visits', role('etl'), 'READ_ATTEMPT', '2026-03-01T12:00:00Z', 1],
      ['raw/visits', role('etl'), 'READ', '2026-03-01T10:00:00Z', 2],
    ])
  })

  it('of what lies in a dataset are its own, and not those of what it lies in', async () => {
    const all = await asked(lake('raw'))
    expect(all).toHaveLength(5)
    expect(all[0]).toEqual(['raw', role('etl'), 'LIST', '2026-03-01T15:00:00Z', 1])
    expect(await asked(lake('raw/visits'))).toHaveLength(4)
    expect(await asked([...lake('cold'), ...lake('out')])).toEqual([
      ['cold', role('etl'), 'WRITE', '2026-03-01T14:00:00Z', 1],
      ['out', role('etl'), 'WRITE', '2026-03-01T11:00:00Z', 1],
    ])
  })

  it('name who stood behind the role, the way and the entries', async () => {
    const answer = await world.answer<Answer>(query, {
      of: lake('raw/visits'),
      since: '2026-03-01T13:00:00Z',
      until: '2026-03-01T13:00:01Z',
    })
    expect(answer.accesses.edges.map(({ node }) => node)).toMatchObject([
      {
        principal: { kind: 'ROLE', name: 'etl', actsFor: [{ id: user('ann'), kind: 'USER' }] },
        via: 'service:athena.amazonaws.com',
        first: '2026-03-01T13:00:00Z',
        last: '2026-03-01T13:00:00Z',
        evidence: [{ author: role('etl'), event: { call: 's3:GetObject' } }],
      },
    ])
    expect(JSON.stringify(answer)).not.toContain('x.csv')
  })

  it('come in pages', async () => {
    const pages: string[] = []
    for (let after: string | null = null, more = true; more;) {
      const { accesses }: Answer = await world.answer<Answer>(query, {
        of: lake('raw'),
        since,
        first: 2,
        after,
      })
      pages.push(accesses.edges.map(({ node }) => node.hour.slice(11, 13)).join(' '))
      after = accesses.pageInfo.endCursor
      more = accesses.pageInfo.hasNextPage
    }
    expect(pages).toEqual(['15 14', '13 12', '10'])
  })

  it.each([
    ['nothing to ask about', { of: [] }, 'ARGUMENT_INVALID'],
    ['a dataset that is not there', { of: lake('nothing') }, 'NOT_FOUND'],
    [
      'too many at once',
      { of: Array.from({ length: 101 }, () => lake('raw')[0]) },
      'LIMIT_EXCEEDED',
    ],
    ['too large a page', { of: lake('raw'), first: 100_000 }, 'LIMIT_EXCEEDED'],
    ['a cursor of nothing', { of: lake('raw'), after: 'x' }, 'ARGUMENT_INVALID'],
    ['a time that is none', { of: lake('raw'), since: 'yesterday' }, 'ARGUMENT_INVALID'],
  ])('are refused for %s', async (_, variables, code) => {
    const { codes } = await world.ask(query, { since, ...variables })
    expect(codes).toEqual([code])
  })

  it('show a limited token its namespaces, and no events', async () => {
    await world.post(moved(['etl', 'x'], { inputs: [['s3://other', 'x']] }))
    const limited = await world.token('auditor', ['s3://lake'])
    const answer = await world.answer<Answer>(query, { of: lake('out'), since }, limited)
    expect(answer.accesses.edges.map(({ node }) => node)).toMatchObject([
      { principal: { id: role('etl') }, evidence: [{ event: null }] },
    ])
    const blind = await world.token('auditor', ['s3://other'])
    const { codes } = await world.ask(query, { of: lake('out'), since }, blind)
    expect(codes).toEqual(['NOT_FOUND'])
  })

  it('lead to principals, who are found by their ids', async () => {
    const text = `query Q($id: ID!) {
      principal(id: $id) { id kind name actsFor { id actsFor { id } } }
      node(id: $id) { id ... on Principal { kind } }
    }`
    expect(await world.answer(text, { id: role('etl') })).toMatchObject({
      principal: { kind: 'ROLE', name: 'etl', actsFor: [{ id: user('ann'), actsFor: [] }] },
      node: { id: role('etl'), kind: 'ROLE' },
    })
    expect(await world.answer(text, { id: user('nobody') })).toEqual({
      principal: null,
      node: null,
    })
    const limited = await world.token('auditor', ['s3://lake'])
    expect(await world.answer(text, { id: role('etl') }, limited)).toEqual({
      principal: null,
      node: null,
    })
  })

  it('are beside runs, of which the call that started them tells who it was', async () => {
    await world.postTo({ door: '/api/v1/events' }, [
      record({
        eventSource: 'glue.amazonaws.com',
        eventName: 'StartJobRun',
        requestParameters: { jobName: 'curate' },
        responseElements: { jobRunId: 'jr_1' },
      }),
    ])
    const text = '{ run(runId: "jr_1") { principal { id kind } } }'
    const principal = { id: role('etl/Loader'), kind: 'ROLE' }
    expect(await world.answer(text)).toEqual({ run: { principal } })
  })

  it('end with their retraction, and the ledger verifies', async () => {
    await world.postTo({ door: '/api/v1/events' }, [
      objectCall('PutObject', 'gone/a.csv', { eventTime: '2026-03-01T11:05:00Z' }),
    ])
    const asks = `query Q($of: [DatasetRef!]!, $since: DateTime!) {
      accesses(of: $of, since: $since) { edges { node { evidence { position } } } }
    }`
    const { accesses } = await world.answer<{
      accesses: { edges: readonly { node: { evidence: readonly { position: string }[] } }[] }
    }>(asks, { of: lake('gone'), since })
    const positions = accesses.edges.flatMap(({ node }) => node.evidence.map((one) => one.position))
    expect(positions).toHaveLength(1)
    await world.answer(
      `mutation R($positions: [Position!]) {
        retract(entries: { positions: $positions }, reason: "not ours") { entries }
      }`,
      { positions },
    )
    const { codes } = await world.ask(asks, { of: lake('gone'), since })
    expect(codes).toEqual(['NOT_FOUND'])
    expect(await world.service.ledger.verify()).toMatchObject({ broken: undefined })
  })
})
