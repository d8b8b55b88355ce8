import type { Name } from './event.ts'
import type { World } from './service.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columns, facet, having, moved, runIdOf } from './event.ts'
import { openWorld } from './service.ts'

const hiddenSource: Name = ['postgres://secret:5432', 'db.public.clinic']
const shown: Name = ['s3://lake', 'shown']
const hiddenMart: Name = ['s3://vault', 'mart']
const last: Name = ['s3://lake', 'last']
const job: Name = ['etl', 'copy']
/** Another name of what is shown, by which it is not called. */
const alias = { namespace: 'z://secret', name: 'clinic_alias', type: 'TABLE' }

/** Asks for all that a lineage answer can name. */
const everything = `query Q($of: [DatasetRef!]!) {
  lineage(of: $of, grain: COLUMN, depth: 10) {
    starts { id name }
    datasets { dataset { id namespace name facets names { edges { node { name } } } } }
    flows {
      id job { id name source facets } inputs { name } outputs { name } inputCount outputCount
      runs { edges { node { runId facets inputs { name } datasets { dataset { name } facets } } } }
      evidence { edges { node { sender event } } }
    }
    meetings { from { name } to { name } }
    columnFlows { from { name } fromDataset { name } to { name } toDataset { name } }
    completeness { hidden complete }
  }
}`

