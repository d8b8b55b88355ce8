import type { Cursor } from './cursor.ts'
import type { DialectTraits } from './dialect.ts'
import type { Token } from './token.ts'
import { isSign } from './cursor.ts'
import { folded } from './dialect.ts'

/**
 * What a statement names: a table by its parts (catalog or database, schema, table; as many as are
 * known), letter case as the dialect has it, or a place outside of the database as it was written
 * (`s3://…`, `/user/x`, `dynamodb://…`).
 */
export type SqlName = Readonly<{ parts: readonly string[] } | { location: string }>

/** The parts of a table's name, each as the dialect compares it. */
export type Parts = readonly string[]

/** What makes two names one. */
export function keyOf(name: SqlName): string {
  return 'parts' in name ? `table ${JSON.stringify(name.parts)}` : `location ${name.location}`
}

const partsMax = 4

/**
 * The name at hand, `a.b.c` with or without quotes; undefined, and nothing taken, if none is there.
 * A name of which a part was taken out is no name: `unnamed`.
 */
export function takeName(cursor: Cursor, traits: DialectTraits): Parts | 'unnamed' | undefined {
  const parts: string[] = []
  let isUnnamed = false
  const start = cursor.at
  for (;;) {
    const token = cursor.peek()
    if (token === undefined || !isNamePart(token, parts.length > 0)) break
    cursor.next()
    isUnnamed ||= token.kind === 'parameter' || hasMarker(token.value)
    // Hive and Spark take a whole name within one pair of quotes.
    parts.push(folded(token.value, token.kind === 'name', traits))
    if (touchesParameter(token, cursor.peek())) {
      cursor.next()
      isUnnamed = true
    }
    if (!isSign(cursor.peek(), '.')) break
    cursor.next()
  }
  if (parts.length === 0) {
    cursor.goTo(start)
    return undefined
  }
  return isUnnamed || parts.length > partsMax || parts.includes('') ? 'unnamed' : parts
}

function isNamePart(token: Token, isBehindDot: boolean): boolean {
  if (token.kind === 'word' || token.kind === 'name' || token.kind === 'parameter') return true
  return isBehindDot && token.kind === 'number'
}

/** `sales_${year}`: the rest of the name is not known. */
function touchesParameter(token: Token, next: Token | undefined): boolean {
  return next !== undefined && next.start === token.end && next.kind === 'parameter'
}

/** Whether a scrubber took something out of it. */
export function hasMarker(text: string): boolean {
  return /\[scrubbed:[a-z-]{1,40}\]|\$\{/.test(text)
}

/** `(a, b, c)` at hand as names of columns; undefined, and nothing taken, for anything else. */
export function takeColumns(cursor: Cursor, traits: DialectTraits): readonly string[] | undefined {
  const start = cursor.at
  if (!cursor.takesSign('(')) return undefined
  const columns: string[] = []
  for (;;) {
    const name = takeName(cursor, traits)
    const column = Array.isArray(name) ? name.at(-1) : undefined
    if (column === undefined) break
    columns.push(column as string)
    if (cursor.takesSign(')')) return columns
    if (!cursor.takesSign(',')) break
  }
  cursor.goTo(start)
  return undefined
}
