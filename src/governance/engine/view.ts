import type { AsOf, GovernedDataset, GraphReader, Move } from '../../graph/index.ts'
import type { DatasetId, FlowId } from '../../model/index.ts'

/** A part of the graph as governance looks upon it: with a dataset everything that it comes from. */
export type View = Readonly<{
  datasets: ReadonlyMap<DatasetId, GovernedDataset>
  moves: ReadonlyMap<FlowId, readonly Move[]>
}>

type Reader = Pick<GraphReader, 'datasets' | 'governed' | 'moves'>

const datasetsAtOnce = 500
const flowsAtOnce = 500

/** The whole graph at a time. */
export async function wholeView(graph: Reader, asOf: AsOf): Promise<View> {
  const datasets = new Map<DatasetId, GovernedDataset>()
  let after: string | undefined
  do {
    const page = await graph.datasets(
      undefined,
      { includeRetired: true },
      { first: datasetsAtOnce, after },
    )
    const ids = page.items.map(({ node }) => node.id)
    for (const dataset of await graph.governed(ids, asOf)) datasets.set(dataset.id, dataset)
    after = page.hasNextPage ? page.items.at(-1)?.cursor : undefined
  } while (after !== undefined)
  const flows = new Set(
    [...datasets.values()].flatMap(({ reads, writes }) => [...reads, ...writes]),
  )
  return { datasets, moves: await movesOf(graph, [...flows], asOf) }
}

/** These datasets and all that their content can have come from. */
export async function viewOf(graph: Reader, ids: readonly DatasetId[], asOf: AsOf): Promise<View> {
  const datasets = new Map<DatasetId, GovernedDataset>()
  const moves = new Map<FlowId, readonly Move[]>()
  let frontier: readonly DatasetId[] = ids
  while (frontier.length > 0) {
    const found = await graph.governed(frontier, asOf)
    for (const dataset of found) datasets.set(dataset.id, dataset)
    const writing = new Set(found.flatMap(({ writes }) => writes))
    // What is read of a dataset can tell of columns that it has.
    const flows = new Set([...writing, ...found.flatMap(({ reads }) => reads)])
    const moved = await movesOf(
      graph,
      [...flows].filter((flow) => !moves.has(flow)),
      asOf,
    )
    for (const [flow, of] of moved) moves.set(flow, of)
    const before = [
      ...[...writing].flatMap((flow) => (moves.get(flow) ?? []).flatMap(({ inputs }) => inputs)),
      ...found.flatMap(({ meetings }) => meetings.flatMap(({ from, to }) => [from, to])),
    ]
    frontier = [...new Set(before)].filter((id) => !datasets.has(id))
  }
  return { datasets, moves }
}

export async function movesOf(
  graph: Pick<GraphReader, 'moves'>,
  flows: readonly FlowId[],
  asOf: AsOf,
): Promise<ReadonlyMap<FlowId, readonly Move[]>> {
  const moves = new Map<FlowId, readonly Move[]>()
  for (let start = 0; start < flows.length; start += flowsAtOnce) {
    const found = await graph.moves(flows.slice(start, start + flowsAtOnce), asOf)
    for (const [flow, of] of Map.groupBy(found, (move) => move.flow)) {
      moves.set(flow, withSharedMaps(of))
    }
  }
  return moves
}

/** Runs of one flow mostly have equal maps: these are one object then, and are worked out once. */
function withSharedMaps(moves: readonly Move[]): readonly Move[] {
  if (moves.length === 1) return moves
  const known = new Map<string, Move['maps']>()
  return moves.map((move) => {
    const key = JSON.stringify(move.maps)
    const maps = known.get(key) ?? move.maps
    known.set(key, maps)
    return maps === move.maps ? move : { ...move, maps }
  })
}
