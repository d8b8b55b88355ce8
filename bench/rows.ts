import { DatabaseSync } from 'node:sqlite'

/** How many rows all tables of a database hold together, those of the search index but once. */
export function rowsIn(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'words_%'")
      .all()
    return tables.reduce((sum, { name }) => {
      const row = database.prepare(`SELECT count(*) AS count FROM "${String(name)}"`).get()
      return sum + Number(row?.['count'])
    }, 0)
  } finally {
    database.close()
  }
}
