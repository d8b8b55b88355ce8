import type { Json, JsonObject } from '../../model/index.ts'
import { isJsonObject } from '../../model/index.ts'
import { isList, member } from '../members.ts'
import { isRedacted } from './redacted.ts'

/**
 * The value at a path of member names, whatever their letter case: services disagree about it, and
 * so does one service with itself over the years. An exact name wins over one that only sounds alike.
 *
 * @see aws-events.md section 3.2
 */
export function valueAt(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (owner, key) => (isJsonObject(owner) ? memberLike(owner, key) : undefined),
    value,
  )
}

function memberLike(owner: JsonObject, key: string): Json | undefined {
  const exact = member(owner, key)
  if (exact !== undefined) return exact
  const lower = key.toLowerCase()
  const like = Object.keys(owner).find((one) => one.toLowerCase() === lower)
  return like === undefined ? undefined : owner[like]
}

/** Text that is there, not empty and not hidden. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path)
  return found !== undefined && isTold(found) ? found : undefined
}

/** A list, or one thing where a list is expected, or what EC2 puts under `items`. */
export function listAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = valueAt(value, ...path)
  if (found === undefined || found === null) return []
  if (isList(found)) return found
  const items = isJsonObject(found) ? memberLike(found, 'items') : undefined
  return items === undefined ? [found] : listAt(items)
}

/** The texts of a list that are there, not empty and not hidden. */
export function textsAt(value: Json | undefined, ...path: readonly string[]): readonly string[] {
  return listAt(value, ...path).filter(isTold)
}

function isTold(value: Json): value is string {
  return typeof value === 'string' && value !== '' && !isRedacted(value)
}
