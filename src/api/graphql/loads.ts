import type {
  AsOf,
  ColumnRecord,
  DatasetDetails,
  GraphReader,
  JobDetails,
  RunDataset,
} from '../../graph/index.ts'
import type { DatasetId, Entry, EntryKey, FlowId, JobId, RunId } from '../../model/index.ts'
import type { DatasetGovernance, Governance } from '../../governance/index.ts'
import type { ApiParts, Caller } from '../parts.ts'
import type { Load } from './batch.ts'
import type { DatasetView, FlowView, JobView, RunView } from './view.ts'
import { LinewardError } from '../../errors.ts'
import { batched, remembered } from './batch.ts'
import { sees } from './visible.ts'

/**
 * What resolvers look up, each thing once for a request and as many as possible in one call. What
 * is not there and what the caller may not see are both undefined, and left out of lists.
 */
export type Loads = Readonly<{
  dataset: (id: DatasetId, asOf: AsOf) => Promise<DatasetView | undefined>
  datasets: (ids: readonly DatasetId[], asOf: AsOf) => Promise<readonly DatasetView[]>
  job: (id: JobId, asOf: AsOf) => Promise<JobView | undefined>
  run: (id: RunId, asOf: AsOf) => Promise<RunView | undefined>
  flow: (id: FlowId, asOf: AsOf) => Promise<FlowView | undefined>
  /** The entries of these keys, in their order. */
  entries: (keys: readonly EntryKey[]) => Promise<readonly Entry[]>
  datasetDetails: (of: DatasetView) => Promise<DatasetDetails>
  column: (of: DatasetView, name: string) => Promise<ColumnRecord | undefined>
  jobDetails: (id: JobId) => Promise<JobDetails>
  /** What the dataset is in law; undefined where that is not judged yet. */
  governed: (of: DatasetView) => Promise<DatasetGovernance | undefined>
  runDatasets: (id: RunId) => Promise<readonly RunDataset[]>
}>

export function createLoads({
  graph,
  ledger,
  governance,
  caller,
  judged,
}: Readonly<{
  graph: GraphReader
  ledger: ApiParts['ledger']
  governance: Pick<Governance, 'datasets'>
  caller: Caller
  judged: () => Promise<boolean>
}>): Loads {
  const datasetById = batched((ids: readonly DatasetId[]) => graph.datasetsById(ids))
  const jobById = batched((ids: readonly JobId[]) => graph.jobsById(ids))
  const runById = batched((ids: readonly RunId[]) => graph.runsById(ids))
  const entryByKey = batched((keys: readonly EntryKey[]) => ledger.find(keys))
  const governedAt = new Map<AsOf, Load<DatasetId, DatasetGovernance>>()
  const details = remembered<DatasetDetails>()
  const columns = remembered<ColumnRecord | undefined>()
  const jobDetails = remembered<JobDetails>()
  const runDatasets = remembered<readonly RunDataset[]>()

  const loads: Loads = {
    async dataset(id, asOf) {
      const found = await datasetById(id)
      if (found === undefined || !sees(caller, found.name.namespace)) return undefined
      return { __typename: 'Dataset', id: found.id, name: found.name, asOf }
    },
    async datasets(ids, asOf) {
      return present(await Promise.all(ids.map((id) => loads.dataset(id, asOf))))
    },
    async job(id, asOf) {
      const found = await jobById(id)
      if (found === undefined || !sees(caller, found.name.namespace)) return undefined
      return { __typename: 'Job', ...found, asOf }
    },
    async run(id, asOf) {
      const found = await runById(id)
      // What a run did is told by the names of its job: without them there is no run.
      if (found === undefined || (await loads.job(found.job, asOf)) === undefined) return undefined
      return { __typename: 'Run', ...found, asOf }
    },
    async flow(id, asOf) {
      const [found] = await graph.flows([id], asOf)
      if (found === undefined) return undefined
      const seen =
        (found.job !== undefined && (await loads.job(found.job, asOf)) !== undefined) ||
        (await loads.datasets([...found.inputs, ...found.outputs], asOf)).length > 0
      return seen ? { __typename: 'Flow', ...found, asOf } : undefined
    },
    entries: (keys) =>
      Promise.all(
        keys.map(async (key) => {
          const entry = await entryByKey(key)
          if (entry !== undefined) return entry
          throw new LinewardError(
            'LEDGER_BROKEN',
            'The ledger lacks an entry that proves an answer',
          )
        }),
      ),
    datasetDetails: ({ id, asOf }) =>
      details(`${id} ${asOf}`, () => graph.datasetDetails(id, asOf)),
    column: ({ id, asOf }, name) =>
      columns(`${id} ${asOf} ${name}`, () => graph.column(id, name, asOf)),
    governed({ id, asOf }) {
      const load =
        governedAt.get(asOf) ??
        batched(async (ids: readonly DatasetId[]) => {
          await judged()
          return governance.datasets(ids, asOf)
        })
      governedAt.set(asOf, load)
      return load(id)
    },
    jobDetails: (id) => jobDetails(id, () => graph.jobDetails(id)),
    runDatasets: (id) => runDatasets(id, () => graph.runDatasets(id)),
  }
  return loads
}

/** The items that are there. */
export function present<Item>(items: readonly (Item | undefined)[]): readonly Item[] {
  return items.filter((item) => item !== undefined)
}