describe('a token that is limited to namespaces', () => {
  let world: World
  let limited: string
  beforeAll(async () => {
    world = await openWorld()
    limited = await world.token('auditor', [shown[0]])
    await world.post(
      moved(job, {
        inputs: [hiddenSource],
        outputs: [
          having(shown, {
            schema: columns('a', 'b'),
            symlinks: { identifiers: [alias] },
            custom: { from: hiddenSource.join('/') },
          }),
        ],
        jobFacets: { sql: facet({ query: 'select * from clinic' }) },
      }),
      moved(['secretjobs', 'onward'], { inputs: [shown], outputs: [hiddenMart] }),
      moved(['secretjobs', 'back'], { inputs: [hiddenMart], outputs: [last] }),
    )
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const of = [{ namespace: shown[0], name: shown[1] }]
  const secrets = ['secret', 'clinic', 'vault', 'mart', 'onward', 'etl']

  it('sees that something is hidden in the way and nothing of what it is', async () => {
    const { text, errors, data } = await world.ask(everything, { of }, limited)
    expect(errors).toEqual([])
    for (const word of secrets) expect(text).not.toContain(word)
    expect(data).toMatchObject({ lineage: { completeness: { hidden: 2, complete: false } } })
  })

  it('is still walked through what is hidden', async () => {
    const { lineage } = await world.answer<{
      lineage: { datasets: readonly { dataset: { name: string } }[] }
    }>(everything, { of }, limited)
    expect(lineage.datasets.map(({ dataset }) => dataset.name).toSorted()).toEqual([
      'last',
      'shown',
    ])
  })

  it('cannot tell what is hidden from what is not there', async () => {
    const [namespace, name] = hiddenMart
    const { id } = (
      await world.answer<{ dataset: { id: string } }>(
        `{ dataset(namespace: "${namespace}", name: "${name}") { id } }`,
      )
    ).dataset
    const query = `query Q($id: ID!, $run: String!) {
      dataset(namespace: "${namespace}", name: "${name}") { id }
      node(id: $id) { id }
      job(namespace: "${job[0]}", name: "${job[1]}") { id }
      run(runId: $run) { id }
    }`
    const run = runIdOf(job.join('/'))
    expect(await world.answer(query, { id, run }, limited)).toEqual({
      dataset: null,
      node: null,
      job: null,
      run: null,
    })
    const asked = await world.ask(everything, { of: [{ id }] }, limited)
    const unknown = await world.ask(
      everything,
      { of: [{ id: `dataset_${'x'.repeat(22)}` }] },
      limited,
    )
    expect([asked.codes, unknown.codes]).toEqual([['NOT_FOUND'], ['NOT_FOUND']])
  })

  it('is offered no name that it may not see', async () => {
    const near = [{ namespace: hiddenMart[0], name: 'mar' }]
    const { codes, errors } = await world.ask(everything, { of: near }, limited)
    expect(codes).toEqual(['NOT_FOUND'])
    expect(errors[0]?.message).not.toContain('"mart"')
  })

  it('gets full pages of what it may see, and cursors of nothing else', async () => {
    const query = `query Q($after: String) {
      datasets(first: 1, after: $after) { edges { node { name } cursor } pageInfo { hasNextPage endCursor } }
      namespaces { edges { node } }
      jobs { edges { node { name } } }
      search(text: "mart") { edges { matched } }
    }`
    type Answer = {
      datasets: { edges: readonly { node: { name: string } }[]; pageInfo: { endCursor: string } }
    }
    const first = await world.answer<Answer>(query, {}, limited)
    const after = first.datasets.pageInfo.endCursor
    const second = await world.answer<Answer>(query, { after }, limited)
    const names = [first, second].flatMap(({ datasets }) => datasets.edges.map((e) => e.node.name))
    expect(names).toEqual(['last', 'shown'])
    expect(first).toMatchObject({
      namespaces: { edges: [{ node: 's3://lake' }] },
      jobs: { edges: [] },
      search: { edges: [] },
    })
  })

  it('may change only what it may see', async () => {
    const steward = await world.token('steward', [shown[0]])
    const [namespace, name] = hiddenMart
    const target = `{ namespace: "${namespace}", name: "${name}" }`
    const own = `{ namespace: "${shown[0]}", name: "${shown[1]}" }`
    const codes = async (mutation: string) =>
      (await world.ask(`mutation { ${mutation} }`, {}, steward)).codes
    expect(await codes(`describe(of: ${target}, description: "x") { id }`)).toEqual(['NOT_FOUND'])
    expect(await codes(`joinNames(name: ${own}, with: ${target}, reason: "x") { id }`)).toEqual([
      'FORBIDDEN',
    ])
    expect(await codes(`retract(entries: { sender: "local" }, reason: "x") { entries }`)).toEqual([
      'FORBIDDEN',
    ])
    expect(await codes(`replayDeadLetters { replayed }`)).toEqual(['FORBIDDEN'])
    expect(await codes(`describe(of: ${own}, description: "x") { id }`)).toEqual([])
  })
})

describe('roles', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
    await world.post(moved(job, { outputs: [shown] }))
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const describeShown = `mutation {
    describe(of: { namespace: "${shown[0]}", name: "${shown[1]}" }, description: "x") { description }
  }`

  it.each(['auditor', 'steward', 'admin'] as const)('lets a token of role %s ask', async (role) => {
    const token = await world.token(role)
    expect(await world.answer('{ intake { entries } }', {}, token)).toHaveProperty('intake')
  })

  it.each(['steward', 'admin'] as const)('lets a token of role %s change things', async (role) => {
    const token = await world.token(role)
    expect(await world.answer(describeShown, {}, token)).toEqual({ describe: { description: 'x' } })
  })

  it.each([
    'setOwners(of: { id: "x" }, owners: []) { id }',
    'describe(of: { id: "x" }, description: "x") { id }',
    'joinNames(name: { namespace: "a", name: "b" }, with: { namespace: "a", name: "c" }, reason: "x") { id }',
    'splitNames(name: { namespace: "a", name: "b" }, reason: "x") { id }',
    'retract(entries: { sender: "x" }, reason: "x") { entries }',
    'replayDeadLetters { replayed }',
  ])('does not let an auditor ask for %s', async (mutation) => {
    const token = await world.token('auditor')
    const { codes, data } = await world.ask(`mutation { ${mutation} }`, {}, token)
    expect([codes, data]).toEqual([['FORBIDDEN'], null])
  })

  it('lets a producer ask nothing', async () => {
    const asked = world.service.server.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: `Bearer ${await world.token('producer')}` },
      payload: { query: '{ __typename }' },
    })
    expect((await asked).statusCode).toBe(403)
  })
})
