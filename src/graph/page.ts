import type { Page, PageAsk } from './port.ts'
import { LinewardError } from '../errors.ts'

/** What a cursor stands for: the sort key of the item that it came with. */
export type CursorKey = readonly (string | number)[]

type KindsOfPart = { string: string; number: number }
type KindOfPart = keyof KindsOfPart

/** The key of a cursor by the kinds of its parts. */
type KeyOf<Kinds extends readonly KindOfPart[]> = {
  readonly [Index in keyof Kinds]: KindsOfPart[Kinds[Index]]
}

/** A page without anything in it. */
export const emptyPage = { items: [], hasNextPage: false } as const

/** @internal Tests forge cursors with it. */
export function cursorOf(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/**
 * The key that a cursor stands for, its parts of these kinds (numbers are whole); undefined without
 * a cursor.
 *
 * @throws LinewardError ARGUMENT_INVALID for a cursor that was not handed out by `cursorOf`.
 */
export function keyOfCursor<const Kinds extends readonly KindOfPart[]>(
  after: string | undefined,
  ...kinds: Kinds
): KeyOf<Kinds> | undefined {
  if (after === undefined) return undefined
  try {
    const key: unknown = JSON.parse(Buffer.from(after, 'base64url').toString())
    if (isKeyOf(key, kinds)) return key
  } catch {
    // Not JSON: refused below like every other text.
  }
  throw new LinewardError('ARGUMENT_INVALID', '`after` is not a cursor of this list')
}

function isKeyOf<const Kinds extends readonly KindOfPart[]>(
  key: unknown,
  kinds: Kinds,
): key is KeyOf<Kinds> {
  return (
    Array.isArray(key) &&
    key.length === kinds.length &&
    kinds.every((kind, index) => {
      const part: unknown = key[index]
      return kind === 'string' ? typeof part === 'string' : Number.isSafeInteger(part)
    })
  )
}

/** A page of rows that were asked for with one more than `first`. */
export function pageOf<Item>(
  rows: readonly Readonly<{ node: Item; key: CursorKey }>[],
  first: number,
): Page<Item> {
  const items = rows.slice(0, first).map(({ node, key }) => ({ node, cursor: cursorOf(key) }))
  return { items, hasNextPage: rows.length > first }
}

/**
 * A page of a list that is at hand whole, in its own order. It goes on after the item with the key
 * of the cursor, wherever that stands by now, or from its old place when it is gone.
 */
export function pageOfList<Item>(
  list: readonly Item[],
  { first, after }: PageAsk,
  keyOf: (item: Item) => string,
): Page<Item> {
  const start = startIn(list, after, keyOf)
  const rows = list.slice(start, start + first + 1).map((node, index) => ({
    node,
    key: [start + index, keyOf(node)] as const,
  }))
  return pageOf(rows, first)
}

function startIn<Item>(
  list: readonly Item[],
  after: string | undefined,
  keyOf: (item: Item) => string,
): number {
  const cursor = keyOfCursor(after, 'number', 'string')
  if (cursor === undefined) return 0
  const [place, key] = cursor
  const found = list.findIndex((item) => keyOf(item) === key)
  return found === -1 ? Math.max(0, place) : found + 1
}
