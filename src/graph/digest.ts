import type { LogicalState } from './logical-state.ts'
import { createHash } from 'node:crypto'

/**
 * The digest of a settled graph: SHA-256 over its logical state in canonical order, without
 * positions or receipts. Equal for every order, number of copies and split into requests in which
 * the same events came, on every store, and after `rebuild`.
 */
export function digestOf(state: LogicalState): string {
  const lines = Object.entries(state).flatMap(([part, rows]) =>
    (rows as readonly unknown[]).map((row) => JSON.stringify([part, row])),
  )
  const hash = createHash('sha256')
  for (const line of lines.toSorted()) hash.update(line).update('\n')
  return hash.digest('hex')
}
