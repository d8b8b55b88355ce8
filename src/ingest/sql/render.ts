import type { Token } from './token.ts'
import { isSign, isWord } from './cursor.ts'
import { unknownPart } from './session.ts'

/** Words behind which a name of a table stands. */
const beforeNames: ReadonlySet<string> = new Set(
  'from join into table update using view overwrite'.split(' '),
)
const harmless = /^[\w\s.:+-]{0,64}$/

/**
 * Tokens as a text for the parser: without comments; what is put in later as a literal, or, in the
 * place of a name, as a name that is told from all others. All literals are one, since no place comes
 * from them: statements that differ in them alone are parsed once. `evenNumbers`: so are all numbers,
 * which say places of columns in some clauses.
 */
export function rendered(
  tokens: readonly Token[],
  text: string,
  { evenNumbers = false } = {},
): string {
  let out = ''
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1]
    if (before !== undefined && before.end < token.start) out += ' '
    const isEven = evenNumbers && token.kind === 'number'
    out += isEven ? '1' : shown(token, before, tokens[index + 1], text)
  }
  return out
}

function shown(
  token: Token,
  before: Token | undefined,
  next: Token | undefined,
  text: string,
): string {
  switch (token.kind) {
    case 'text':
    case 'body':
      // Some dialects give a column its name so.
      return isWord(before, 'as') && harmless.test(token.value) ? `'${token.value}'` : "'x'"
    case 'parameter':
      if (isPartOfName(token, before, next)) return unknownPart
      return token.value === '$CONDITIONS' ? '(1 = 1)' : "'x'"
    case 'word':
    case 'name':
    case 'number':
    case 'sign':
      return text.slice(token.start, token.end)
  }
}

function isPartOfName(token: Token, before: Token | undefined, next: Token | undefined): boolean {
  const touches = before?.end === token.start && (before.kind === 'word' || isSign(before, '.'))
  const isTouched =
    next?.start === token.end &&
    (next.kind === 'word' || isSign(next, '.') || next.kind === 'number')
  return (
    touches ||
    isTouched ||
    (before?.kind === 'word' && beforeNames.has(before.value.toLowerCase()) && token.value !== '?')
  )
}
