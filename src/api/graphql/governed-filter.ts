import type { DatasetStatus, Zone } from '../../model/index.ts'
import type { Maybe } from './args.ts'
import type { ApiContext } from './context.ts'
import type { DatasetView } from './view.ts'
import { datasetStatuses } from '../../model/index.ts'
import { governedOf } from './governed.ts'

/** What `DatasetFilter` in schema.graphql asks of governance. */
export type GovernedFilter = Readonly<{
  zones?: Maybe<readonly Zone[]>
  atLeast?: Maybe<DatasetStatus>
}>

/**
 * Gives back a dataset that is all of what the filter asks of governance. `isSparse`: it asks for
 * something, so that few may be left.
 */
export function governedFilter(
  { zones, atLeast }: GovernedFilter,
  context: ApiContext,
): Readonly<{
  isSparse: boolean
  keep: (dataset: DatasetView | undefined) => Promise<DatasetView | undefined>
}> {
  const asked = { zones: zones ?? undefined, atLeast: atLeast ?? undefined }
  if (asked.zones === undefined && asked.atLeast === undefined) {
    return { isSparse: false, keep: async (dataset) => dataset }
  }
  const least = datasetStatuses.indexOf(asked.atLeast ?? 'UNKNOWN')
  return {
    isSparse: true,
    async keep(dataset) {
      if (dataset === undefined) return undefined
      const { enforced, placement } = await governedOf(dataset, context)
      const isInZone = asked.zones?.includes(placement.zone) ?? true
      return isInZone && datasetStatuses.indexOf(enforced) >= least ? dataset : undefined
    },
  }
}
