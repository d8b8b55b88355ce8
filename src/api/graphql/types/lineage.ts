import type {
  AsOf,
  Grain,
  LineageAnswer,
  PathsAnswer,
  Start,
  WalkLimits,
} from '../../../graph/index.ts'
import type { DatasetId, Direction } from '../../../model/index.ts'
import type { Maybe } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { DatasetRef } from '../names.ts'
import { LinewardError } from '../../../errors.ts'
import { lineage, paths } from '../../../graph/index.ts'
import { atMost, listWithin } from '../args.ts'
import { columnFlowsOf } from '../column-flows.ts'
import { completenessOf } from '../completeness.ts'
import { present } from '../loads.ts'
import { columnAsked, datasetAsked } from '../names.ts'
import { datasetsIn, pathView } from '../ways.ts'
import { flowsSeen } from './flow.ts'
import { meetingsSeen } from './meeting.ts'

type LineageArgs = Readonly<{
  of: readonly DatasetRef[]
  direction: Direction | 'BOTH'
  depth: number
  grain: Grain
  asOf?: Maybe<NonNullable<AsOf>>
  inForce: boolean
}>

type PathsArgs = Readonly<{
  from: DatasetRef
  to: DatasetRef
  depth: number
  first: number
  grain: Grain
  asOf?: Maybe<NonNullable<AsOf>>
}>

/** How many datasets or columns one question may start from. */
const startsMax = 100

const directions = {
  UPSTREAM: ['UPSTREAM'],
  DOWNSTREAM: ['DOWNSTREAM'],
  BOTH: ['UPSTREAM', 'DOWNSTREAM'],
} as const satisfies Record<LineageArgs['direction'], readonly Direction[]>

/**
 * `Query.lineage` and `Query.paths`: find the starts, walk, and show what the caller may see. Walks
 * go through what is hidden; it is counted in `Completeness.hidden`.
 *
 * @throws LinewardError ARGUMENT_INVALID for a start that is not given whole, NOT_FOUND for one that
 *   is not there, LIMIT_EXCEEDED for more ways or starts than there may be.
 */
export const lineageResolvers = {
  Query: {
    lineage: (_root: unknown, args: LineageArgs, context: ApiContext) =>
      context.parts.meters.walked('lineage', () => lineageAnswered(args, context)),
    paths: (_root: unknown, args: PathsArgs, context: ApiContext) =>
      context.parts.meters.walked('paths', () => pathsAnswered(args, context)),
  },
}

async function lineageAnswered(args: LineageArgs, context: ApiContext) {
  const asOf = args.asOf ?? undefined
  const depth = depthIn(args)
  if (args.of.length === 0) {
    throw new LinewardError('ARGUMENT_INVALID', '`of` is empty: there is nothing to start from')
  }
  const refs = listWithin(startsMax, 'of', args.of)
  const starts = await Promise.all(refs.map((ref) => startAsked(ref, asOf, context)))
  const question = {
    of: distinct(starts),
    directions: directions[args.direction],
    depth,
    grain: args.grain,
    asOf,
    inForce: args.inForce,
  }
  const answer = await lineage(context.graph, question, limitsIn(context))
  return lineageView(answer, asOf, context)
}

async function pathsAnswered(args: PathsArgs, context: ApiContext) {
  const asOf = args.asOf ?? undefined
  const depth = depthIn(args)
  const first = atMost(context.config.pageSizeMax, 'first', { value: args.first })
  const [from, to] = await Promise.all([
    startAsked(args.from, asOf, context),
    startAsked(args.to, asOf, context),
  ])
  const question = { from, to, depth, first, grain: args.grain, asOf }
  const answer = await paths(context.graph, question, limitsIn(context))
  return pathsView(answer, { ends: [from.dataset, to.dataset], asOf }, context)
}

/** A depth over the bound is no error: the answer says that it was cut short. */
function depthIn({ depth }: Readonly<{ depth: number }>): number {
  return atMost(Infinity, 'depth', { value: depth, least: 0 })
}

function limitsIn({ config }: ApiContext): WalkLimits {
  const { walkHopsMax, walkNodesMax, walkTimeMsMax } = config
  return { hopsMax: walkHopsMax, nodesMax: walkNodesMax, timeMsMax: walkTimeMsMax }
}

async function startAsked(ref: DatasetRef, asOf: AsOf, context: ApiContext): Promise<Start> {
  const dataset = await datasetAsked(ref, asOf, context)
  if (typeof ref.column !== 'string') return { dataset: dataset.id }
  return { dataset: dataset.id, column: await columnAsked(dataset, ref.column, context) }
}

/** Two names of one dataset are one start. */
function distinct(starts: readonly Start[]): readonly Start[] {
  return [
    ...new Map(
      starts.map((start) => [JSON.stringify([start.dataset, start.column]), start]),
    ).values(),
  ]
}

async function lineageView(answer: LineageAnswer, asOf: AsOf, context: ApiContext) {
  const { load } = context
  const flows = present(await flowsSeen(answer.flows, asOf, context))
  const reached = answer.datasets.map(async ({ dataset, upstream, downstream }) => {
    const view = await load.dataset(dataset, asOf)
    return view && { dataset: view, upstream, downstream }
  })
  const touched = [...answer.starts, ...answer.datasets.map(({ dataset }) => dataset)]
  const datasets = datasetsIn(touched, answer.flows, answer.meetings)
  return {
    starts: await load.datasets(answer.starts, asOf),
    datasets: present(await Promise.all(reached)),
    flows,
    meetings: present(await meetingsSeen(answer.meetings, asOf, context)),
    columnFlows: await columnFlowsOf(answer.columnEdges, flows, { asOf, load }),
    completeness: await completenessOf({ ...answer, asOf, datasets }, context),
  }
}

async function pathsView(
  { paths: ways, coarse, truncatedBy }: PathsAnswer,
  { ends, asOf }: Readonly<{ ends: readonly DatasetId[]; asOf: AsOf }>,
  context: ApiContext,
) {
  const steps = ways.flatMap((way) => way.steps)
  const flows = steps.flatMap((step) => ('flow' in step ? [step.flow] : []))
  const meetings = steps.flatMap((step) => ('meeting' in step ? [step.meeting] : []))
  const datasets = datasetsIn(ends, flows, meetings)
  const answered = { asOf, datasets, flows, coarse, truncatedBy }
  return {
    paths: await Promise.all(ways.map((way) => pathView(way, asOf, context))),
    completeness: await completenessOf(answered, context),
  }
}
