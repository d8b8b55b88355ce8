/**
 * A part of a statement. `word` is a keyword or a name, `quoted` a text in double quotes (a name in
 * some dialects, a literal in others), `sign` one character of anything else.
 */
export type SqlToken = Readonly<{
  kind: 'word' | 'number' | 'literal' | 'quoted' | 'body' | 'comment' | 'sign'
  start: number
  end: number
  /** Where the text between the quotes lies; the token itself where there are none. */
  inner: Readonly<{ start: number; end: number }>
}>

const blank = /\s+/y
const word = /[\p{L}_][\p{L}\p{N}_$]*/uy
const number = /\d[\p{L}\p{N}_.]*/uy
const lineComment = /--[^\n]*/y
const dollar = /\$(?:[A-Za-z_]\w{0,30})?\$/y
const dollarAnywhere = /(?=(\$(?:[A-Za-z_]\w{0,30})?\$))/g
/** Literals in which a backslash hides the quote after it, whatever the dialect. */
const escaping = /^(?:e|b|br)$/i

/**
 * A statement cut into its tokens. Dialects disagree on the backslash: it is read as most do
 * (nothing special but after `E`), and as in MySQL, Spark and Hive when a literal would stay open
 * otherwise. Undefined when quotes do not match either way, as in a statement that is cut off.
 */
export function sqlTokens(text: string): readonly SqlToken[] | undefined {
  return tokensOf(text, false) ?? (text.includes('\\') ? tokensOf(text, true) : undefined)
}

function tokensOf(text: string, backslashes: boolean): readonly SqlToken[] | undefined {
  const tokens: SqlToken[] = []
  const lastDollar = new Map<string, number>()
  for (const { index, 1: tag = '' } of text.includes('$') ? text.matchAll(dollarAnywhere) : []) {
    lastDollar.set(tag, index)
  }
  let at = 0
  while (at < text.length) {
    at = match(blank, text, at) ?? at
    if (at >= text.length) break
    const token = tokenAt(text, at, { backslashes, lastDollar, before: tokens.at(-1) })
    if (token === undefined) return undefined
    tokens.push(token)
    at = token.end
  }
  return tokens
}

type State = Readonly<{
  backslashes: boolean
  /** Where each dollar quote occurs for the last time: one that never closes is not searched for. */
  lastDollar: ReadonlyMap<string, number>
  before: SqlToken | undefined
}>

function tokenAt(text: string, at: number, state: State): SqlToken | undefined {
  const character = text.charAt(at)
  if (character === "'" || character === '"' || character === '`') return quoted(text, at, state)
  if (character === '$') return dollarQuoted(text, at, state) ?? plain('sign', at, at + 1)
  if (text.startsWith('--', at)) return plain('comment', at, match(lineComment, text, at) ?? at + 2)
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2)
    return plain('comment', at, end < 0 ? text.length : end + 2)
  }
  const wordEnd = match(word, text, at)
  if (wordEnd !== undefined) return plain('word', at, wordEnd)
  const numberEnd = match(number, text, at)
  if (numberEnd !== undefined) return plain('number', at, numberEnd)
  return plain('sign', at, at + 1)
}

function plain(kind: SqlToken['kind'], start: number, end: number): SqlToken {
  return { kind, start, end, inner: { start, end } }
}

function quoted(text: string, start: number, state: State): SqlToken | undefined {
  const quote = text.charAt(start)
  const { before } = state
  const isEscaping =
    state.backslashes ||
    (before?.kind === 'word' &&
      before.end === start &&
      escaping.test(text.slice(before.start, start)))
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\\' && isEscaping && quote !== '`') at += 1
    else if (character === quote) {
      if (text.charAt(at + 1) !== quote) {
        const kind = quote === "'" ? 'literal' : quote === '"' ? 'quoted' : 'word'
        return { kind, start, end: at + 1, inner: { start: start + 1, end: at } }
      }
      at += 1
    }
  }
  return undefined
}

function dollarQuoted(text: string, start: number, { lastDollar }: State): SqlToken | undefined {
  const innerStart = match(dollar, text, start)
  if (innerStart === undefined) return undefined
  const tag = text.slice(start, innerStart)
  if ((lastDollar.get(tag) ?? 0) < innerStart) return undefined
  const innerEnd = text.indexOf(tag, innerStart)
  const inner = { start: innerStart, end: innerEnd }
  return { kind: 'body', start, end: innerEnd + tag.length, inner }
}

function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}
