import type { AsOf, FlowRecord } from '../../../graph/index.ts'
import type { PageArgs } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { JobView } from '../view.ts'
import { connection } from '../connection.ts'
import { present } from '../loads.ts'
import { facetsByKey } from '../facets.ts'
import { mayReadEvents } from '../visible.ts'
import { flowsSeen } from './flow.ts'
import { runsSeen } from './run.ts'

type Details = (job: JobView, args: unknown, context: ApiContext) => Promise<unknown>

/** `Job` in schema.graphql: a job as it was last stated, its flows as at the time of the question. */
export const jobResolvers = {
  Job: {
    namespace: ({ name }: JobView) => name.namespace,
    name: ({ name }: JobView) => name.name,
    kind: detail('kind'),
    description: detail('description'),
    owners: detail('owners'),
    async source({ id }: JobView, _args: unknown, { load, caller }: ApiContext) {
      // A statement names what it reads and writes.
      return mayReadEvents(caller) ? (await load.jobDetails(id)).source : undefined
    },
    async parent({ id, asOf }: JobView, _args: unknown, { load }: ApiContext) {
      const { parent } = await load.jobDetails(id)
      return parent && load.job(parent, asOf)
    },
    async facets({ id }: JobView, _args: unknown, { graph, caller }: ApiContext) {
      return facetsByKey(await graph.jobFacets(id), caller)
    },
    flows({ id, asOf }: JobView, args: PageArgs, context: ApiContext) {
      return connection(args, context, {
        fetch: (page) => context.graph.jobFlows(id, page),
        view: async (flows) => flowsSeen(await flowsAsOf(flows, asOf, context), asOf, context),
      })
    },
    runs({ id, asOf }: JobView, args: PageArgs, context: ApiContext) {
      return connection(args, context, {
        fetch: (page) => context.graph.jobRuns(id, page),
        view: (runs) => runsSeen(runs, asOf, context),
      })
    },
  },
}

function detail(name: keyof Awaited<ReturnType<ApiContext['load']['jobDetails']>>): Details {
  return async ({ id }, _args, { load }) => (await load.jobDetails(id))[name]
}

/** The port gives a job's flows as they are now; those that were not there yet are undefined. */
async function flowsAsOf(
  flows: readonly FlowRecord[],
  asOf: AsOf,
  { graph }: ApiContext,
): Promise<readonly (FlowRecord | undefined)[]> {
  if (asOf === undefined) return flows
  const records = await graph.flows(
    flows.flatMap(({ stored }) => stored),
    asOf,
  )
  const byStored = new Map(records.flatMap((flow) => flow.stored.map((id) => [id, flow] as const)))
  return flows.map(({ stored }) => present(stored.map((id) => byStored.get(id)))[0])
}
