import type { Token } from './token.ts'

/** A reader of tokens, left to right. Words are compared without letter case; names never match one. */
export class Cursor {
  readonly text: string
  readonly tokens: readonly Token[]
  #at: number

  constructor(text: string, tokens: readonly Token[], at = 0) {
    this.text = text
    this.tokens = tokens
    this.#at = at
  }

  get at(): number {
    return this.#at
  }

  get isAtEnd(): boolean {
    return this.#at >= this.tokens.length
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.#at + ahead]
  }

  next(): Token | undefined {
    const token = this.tokens[this.#at]
    this.#at += 1
    return token
  }

  goTo(at: number): void {
    this.#at = at
  }

  /** Whether these words come next. */
  sees(words: string): boolean {
    return words.split(' ').every((word, ahead) => isWord(this.peek(ahead), word))
  }

  /** Takes these words if they come next. */
  takes(words: string): boolean {
    if (!this.sees(words)) return false
    this.#at += words.split(' ').length
    return true
  }

  takesSign(sign: string): boolean {
    if (!isSign(this.peek(), sign)) return false
    this.#at += 1
    return true
  }

  /** Goes behind the bracket that closes the one at hand; to the end if none does. */
  skipBrackets(): void {
    this.#at = closeOf(this.tokens, this.#at) + 1
  }

  /** Where one of the words comes next outside of brackets; the end of the tokens if none does. */
  find(...words: readonly string[]): number {
    return findWord(this.tokens, words, this.#at)
  }

  /** The text of the tokens from one to before another, as it was written. */
  slice(from: number, to: number = this.tokens.length): string {
    const [first, last] = [this.tokens[from], this.tokens[to - 1]]
    return first === undefined || last === undefined || to <= from
      ? ''
      : this.text.slice(first.start, last.end)
  }
}

export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.value.toLowerCase() === word
}

export function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.value === sign
}

/** Where the bracket at `open` is closed. */
export function closeOf(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at += 1) {
    if (isSign(tokens[at], '(')) depth += 1
    else if (isSign(tokens[at], ')')) {
      depth -= 1
      if (depth <= 0) return at
    }
  }
  return tokens.length
}

/** Where one of the words stands first, outside of brackets and CASEs, from `from` on. */
export function findWord(
  tokens: readonly Token[],
  words: readonly string[],
  from = 0,
  to: number = tokens.length,
): number {
  let depth = 0
  for (let at = from; at < to; at += 1) {
    const token = tokens[at]
    if (isSign(token, '(')) depth += 1
    else if (isSign(token, ')')) depth -= 1
    else if (depth === 0 && words.some((word) => isWord(token, word))) return at
    // What a CASE holds is its own.
    if (isWord(token, 'case')) depth += 1
    else if (isWord(token, 'end') && depth > 0) depth -= 1
  }
  return to
}

/**
 * The parts between commas outside of brackets, each as where it starts and ends. In a list of
 * columns with types `<` and `>` are brackets too: `map<string, int>`.
 */
export function* parts(
  tokens: readonly Token[],
  from: number,
  to: number,
  { opening, closing } = { opening: '([', closing: ')]' },
): Generator<Readonly<{ from: number; to: number }>> {
  let depth = 0
  let start = from
  for (let at = from; at < to; at += 1) {
    const token = tokens[at]
    const sign = token?.kind === 'sign' ? token.value : ''
    if (sign !== '' && opening.includes(sign)) depth += 1
    else if (sign !== '' && closing.includes(sign)) depth -= 1
    else if (depth === 0 && sign === ',') {
      if (at > start) yield { from: start, to: at }
      start = at + 1
    }
  }
  if (to > start) yield { from: start, to }
}
