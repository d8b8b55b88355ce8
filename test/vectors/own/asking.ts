import type { World } from '../../api/graphql/service.ts'
import type { Change, ColumnOf, ExpectedEdge, ExpectedFlow, Expectation, Pair } from './vector.ts'
import { expect } from 'vitest'

type Node = Readonly<{ id: string; namespace: string; name: string }>
type Flow = Readonly<{
  job: Readonly<{ namespace: string; name: string }> | null
  kind: string
  bases: readonly string[]
  inputs: readonly Node[]
  outputs: readonly Node[]
}>
type Edge = Readonly<{
  from: Readonly<{ name: string }> | null
  fromDataset: Node
  to: Readonly<{ name: string }> | null
  toDataset: Node
  type: string
  subtype: string | null
  masking: boolean
}>
type Answer = Readonly<{
  lineage: Readonly<{
    datasets: readonly Readonly<{
      upstream: number | null
      downstream: number | null
      dataset: Node
    }>[]
    flows: readonly Flow[]
    columnFlows: readonly Edge[]
    completeness: Readonly<{ behind: boolean; truncatedBy: readonly string[] }>
  }>
}>

const node = '{ id namespace name }'
const lineageQuery = `query Q($of: [DatasetRef!]!, $direction: Direction!, $depth: Int!,
  $grain: Grain!, $asOf: DateTime, $inForce: Boolean!) {
  lineage(of: $of, direction: $direction, depth: $depth, grain: $grain, asOf: $asOf,
    inForce: $inForce) {
    datasets { upstream downstream dataset ${node} }
    flows { job { namespace name } kind bases inputs ${node} outputs ${node} }
    columnFlows { from { name } fromDataset ${node} to { name } toDataset ${node}
      type subtype masking }
    completeness { behind truncatedBy }
  }
}`
const datasetQuery = `query Q($namespace: String!, $name: String!) {
  dataset(namespace: $namespace, name: $name) { id }
}`
const runQuery = `query Q($runId: String!) {
  run(runId: $runId) { state job { namespace name } }
}`
const joinMutation = `mutation M($name: NameRef!, $with: NameRef!) {
  joinNames(name: $name, with: $with, reason: "seen by a steward") { id }
}`
const splitMutation = `mutation M($name: NameRef!) {
  splitNames(name: $name, reason: "seen by a steward") { id }
}`

const refOf = ([namespace, name]: Pair) => ({ namespace, name })

/** Makes a steward's decision. */
export async function change(world: World, decision: Change): Promise<void> {
  if ('splitNames' in decision) {
    await world.answer(splitMutation, { name: refOf(decision.splitNames) })
    return
  }
  const [name, other] = decision.joinNames
  await world.answer(joinMutation, { name: refOf(name), with: refOf(other) })
}

/** Asks what an expectation is about, and holds the answer against it exactly. */
export async function check(world: World, expected: Expectation): Promise<void> {
  const label = new Labels(world)
  const about = JSON.stringify(Object.values(expected)[0])
  if ('same' in expected) {
    const [one, other] = expected.same
    expect([about, await label.id(one)]).toEqual([about, await label.id(other)])
  } else if ('different' in expected) {
    const [one, other] = expected.different
    expect([about, await label.id(one)]).not.toEqual([about, await label.id(other)])
  } else if ('run' in expected) {
    const answer = await world.answer<object>(runQuery, { runId: expected.run })
    const job = refOf(expected.job)
    expect({ about, ...answer }).toEqual({ about, run: { state: expected.state, job } })
  } else if ('columns' in expected) {
    await checkColumns(world, label, expected, about)
  } else {
    await checkLineage(world, label, expected, about)
  }
}

async function checkLineage(
  world: World,
  label: Labels,
  { lineage, datasets, flows }: Extract<Expectation, { lineage: unknown }>,
  about: string,
): Promise<void> {
  const of = (isPair(lineage.of) ? [lineage.of] : lineage.of).map(refOf)
  const variables = { asOf: null, inForce: false, ...lineage, of, grain: 'DATASET' }
  const wanted = await Promise.all(
    datasets.map(async ({ dataset, upstream, downstream }) => [
      await label.of(dataset),
      upstream,
      downstream,
    ]),
  )
  const wantedFlows = await Promise.all((flows ?? []).map((flow) => label.flow(flow)))

  const answer = (await world.answer<Answer>(lineageQuery, variables)).lineage
  expect(answer.completeness).toEqual({ behind: false, truncatedBy: [] })
  const got = answer.datasets.map((listed) => [
    label.known(listed.dataset),
    listed.upstream,
    listed.downstream,
  ])
  expect([about, ...sorted(got)]).toEqual([about, ...sorted(wanted)])
  if (flows === undefined) return
  // Kind and bases only where every expected flow of that job and those sets says them.
  const told = answer.flows.map((flow) => ({
    job: flow.job === null ? null : [flow.job.namespace, flow.job.name],
    inputs: flow.inputs.map((dataset) => label.known(dataset)).toSorted(),
    outputs: flow.outputs.map((dataset) => label.known(dataset)).toSorted(),
    ...(flows.some(({ kind }) => kind !== undefined) ? { kind: flow.kind } : {}),
    ...(flows.some(({ bases }) => bases !== undefined) ? { bases: flow.bases.toSorted() } : {}),
  }))
  const full = wantedFlows.map((flow) => complete(flow, flows))
  expect([about, ...sorted(told)]).toEqual([about, ...sorted(full)])
}

