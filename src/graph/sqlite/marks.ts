import type { Derivation } from '../cells.ts'
import type { NameNode } from './adjacency.ts'
import type { Database } from './database.ts'

/** What was worked out of a whole class comes out the same from each of its names. */
export function clearMarks(db: Database, derivation: Derivation, names: readonly NameNode[]): void {
  // The mark of a name that stands alone is the one that is being worked on.
  if (names.length === 1) return
  db.run(
    'DELETE FROM mark WHERE derivation = ? AND subject IN (SELECT value FROM json_each(?))',
    derivation,
    JSON.stringify(names.map(({ row }) => row)),
  )
}
