import type { Page, PageAsk } from '../../src/graph/index.ts'
import { LinewardError } from '../../src/errors.ts'
import { compareCodePoints } from '../../src/model/index.ts'

/** Where an item stands: compared part by part, text by code point. */
export type Key = readonly (string | number)[]

/**
 * A page of the items in the order of their keys, which are all different. A cursor is the key of
 * its item, so that new items elsewhere do not move it.
 *
 * @throws LinewardError ARGUMENT_INVALID for a cursor that no page has handed out
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
  { first, after }: PageAsk,
): Page<Item> {
  const from = after === undefined ? undefined : keyOfCursor(after)
  const left = items
    .map((node) => ({ node, key: keyOf(node) }))
    .toSorted((a, b) => compareKeys(a.key, b.key))
    .filter(({ key }) => from === undefined || compareKeys(key, from) > 0)
  return {
    items: left.slice(0, first).map(({ node, key }) => ({ node, cursor: cursorOf(key) })),
    hasNextPage: left.length > first,
  }
}

/** A page of a list in the order that it has. */
export function pageOfList<Item>(list: readonly Item[], ask: PageAsk): Page<Item> {
  const places = new Map(list.map((item, index) => [item, index]))
  return pageOf(list, (item) => [places.get(item) ?? 0], ask)
}

function cursorOf(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

function keyOfCursor(cursor: string): Key {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(key) && key.length > 0) return key as Key
  } catch {
    // Refused below, like whatever else is no cursor.
  }
  throw new LinewardError('ARGUMENT_INVALID', 'Not a cursor')
}

function compareKeys(a: Key, b: Key): number {
  for (const [index, part] of a.entries()) {
    const other = b[index]
    const order =
      typeof part === 'number' && typeof other === 'number'
        ? part - other
        : compareCodePoints(String(part), String(other))
    if (order !== 0) return order
  }
  return 0
}