/** A flow that says no kind among flows that do is a TRANSFORM. */
function complete(flow: Labelled, all: readonly ExpectedFlow[]): Labelled {
  const kinds = all.some(({ kind }) => kind !== undefined)
  return kinds ? { ...flow, kind: flow.kind ?? 'TRANSFORM' } : flow
}

async function checkColumns(
  world: World,
  label: Labels,
  { columns, edges }: Extract<Expectation, { columns: unknown }>,
  about: string,
): Promise<void> {
  const [namespace, name, column] = columns.of
  const of = [{ namespace, name, column }]
  const variables = { asOf: null, inForce: false, ...columns, of, grain: 'COLUMN' }
  const wanted = await Promise.all(edges.map((edge) => label.edge(edge)))
  const answer = (await world.answer<Answer>(lineageQuery, variables)).lineage
  expect(answer.completeness).toEqual({ behind: false, truncatedBy: [] })
  const got = answer.columnFlows.map((edge) => ({
    from: [label.known(edge.fromDataset), edge.from?.name ?? null],
    to: [label.known(edge.toDataset), edge.to?.name ?? null],
    type: edge.type,
    subtype: edge.subtype,
    masking: edge.masking,
  }))
  const seen = got.map((edge) => {
    const like = wanted.find(
      ({ from, to, type }) =>
        JSON.stringify([from, to]) === JSON.stringify([edge.from, edge.to]) &&
        (type === undefined || type === edge.type),
    )
    // What the expectation is silent about is not compared; an edge nobody expects is shown whole.
    if (like === undefined) return edge
    return Object.fromEntries(Object.entries(edge).filter(([key]) => Object.hasOwn(like, key)))
  })
  expect([about, ...sorted(seen)]).toEqual([about, ...sorted(wanted)])
}

type Labelled = Readonly<{
  job: Pair | null
  inputs: readonly string[]
  outputs: readonly string[]
  kind?: string
  bases?: readonly string[]
}>

/** Calls every dataset by the first name that the vector had for it. */
class Labels {
  readonly #world: World
  readonly #byId = new Map<string, string>()

  constructor(world: World) {
    this.#world = world
  }

  async id(name: Pair): Promise<string> {
    const answer = await this.#world.answer<{ dataset: { id: string } | null }>(
      datasetQuery,
      refOf(name),
    )
    if (answer.dataset === null) throw new Error(`No dataset is called ${name.join(' ')}`)
    return answer.dataset.id
  }

  async of(name: Pair): Promise<string> {
    const id = await this.id(name)
    const known = this.#byId.get(id)
    if (known !== undefined) return known
    const label = name.join(' ')
    this.#byId.set(id, label)
    return label
  }

  known({ id, namespace, name }: Node): string {
    return this.#byId.get(id) ?? `not expected: ${namespace} ${name}`
  }

  async flow({ job, inputs, outputs, kind, bases }: ExpectedFlow): Promise<Labelled> {
    const labels = (names: readonly Pair[]) => Promise.all(names.map((name) => this.of(name)))
    return {
      job,
      inputs: (await labels(inputs)).toSorted(),
      outputs: (await labels(outputs)).toSorted(),
      ...(kind === undefined ? {} : { kind }),
      ...(bases === undefined ? {} : { bases: bases.toSorted() }),
    }
  }

  async edge({ from, to, ...more }: ExpectedEdge) {
    const end = async ([namespace, name, column]: ColumnOf) =>
      [await this.of([namespace, name]), column] as const
    return { from: await end(from), to: await end(to), ...more }
  }
}

function isPair(of: Pair | readonly Pair[]): of is Pair {
  return typeof of[0] === 'string'
}

function sorted(all: readonly unknown[]): readonly unknown[] {
  const text = (value: unknown) => JSON.stringify(value)
  return all.toSorted((one, other) => (text(one) < text(other) ? -1 : 1))
}
