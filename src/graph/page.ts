import type { Page, PageAsk } from './port.ts'
import { LinewardError } from '../errors.ts'

/** What a cursor stands for: the sort key of the item that it came with. */
export type CursorKey = readonly (string | number)[]

export function cursorOf(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/**
 * The key that a cursor stands for; undefined without one.
 *
 * @throws LinewardError ARGUMENT_INVALID for a cursor that was not handed out by `cursorOf`.
 */
export function keyOfCursor(after: string | undefined, parts: number): CursorKey | undefined {
  if (after === undefined) return undefined
  try {
    const key: unknown = JSON.parse(Buffer.from(after, 'base64url').toString())
    const isKey = (part: unknown): boolean => typeof part === 'string' || typeof part === 'number'
    if (Array.isArray(key) && key.length === parts && key.every(isKey)) return key as CursorKey
  } catch {
    // Not JSON: refused below like every other text.
  }
  throw new LinewardError('ARGUMENT_INVALID', '`after` is not a cursor of this list')
}

/** A page of rows that were asked for with one more than `first`. */
export function pageOf<Item>(
  rows: readonly Readonly<{ node: Item; key: CursorKey }>[],
  first: number,
): Page<Item> {
  const items = rows.slice(0, first).map(({ node, key }) => ({ node, cursor: cursorOf(key) }))
  return { items, hasNextPage: rows.length > first }
}

/** A page of a list that is at hand whole, in its own order. */
export function pageOfList<Item>(list: readonly Item[], { first, after }: PageAsk): Page<Item> {
  const start = Number(keyOfCursor(after, 1)?.[0] ?? -1) + 1
  const rows = list
    .slice(start, start + first + 1)
    .map((node, index) => ({ node, key: [start + index] as CursorKey }))
  return pageOf(rows, first)
}
