import type { Json, JsonObject, RawNumber } from './json.ts'
import { compareCodePoints } from './order.ts'

/** TypeScript's library does not yet know JSON.isRawJSON. */
const { isRawJSON } = JSON as unknown as {
  readonly isRawJSON: (value: unknown) => value is RawNumber
}
const isArray: (value: Json) => value is readonly Json[] = Array.isArray

/**
 * The one text of a value: keys by code point, no white space, numbers as JavaScript prints them and
 * RawNumbers as they were written. Equal values have equal texts on every machine.
 */
export function canonicalJson(value: Json): string {
  // The engine writes a value out many times as fast as anyone who goes through it, so nearly every
  // value is only put in order first.
  const ordered = inOrder(value)
  const text = ordered === undefined ? undefined : JSON.stringify(ordered)
  return text === undefined || mayHoldSurrogate.test(text) ? memberByMember(value) : text
}

/** Where code points are in another order than the units of UTF-16; a lone half becomes an escape. */
const mayHoldSurrogate = /[\ud800-\udfff]|\\ud[89a-f]/

/**
 * The value with all keys in the order of their units; what is so already comes back as it is. Undefined
 * where no object has that order: keys that are numbers come first in it, and `__proto__` cannot be set.
 */
function inOrder(value: Json): Json | undefined {
  if (typeof value !== 'object' || value === null || isRawJSON(value)) return value
  return isArray(value) ? itemsInOrder(value) : membersInOrder(value)
}

function itemsInOrder(items: readonly Json[]): Json | undefined {
  let changed: Json[] | undefined
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index] ?? null
    const ordered = inOrder(item)
    if (ordered === undefined) return undefined
    if (ordered === item) continue
    changed ??= [...items]
    changed[index] = ordered
  }
  return changed ?? items
}

function membersInOrder(object: JsonObject): JsonObject | undefined {
  const keys = Object.keys(object)
  // An object lists its numbers first.
  if (/^\d/.test(keys[0] ?? '')) return undefined
  const copy: Record<string, Json> = {}
  let isSame = !sort(keys)
  for (const key of keys) {
    const member = object[key] ?? null
    const ordered = inOrder(member)
    if (ordered === undefined || key === '__proto__') return undefined
    isSame &&= ordered === member
    copy[key] = ordered
  }
  return isSame ? object : copy
}

const insertedMax = 32

/** Sorts by units and gives whether anything moved. Objects have few keys, mostly in order. */
function sort(keys: string[]): boolean {
  if (keys.length > insertedMax) {
    keys.sort()
    return true
  }
  let isMoved = false
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] ?? ''
    let to = at
    for (; to > 0 && (keys[to - 1] ?? '') > key; to -= 1) keys[to] = keys[to - 1] ?? ''
    if (to === at) continue
    keys[to] = key
    isMoved = true
  }
  return isMoved
}

function memberByMember(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (isRawJSON(value)) return value.rawJSON
  if (isArray(value)) return `[${value.map(memberByMember).join(',')}]`
  const entries = Object.entries(value).toSorted(([a], [b]) => compareCodePoints(a, b))
  const members = entries.map(([key, item]) => `${JSON.stringify(key)}:${memberByMember(item)}`)
  return `{${members.join(',')}}`
}
