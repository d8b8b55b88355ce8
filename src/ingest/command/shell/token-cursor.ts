import type { Token } from './lex.ts'
import type { Word } from './word.ts'
import { plainText } from './word.ts'

/** Words that close what a reserved word before them began. */
const closers: ReadonlySet<string> = new Set([
  'then',
  'elif',
  'else',
  'fi',
  'do',
  'done',
  'esac',
  '}',
])

/** A place among the tokens of a script. `broken`: something that had to be there was not. */
export class TokenCursor {
  broken = false
  protected index = 0
  protected readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  get ended(): boolean {
    return this.index >= this.tokens.length
  }

  /** Passes over a token that closes nothing. */
  skip(): void {
    if (this.ended) return
    this.broken = true
    this.index += 1
  }

  protected word(): Word | undefined {
    const token = this.tokens[this.index]
    return token?.kind === 'word' ? token.word : undefined
  }

  protected wordIs(text: string): boolean {
    return plainText(this.word()) === text
  }

  protected closes(): boolean {
    return closers.has(plainText(this.word()) ?? '')
  }

  protected takeWord(text: string): boolean {
    if (!this.wordIs(text)) return false
    this.index += 1
    return true
  }

  protected expectWord(text: string): void {
    if (!this.takeWord(text)) this.broken = true
  }

  protected expectOperator(text: string): void {
    if (this.operatorIn(text)) this.index += 1
    else this.broken = true
  }

  protected newlines(): void {
    while (this.operatorIn('\n')) this.index += 1
  }

  /** Whether the token so many on is one of these operators. */
  protected operatorIn(first: string, ...others: readonly (string | number)[]): boolean {
    const ahead = others.find((other) => typeof other === 'number') ?? 0
    const token = this.tokens[this.index + Number(ahead)]
    return token?.kind === 'operator' && (token.text === first || others.includes(token.text))
  }
}
