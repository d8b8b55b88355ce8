import type { World } from './service.ts'
import type { Name } from './event.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columns, facet, having, moved, runIdOf } from './event.ts'
import { openWorld } from './service.ts'

const raw: Name = ['postgres://ehr:5432', 'ehr.public.patients']
const visits: Name = ['postgres://ehr:5432', 'ehr.public.visits']
const curated: Name = ['s3://lake', 'curated/patients']
const mart: Name = ['s3://lake', 'mart/cohort']
const clean: Name = ['etl', 'clean']
const build: Name = ['etl', 'build']

const ref = ([namespace, name]: Name) => ({ namespace, name })
const input = (
  [namespace, name]: Name,
  field: string,
  transformations: readonly object[] = [],
) => ({
  namespace,
  name,
  field,
  transformations,
})

const lineageQuery = `query Q($of: [DatasetRef!]!, $direction: Direction! = BOTH, $depth: Int! = 5,
  $grain: Grain! = DATASET, $asOf: DateTime, $inForce: Boolean! = false) {
  lineage(of: $of, direction: $direction, depth: $depth, grain: $grain, asOf: $asOf, inForce: $inForce) {
    starts { name }
    datasets { upstream downstream dataset { namespace name asOf } }
    flows { id job { name } inputs { name } outputs { name } inputCount coarse bases kind }
    columnFlows { from { name } fromDataset { name } to { name } toDataset { name } type subtype masking }
    completeness { complete truncatedBy hidden coarse unresolved behind unknownCoverage blindSpots { source } }
  }
}`

type Named = Readonly<{ name: string }>
type Answer = Readonly<{
  starts: readonly Named[]
  datasets: readonly Readonly<{
    upstream: number | null
    downstream: number | null
    dataset: Named & Readonly<{ asOf: string | null }>
  }>[]
  flows: readonly Readonly<{ job: Named }>[]
  columnFlows: readonly Readonly<{ from: Named | null }>[]
  completeness: Readonly<{
    complete: boolean
    behind: boolean
    truncatedBy: readonly string[]
    unknownCoverage: readonly string[]
    unresolved: number
  }>
}>

