import type { FacetRecord } from '../../graph/index.ts'
import type { Json } from '../../model/index.ts'
import type { Caller } from '../parts.ts'
import { isLimited } from './visible.ts'

/**
 * Facets that tell of their own dataset, job or run and name no other dataset. All others (column
 * lineage, symlinks, SQL, error messages, custom ones) can hold names of any namespace.
 */
const ofNothingElse: ReadonlySet<string> = new Set([
  'dataQualityAssertions',
  'dataQualityMetrics',
  'datasetType',
  'documentation',
  'inputStatistics',
  'jobType',
  'nominalTime',
  'outputStatistics',
  'ownership',
  'processing_engine',
  'schema',
  'storage',
  'tags',
  'version',
])

/**
 * Facets by key, as far as the caller may see them; of two with one key the later in the list. A
 * key is a key, whatever it spells.
 */
export function facetsByKey(
  facets: readonly Pick<FacetRecord, 'key' | 'value'>[],
  caller: Caller,
): Readonly<Record<string, Json>> {
  const seen = isLimited(caller) ? facets.filter(({ key }) => ofNothingElse.has(key)) : facets
  return Object.fromEntries(seen.map(({ key, value }) => [key, value]))
}
