import type { Name } from './event.ts'
import type { World } from './service.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moved } from './event.ts'
import { openWorld } from './service.ts'

const table: Name = ['postgres://ehr:5432', 'ehr.public.patients']
const copy: Name = ['s3://lake', 'patients']

const ref = ([namespace, name]: Name): string =>
  `{ namespace: ${JSON.stringify(namespace)}, name: ${JSON.stringify(name)} }`

type Replayed = Readonly<{
  replayDeadLetters: Readonly<{ replayed: number; stillDead: number; endCursor: string | null }>
}>

describe('a change', () => {
  let world: World
  let steward: string
  beforeAll(async () => {
    world = await openWorld()
    steward = await world.token('steward')
    await world.post(moved(['etl', 'copy'], { inputs: [table], outputs: [copy] }))
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const change = <Data>(mutation: string): Promise<Data> =>
    world.answer<Data>(`mutation { ${mutation} }`, {}, steward)
  const refusal = async (mutation: string) => {
    const { codes, errors } = await world.ask(`mutation { ${mutation} }`, {}, steward)
    return [codes[0], errors[0]?.message]
  }
  const entries = () => world.service.ledger.head().entries

  it('is answered with what it changed, and is an entry with its author', async () => {
    const before = entries()
    const data = await change(
      `setOwners(of: ${ref(table)}, owners: ["jane@example.org", "team data"]) {
        owners evidence(first: 1) { edges { node { sender source event } } }
      }`,
    )
    expect(data).toEqual({
      setOwners: {
        owners: ['jane@example.org', 'team data'],
        evidence: {
          edges: [
            {
              node: {
                sender: expect.stringMatching(/^steward-/),
                source: 'lineward:decision',
                event: expect.objectContaining({ decision: 'setOwners' }),
              },
            },
          ],
        },
      },
    })
    expect(entries()).toBe(before + 1)
  })

  it('shows itself and not what was before, several in one request', async () => {
    const data = await change(
      `a: describe(of: ${ref(table)}, description: "first") { description }
       b: describe(of: ${ref(table)}, description: "second") { description }
       c: setOwners(of: ${ref(table)}, owners: []) { description owners }`,
    )
    expect(data).toEqual({
      a: { description: 'first' },
      b: { description: 'second' },
      c: { description: 'second', owners: [] },
    })
  })

  it('joins and splits names, also names that nothing has used yet', async () => {
    const early: Name = ['s3://lake', 'early']
    const late: Name = ['s3://lake', 'late']
    const joined = await change<{ joinNames: { id: string } }>(
      `joinNames(name: ${ref(early)}, with: ${ref(late)}, reason: "same export") {
        id firstSeen names { edges { node { name rule } } }
      }`,
    )
    expect(joined.joinNames).toMatchObject({ firstSeen: null })
    const both = await world.answer(
      `{ a: dataset(namespace: "s3://lake", name: "early") { id }
         b: dataset(namespace: "s3://lake", name: "late") { id } }`,
    )
    expect(both).toEqual({ a: { id: joined.joinNames.id }, b: { id: joined.joinNames.id } })
    const split = await change<{ splitNames: { id: string; name: string } }>(
      `splitNames(name: ${ref(late)}, reason: "it is not") { id name }`,
    )
    expect(split.splitNames.name).toBe('late')
    expect(split.splitNames.id).not.toBe(joined.joinNames.id)
  })

  it('takes secrets out of what a person writes', async () => {
    const data = await change<{ describe: { description: string } }>(
      `describe(of: ${ref(table)}, description: "ask jane@example.org, password=hunter22") { description }`,
    )
    expect(data.describe.description).not.toMatch(/hunter22|jane@/)
  })

  it('takes entries out of every answer', async () => {
    const gone: Name = ['s3://lake', 'gone']
    await world.post(moved(['etl', 'gone'], { outputs: [gone] }))
    const { dataset } = await world.answer<{
      dataset: { evidence: { edges: readonly { node: { position: string } }[] } }
    }>(
      `{ dataset(namespace: "s3://lake", name: "gone") { evidence { edges { node { position } } } } }`,
    )
    const position = dataset.evidence.edges[0]?.node.position
    const retract = `retract(entries: { positions: ["${position}"] }, reason: "sent by mistake") { entries }`
    expect(await change(retract)).toEqual({ retract: { entries: 1 } })
    const query = '{ dataset(namespace: "s3://lake", name: "gone") { id } }'
    expect(await world.answer(query)).toEqual({ dataset: null })
    const before = entries()
    expect(await change(retract)).toEqual({ retract: { entries: 0 } })
    expect(entries()).toBe(before)
  })

  it('reads dead letters again, and says how many are dead still', async () => {
    await world.service.server.app.inject({
      method: 'POST',
      url: '/api/v1/events',
      headers: { authorization: `Bearer ${await world.token('producer')}` },
      payload: [{ no: 'event' }],
    })
    const { deadLetters } = await world.answer<{
      deadLetters: { edges: readonly { node: { id: string } }[] }
    }>('{ deadLetters { edges { node { id code reason receivedAt sender event } } } }')
    expect(deadLetters.edges).toEqual([
      {
        node: expect.objectContaining({ code: 'EVENT_UNIDENTIFIABLE', event: { no: 'event' } }),
      },
    ])
    const id = deadLetters.edges[0]?.node.id
    const replay = `replayDeadLetters(ids: ["${id}"]) { replayed stillDead }`
    expect(await change(replay)).toEqual({ replayDeadLetters: { replayed: 0, stillDead: 1 } })
    expect(await change('replayDeadLetters { replayed stillDead }')).toEqual({
      replayDeadLetters: { replayed: 0, stillDead: 1 },
    })
    expect(await refusal('replayDeadLetters(ids: ["__proto__"]) { replayed }')).toEqual([
      'NOT_FOUND',
      'No dead letter has the id "__proto__"',
    ])
  })

  it('reads so many dead letters again in one request, and says where to go on', async () => {
    const letters = Array.from({ length: 3 }, (_, n) => ({ no: `event ${n}` }))
    await using small = await openWorld({ 'replay-letters-max': '100' })
    const admin = await small.token('admin')
    await small.service.server.app.inject({
      method: 'POST',
      url: '/api/v1/events',
      headers: { authorization: `Bearer ${await small.token('producer')}` },
      payload: [...letters, ...Array.from({ length: 98 }, (_, n) => [n])],
    })
    const replay = (args = '') =>
      small.ask(`mutation { replayDeadLetters${args} { replayed stillDead endCursor } }`, {}, admin)
    const first = await replay()
    const of = (answer: typeof first) => (answer.data as Replayed).replayDeadLetters
    expect(of(first)).toEqual({ replayed: 0, stillDead: 100, endCursor: expect.any(String) })
    const rest = await replay(`(after: ${JSON.stringify(of(first).endCursor)})`)
    expect(of(rest)).toEqual({ replayed: 0, stillDead: 1, endCursor: null })

    const { codes } = await small.ask(
      'mutation { a: replayDeadLetters { stillDead } b: replayDeadLetters { stillDead } }',
      {},
      admin,
    )
    expect(codes).toEqual(['LIMIT_EXCEEDED'])
    const ids = JSON.stringify(Array.from({ length: 101 }, (_, n) => `id ${n}`))
    expect((await replay(`(ids: ${ids})`)).codes).toEqual(['LIMIT_EXCEEDED'])
    expect((await replay('(ids: [], after: "x")')).codes).toEqual(['ARGUMENT_INVALID'])
    expect((await replay('(after: "x")')).codes).toEqual(['ARGUMENT_INVALID'])
  })

  it.each([
    [
      'a dataset that is not there',
      'describe(of: { namespace: "a", name: "b" }, description: "x") { id }',
      'NOT_FOUND',
    ],
    [
      'a column',
      `describe(of: { id: "x", column: "c" }, description: "x") { id }`,
      'ARGUMENT_INVALID',
    ],
    [
      'a blank reason',
      `splitNames(name: ${ref(table)}, reason: " \\n") { id }`,
      'ARGUMENT_INVALID',
    ],
    [
      'a long reason',
      `splitNames(name: ${ref(table)}, reason: "${'x'.repeat(2001)}") { id }`,
      'LIMIT_EXCEEDED',
    ],
    [
      'an empty name',
      'splitNames(name: { namespace: "", name: "" }, reason: "x") { id }',
      'ARGUMENT_INVALID',
    ],
    [
      'a join of a name with itself',
      `joinNames(name: ${ref(table)}, with: ${ref(table)}, reason: "x") { id }`,
      'ARGUMENT_INVALID',
    ],
    [
      'a name with a password',
      'splitNames(name: { namespace: "s3://lake", name: "x password=hunter22" }, reason: "x") { id }',
      'ARGUMENT_INVALID',
    ],
    [
      'too many owners',
      `setOwners(of: ${ref(table)}, owners: [${'"x" '.repeat(101)}]) { id }`,
      'LIMIT_EXCEEDED',
    ],
    ['a blank owner', `setOwners(of: ${ref(table)}, owners: [""]) { id }`, 'ARGUMENT_INVALID'],
    ['an empty range', 'retract(entries: {}, reason: "x") { entries }', 'ARGUMENT_INVALID'],
    [
      'a range that ends before it begins',
      'retract(entries: { since: "2026-02-01", until: "2026-01-01" }, reason: "x") { entries }',
      'ARGUMENT_INVALID',
    ],
    [
      'a position that is none',
      'retract(entries: { positions: ["__proto__"] }, reason: "x") { entries }',
      'ARGUMENT_INVALID',
    ],
  ])('that names %s is refused and writes nothing', async (_what, mutation, code) => {
    const before = entries()
    expect(await refusal(mutation)).toEqual([code, expect.any(String)])
    expect(entries()).toBe(before)
  })

  it('that the graph does not get to in time says that it was accepted', async () => {
    await using slow = await openWorld({ 'query-wait-ms': '20' })
    await slow.post(moved(['etl', 'copy'], { outputs: [copy] }))
    await slow.service.projector.reached(1, 10_000)
    await slow.service.projector.hold(async () => {
      const { codes, errors } = await slow.ask(
        `mutation { describe(of: ${ref(copy)}, description: "x") { description } }`,
      )
      expect([codes, errors[0]?.message]).toEqual([
        ['GRAPH_BEHIND'],
        'It was accepted and is not in the graph yet',
      ])
    })
    await slow.service.projector.reached(2, 10_000)
    expect(
      await slow.answer(`{ dataset(namespace: "s3://lake", name: "patients") { description } }`),
    ).toEqual({ dataset: { description: 'x' } })
  })
})