describe('lineage', () => {
  let world: World

  beforeAll(async () => {
    world = await openWorld()
    await world.post(
      moved(clean, {
        at: '2026-03-01T12:00:00.123456789Z',
        inputs: [having(raw, { schema: columns('mrn', 'ssn') }), visits],
        outputs: [
          having(curated, {
            schema: columns('key', 'place'),
            columnLineage: {
              fields: {
                key: {
                  inputFields: [
                    input(raw, 'mrn', [
                      {
                        type: 'DIRECT',
                        subtype: 'TRANSFORMATION',
                        description: 'hashed',
                        masking: true,
                      },
                    ]),
                  ],
                },
              },
              dataset: [
                input(raw, 'ssn', [{ type: 'INDIRECT', subtype: 'FILTER', masking: false }]),
              ],
            },
          }),
        ],
        jobFacets: { sql: facet({ query: 'select 1' }) },
      }),
      moved(build, { at: '2026-03-02T12:00:00Z', inputs: [curated], outputs: [mart] }),
    )
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const lineage = async (variables: object): Promise<Answer> =>
    (await world.answer<{ lineage: Answer }>(lineageQuery, { ...variables })).lineage

  it('is an hourglass with depths each way', async () => {
    const { datasets, starts } = await lineage({ of: [ref(curated)] })
    expect(starts).toEqual([{ name: curated[1] }])
    const depths = datasets.map((one) => [one.dataset.name, one.upstream, one.downstream])
    expect(depths.toSorted()).toEqual(
      [
        [curated[1], 0, 0],
        [raw[1], 1, null],
        [visits[1], 1, null],
        [mart[1], null, 1],
      ].toSorted(),
    )
  })

  it('takes a name in any spelling, and an id', async () => {
    const spelled = await lineage({
      of: [{ namespace: 's3a://lake/', name: '/curated/patients/' }],
    })
    expect(spelled.starts).toEqual([{ name: curated[1] }])
    const { dataset } = await world.answer<{ dataset: { id: string } }>(
      'query Q($ns: String!, $n: String!) { dataset(namespace: $ns, name: $n) { id } }',
      { ns: curated[0], n: curated[1] },
    )
    const { starts } = await lineage({ of: [{ id: dataset.id }] })
    expect(starts).toEqual([{ name: curated[1] }])
  })

  it('answers every field below a dataset for the time of the question', async () => {
    const asOf = '2026-03-01T23:00:00Z'
    const { datasets, flows } = await lineage({ of: [ref(curated)], asOf })
    expect(flows.map((flow) => flow.job.name)).toEqual([clean[1]])
    expect(new Set(datasets.map((one) => one.dataset.asOf))).toEqual(new Set([asOf]))
  })

  it('shows column edges once each, with what they do', async () => {
    const { columnFlows } = await lineage({
      of: [ref(curated)],
      grain: 'COLUMN',
      direction: 'UPSTREAM',
      depth: 1,
    })
    expect(columnFlows).toHaveLength(3)
    expect(columnFlows).toEqual(
      expect.arrayContaining([
        {
          from: { name: 'mrn' },
          fromDataset: { name: raw[1] },
          to: { name: 'key' },
          toDataset: { name: curated[1] },
          type: 'DIRECT',
          subtype: 'TRANSFORMATION',
          masking: true,
        },
        expect.objectContaining({
          from: { name: 'ssn' },
          to: null,
          type: 'INDIRECT',
          subtype: 'FILTER',
        }),
        expect.objectContaining({
          from: null,
          fromDataset: { name: visits[1] },
          to: null,
          type: 'DIRECT',
        }),
      ]),
    )
  })

  it('opens a column edge to when it held and to the entries that say so', async () => {
    type Edge = {
      from: { name: string; type: string } | null
      active: readonly object[]
      evidence: { edges: readonly { node: object }[]; pageInfo: object }
    }
    const data = await world.answer<{ lineage: { columnFlows: readonly Edge[] } }>(
      `query Q($of: [DatasetRef!]!) {
        lineage(of: $of, direction: UPSTREAM, depth: 1, grain: COLUMN) {
          columnFlows {
            from { name id type }
            active { from until }
            evidence {
              edges { cursor node { sender trust eventTime hash position event } }
              pageInfo { hasNextPage }
            }
          }
        }
      }`,
      { of: [{ ...ref(curated), column: 'key' }] },
    )
    const mapped = data.lineage.columnFlows.filter(({ from }) => from?.name === 'mrn')
    expect(mapped).toEqual([
      {
        from: expect.objectContaining({ type: 'string' }),
        active: [expect.anything()],
        evidence: { edges: [expect.anything()], pageInfo: { hasNextPage: false } },
      },
    ])
    expect(mapped[0]?.evidence.edges[0]?.node).toEqual({
      sender: 'local',
      trust: 'SELF_REPORTED',
      eventTime: '2026-03-01T12:00:00.123456789Z',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      position: expect.any(String),
      event: expect.objectContaining({ job: expect.objectContaining({ name: clean[1] }) }),
    })
  })

  it('says which sources nobody knows the coverage of, and so is never complete for them', async () => {
    const { completeness } = await lineage({ of: [ref(curated)] })
    expect(completeness).toMatchObject({
      complete: false,
      truncatedBy: [],
      hidden: 0,
      coarse: 2,
      unresolved: 0,
      behind: false,
      blindSpots: [],
    })
    expect(completeness.unknownCoverage).toHaveLength(1)
  })

  it('goes as deep as it is asked to', async () => {
    const { completeness, datasets } = await lineage({
      of: [ref(mart)],
      direction: 'UPSTREAM',
      depth: 1,
    })
    expect(completeness.truncatedBy).toEqual([])
    expect(datasets).toHaveLength(2)
    expect((await lineage({ of: [ref(mart)], depth: 0 })).datasets).toHaveLength(1)
  })

  it.each([
    ['HOPS', { 'walk-hops-max': '1' }],
    ['NODES', { 'walk-nodes-max': '2' }],
  ])('says that it was cut short by %s', async (limit, flags) => {
    await using small = await openWorld(flags)
    await small.post(
      moved(clean, { inputs: [raw], outputs: [curated] }),
      moved(build, { inputs: [curated], outputs: [mart] }),
    )
    const data = await small.answer<{ lineage: Answer }>(lineageQuery, { of: [ref(mart)] })
    expect(data.lineage.completeness).toMatchObject({ complete: false, truncatedBy: [limit] })
  })

  it.each([
    ['neither id nor name', {}, 'ARGUMENT_INVALID'],
    ['half a name', { namespace: raw[0] }, 'ARGUMENT_INVALID'],
    ['an id and a name', { id: 'dataset_x', ...ref(raw) }, 'ARGUMENT_INVALID'],
    ['an id that nothing has', { id: `dataset_${'A'.repeat(22)}` }, 'NOT_FOUND'],
    ['an id that is none', { id: '__proto__' }, 'NOT_FOUND'],
    ['a column that is not there', { ...ref(raw), column: 'msn' }, 'NOT_FOUND'],
    [
      'a hostile name',
      { namespace: '__proto__', name: "'; DROP TABLE dataset; --\u0000\u202e" },
      'NOT_FOUND',
    ],
    ['a very long name', { namespace: 's3://lake', name: 'x/'.repeat(5000) }, 'NOT_FOUND'],
  ])('refuses %s', async (_what, of, code) => {
    const { codes, data, status } = await world.ask(lineageQuery, { of: [of] })
    expect([codes, data, status]).toEqual([[code], null, 200])
  })

  it('offers the nearest names in place of one that is not there', async () => {
    const { errors } = await world.ask(lineageQuery, {
      of: [{ namespace: raw[0], name: 'ehr.public.patient' }],
    })
    expect(errors[0]?.message).toContain('ehr.public.patients')
  })

  it('offers the columns that there are in place of one that is not there', async () => {
    const { errors } = await world.ask(lineageQuery, { of: [{ ...ref(raw), column: 'msn' }] })
    expect(errors[0]?.message).toContain('"mrn"')
  })

  it.each([
    ['a negative depth', { of: [ref(raw)], depth: -1 }, 'ARGUMENT_INVALID', 'depth'],
    ['no start', { of: [] }, 'ARGUMENT_INVALID', 'empty'],
    [
      'too many starts',
      { of: Array.from({ length: 101 }, () => ref(raw)) },
      'LIMIT_EXCEEDED',
      '100',
    ],
    ['a time that is none', { of: [ref(raw)], asOf: 'yesterday' }, 'ARGUMENT_INVALID', 'ISO 8601'],
    [
      'a direction that is none',
      { of: [ref(raw)], direction: 'SIDEWAYS' },
      'QUERY_INVALID',
      'Direction',
    ],
  ])('refuses %s and says why', async (_what, variables, code, word) => {
    const { codes, errors } = await world.ask(lineageQuery, variables)
    expect(codes).toEqual([code])
    expect(errors[0]?.message).toContain(word)
  })

  it('finds ways, shortest first, flow by flow', async () => {
    const data = await world.answer(
      `query Q($from: DatasetRef!, $to: DatasetRef!) {
        paths(from: $from, to: $to) {
          paths {
            steps { __typename ... on Flow { job { name } } ... on Meeting { rule } }
            columnFlows { type }
          }
          completeness { complete unknownCoverage hidden }
        }
      }`,
      { from: ref(raw), to: ref(mart) },
    )
    const steps = [
      { __typename: 'Flow', job: { name: clean[1] } },
      { __typename: 'Flow', job: { name: build[1] } },
    ]
    expect(data).toEqual({
      paths: {
        paths: [{ steps, columnFlows: [] }],
        completeness: { complete: false, hidden: 0, unknownCoverage: [expect.any(String)] },
      },
    })
  })

  it('looks up what is not there as null', async () => {
    const data = await world.answer<object>(
      `{ dataset(namespace: "a", name: "b") { id }
         job(namespace: "a", name: "b") { id }
         run(runId: "none") { id }
         a: node(id: "dataset_nothing") { id }
         b: node(id: "column_!!!") { id }
         c: node(id: "") { id }
         d: node(id: "__proto__") { id }
         e: node(id: "column_${Buffer.from('[1,2,3]').toString('base64url')}") { id } }`,
    )
    expect(Object.values(data)).toEqual(Array.from({ length: 8 }, () => null))
  })

  it('finds every node again by its id', async () => {
    type Node = { id: string }
    type Nodes = { edges: readonly { node: Node }[] }
    const { dataset, run } = await world.answer<{
      dataset: Node & { columns: Nodes }
      run: Node & { job: Node & { flows: Nodes } }
    }>(
      `query Q($ns: String!, $n: String!, $run: String!) {
        dataset(namespace: $ns, name: $n) { id columns { edges { node { id } } } }
        run(runId: $run) { id job { id flows { edges { node { id } } } } }
      }`,
      { ns: raw[0], n: raw[1], run: runIdOf(clean.join('/')) },
    )
    const nodes = [
      dataset,
      run,
      run.job,
      ...dataset.columns.edges.map(({ node }) => node),
      ...run.job.flows.edges.map(({ node }) => node),
    ]
    const declared = nodes.map((_, n) => `$i${n}: ID!`).join(' ')
    const asked = nodes.map((_, n) => `n${n}: node(id: $i${n}) { id }`).join(' ')
    const found = await world.answer<object>(
      `query Q(${declared}) { ${asked} }`,
      Object.fromEntries(nodes.map(({ id }, n) => [`i${n}`, id])),
    )
    expect(nodes).toHaveLength(6)
    expect(Object.values(found)).toEqual(nodes.map(({ id }) => ({ id })))
  })

  it('says that it is behind while the graph has not got there', async () => {
    await using slow = await openWorld({ 'query-wait-ms': '20' })
    await slow.post(moved(build, { outputs: [mart] }))
    await slow.service.projector.reached(1, 10_000)
    await slow.service.projector.hold(async () => {
      await slow.post(moved(clean, { outputs: [curated] }))
      const query = `{ intake { settled entries projectionLag } ${lineageOf(mart)} }`
      expect(await slow.answer(query)).toEqual({
        intake: { settled: false, entries: 2, projectionLag: 1 },
        lineage: { completeness: { complete: false, behind: true } },
      })
    })
    await slow.service.projector.reached(2, 10_000)
    expect(await slow.answer(`{ intake { settled projectionLag } ${lineageOf(mart)} }`)).toEqual({
      intake: { settled: true, projectionLag: 0 },
      lineage: { completeness: { complete: false, behind: false } },
    })
  })
})

function lineageOf([namespace, name]: Name): string {
  const of = `[{ namespace: "${namespace}", name: "${name}" }]`
  return `lineage(of: ${of}) { completeness { complete behind } }`
}
