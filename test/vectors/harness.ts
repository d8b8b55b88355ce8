import type { Expectation, Mutation, Name, Vector } from './vector.ts'
import { expect } from 'vitest'

/** What a vector asks, answered in ids; absent is undefined. */
export interface Answering {
  datasetId(name: Name): Promise<string | undefined>
  lineage(question: LineageAsk): Promise<LineageAnswered>
  run(runId: string): Promise<Readonly<{ state: string; job: Name }> | undefined>
  columns(question: ColumnsAsk): Promise<readonly ColumnAnswered[]>
}

export type LineageAsk = Extract<Expectation, { lineage: unknown }>['lineage']
export type ColumnsAsk = Extract<Expectation, { columns: unknown }>['columns']

export type LineageAnswered = Readonly<{
  datasets: readonly Readonly<{ id: string; upstream: number | null; downstream: number | null }>[]
  flows: readonly Readonly<{
    job: Name | undefined
    inputs: readonly string[]
    outputs: readonly string[]
  }>[]
}>

export type ColumnAnswered = Readonly<{
  from: readonly [dataset: string, column: string | null]
  to: readonly [dataset: string, column: string | null]
  type: string
}>

/** Expects everything that a vector expects of what answers. */
export async function expectVector({ id, expect: expected }: Vector, by: Answering): Promise<void> {
  for (const [index, one] of expected.entries()) await expectOne(one, by, `${id}, ${index}`)
}

async function expectOne(expected: Expectation, by: Answering, at: string): Promise<void> {
  const idOf = async (name: Name): Promise<string> => {
    const id = await by.datasetId(name)
    expect(id, `${at}: ${name.join(' ')} is known`).toBeDefined()
    return id ?? ''
  }
  const idsOf = async (names: readonly Name[]): Promise<readonly string[]> =>
    (await Promise.all(names.map(idOf))).toSorted()

  if ('same' in expected) {
    const [one, other] = await Promise.all(expected.same.map(idOf))
    expect(one, `${at}`).toBe(other)
    return
  }
  if ('different' in expected) {
    const [one, other] = await Promise.all(expected.different.map(idOf))
    expect(one, `${at}`).not.toBe(other)
    return
  }
  if ('run' in expected) {
    const { run, state, job } = expected
    expect(await by.run(run), `${at}`).toEqual({ state, job })
    return
  }
  if ('columns' in expected) {
    const edges = expected.edges.map(async ({ from, to, type }) => ({
      from: [await idOf([from[0], from[1]]), from[2]],
      to: [await idOf([to[0], to[1]]), to[2]],
      type,
    }))
    const answered = await by.columns(expected.columns)
    expect(texts(answered), `${at}`).toEqual(texts(await Promise.all(edges)))
    return
  }
  const answered = await by.lineage(expected.lineage)
  const datasets = expected.datasets.map(async ({ dataset, upstream, downstream }) => ({
    id: await idOf(dataset),
    upstream,
    downstream,
  }))
  expect(texts(answered.datasets), `${at}`).toEqual(texts(await Promise.all(datasets)))
  if (expected.flows === undefined) return
  const flows = expected.flows.map(async ({ job, inputs, outputs }) => ({
    job,
    inputs: await idsOf(inputs),
    outputs: await idsOf(outputs),
  }))
  const shown = answered.flows.map(({ job, inputs, outputs }) => ({
    job,
    inputs: inputs.toSorted(),
    outputs: outputs.toSorted(),
  }))
  expect(texts(shown), `${at}`).toEqual(texts(await Promise.all(flows)))
}

function texts(items: readonly object[]): readonly string[] {
  return items.map((item) => JSON.stringify(item)).toSorted()
}

/** Asks GraphQL and gives `data`; an answer with errors is the caller's to refuse. */
export type AskGraphql = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<unknown>

