import type { DialectTraits } from './dialect.ts'
import type { Token } from './token.ts'
import { createHash } from 'node:crypto'
import { tokensOf } from './token.ts'

type Printed = Readonly<{
  tokens: readonly Token[]
  text: string
  printed?: string | undefined
  inner?: string | undefined
}>

/**
 * The digest by which a statement recurs: the first 12 hex digits of the SHA-256 of it with every
 * literal and parameter as `?`, in lower case, its white space folded, without comments and the
 * semicolon at its end. `printed` is how the parser prints it; undefined: it does not parse, and the
 * text stands for itself. `inner` is the digest of a statement that stands in a literal of it, which
 * would be a mere `?` otherwise (UNLOAD).
 *
 * @see naming.md, jobs and runs
 */
export function digestOf(
  { tokens, text, printed, inner = '' }: Printed,
  traits: DialectTraits,
): string {
  const [from, parts] =
    printed === undefined ? [text, tokens] : [printed, tokensOf(printed, traits)]
  let out = ''
  for (const [index, token] of parts.entries()) {
    const before = parts[index - 1]
    if (before !== undefined && before.end < token.start) out += ' '
    out += isValue(token) ? '?' : from.slice(token.start, token.end)
  }
  return createHash('sha256')
    .update(out.toLowerCase() + inner)
    .digest('hex')
    .slice(0, 12)
}

function isValue({ kind }: Token): boolean {
  return kind === 'text' || kind === 'body' || kind === 'number' || kind === 'parameter'
}
