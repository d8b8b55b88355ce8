import type { Json, JsonObject } from '../../model/index.ts'
import type { Facets } from './parts.ts'
import { isJsonObject } from '../../model/index.ts'
import { isList, member } from './shape.ts'

/** A member that is text and not empty; undefined for everything else. */
export function textIn(owner: Json | undefined, key: string): string | undefined {
  const value = isJsonObject(owner) ? member(owner, key) : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A member that is a list, its objects only; empty for everything else. */
export function objectsIn(owner: Json | undefined, key: string): readonly JsonObject[] {
  const value = isJsonObject(owner) ? member(owner, key) : undefined
  return isList(value) ? value.filter((item) => isJsonObject(item)) : []
}

/** A member that is an object. */
export function objectIn(owner: Json | undefined, key: string): JsonObject | undefined {
  const value = isJsonObject(owner) ? member(owner, key) : undefined
  return isJsonObject(value) ? value : undefined
}

/** What the facet says; undefined when it is absent or deleted. */
export function facetValue(facets: Facets, key: string): Json | undefined {
  const facet = facets.get(key)
  return facet === undefined || facet.deleted ? undefined : facet.value
}
