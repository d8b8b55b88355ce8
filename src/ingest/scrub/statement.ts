import type { Detector, Span } from './marker.ts'
import type { SqlToken } from './sql-tokens.ts'
import { literalsOf } from './statement-literals.ts'
import { markerOf, replaceSpans } from './marker.ts'
import { isStatement } from './sql.ts'
import { sqlTokens } from './sql-tokens.ts'

type Note = (detector: Detector) => void

const bodiesMax = 3
const closers = ["'", '"', '`'] as const

/**
 * A statement without its literals: what a column is compared with, what is inserted, what is computed
 * with. Names, keywords, comments and options stay, and the places that a statement reads and writes:
 * URLs, ARNs, topics, formats. It parses as before. A statement that is cut off within a literal loses
 * the rest of it.
 */
export function withoutLiterals(statement: string, note: Note, depth = 0): string {
  const tokens = sqlTokens(statement)
  if (tokens !== undefined) return replaced(statement, tokens, note, depth)
  for (const closer of closers) {
    const closed = statement + closer
    const read = sqlTokens(closed)
    if (read !== undefined) return replaced(closed, read, note, depth).slice(0, -1)
  }
  note('literal')
  return markerOf('literal')
}

function replaced(text: string, tokens: readonly SqlToken[], note: Note, depth: number): string {
  const spans: Span[] = []
  for (const { token, is } of literalsOf(text, tokens)) {
    const { start, end } = token.inner
    const value = text.slice(start, end)
    if (is === 'statement' || token.kind === 'body') {
      if (depth < bodiesMax && (token.kind === 'body' || isStatement(value))) {
        const put = inner(token, value, note, depth + 1)
        if (put !== value) spans.push({ start, end, detector: 'literal', put })
        continue
      }
    }
    note('literal')
    const marker = markerOf('literal')
    const put = token.kind === 'number' ? `'${marker}'` : marker
    spans.push({ start, end, detector: 'literal', put })
  }
  return replaceSpans(text, spans)
}

/** In a literal each quote is doubled. */
function inner(token: SqlToken, value: string, note: Note, depth: number): string {
  if (token.kind === 'body') return withoutLiterals(value, note, depth)
  return withoutLiterals(value.replaceAll("''", "'"), note, depth).replaceAll("'", "''")
}
