import type { Json, JsonObject } from '../model/index.ts'
import { isJsonObject } from '../model/index.ts'

/** An own member: `constructor` and `__proto__` are keys like others. */
export function member(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

/** A member of whatever this is; undefined when it is no object. */
export function memberOf(owner: Json | undefined, key: string): Json | undefined {
  // Most of what is asked for is not there: that costs the least.
  if (typeof owner !== 'object' || owner === null || !Object.hasOwn(owner, key)) return undefined
  const found: unknown = owner
  return isJsonObject(found) ? found[key] : undefined
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** A member that is text and not empty; undefined for everything else. */
export function textIn(owner: Json | undefined, key: string): string | undefined {
  const value = memberOf(owner, key)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A member that is a list, its objects only; empty for everything else. */
export function objectsIn(owner: Json | undefined, key: string): readonly JsonObject[] {
  const value = memberOf(owner, key)
  return isList(value) ? value.filter((item) => isJsonObject(item)) : []
}

/** A member that is an object. */
export function objectIn(owner: Json | undefined, key: string): JsonObject | undefined {
  const value = memberOf(owner, key)
  return isJsonObject(value) ? value : undefined
}
