import type { Json } from '../../model/index.ts'
import type { Facets } from './parts.ts'

/** What the facet says; undefined when it is absent or deleted. */
export function facetValue(facets: Facets, key: string): Json | undefined {
  const facet = facets.get(key)
  return facet === undefined || facet.deleted ? undefined : facet.value
}
