import type { AsOf, RunDataset, RunRecord } from '../../../graph/index.ts'
import type { Side } from '../../../model/index.ts'
import type { PageArgs } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { DatasetView, RunView } from '../view.ts'
import { present } from '../loads.ts'
import { facetsByKey } from '../facets.ts'
import { evidencePage } from './evidence.ts'

const sideNames = { reads: 'READS', writes: 'WRITES' } as const satisfies Record<Side, string>

/** `Run` in schema.graphql. */
export const runResolvers = {
  Run: {
    job: ({ job, asOf }: RunView, _args: unknown, { load }: ApiContext) => load.job(job, asOf),
    parent: ({ parent, asOf }: RunView, _args: unknown, { load }: ApiContext) =>
      parent && load.run(parent, asOf),
    async principal({ id }: RunView, _args: unknown, { graph }: ApiContext) {
      const starter = await graph.runStarter(id)
      return starter === undefined ? undefined : { __typename: 'Principal', id: starter }
    },
    inputs: (run: RunView, _args: unknown, context: ApiContext) => onSide('reads', run, context),
    outputs: (run: RunView, _args: unknown, context: ApiContext) => onSide('writes', run, context),
    async facets({ id }: RunView, _args: unknown, { graph, caller }: ApiContext) {
      return facetsByKey(await graph.runFacets(id), caller)
    },
    async jobFacets({ id }: RunView, _args: unknown, { graph, caller }: ApiContext) {
      return facetsByKey(await graph.runJobFacets(id), caller)
    },
    async datasets({ id, asOf }: RunView, _args: unknown, { load }: ApiContext) {
      const records = await load.runDatasets(id)
      const views = records.map(async (record) => {
        const dataset = await load.dataset(record.dataset, asOf)
        return dataset && { dataset, record }
      })
      return present(await Promise.all(views))
    },
    evidence({ id, asOf }: RunView, args: PageArgs, context: ApiContext) {
      return evidencePage({ run: id }, asOf, args, context)
    },
  },
}

type RunDatasetView = Readonly<{ dataset: DatasetView; record: RunDataset }>

/** `RunDataset` in schema.graphql: the facets are those of this run and no other. */
export const runDatasetResolvers = {
  RunDataset: {
    side: ({ record }: RunDatasetView) => sideNames[record.side],
    facets: ({ record }: RunDatasetView, _args: unknown, { caller }: ApiContext) =>
      facetsByKey(record.facets, caller),
    ioFacets: ({ record }: RunDatasetView, _args: unknown, { caller }: ApiContext) =>
      facetsByKey(record.ioFacets, caller),
  },
}

/** The runs of jobs that the caller may see; undefined in place of others. */
export function runsSeen(
  runs: readonly RunRecord[],
  asOf: AsOf,
  { load }: ApiContext,
): Promise<readonly (RunView | undefined)[]> {
  return Promise.all(
    runs.map(async (run): Promise<RunView | undefined> => {
      const job = await load.job(run.job, asOf)
      return job && { __typename: 'Run', ...run, asOf }
    }),
  )
}

async function onSide(side: Side, { id, asOf }: RunView, { load }: ApiContext) {
  const records = (await load.runDatasets(id)).filter((record) => record.side === side)
  return load.datasets([...new Set(records.map(({ dataset }) => dataset))], asOf)
}
