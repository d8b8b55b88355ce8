import type { SqlDialect, DialectTraits } from './dialect.ts'
import type { Parts, SqlName } from './name.ts'
import type { Query } from './query.ts'
import type { Session } from './session.ts'
import type { Token } from './token.ts'
import { Cursor, isSign } from './cursor.ts'
import { askParser } from './engine.ts'
import { hasMarker, takeName } from './name.ts'
import { queryOf } from './query.ts'
import { rendered } from './render.ts'
import { tokensOf } from './token.ts'

/** Longest text that the parser gets, in characters, and its deepest nesting of brackets and CASEs. */
const queryCharactersMax = 50_000
const nestingMax = 100
const tokensMax = 20_000

/** What the readers of statements work with: the tokens of one, and the session it is part of. */
export class Reading {
  readonly cursor: Cursor
  readonly dialect: SqlDialect
  readonly traits: DialectTraits
  readonly session: Session

  constructor(
    given: Readonly<{
      text: string
      tokens: readonly Token[]
      dialect: SqlDialect
      session: Session
    }>,
  ) {
    this.cursor = new Cursor(given.text, given.tokens)
    this.dialect = given.dialect
    this.session = given.session
    this.traits = given.session.traits
  }

  /** The same session, at the tokens of another text (a statement within a literal). */
  within(text: string): Reading {
    const { dialect, session } = this
    return new Reading({ text, tokens: tokensOf(text, this.traits), dialect, session })
  }

  /** The query that the tokens from one to before another say; undefined when they do not parse. */
  query(from: number = this.cursor.at, to: number = this.cursor.tokens.length): Query | undefined {
    return this.asked(rendered(this.cursor.tokens.slice(from, to), this.cursor.text))
  }

  /** The query of a text that was put together of rendered parts. */
  asked(query: string): Query | undefined {
    if (!isWithinBounds(tokensOf(query, this.traits), query)) return undefined
    const { analysis } = askParser({ query, dialect: this.dialect })
    return analysis === undefined
      ? undefined
      : queryOf(analysis, (parts) => this.session.meaningOf(parts))
  }

  rendered(from: number, to: number): string {
    return rendered(this.cursor.tokens.slice(from, to), this.cursor.text)
  }

  /** The name at hand, whole. `unnamed`: something of it is not known. */
  takeTable(): Readonly<{ parts: Parts; name: SqlName }> | 'unnamed' | undefined {
    const token = this.cursor.peek()
    // Hive and Spark: a name within one pair of quotes can be all of it.
    const parts = takeName(this.cursor, this.traits)
    if (parts === undefined || parts === 'unnamed') return parts
    const all =
      this.traits.parts === 2 && token?.kind === 'name' && parts.length === 1
        ? dotted(parts[0] ?? '')
        : parts
    return { parts: all, name: this.session.nameOf(all) }
  }

  /** A literal at hand that says a place; `unnamed`: something was taken out of it. */
  takeLocation(): string | 'unnamed' | undefined {
    const token = this.cursor.peek()
    if (token?.kind === 'parameter') {
      this.cursor.next()
      return 'unnamed'
    }
    if (token?.kind !== 'text' && token?.kind !== 'body') return undefined
    this.cursor.next()
    return hasMarker(token.value) || token.value === '' ? 'unnamed' : token.value
  }
}

/** `db.t` in one pair of quotes; a path has dots of its own. */
function dotted(name: string): readonly string[] {
  return /^\w+\.\w+$/.test(name) ? name.split('.') : [name]
}

export function isWithinBounds(tokens: readonly Token[], text: string): boolean {
  if (text.length > queryCharactersMax || tokens.length > tokensMax) return false
  let depth = 0
  let deepest = 0
  for (const token of tokens) {
    if (isOpening(token)) depth += 1
    else if (isClosing(token)) depth = Math.max(0, depth - 1)
    deepest = Math.max(deepest, depth)
  }
  return deepest <= nestingMax
}

function isOpening(token: Token): boolean {
  return (
    isSign(token, '(') ||
    isSign(token, '[') ||
    (token.kind === 'word' && /^case$/i.test(token.value))
  )
}

function isClosing(token: Token): boolean {
  return (
    isSign(token, ')') ||
    isSign(token, ']') ||
    (token.kind === 'word' && /^end$/i.test(token.value))
  )
}
