import type { DatabaseSync } from 'node:sqlite'

/** How reducers and derivations read facts: goes up when the same facts come to another graph. */
const reductionVersion = 6

/**
 * Empties a store that other translators, reducers or derivations have filled. The ledger still has
 * every entry, and the watermark stands at its beginning again, so the graph is made anew while
 * answers say `behind`.
 */
export function startOverIfOutdated(db: DatabaseSync, translationVersion: number): void {
  const current = `${translationVersion}.${reductionVersion}`
  const made = db.prepare("SELECT value FROM meta WHERE key = 'version'").get()?.['value']
  if (made === current) return
  db.exec('BEGIN IMMEDIATE')
  if (made !== undefined) {
    const tables = db
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
         AND name NOT IN ('migration', 'meta') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'words_%'`,
      )
      .all()
    for (const { name } of tables) db.exec(`DELETE FROM "${String(name)}"`)
    db.exec("INSERT INTO words (words) VALUES ('delete-all')")
  }
  db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('version', ?)").run(current)
  db.exec('COMMIT')
}
