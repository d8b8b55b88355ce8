import { LinewardError } from '../errors.ts'
import { findJsonError } from './json-error.ts'

/** A number that a double cannot hold, as it was written: what `JSON.rawJSON` makes. */
export type RawNumber = { readonly rawJSON: string }
export type Json = null | boolean | number | string | RawNumber | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

/** How deep arrays and objects may lie in each other. */
const depthMax = 512

/** TypeScript's library does not yet know JSON.rawJSON, isRawJSON and a reviver's `context`. */
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown
const json = JSON as unknown as {
  readonly parse: (text: string, reviver?: Reviver) => unknown
  readonly rawJSON: (text: string) => RawNumber
  readonly isRawJSON: (value: unknown) => value is RawNumber
}

// A number of sixteen digits or an exponent of three, by what stands before it in a document, so that
// digits inside of strings rarely count. Two patterns, since one for both takes four times as long, and
// what may be absent as a whole, since that is searched for twice as fast.
const longNumber = /[:,[](?:\s+-?|-)?\d(?:[\d.]{15}|[\d.]*[eE][+-]?\d{3})/
const nothingButNumber = /^\s*-?\d/

/**
 * Reads JSON without losing anything that a document means: a number beyond what a double holds
 * comes back as a RawNumber (`1.10` is 1.1, that is no loss), `__proto__` is a key like others, and
 * of two equal keys the last wins.
 *
 * @throws LinewardError JSON_MALFORMED with `line` and `column`, never with the text: when it is
 * not JSON, or is nested deeper than 512.
 */
export function parseJson(text: string): Json {
  return parsed(text, mayNeedPrecision(text) ? keepPrecision : undefined)
}

/**
 * The same with numbers as a double holds them, for who looks at a document and does not keep it. Errors
 * as for `parseJson`.
 */
export function parseJsonRounded(text: string): Json {
  return parsed(text, undefined)
}

/** What `parseJson` gives for a text, of which `rounded` is what `parseJsonRounded` gave. */
export function unrounded(text: string, rounded: Json): Json {
  return mayNeedPrecision(text) ? parseJson(text) : rounded
}

function mayNeedPrecision(text: string): boolean {
  return longNumber.test(text) || nothingButNumber.test(text)
}

function parsed(text: string, reviver: Reviver | undefined): Json {
  if (isDeeperThan(text, depthMax)) {
    throw new LinewardError('JSON_MALFORMED', `Nested deeper than ${depthMax}`)
  }
  try {
    return json.parse(text, reviver) as Json
  } catch {
    // The engine's own message quotes the text, which may hold secrets: it goes nowhere.
    const { line, column } = findJsonError(text)
    throw new LinewardError('JSON_MALFORMED', `Not JSON at line ${line}, column ${column}`, {
      details: { line, column },
    })
  }
}

/** Whether the value is a JSON object, and not an array, null or a RawNumber. */
export function isJsonObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !json.isRawJSON(value)
  )
}

const keepPrecision: Reviver = (_key, value, { source }) =>
  typeof value !== 'number' || source === undefined || isSameNumber(source, value)
    ? value
    : json.rawJSON(source)

/** Whether the shortest text of the double means the same decimal as the text that it was read from. */
function isSameNumber(source: string, value: number): boolean {
  return Number.isFinite(value) && decimalOf(source) === decimalOf(String(value))
}

/** A number's text as its digits without zeros at either end, and where the point would stand. */
function decimalOf(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.')
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  const point = digits.length - fraction.length + Number(exponent)
  return `${mantissa.startsWith('-') ? '-' : ''}${significant}e${point}`
}

/** Whether arrays and objects lie deeper in each other than that. */
export function isDeeperThan(text: string, limit: number): boolean {
  return openingBracketsIn(text) > limit && depthOf(text) > limit
}

/** All of them, in strings too: an upper bound of the depth that costs next to nothing. */
function openingBracketsIn(text: string): number {
  let count = 0
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) count += 1
  }
  return count
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (character === '"') index = endOfString(text, index)
    else if (character === '[' || character === '{') deepest = Math.max(deepest, (depth += 1))
    else if (character === ']' || character === '}') depth -= 1
  }
  return deepest
}

/** Where the string that begins at an index has its closing quote; the text's end when it has none. */
export function endOfString(text: string, start: number): number {
  let index = start + 1
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1
  return index
}
