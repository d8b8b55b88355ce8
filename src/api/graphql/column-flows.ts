import type { AsOf, ColumnEdge, GraphReader, Page, PageAsk } from '../../graph/index.ts'
import type { EntryKey, FlowId, Transformation } from '../../model/index.ts'
import type { ApiContext } from './context.ts'
import type { ColumnView, DatasetView, FlowView } from './view.ts'
import { LinewardError } from '../../errors.ts'

/** What one flow does with one column for another, by every map that says so. */
export type ColumnFlowView = Readonly<{
  flow: FlowView
  fromDataset: DatasetView
  from: ColumnView | undefined
  toDataset: DatasetView
  to: ColumnView | undefined
  transformation: Transformation
  /** Empty where no map is known. */
  maps: readonly string[]
}>

/** What an input is to an output about which no map says anything: it may carry values. */
const unstated: Transformation = { type: 'DIRECT', masking: false }

/**
 * The edges as answers show them: one for each flow (stored flows that are one in an answer are
 * one here), two columns and transformation. Those of datasets that the caller may not see, and of
 * flows that are not among `flows`, are left out.
 */
export async function columnFlowsOf(
  edges: readonly ColumnEdge[],
  flows: readonly FlowView[],
  { asOf, load }: Readonly<{ asOf: AsOf; load: ApiContext['load'] }>,
): Promise<readonly ColumnFlowView[]> {
  const byStored = new Map<FlowId, FlowView>(
    flows.flatMap((flow) => flow.stored.map((id) => [id, flow] as const)),
  )
  const views = edges.map(async (edge): Promise<readonly ColumnFlowView[]> => {
    const [fromDataset, toDataset] = await Promise.all([
      load.dataset(edge.fromDataset, asOf),
      load.dataset(edge.toDataset, asOf),
    ])
    const flow = byStored.get(edge.flow)
    if (flow === undefined || fromDataset === undefined || toDataset === undefined) return []
    const transformations = edge.transformations.length === 0 ? [unstated] : edge.transformations
    return transformations.map((transformation) => ({
      flow,
      fromDataset,
      from: columnOf(fromDataset, edge.from),
      toDataset,
      to: columnOf(toDataset, edge.to),
      transformation,
      maps: edge.map === undefined ? [] : [edge.map],
    }))
  })
  return merged((await Promise.all(views)).flat())
}

function columnOf(dataset: DatasetView, name: string | undefined): ColumnView | undefined {
  return name === undefined ? undefined : { __typename: 'Column', dataset, name }
}

/** A second map that says the same is more evidence, and no second edge. */
function merged(views: readonly ColumnFlowView[]): readonly ColumnFlowView[] {
  const byMeaning = new Map<string, ColumnFlowView>()
  for (const view of views) {
    const { flow, fromDataset, from, toDataset, to, transformation } = view
    const { type, subtype, description, masking } = transformation
    const ends = [fromDataset.id, from?.name, toDataset.id, to?.name]
    const key = JSON.stringify([flow.id, ends, type, subtype, description, masking])
    const before = byMeaning.get(key)
    const maps = [...new Set([...(before?.maps ?? []), ...view.maps])]
    byMeaning.set(key, { ...view, maps })
  }
  return [...byMeaning.values()]
}

/**
 * Entries that say so, map after map and the newest of each first. The cursor is that of the port
 * behind the number of the map.
 *
 * @throws LinewardError ARGUMENT_INVALID when the cursor is none that this gave.
 */
export async function mapEvidence(
  { flow, maps }: ColumnFlowView,
  { first, after }: PageAsk,
  graph: GraphReader,
): Promise<Page<EntryKey>> {
  const flows = flow.stored
  if (maps.length === 0) return graph.evidence({ flows }, flow.asOf, { first, after })
  const start = after === undefined ? { map: 0, cursor: undefined } : placeIn(after, maps.length)
  const items: Page<EntryKey>['items'][number][] = []
  for (const [index, map] of maps.entries()) {
    if (index < start.map) continue
    const cursor = index === start.map ? start.cursor : undefined
    const wanted = first - items.length
    if (wanted === 0) return { items, hasNextPage: true }
    const page = await graph.evidence({ flows, map }, flow.asOf, { first: wanted, after: cursor })
    items.push(...page.items.map((item) => ({ ...item, cursor: `${index}.${item.cursor}` })))
    if (page.hasNextPage) return { items, hasNextPage: true }
  }
  return { items, hasNextPage: false }
}

const cursorShape = /^(\d{1,9})\.(.+)$/s

function placeIn(
  after: string,
  maps: number,
): Readonly<{ map: number; cursor: string | undefined }> {
  const [, map = '', cursor] = cursorShape.exec(after) ?? []
  if (cursor !== undefined && Number(map) < maps) return { map: Number(map), cursor }
  throw new LinewardError('ARGUMENT_INVALID', '`after` is no cursor that an answer gave')
}

/** When any of the maps held, or the flow was active where there is none; merged, oldest first. */
export async function mapActive(
  { flow, maps }: ColumnFlowView,
  first: number,
  graph: GraphReader,
): ReturnType<GraphReader['flowActive']> {
  const { stored, asOf } = flow
  if (maps.length === 0) return graph.flowActive(stored, asOf, first)
  const held = await Promise.all(maps.map((map) => graph.mapActive(stored, map, asOf, first)))
  return joined(held.flat()).slice(0, first)
}

type Intervals = Awaited<ReturnType<GraphReader['flowActive']>>

/** Intervals that overlap or touch become one. */
function joined(intervals: Intervals): Intervals {
  const sorted = intervals.toSorted((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity))
  const result: Intervals[number][] = []
  for (const next of sorted) {
    const last = result.at(-1)
    if (last !== undefined && (last.until ?? Infinity) >= (next.from ?? -Infinity)) {
      const open = last.until === undefined || next.until === undefined
      const later = (last.until ?? 0) >= (next.until ?? 0) ? last.until : next.until
      result[result.length - 1] = { from: last.from, until: open ? undefined : later }
    } else {
      result.push(next)
    }
  }
  return result
}
