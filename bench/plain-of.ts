import type { GraphReader } from '../src/graph/index.ts'
import type { DatasetId } from '../src/model/index.ts'
import type { PlainFlow, PlainGraph } from './peers/plain-walk.ts'
import type { World } from './world.ts'
import { plainGraph } from './peers/plain-walk.ts'

const pageSize = 1000

/** The graph of a generated world, from the generator itself: the store is not asked. */
export function plainOfWorld({ datasets, jobs, contents }: World): PlainGraph {
  const meets = new Map<number, readonly number[]>(contents)
  for (const [prefix, below] of contents) for (const dataset of below) meets.set(dataset, [prefix])
  return plainGraph(datasets.length, jobs, meets)
}

/** The graph that a store answers from, and its datasets in the order of the numbers. */
export async function plainOfStore(
  reader: GraphReader,
): Promise<Readonly<{ graph: PlainGraph; ids: readonly DatasetId[] }>> {
  const ids: DatasetId[] = []
  for await (const { id } of all((page) =>
    reader.datasets(undefined, { includeRetired: true }, page),
  )) {
    ids.push(id)
  }
  const numberOf = new Map(ids.map((id, index) => [id, index]))
  const numbers = (of: readonly DatasetId[]): readonly number[] =>
    of.map((id) => numberOf.get(id)).filter((number) => number !== undefined)
  const flows = new Map<string, PlainFlow>()
  for await (const { id } of all((page) => reader.jobs(undefined, page))) {
    for await (const flow of all((page) => reader.jobFlows(id, page))) {
      flows.set(flow.id, { inputs: numbers(flow.inputs), outputs: numbers(flow.outputs) })
    }
  }
  const meets = new Map<number, readonly number[]>()
  for (const [number, id] of ids.entries()) {
    const met = new Set<DatasetId>()
    for await (const { from, to } of all((page) => reader.meetings(id, undefined, page))) {
      met.add(from === id ? to : from)
    }
    meets.set(number, numbers([...met]))
  }
  return { graph: plainGraph(ids.length, [...flows.values()], meets), ids }
}

type Listed<Item> = Readonly<{
  items: readonly Readonly<{ node: Item; cursor: string }>[]
  hasNextPage: boolean
}>

async function* all<Item>(
  list: (page: { first: number; after?: string | undefined }) => Promise<Listed<Item>>,
): AsyncIterable<Item> {
  let after: string | undefined
  do {
    const { items, hasNextPage } = await list({ first: pageSize, after })
    for (const { node } of items) yield node
    after = hasNextPage ? items.at(-1)?.cursor : undefined
  } while (after !== undefined)
}
