import type { DatasetId, DatasetName, FlowId, JobId } from '../../src/model/index.ts'
import type {
  Dataset,
  DatasetFilter,
  Found,
  JobRecord,
  NodeKind,
  RunRecord,
} from '../../src/graph/index.ts'
import type { Run } from './run.ts'
import type { World } from './world.ts'
import { compareCodePoints } from '../../src/model/index.ts'
import { jobIdOf } from './id.ts'
import { columnsOf, datasetDetails, fieldsOf, jobDetails, kindOf } from './describe.ts'
import { retiredSince } from './existence.ts'
import { ofKind } from './said.ts'
import { namedBy } from './subject.ts'

export function datasetRecord(world: World, id: DatasetId): Dataset | undefined {
  const of = world.classOf(id)
  const [name] = of?.names ?? []
  if (of === undefined || name === undefined) return undefined
  return { id: of.id, name, kind: kindOf(world, of.id) }
}

export function jobRecords(world: World): readonly JobRecord[] {
  const names = world.all.flatMap((one) => namedBy(one).jobs)
  return [...new Map(names.map((name) => [jobIdOf(name), { id: jobIdOf(name), name }])).values()]
}

/** "The job's own flows; without any, those of the jobs that ran as parts of it." */
export function flowIdsOfJob(world: World, id: JobId): readonly FlowId[] {
  const parts = new Set([id])
  const flowsOf = (jobs: ReadonlySet<JobId>): readonly FlowId[] =>
    [...world.flows.values()].flatMap((flow) =>
      flow.job !== undefined && jobs.has(flow.job) ? [flow.id] : [],
    )
  const own = flowsOf(parts)
  if (own.length > 0) return own
  for (const parent of parts) {
    for (const { fact } of ofKind(world.all, 'job')) {
      if (fact.parent !== undefined && jobIdOf(fact.parent) === parent) parts.add(jobIdOf(fact.job))
    }
  }
  return flowsOf(parts)
}

/** A run whose job nobody named is only an id. */
export function runRecord(run: Run | undefined): RunRecord | undefined {
  if (run?.job === undefined) return undefined
  const { id, runId, job, state, startedAt, endedAt, parent } = run
  return { id, runId, job, state, startedAt, endedAt, parent }
}

export function datasetsWhere(world: World, filter: DatasetFilter): readonly Dataset[] {
  return world
    .datasets()
    .map(({ id }) => datasetRecord(world, id))
    .filter((dataset) => dataset !== undefined)
    .filter(({ id, kind }) => {
      const { owners, tags, existence } = datasetDetails(world, id)
      return (
        (filter.kinds === undefined || filter.kinds.includes(kind)) &&
        (filter.owner === undefined || owners.includes(filter.owner)) &&
        (filter.tag === undefined || tags.includes(filter.tag)) &&
        (filter.includeRetired || retiredSince(existence) === undefined)
      )
    })
}

/** "Whole words and prefixes of names, columns, descriptions and aliases, best first." */
export function search(
  world: World,
  text: string,
  kinds: readonly NodeKind[],
  filter: DatasetFilter,
): readonly Found[] {
  const asked = wordsOf(text)
  if (asked.length === 0) return []
  return documentsOf(world, filter)
    .filter(({ found }) => kinds.includes(found.kind))
    .map(({ found, text: told }) => ({ found, words: wordsOf(told) }))
    .filter(({ words }) => asked.every((word) => words.some((other) => other.startsWith(word))))
    .map(({ found, words }) => ({
      found,
      whole: asked.filter((word) => words.includes(word)).length / words.length,
    }))
    .toSorted((a, b) => b.whole - a.whole || compareFound(a.found, b.found))
    .map(({ found }) => found)
}

type Document = Readonly<{ found: Found; text: string }>

function documentsOf(world: World, filter: DatasetFilter): readonly Document[] {
  const datasets = datasetsWhere(world, filter).flatMap(({ id, name }): readonly Document[] => {
    const { description = '', tags } = datasetDetails(world, id)
    const names = world.namesOf(id).flatMap((one) => [one.namespace, one.name])
    const columns = columnsOf(fieldsOf(world, id)).map((column): Document => ({
      found: { kind: 'COLUMN', dataset: id, column: column.name, matched: column.name },
      text: `${column.name} ${column.description ?? ''}`,
    }))
    const found = { kind: 'DATASET', dataset: id, matched: name.name } as const
    return [{ found, text: [...names, description, ...tags].join(' ') }, ...columns]
  })
  const jobs = jobRecords(world).map(({ id, name }): Document => ({
    found: { kind: 'JOB', job: id, matched: name.name },
    text: [name.namespace, name.name, jobDetails(world, id).description ?? ''].join(' '),
  }))
  return [...datasets, ...jobs]
}

function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain.match(/[\p{L}\p{N}\p{Co}]+/gu) ?? []
}

function compareFound(a: Found, b: Found): number {
  return a.matched.length - b.matched.length || compareCodePoints(idOf(a), idOf(b))
}

function idOf(found: Found): DatasetId | JobId {
  return found.kind === 'JOB' ? found.job : found.dataset
}

/** By how many characters they begin alike. */
export function nearestNames(
  world: World,
  { namespace, name }: DatasetName,
): readonly DatasetName[] {
  const shared = (other: string): number => {
    const differing = [...other].findIndex((character, index) => [...name][index] !== character)
    return differing === -1 ? other.length : differing
  }
  return world
    .datasets()
    .flatMap(({ names }) => names)
    .filter((other) => other.namespace === namespace)
    .toSorted((a, b) => shared(b.name) - shared(a.name) || compareCodePoints(a.name, b.name))
}
