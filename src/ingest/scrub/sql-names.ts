import type { SqlToken } from './sql-tokens.ts'

/** A part of a statement that can hold a value, and the name that it is compared with or assigned to. */
export type SqlValue = Readonly<{ token: SqlToken; name: string }>

/** Words between a name and its value. */
const joining: ReadonlySet<string> = new Set(
  'like ilike rlike regexp similar to not is in any all between encrypted unencrypted'.split(' '),
)
const notAPassword: ReadonlySet<string> = new Set(
  'password values externally globally random'.split(' '),
)
const assigning: ReadonlySet<string> = new Set(['=', '<', '>', '!', ':', '~', '@', '.'])
const columnsMax = 2000

/**
 * Each literal, number and quoted text of a statement with the name that it belongs to, so far as
 * the text shows it: `password = 'x'`, `PASSWORD 'x'`, `token IN ('x', 'y')`, `'password' = 'x'`,
 * `INSERT INTO t (a, password) VALUES (1, 'x')`, and what follows IDENTIFIED BY (as a password, also
 * without quotes). The name is empty where nothing shows one.
 */
export function* sqlValues(text: string, tokens: readonly SqlToken[]): Generator<SqlValue> {
  const reader = new NameReader(text, tokens)
  for (const [index, token] of tokens.entries()) {
    const name = reader.read(token, index)
    if (name !== undefined) yield { token, name }
  }
}

class NameReader {
  readonly #text: string
  readonly #tokens: readonly SqlToken[]
  #name = ''
  /** Whether a sign stood between the name and here. */
  #isAssigned = false
  #isLiteralName = false
  /** The name before `IN (`, for each literal of the list. */
  #listName: string | undefined
  #depth = 0
  #identified: 'no' | 'identified' | 'by' = 'no'
  /** Columns of the INSERT whose rows are being read, and the place in the row. */
  #columns: readonly string[] = []
  #column = 0

  constructor(text: string, tokens: readonly SqlToken[]) {
    this.#text = text
    this.#tokens = tokens
  }

  /** The name that the token belongs to if it can hold a value, else undefined. */
  read(token: SqlToken, index: number): string | undefined {
    switch (token.kind) {
      case 'comment':
        return undefined
      case 'word':
        return this.#word(token, index)
      case 'sign':
        this.#sign(this.#text.charAt(token.start), index)
        return undefined
      default:
        return this.#value(token, index)
    }
  }

  #word(token: SqlToken, index: number): string | undefined {
    const shown = this.#text.slice(token.inner.start, token.inner.end)
    const lower = shown.toLowerCase()
    if (this.#identified === 'by' && !notAPassword.has(lower)) {
      this.#identified = 'no'
      return 'password'
    }
    const next = this.#tokens[index + 1]
    // `N'…'`, `E'…'`: a part of the literal.
    if (next?.kind === 'literal' && next.start === token.end) return undefined
    if (this.#depth === 0) this.#columns = []
    if (lower === 'identified') this.#identified = 'identified'
    if (lower === 'by' && this.#identified === 'identified') this.#identified = 'by'
    if (lower === 'values') {
      this.#columns = this.#columnsBefore(index)
      this.#column = 0
    }
    if (joining.has(lower)) {
      if (lower === 'in' || lower === 'any') this.#listName = this.#name
    } else if (!(lower === 'as' && /credentials$/i.test(this.#name))) {
      this.#rename(shown)
    }
    return undefined
  }

  #value(token: SqlToken, index: number): string {
    const name = this.#nameHere(token, index)
    const inner = this.#text.slice(
      token.inner.start,
      Math.min(token.inner.end, token.inner.start + 129),
    )
    this.#rename(token.kind !== 'number' && /^[\w.\- ]{1,128}$/.test(inner) ? inner : '')
    this.#isLiteralName = token.kind === 'literal'
    return name
  }

  #nameHere(token: SqlToken, index: number): string {
    if (this.#identified === 'by') {
      this.#identified = 'no'
      return 'password'
    }
    if (this.#columns.length > 0 && this.#depth > 0) return this.#columns[this.#column] ?? ''
    // `"t"."token"` is a column, and so may be what stands before it without a sign, an alias.
    const next = this.#tokens[index + 1]
    const isColumn = next !== undefined && this.#text.charAt(next.start) === '.'
    if (token.kind === 'quoted' && (isColumn || !this.#isAssigned)) return ''
    return this.#isLiteralName && !this.#isAssigned ? '' : this.#name
  }

  #sign(sign: string, index: number): void {
    if (assigning.has(sign)) {
      this.#isAssigned = true
      return
    }
    // `[password]` is how SQL Server quotes a name.
    if (sign === '[' || sign === ']') return
    if (sign === '(') {
      this.#depth += 1
      const before = this.#tokens[index - 1]
      const isList =
        this.#listName !== undefined &&
        before?.kind === 'word' &&
        joining.has(this.#text.slice(before.start, before.end).toLowerCase())
      if (!isList && !/password$/i.test(this.#name)) this.#rename('')
      return
    }
    if (sign === ',') {
      if (this.#depth === 1) this.#column += 1
      this.#rename(this.#listName ?? '')
      return
    }
    if (sign === ')') {
      this.#depth = Math.max(0, this.#depth - 1)
      this.#listName = undefined
      if (this.#depth === 0) this.#column = 0
    }
    if (sign === ';') {
      this.#depth = 0
      this.#columns = []
      this.#listName = undefined
    }
    this.#identified = 'no'
    this.#rename('')
  }

  #rename(name: string): void {
    this.#name = name
    this.#isAssigned = false
    this.#isLiteralName = false
  }

  /** The names in the brackets before VALUES. */
  #columnsBefore(index: number): readonly string[] {
    const columns: string[] = []
    if (this.#signAt(index - 1) !== ')') return []
    for (let at = index - 2; at >= 0 && columns.length < columnsMax; at -= 1) {
      const token = this.#tokens[at]
      if (token === undefined || this.#signAt(at) === '(') return columns.toReversed()
      if (token.kind === 'word' || token.kind === 'quoted') {
        columns.push(this.#text.slice(token.inner.start, token.inner.end))
      } else if (this.#signAt(at) !== ',') return []
    }
    return []
  }

  #signAt(index: number): string {
    const token = this.#tokens[index]
    return token?.kind === 'sign' ? this.#text.charAt(token.start) : ''
  }
}
