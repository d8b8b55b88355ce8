/**
 * A word of a shell's text, before anything in it is worked out. `quoted` parts are neither split at
 * spaces nor do they vanish when they are empty.
 */
export type Word = Readonly<{ parts: readonly WordPart[] }>

export type WordPart = Readonly<{ quoted: boolean }> &
  Readonly<
    | { kind: 'text'; text: string }
    | { kind: 'parameter'; parameter: Parameter }
    /** `$( )`, backticks and `<( )`: what stands between, not yet read. */
    | { kind: 'command'; text: string }
    /** `$(( ))`, and whatever else gives a text that is not worked out. */
    | { kind: 'computed' }
    /** The value in `name=(a b)`. */
    | { kind: 'list'; words: readonly Word[] }
  >

/** `${name[index]operator…}`; `length` is that of `${#name}`. */
export type Parameter = Readonly<{
  name: string
  index: string | undefined
  length: boolean
  /** From the operator on: `:-default`, `%suffix`, `/a/b`. Empty for a plain `$name`. */
  rest: string
}>

/** The word's text when it is one unquoted text, as reserved words and assignments are. */
export function plainText(word: Word | undefined): string | undefined {
  const [only] = word?.parts ?? []
  if (word?.parts.length !== 1 || only?.kind !== 'text' || only.quoted) return undefined
  return only.text
}

/** The unquoted text that a word begins with. */
export function leadingText(word: Word): string {
  const [first] = word.parts
  return first?.kind === 'text' && !first.quoted ? first.text : ''
}
