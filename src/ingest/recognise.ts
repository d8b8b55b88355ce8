import type { Json } from '../model/index.ts'
import { isJsonObject, parseJson } from '../model/index.ts'
import { isList, member } from './openlineage/shape.ts'

/**
 * One thing found in a body: a JSON value, or the text of what is no JSON. `index` counts from 0
 * over the whole body, `line` from 1; an element of an array has the line where its array begins.
 */
export type Candidate = Readonly<{ index: number; line: number }> &
  Readonly<{ value: Json } | { text: string }>

/**
 * Splits a body into what may be events: one JSON value, arrays of them, NDJSON, or any mix of
 * these with blank lines. What does not parse becomes one text candidate that ends before the next
 * line beginning with `{` or `[`, so that one broken line costs only itself. Nothing in, nothing
 * out. Never throws, and takes time in proportion to the body.
 */
export function recognise(body: string): readonly Candidate[] {
  const text = body.startsWith('\uFEFF') ? body.slice(1) : body
  const found: Candidate[] = []
  const start = skipBlank(text, 0)
  if (start === text.length) return found
  const whole = valueOf(text)
  if (whole !== undefined) {
    addValues(found, whole, 1 + newlinesIn(text, 0, start))
    return found
  }

  const lookAhead = { left: lookAheadPerCharacter * text.length }
  let line = 1
  let at = 0
  for (let next = start; next < text.length; next = skipBlank(text, at)) {
    line += newlinesIn(text, at, next)
    const read = readLine(text, next) ?? readBrackets(text, next, lookAhead)
    at = read?.end ?? endOfBroken(text, next)
    if (read !== undefined) addValues(found, read.value, line)
    else found.push({ index: found.length, line, text: text.slice(next, at).trimEnd() })
    line += newlinesIn(text, next, at)
  }
  return found
}

/** Formats told by the shape of a value. Whoever reads one adds a row. */
const formats: readonly Readonly<{ format: string; is: (value: Json) => boolean }>[] = [
  { format: 'openlineage', is: isOpenLineage },
]

/** The format of a value by its shape alone; undefined when no row of the table knows it. */
export function formatOf(value: Json): string | undefined {
  return formats.find(({ is }) => is(value))?.format
}

/** By the presence of run, job or dataset, never by `schemaURL`: many real events have none. */
function isOpenLineage(value: Json): boolean {
  if (!isJsonObject(value)) return false
  return ['run', 'job', 'dataset'].some((key) => (member(value, key) ?? null) !== null)
}

function addValues(found: Candidate[], value: Json, line: number): void {
  const values = isList(value) ? value : [value]
  for (const item of values) found.push({ index: found.length, line, value: item })
}

function valueOf(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

type Read = Readonly<{ value: Json; end: number }>

/** NDJSON: a value that fills the line which begins here. */
function readLine(text: string, start: number): Read | undefined {
  if (start > 0 && text[start - 1] !== '\n') return undefined
  if (!startsWithBracket(text, start)) return undefined
  const newline = text.indexOf('\n', start)
  const end = newline === -1 ? text.length : newline
  const value = valueOf(text.slice(start, end))
  return value === undefined ? undefined : { value, end }
}

/** Each broken value may make the search run to the end of the body; together this often. */
const lookAheadPerCharacter = 4

/** A value over several lines, or several on one: the bracket is followed to its counterpart. */
function readBrackets(text: string, start: number, lookAhead: { left: number }): Read | undefined {
  if (!startsWithBracket(text, start) || lookAhead.left <= 0) return undefined
  const end = endOfBrackets(text, start)
  const value = end === undefined ? undefined : valueOf(text.slice(start, end))
  if (end !== undefined && value !== undefined) return { value, end }
  lookAhead.left -= (end ?? text.length) - start
  return undefined
}

function startsWithBracket(text: string, at: number): boolean {
  return text[at] === '{' || text[at] === '['
}

const structural = /["[\]{}]/g
const stringEnd = /["\\\n]/g

function endOfBrackets(text: string, start: number): number | undefined {
  let depth = 0
  structural.lastIndex = start
  for (;;) {
    const match = structural.exec(text)
    if (match === null) return undefined
    if (match[0] === '"') {
      const end = endOfString(text, match.index + 1)
      if (end === undefined) return undefined
      structural.lastIndex = end
    } else if (match[0] === '{' || match[0] === '[') {
      depth += 1
    } else {
      depth -= 1
      if (depth === 0) return match.index + 1
    }
  }
}

/** Behind the closing quote; undefined where the string runs over its line, which JSON forbids. */
function endOfString(text: string, start: number): number | undefined {
  stringEnd.lastIndex = start
  for (;;) {
    const match = stringEnd.exec(text)
    if (match === null || match[0] === '\n') return undefined
    if (match[0] === '"') return match.index + 1
    stringEnd.lastIndex = match.index + 2
  }
}

const nextStart = /\n(?=[{[])/g

function endOfBroken(text: string, start: number): number {
  nextStart.lastIndex = start
  const next = nextStart.exec(text)
  return next === null ? text.length : next.index
}

const blank = /[\s\u001E]*/y

function skipBlank(text: string, from: number): number {
  blank.lastIndex = from
  blank.test(text)
  return blank.lastIndex
}

function newlinesIn(text: string, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === newlineUnit) count += 1
  return count
}

const newlineUnit = 0x0a
