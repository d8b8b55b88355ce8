import type { DatasetId, DatasetName, Direction, FlowId, Micros } from '../../src/model/index.ts'
import type { FlowRecord, GraphReader, Page, PageAsk, Step } from '../../src/graph/index.ts'
import { datasetIdOf, jobIdOf } from '../../src/model/index.ts'
import { job } from './told.ts'

/** More than any list here has. */
export const all: PageAsk = { first: 1_000 }

export function nodesOf<Node>({ items }: Page<Node>): readonly Node[] {
  return items.map(({ node }) => node)
}

/** Every page of a list, one item at a time. */
export async function oneByOne<Node>(
  ask: (page: PageAsk) => Promise<Page<Node>>,
): Promise<readonly Node[]> {
  const nodes: Node[] = []
  let after: string | undefined
  for (;;) {
    const page = await ask({ first: 1, after })
    nodes.push(...nodesOf(page))
    if (!page.hasNextPage) return nodes
    after = page.items.at(-1)?.cursor
  }
}

/** The flows of a job, each as an answer shows it. */
export async function flowsOf(reader: GraphReader, name = 'j'): Promise<readonly FlowRecord[]> {
  return nodesOf(await reader.jobFlows(jobIdOf(job(name)), all))
}

/** The one flow of a job. */
export async function onlyFlow(reader: GraphReader, name = 'j'): Promise<FlowId> {
  const [only, ...more] = await flowsOf(reader, name)
  if (only === undefined || more.length > 0) throw new Error(`Not one flow: ${more.length}`)
  return only.id
}

export async function idOf(reader: GraphReader, name: DatasetName): Promise<DatasetId | undefined> {
  return (await reader.datasetByName(name))?.id
}

export function ids(...names: readonly DatasetName[]): readonly DatasetId[] {
  return names.map(datasetIdOf).toSorted()
}

/** One step from a dataset. */
export async function steps(
  reader: GraphReader,
  from: DatasetName,
  direction: Direction,
  more: Readonly<{ asOf?: Micros; inForce?: boolean; read?: FlowId }> = {},
): Promise<readonly Step[]> {
  const { asOf, inForce = false, read } = more
  const dataset = datasetIdOf(from)
  const item = read === undefined ? { dataset } : { dataset, read }
  return await reader.expand([item], direction, { asOf, inForce })
}