/** Everything that a vector asks, over GraphQL alone. */
export function answeringByGraphql(ask: AskGraphql): Answering {
  return {
    async datasetId([namespace, name]) {
      const { dataset } = (await ask(datasetQuery, { namespace, name })) as {
        dataset: { id: string } | null
      }
      return dataset?.id
    },
    async lineage({ of: [namespace, name], direction, depth, asOf }) {
      const of = [{ namespace, name }]
      const { lineage } = (await ask(lineageQuery, { of, direction, depth, asOf })) as LineageData
      return {
        datasets: lineage.datasets.map(({ dataset: { id }, upstream, downstream }) => ({
          id,
          upstream,
          downstream,
        })),
        flows: lineage.flows.map(({ job, inputs, outputs }) => ({
          job: job === null ? undefined : ([job.namespace, job.name] as const),
          inputs: inputs.map(({ id }) => id),
          outputs: outputs.map(({ id }) => id),
        })),
      }
    },
    async run(runId) {
      const { run } = (await ask(runQuery, { runId })) as {
        run: { state: string; job: { namespace: string; name: string } } | null
      }
      return run === null ? undefined : { state: run.state, job: [run.job.namespace, run.job.name] }
    },
    async columns({ of: [namespace, name, column], direction, depth }) {
      const of = [{ namespace, name, column }]
      const { lineage } = (await ask(columnsQuery, { of, direction, depth })) as ColumnsData
      return lineage.columnFlows.map(({ from, fromDataset, to, toDataset, type }) => ({
        from: [fromDataset.id, from?.name ?? null],
        to: [toDataset.id, to?.name ?? null],
        type,
      }))
    },
  }
}

/** The steward's mutation of a vector, as GraphQL with its variables. */
export function mutationOf(
  mutation: Mutation,
): readonly [string, Readonly<Record<string, unknown>>] {
  const ref = ([namespace, name]: Name) => ({ namespace, name })
  if ('splitNames' in mutation) return [splitMutation, { name: ref(mutation.splitNames) }]
  const [name, other] = mutation.joinNames
  return [joinMutation, { name: ref(name), with: ref(other) }]
}

type LineageData = Readonly<{
  lineage: Readonly<{
    datasets: readonly Readonly<{
      dataset: { id: string }
      upstream: number | null
      downstream: number | null
    }>[]
    flows: readonly Readonly<{
      job: { namespace: string; name: string } | null
      inputs: readonly { id: string }[]
      outputs: readonly { id: string }[]
    }>[]
  }>
}>

type ColumnsData = Readonly<{
  lineage: Readonly<{
    columnFlows: readonly Readonly<{
      from: { name: string } | null
      fromDataset: { id: string }
      to: { name: string } | null
      toDataset: { id: string }
      type: string
    }>[]
  }>
}>

const datasetQuery = `query ($namespace: String!, $name: String!) {
  dataset(namespace: $namespace, name: $name) { id }
}`
const lineageQuery = `query ($of: [DatasetRef!]!, $direction: Direction!, $depth: Int!, $asOf: DateTime) {
  lineage(of: $of, direction: $direction, depth: $depth, asOf: $asOf) {
    datasets { upstream downstream dataset { id } }
    flows { job { namespace name } inputs { id } outputs { id } }
  }
}`
const columnsQuery = `query ($of: [DatasetRef!]!, $direction: Direction!, $depth: Int!) {
  lineage(of: $of, direction: $direction, depth: $depth, grain: COLUMN) {
    columnFlows { from { name } fromDataset { id } to { name } toDataset { id } type }
  }
}`
const runQuery = `query ($runId: String!) { run(runId: $runId) { state job { namespace name } } }`
const joinMutation = `mutation ($name: NameRef!, $with: NameRef!) {
  joinNames(name: $name, with: $with, reason: "A vector says so") { id }
}`
const splitMutation = `mutation ($name: NameRef!) {
  splitNames(name: $name, reason: "A vector says so") { id }
}`
