import type { DatasetId } from '../../model/index.ts'
import type { ColumnEdge, FlowRecord, GraphReader, Step } from '../port.ts'
import type { PathAnswer, PathStep, PathsAnswer, PathsQuestion, WalkLimits } from './answer.ts'
import { meetingKey } from '../meeting-key.ts'
import { columnReach } from './column-frontier.ts'
import { Budget, reach } from './frontier.ts'

/** One way so far: the steps from the start, and the dataset that it has come to. */
type Way = Readonly<{ at: DatasetId; steps: readonly Step[] }>

/**
 * The shortest ways from one dataset or column to another, each a list of flows with the meetings
 * between them; at most `first`, shortest first, none through a dataset twice. The way may end at a
 * dataset that meets `to`. Bounded like every walk.
 */
export async function paths(
  reader: GraphReader,
  question: PathsQuestion,
  limits: WalkLimits,
): Promise<PathsAnswer> {
  const { from, to, depth, grain, asOf, first } = question
  const budget = new Budget(limits)
  const when = { asOf, inForce: false }
  const direction = 'DOWNSTREAM'
  const walked =
    grain === 'COLUMN'
      ? await columnReach(reader, { starts: [from], direction, depth, when }, budget)
      : {
          ...(await reach(reader, { starts: [from.dataset], direction, depth, when }, budget)),
          columnEdges: [],
        }
  const ends = await endsOf(reader, to.dataset, asOf)
  const ways = shortestWays(walked.steps, from.dataset, ends, first, budget.depth(depth))
  const found = await answersOf(reader, ways, walked.columnEdges, question)
  return {
    paths: found,
    coarse: walked.columnEdges.filter((edge) => edge.from === undefined && edge.to === undefined)
      .length,
    truncatedBy: [...budget.truncatedBy],
  }
}

/** The dataset itself and what meets it: arriving there is arriving. */
async function endsOf(
  reader: GraphReader,
  to: DatasetId,
  asOf: PathsQuestion['asOf'],
): Promise<ReadonlyMap<DatasetId, PathStep | undefined>> {
  const ends = new Map<DatasetId, PathStep | undefined>([[to, undefined]])
  let after: string | undefined
  do {
    const page = await reader.meetings(to, asOf, { first: 500, after })
    for (const { node: meeting } of page.items) {
      const other = meeting.from === to ? meeting.to : meeting.from
      if (!ends.has(other)) ends.set(other, { meeting })
    }
    after = page.hasNextPage ? page.items.at(-1)?.cursor : undefined
  } while (after !== undefined)
  return ends
}

type Arrival = Way & Readonly<{ last: PathStep | undefined }>

function shortestWays(
  steps: readonly Step[],
  from: DatasetId,
  ends: ReadonlyMap<DatasetId, PathStep | undefined>,
  first: number,
  depth: number,
): readonly Arrival[] {
  const leaving = Map.groupBy(inOneOrder(steps), (step) => step.from)
  const toEnd = distancesToEnd(steps, ends)
  // Ways that differ in their meetings alone are one, and count once.
  const found = new Map<string, Arrival>()
  let ways: readonly Way[] = [{ at: from, steps: [] }]
  for (let hop = 1; hop <= depth && ways.length > 0 && found.size < first; hop += 1) {
    const longer = new Map<string, Way>()
    for (const way of ways) {
      for (const step of leaving.get(way.at) ?? []) {
        for (const at of step.to) {
          const next = { at, steps: [...way.steps, step] }
          const key = keyOf(next)
          if (ends.has(at)) {
            if (!found.has(key)) found.set(key, { ...next, last: ends.get(at) })
          } else if (toEnd.has(at) && !passes(way, at, from)) {
            if (!longer.has(key)) longer.set(key, next)
          }
        }
      }
    }
    // What cannot be among the first any more is not carried on.
    ways = [...longer.values()].slice(0, first * 64)
  }
  return [...found.values()].slice(0, first)
}

/** Each step once, in an order that is not the store's: the ways found first are always the same. */
function inOneOrder(steps: readonly Step[]): readonly Step[] {
  const keyed = steps.map((step) => {
    const { from, met, flow, meeting } = step
    const by = meeting === undefined ? '' : meetingKey(meeting)
    return [[flow, from, met, by].join(), { ...step, to: step.to.toSorted() }] as const
  })
  return [...new Map(keyed)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, step]) => step)
}

function distancesToEnd(
  steps: readonly Step[],
  ends: ReadonlyMap<DatasetId, unknown>,
): ReadonlySet<DatasetId> {
  const arriving = new Map<DatasetId, DatasetId[]>()
  for (const { from, to } of steps) {
    for (const dataset of to) arriving.set(dataset, [...(arriving.get(dataset) ?? []), from])
  }
  const leading = new Set<DatasetId>(ends.keys())
  for (const dataset of leading) for (const from of arriving.get(dataset) ?? []) leading.add(from)
  return leading
}

function passes({ steps }: Way, at: DatasetId, from: DatasetId): boolean {
  return at === from || steps.some((step) => step.from === at)
}

function keyOf({ steps, at }: Way): string {
  return [...steps.map(({ from, flow }) => `${from} ${flow}`), at].join()
}

async function answersOf(
  reader: GraphReader,
  ways: readonly Arrival[],
  edges: readonly ColumnEdge[],
  { asOf }: PathsQuestion,
): Promise<readonly PathAnswer[]> {
  const ids = [...new Set(ways.flatMap(({ steps }) => steps.map(({ flow }) => flow)))]
  const records = new Map<string, FlowRecord>()
  for (const record of await reader.flows(ids, asOf)) {
    for (const id of record.stored) records.set(id, record)
  }
  return ways.map(({ steps, last }) => ({
    steps: [
      ...steps.flatMap(({ meeting, flow }): readonly PathStep[] => {
        const record = records.get(flow)
        return [
          ...(meeting === undefined ? [] : [{ meeting }]),
          ...(record === undefined ? [] : [{ flow: record }]),
        ]
      }),
      ...(last === undefined ? [] : [last]),
    ],
    columnEdges: edges.filter(({ flow }) => steps.some((step) => step.flow === flow)),
  }))
}
