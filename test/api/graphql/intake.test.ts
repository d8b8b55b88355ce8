import type { World } from './service.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { looking, record } from '../../ingest/aws-events.ts'
import { moved } from './event.ts'
import { openWorld } from './service.ts'

const counts = `{
  intake {
    unknownEvents { source name count lastSeen }
    irrelevantEvents { source name count lastSeen }
  }
}`

describe('what is not in the graph', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ 'page-size-max': '100' })
    const twice = record({ eventTime: '2026-03-04T01:00:00Z' })
    await world.post(moved(['etl', 'copy'], { outputs: [['s3://lake', 'out']] }))
    await world.postTo({ door: '/api/v1/events' }, [twice, record(), looking(), looking()])
    await world.postTo({ door: '/api/v1/events' }, [twice, looking()])
  })
  afterAll(() => world[Symbol.asyncDispose]())

  it('is counted by source and name: unknown events once, irrelevant ones as often as they came', async () => {
    const source = 'cloudtrail:111122223333:eu-west-1:management'
    expect(await world.answer(counts)).toEqual({
      intake: {
        unknownEvents: [
          { source, name: 'kinesis:MergeShards', count: 2, lastSeen: '2026-03-04T01:00:00Z' },
        ],
        irrelevantEvents: [
          { source, name: 'ec2:DescribeInstances', count: 3, lastSeen: expect.any(String) },
        ],
      },
    })
  })

  it('is counted for nobody who may see only some namespaces', async () => {
    const limited = await world.token('auditor', ['s3://lake'])
    expect(await world.answer(counts, {}, limited)).toEqual({
      intake: { unknownEvents: [], irrelevantEvents: [] },
    })
  })

  it.each([
    ['unknownEvents', 0, 'ARGUMENT_INVALID'],
    ['unknownEvents', 101, 'LIMIT_EXCEEDED'],
    ['irrelevantEvents', 0, 'ARGUMENT_INVALID'],
    ['irrelevantEvents', 101, 'LIMIT_EXCEEDED'],
  ])('%s are not asked for %i at once', async (field, first, code) => {
    for (const token of [undefined, await world.token('auditor', ['s3://lake'])]) {
      const query = `{ intake { ${field}(first: ${first}) { name } } }`
      expect((await world.ask(query, {}, token)).codes).toEqual([code])
    }
  })
})

describe('the author of an event', () => {
  it('is the principal whom it names, and none where it names none', async () => {
    await using world = await openWorld()
    const made = record({
      eventSource: 'glue.amazonaws.com',
      eventName: 'CreateTable',
      requestParameters: { databaseName: 'd', tableInput: { name: 't' } },
    })
    await world.post(moved(['etl', 'copy'], { outputs: [['s3://lake', 'out']] }))
    await world.postTo({ door: '/api/v1/events' }, [made])
    const { datasets } = await world.answer<{
      datasets: {
        edges: readonly {
          node: {
            name: string
            evidence: { edges: readonly { node: { author: string | null } }[] }
          }
        }[]
      }
    }>('{ datasets { edges { node { name evidence { edges { node { author } } } } } } }')
    const authors = datasets.edges.map(({ node }) => [
      node.name,
      node.evidence.edges.map((edge) => edge.node.author),
    ])
    expect(Object.fromEntries(authors)).toMatchObject({
      out: [null],
      'table/d/t': ['arn:aws:iam::111122223333:role/etl/Loader'],
    })
  })
})
