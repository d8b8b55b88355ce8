import type { SqlToken } from './sql-tokens.ts'
import { replaceSpans } from './marker.ts'
import { sqlTokens } from './sql-tokens.ts'

/** Words behind which a literal is a value of some row: compared, listed or chosen. */
const valueWords: ReadonlySet<string> = new Set(
  'like ilike rlike regexp similar in between and or not values when then else select where having set return on is by'.split(
    ' ',
  ),
)

/** What is told by its form to be a place, a role or an option, and no row's value. */
const reference =
  /^\s*(?:(?:s3[an]?|hdfs|emr|dynamodb|gs|abfss?|wasbs?|jdbc|https?|ssh):|arn:aws|\/|\?$|\[scrubbed:[a-z-]+\]$)/i

/** A number this long can be somebody's; a shorter one is a length, a limit or a count. */
const digitsMin = 5
const bodiesMax = 3

/**
 * A statement that a database logged, with `?` for each literal that can be the value of a row, since
 * who asked for one patient wrote that patient into the log. Names, places, roles and options stay,
 * so that it means the same lineage; a statement within a literal (UNLOAD) is read as one itself. What
 * cannot be cut into tokens is left as it is.
 *
 * @see aws-events.md section 8
 */
export function withoutValues(statement: string, depth = 0): string {
  const tokens = sqlTokens(statement)
  if (tokens === undefined) return statement
  const spans = tokens.flatMap((token, index) => {
    const put = replacementOf(statement, { token, before: beforeOf(tokens, index) }, depth)
    return put === undefined ? [] : [{ ...token.inner, detector: 'text' as const, put }]
  })
  return replaceSpans(statement, spans)
}

function replacementOf(
  text: string,
  { token, before }: Readonly<{ token: SqlToken; before: SqlToken | undefined }>,
  depth: number,
): string | undefined {
  const inner = text.slice(token.inner.start, token.inner.end)
  if (token.kind === 'number') {
    return inner.length >= digitsMin && isBehindValueSign(text, before) ? '0' : undefined
  }
  if (token.kind !== 'literal' && token.kind !== 'body') return undefined
  if (depth < bodiesMax && /^\s*(?:select|with)\s/i.test(inner)) {
    const plain = token.kind === 'literal' ? inner.replaceAll("''", "'") : inner
    const clean = withoutValues(plain, depth + 1)
    const put = token.kind === 'literal' ? clean.replaceAll("'", "''") : clean
    return put === inner ? undefined : put
  }
  return reference.test(inner) || !isBehindValueSign(text, before) ? undefined : '?'
}

/** A sign (`=`, `,`, `(`) or one of the words above; behind any other word a literal is an option. */
function isBehindValueSign(text: string, before: SqlToken | undefined): boolean {
  if (before === undefined) return false
  if (before.kind === 'sign') return true
  return (
    before.kind === 'word' && valueWords.has(text.slice(before.start, before.end).toLowerCase())
  )
}

function beforeOf(tokens: readonly SqlToken[], index: number): SqlToken | undefined {
  for (let at = index - 1; at >= 0; at -= 1) if (tokens[at]?.kind !== 'comment') return tokens[at]
  return undefined
}
