import type { EventCount, SourceCount } from '../../../graph/index.ts'
import type { ApiContext } from '../context.ts'
import { atMost } from '../args.ts'
import { isLimited } from '../visible.ts'

const microsPerMs = 1000

type FirstArgs = Readonly<{ first: number }>

/** `Intake` in schema.graphql: each field is read when it is asked for. */
export const intakeResolvers = {
  Intake: {
    async settled(_intake: unknown, _args: unknown, { parts }: ApiContext) {
      const { entries, marks } = await parts.projector.lag()
      return entries === 0 && marks === 0 && (await parts.governance.reached(0))
    },
    entries: (_intake: unknown, _args: unknown, { parts }: ApiContext) =>
      parts.ledger.head().entries,
    projectionLag: async (_intake: unknown, _args: unknown, { parts }: ApiContext) =>
      (await parts.projector.lag()).entries,
    async governanceLag(_intake: unknown, _args: unknown, { parts }: ApiContext) {
      const { entries } = await parts.projector.lag()
      // How many of those in the graph are not judged nobody counts: one, if any.
      return (await parts.governance.reached(0)) ? entries : entries + 1
    },
    deadLetters: (_intake: unknown, _args: unknown, { graph }: ApiContext) =>
      graph.deadLetterCount(),
    unknownEvents: (_intake: unknown, args: FirstArgs, context: ApiContext) =>
      counted(args, context, (first) => context.graph.unknownEvents(first)),
    irrelevantEvents: (_intake: unknown, args: FirstArgs, context: ApiContext) =>
      counted(args, context, (first) => context.graph.irrelevantEvents(first)),
    sources: (_intake: unknown, _args: unknown, { graph }: ApiContext) => graph.sources(),
  },
}

/**
 * Counts by source and name, for who may see everything: an event of which nobody knows what it says
 * has no namespace by which somebody else could be shown it.
 *
 * @throws LinewardError LIMIT_EXCEEDED when `first` exceeds `pageSizeMax`, ARGUMENT_INVALID when it
 *   is under 1.
 */
async function counted(
  { first }: FirstArgs,
  { config, caller }: ApiContext,
  countsOf: (first: number) => Promise<readonly EventCount[]>,
): Promise<readonly EventCount[]> {
  const most = atMost(config.pageSizeMax, 'first', { value: first })
  return isLimited(caller) ? [] : await countsOf(most)
}

/** `SourceStatus` in schema.graphql. */
export const sourceStatusResolvers = {
  SourceStatus: {
    lagMs({ lastEvent }: SourceCount, _args: unknown, { parts }: ApiContext) {
      if (lastEvent === undefined) return undefined
      // A sender's clock may be ahead of ours.
      return Math.max(0, Math.floor((parts.clock() - lastEvent) / microsPerMs))
    },
    // No source that is read so far tells when it could not see.
    blindSpots: () => [],
  },
}
