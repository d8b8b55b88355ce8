import type { DatasetId, Direction, FlowId } from '../../model/index.ts'
import type { ColumnEdge, FlowRecord, GraphReader } from '../port.ts'
import type { LineageAnswer, LineageQuestion, ReachedDataset, Start, WalkLimits } from './answer.ts'
import type { Reach } from './frontier.ts'
import { meetingKey } from '../meeting-key.ts'
import { columnReach } from './column-frontier.ts'
import { Budget, reach } from './frontier.ts'

type Walked = Reach & Readonly<{ columnEdges: readonly ColumnEdge[] }>

/**
 * Everything up or down from the given datasets or columns within `depth` flows. Starts are listed
 * at depth 0; a dataset that is only met, where the way went on through it. Bounded by `limits`:
 * what cut the answer short is in `truncatedBy`.
 *
 * @see design.md section 4
 */
export async function lineage(
  reader: GraphReader,
  question: LineageQuestion,
  limits: WalkLimits,
): Promise<LineageAnswer> {
  const budget = new Budget(limits)
  const walked = new Map<Direction, Walked>()
  for (const direction of new Set(question.directions)) {
    walked.set(direction, await walk(reader, question, direction, budget))
  }
  const flowIds = [...new Set([...walked.values()].flatMap(({ flows }) => [...flows]))]
  const flows = await reader.flows(flowIds, question.asOf)
  const meetings = [...walked.values()].flatMap((found) => [...found.meetings.values()])
  const columnEdges = [...walked.values()].flatMap((found) => found.columnEdges)
  return {
    starts: [...new Set(question.of.map(({ dataset }) => dataset))],
    datasets: reachedDatasets(walked),
    flows: sorted(flows),
    meetings: [...new Map(meetings.map((meeting) => [meetingKey(meeting), meeting])).values()],
    columnEdges: distinctEdges(columnEdges),
    coarse: await coarsePairs(reader, flows, columnEdges, question),
    truncatedBy: [...budget.truncatedBy],
  }
}

async function walk(
  reader: GraphReader,
  { of, depth, grain, asOf, inForce }: LineageQuestion,
  direction: Direction,
  budget: Budget,
): Promise<Walked> {
  const when = { asOf, inForce }
  if (grain === 'COLUMN') {
    return await columnReach(reader, { starts: of, direction, depth, when }, budget)
  }
  const starts = [...new Set(of.map(({ dataset }: Start) => dataset))]
  return { ...(await reach(reader, { starts, direction, depth, when }, budget)), columnEdges: [] }
}

function reachedDatasets(walked: ReadonlyMap<Direction, Walked>): readonly ReachedDataset[] {
  const upstream = walked.get('UPSTREAM')?.depths
  const downstream = walked.get('DOWNSTREAM')?.depths
  const all = new Set<DatasetId>([...(upstream?.keys() ?? []), ...(downstream?.keys() ?? [])])
  return [...all].map((dataset) => ({
    dataset,
    upstream: upstream?.get(dataset),
    downstream: downstream?.get(dataset),
  }))
}

/** Pairs of datasets that some flow of the answer connects without a column map. */
async function coarsePairs(
  reader: GraphReader,
  flows: readonly FlowRecord[],
  walkedEdges: readonly ColumnEdge[],
  { grain, asOf }: LineageQuestion,
): Promise<number> {
  const coarse: FlowId[] = flows.filter((flow) => flow.coarse).flatMap(({ stored }) => stored)
  const edges = grain === 'COLUMN' ? walkedEdges : await reader.columnEdges(coarse, asOf)
  const pairs = edges
    .filter(({ from, to, map }) => from === undefined && to === undefined && map === undefined)
    .map(({ fromDataset, toDataset }) => `${fromDataset} ${toDataset}`)
  return new Set(pairs).size
}

function sorted(flows: readonly FlowRecord[]): readonly FlowRecord[] {
  return flows.toSorted((a, b) => a.firstSeen - b.firstSeen || (a.id < b.id ? -1 : 1))
}

function distinctEdges(edges: readonly ColumnEdge[]): readonly ColumnEdge[] {
  return [...new Map(edges.map((edge) => [JSON.stringify(edge), edge])).values()]
}
