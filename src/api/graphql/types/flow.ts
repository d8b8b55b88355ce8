import type { AsOf, FlowRecord } from '../../../graph/index.ts'
import type { PageArgs } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { FlowView } from '../view.ts'
import { atMost } from '../args.ts'
import { connection } from '../connection.ts'
import { evidencePage } from './evidence.ts'
import { runsSeen } from './run.ts'

type First = Readonly<{ first: number }>

/** `Flow` in schema.graphql. */
export const flowResolvers = {
  Flow: {
    job: ({ job, asOf }: FlowView, _args: unknown, { load }: ApiContext) =>
      job && load.job(job, asOf),
    inputs: ({ inputs, asOf }: FlowView, args: First, context: ApiContext) =>
      datasetsOf(inputs, asOf, args, context),
    outputs: ({ outputs, asOf }: FlowView, args: First, context: ApiContext) =>
      datasetsOf(outputs, asOf, args, context),
    inputCount: ({ inputs }: FlowView) => inputs.length,
    outputCount: ({ outputs }: FlowView) => outputs.length,
    active({ stored, asOf }: FlowView, { first }: First, { graph, config }: ApiContext) {
      return graph.flowActive(stored, asOf, atMost(config.pageSizeMax, 'first', { value: first }))
    },
    runs({ stored, asOf }: FlowView, args: PageArgs, context: ApiContext) {
      return connection(args, context, {
        fetch: (page) => context.graph.flowRuns(stored, asOf, page),
        view: (runs) => runsSeen(runs, asOf, context),
      })
    },
    evidence({ stored, asOf }: FlowView, args: PageArgs, context: ApiContext) {
      return evidencePage({ flows: stored }, asOf, args, context)
    },
  },
}

/**
 * The flows of which the caller may see the job or a dataset; undefined in place of others, which
 * would show nothing but that they are there.
 */
export function flowsSeen(
  flows: readonly (FlowRecord | undefined)[],
  asOf: AsOf,
  { load }: ApiContext,
): Promise<readonly (FlowView | undefined)[]> {
  return Promise.all(
    flows.map(async (flow): Promise<FlowView | undefined> => {
      if (flow === undefined) return undefined
      const ends = await load.datasets([...flow.inputs, ...flow.outputs], asOf)
      const job = flow.job && (await load.job(flow.job, asOf))
      return job === undefined && ends.length === 0
        ? undefined
        : { __typename: 'Flow', ...flow, asOf }
    }),
  )
}

async function datasetsOf(
  ids: FlowRecord['inputs'],
  asOf: AsOf,
  { first }: First,
  { load, config }: ApiContext,
) {
  const most = atMost(config.pageSizeMax, 'first', { value: first })
  return (await load.datasets(ids, asOf)).slice(0, most)
}
