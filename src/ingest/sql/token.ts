import type { DialectTraits } from './dialect.ts'

/**
 * A part of a statement. `word`: a keyword or an unquoted name; `name`: a quoted one; `text`: a
 * literal, `body` one in dollar quotes; `parameter`: what is put in when it runs, or what a scrubber
 * took out. `value` is without quotes and escapes; `start` and `end` are places in the text.
 */
export type Token = Readonly<{
  kind: 'word' | 'name' | 'text' | 'body' | 'number' | 'parameter' | 'sign'
  value: string
  start: number
  end: number
}>

const lexical =
  /(?<blank>\s+|--[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<parameter>\[scrubbed:[a-z-]{1,40}\]|\$\{[^{}\n]{0,200}\}|\$CONDITIONS\b|\$\d{1,9}|\?|(?<![:\w]):[A-Za-z_]\w{0,127}|%\(\w{1,100}\)s|(?<![\w\])'"])@\w{1,127})|(?<word>#{0,2}[\p{L}_](?:[\p{L}\p{N}_#]|\$(?!\{))*)|(?<number>(?:\d[\p{L}\p{N}_.]*|\.\d[\p{L}\p{N}_]*))/suy

/**
 * The tokens of a text, without comments. Reads any text: a quote that never closes reaches to the
 * end of it.
 */
export function tokensOf(text: string, traits: DialectTraits): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    lexical.lastIndex = at
    const groups = lexical.exec(text)?.groups
    if (groups?.['blank'] !== undefined) {
      at = lexical.lastIndex
      continue
    }
    const token = quoted(text, at, tokens.at(-1), traits) ?? plain(text, at, groups)
    // `E'…'`, `N'…'`: a part of the literal.
    const before = tokens.at(-1)
    if (token.kind === 'text' && before !== undefined && isPrefix(before, token)) tokens.pop()
    tokens.push(token)
    at = token.end
  }
  return tokens
}

function plain(text: string, at: number, groups: Record<string, string> | undefined): Token {
  for (const kind of ['parameter', 'word', 'number'] as const) {
    const value = groups?.[kind]
    if (value !== undefined) return { kind, value, start: at, end: at + value.length }
  }
  const value = String.fromCodePoint(text.codePointAt(at) ?? 0)
  return { kind: 'sign', value, start: at, end: at + value.length }
}

function isPrefix(before: Token, token: Token): boolean {
  return (
    before.kind === 'word' && before.end === token.start && /^(?:e|n|b|x|r|u)$/i.test(before.value)
  )
}

function quoted(
  text: string,
  at: number,
  before: Token | undefined,
  traits: DialectTraits,
): Token | undefined {
  const open = text.charAt(at)
  switch (open) {
    case "'": {
      const isEscaped = before?.kind === 'word' && before.end === at && /^e$/i.test(before.value)
      return upTo(text, at, "'", { kind: 'text', escapes: traits.backslashes || isEscaped })
    }
    case '"': {
      const kind = traits.doubleQuoted
      return upTo(text, at, '"', { kind, escapes: traits.backslashes && kind === 'text' })
    }
    case '`':
      return upTo(text, at, '`', { kind: 'name', escapes: false })
    case '[':
      if (!traits.brackets || text.startsWith('[scrubbed:', at)) return undefined
      return upTo(text, at, ']', { kind: 'name', escapes: false })
    case '$':
      return dollarQuoted(text, at)
    default:
      return undefined
  }
}

function upTo(
  text: string,
  start: number,
  close: string,
  { kind, escapes }: Readonly<{ kind: Token['kind']; escapes: boolean }>,
): Token {
  let value = ''
  let from = start + 1
  let at = from
  while (at < text.length) {
    const character = text.charAt(at)
    if (character === '\\' && escapes) {
      value += text.slice(from, at)
      from = at + 1
      at += 2
      continue
    }
    if (character === close) {
      if (text.charAt(at + 1) !== close) break
      value += text.slice(from, at + 1)
      at += 2
      from = at
      continue
    }
    at += 1
  }
  value += text.slice(from, Math.min(at, text.length))
  return { kind, value, start, end: Math.min(at + 1, text.length) }
}

const dollar = /\$(?:[A-Za-z_]\w{0,30})?\$/y

function dollarQuoted(text: string, start: number): Token | undefined {
  dollar.lastIndex = start
  const tag = dollar.exec(text)?.[0]
  if (tag === undefined) return undefined
  const inner = start + tag.length
  const close = text.indexOf(tag, inner)
  if (close < 0) return undefined
  return { kind: 'body', value: text.slice(inner, close), start, end: close + tag.length }
}
