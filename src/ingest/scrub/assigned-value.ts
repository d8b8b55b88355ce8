import type { Detector } from './marker.ts'
import { markerPattern } from './marker.ts'

export type Range = Readonly<{ start: number; end: number }>
type Name = Readonly<{
  start: number
  end: number
  name: string
  detector: Detector
  isCode: boolean
}>

const closers = /["'\\\]`]{0,4}/y
// A type between name and value, as in `password: str = "…"`, is not the value.
const operator =
  /[ \t]{0,8}(?:=>|:=|={1,2}(?![=~])|:[ \t]*[A-Za-z_][\w.[\]]{0,30}[ \t]*=(?=[ \t]*["'])|:(?![:/]))[ \t]{0,8}/y
const spaces = /[ \t]{1,8}/y
const comma = /[ \t]{0,4},\s{0,4}/y
const isOrWas = /[ \t]{1,4}(?:is|was)[ \t]{1,4}/y
const pairedValue = /\s{0,8},\s{0,8}["'\\]{1,2}value["'\\]{1,2}\s{0,8}:\s{0,8}/iy
const xmlValue = /<\/name>\s{0,64}<value>/y
const unquoted = /[^\s"'`;&]+/y
const marker = new RegExp(markerPattern, 'y')
const literalPrefix = /[bBeEnNuUrR]?(?=["'])/y

/** A word that is often written with a colon in prose, and is then no secret's name. */
const loose: ReadonlySet<Detector> = new Set(['token', 'secret', 'credential'])

/**
 * Where the value of a secret's name lies, without its quotes; undefined when the name is not
 * assigned to there. A quote that is never closed goes to the end of its line.
 */
export function readValue(text: string, name: Name): Range | undefined {
  const before = text.slice(Math.max(0, name.start - 24), name.start)
  if (before.endsWith('<') && text.charAt(name.end) === '>') return untilTag(text, name.end + 1)
  const xml = match(xmlValue, text, name.end)
  if (xml !== undefined) return untilTag(text, xml)

  const closed = match(closers, text, name.end) ?? name.end
  const isQuoted = closed > name.end
  const isOption = /^--?\w/.test(name.name) || /(?:^|[\s"'[(,])--?$/.test(before)

  const assigned = match(operator, text, closed)
  if (assigned !== undefined) return afterOperator(text, assigned, { ...name, isQuoted })

  if (isQuoted) {
    const paired = match(pairedValue, text, closed)
    if (paired !== undefined) return quotedAt(text, paired)
    const next = match(comma, text, closed)
    if (next === undefined || !(isOption || isFirstOfTwo(before))) return undefined
    return quotedAt(text, next)
  }
  const next = match(spaces, text, closed)
  if (next === undefined) return undefined
  const quoted = quotedAt(text, next)
  if (isOption) return quoted ?? (text.charAt(next) === '-' ? undefined : unquotedAt(text, next))
  if (loose.has(name.detector)) return undefined
  return quoted ?? said(text, match(isOrWas, text, closed))
}

/** `the password is x7…`; `the password is wrong` says nothing. */
function said(text: string, at: number | undefined): Range | undefined {
  const value = at === undefined ? undefined : (quotedAt(text, at) ?? unquotedAt(text, at))
  const shown =
    value === undefined ? '' : text.slice(value.start, Math.min(value.end, value.start + 64))
  return shown.length >= 6 && /\d/.test(shown) && /[a-z]/i.test(shown) ? value : undefined
}

function afterOperator(
  text: string,
  at: number,
  name: Name & { readonly isQuoted: boolean },
): Range | undefined {
  const quoted = quotedAt(text, at)
  if (quoted !== undefined) return quoted
  // `"credentials": {…` of a JSON text that is cut off somewhere: all of it.
  if (name.isQuoted && /[[{]/.test(text.charAt(at)) && !/[{%]/.test(text.charAt(at + 1))) {
    return { start: at, end: blockEnd(text, at) }
  }
  if (name.isCode && !isShell(text, name)) return undefined
  const value = unquotedAt(text, at)
  if (value === undefined) return undefined
  const shown = text.slice(value.start, value.end)
  const isColon = text.slice(name.end, at).includes(':')
  if (isColon && !name.isQuoted && isProse(text, value, name.detector)) return undefined
  // `token = get_token()`, `password=os.environ["…"]`
  if (/^[a-z_][\w.]*(?:\(\)|[([])$/i.test(shown)) return undefined
  const isSpaced = /\s/.test(text.slice(name.end, at))
  if (isSpaced && loose.has(name.detector) && /^[A-Z_]+$/.test(shown)) return undefined
  return value
}

/** In a program an unquoted value is a variable, unless a command is written there. */
function isShell(text: string, name: Name): boolean {
  return (
    name.name.startsWith('--') ||
    /\bexport\s$/.test(text.slice(Math.max(0, name.start - 8), name.start))
  )
}

/** `Invalid password: must not be empty`, `Unable to load credentials: none found`. */
function isProse(text: string, value: Range, detector: Detector): boolean {
  const shown = text.slice(value.start, value.end)
  if (loose.has(detector)) return !(/\d/.test(shown) && shown.length >= 6) && shown.length < 16
  return (
    /^[a-z]+$/i.test(shown) &&
    /^,?[ \t]+[a-z]+(?![\w]*[:=])/i.test(text.slice(value.end, value.end + 48))
  )
}

/** The first argument of a setter, `option("password", "x")`, or of a pair, `('password', 'x')`. */
function isFirstOfTwo(before: string): boolean {
  return /(?:(?<![a-z])(?:option|set|put|config|conf|property|add|with)\w{0,12}|(?:^|[^\w)\]]))\s?\(\s{0,4}["'\\]{1,2}[\w.-]*$/i.test(
    before,
  )
}

function quotedAt(text: string, at: number): Range | undefined {
  const open = match(literalPrefix, text, at) ?? at
  const isEscaped = text.charAt(open) === '\\'
  const quote = text.charAt(isEscaped ? open + 1 : open)
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined
  const start = open + (isEscaped ? 2 : 1)
  if (text.charAt(start) === quote && /[^\s,;:)\]}&|]/.test(text.charAt(start + 1))) {
    // Inside of a literal the quotes are doubled: `''hunter2''`.
    const end = text.indexOf(quote + quote, start + 1)
    return { start: start + 1, end: end < 0 ? text.length : end }
  }
  return { start, end: closingQuote(text, { start, quote, isEscaped }) }
}

function closingQuote(
  text: string,
  { start, quote, isEscaped }: { start: number; quote: string; isEscaped: boolean },
): number {
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\n') return at
    if (isEscaped) {
      if (character === '\\' && text.charAt(at + 1) === quote) return at
    } else if (character === '\\') {
      at += 1
    } else if (character === quote) {
      // Doubled, it stands for itself; an empty value is closed at once.
      if (text.charAt(at + 1) !== quote || at === start) return at
      at += 1
    }
  }
  return text.length
}

function unquotedAt(text: string, at: number): Range | undefined {
  // A marker is a whole, brackets and all; what is left behind it belongs to the value too.
  const markerEnd = match(marker, text, at) ?? at
  const end = match(unquoted, text, markerEnd) ?? markerEnd
  const shown = text.slice(markerEnd, end)
  const tag = shown.indexOf('</')
  const rest = withoutEnd(tag < 0 ? shown : shown.slice(0, tag))
  const valueEnd = markerEnd + rest.length
  return valueEnd === at ? undefined : { start: at, end: valueEnd }
}

const openers: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])

/** Without the punctuation of what it stands in; a bracket that it opened itself stays: `${a}`. */
function withoutEnd(shown: string): string {
  let end = shown.length
  for (const least = end - 8; end > 0 && end > least; end -= 1) {
    const last = shown.charAt(end - 1)
    if (/[,.\\]/.test(last)) continue
    const opener = openers.get(last)
    const value = shown.slice(0, end)
    if (opener === undefined || countOf(value, opener) >= countOf(value, last)) break
  }
  return shown.slice(0, end)
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1
}

function untilTag(text: string, start: number): Range | undefined {
  const end = text.indexOf('<', start)
  return end > start && text.startsWith('</', end) ? { start, end } : undefined
}

function blockEnd(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '[' || character === '{') depth += 1
    if (character === ']' || character === '}') depth -= 1
    if (depth === 0) return at + 1
  }
  return text.length
}

/** Where a sticky pattern ends when it matches there. */
function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}
