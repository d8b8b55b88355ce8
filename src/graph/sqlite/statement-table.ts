import type { EntryKey, Micros, StatedByWhom, Statement } from '../../model/index.ts'
import type { StatementRecord } from '../port.ts'
import type { Database } from './database.ts'
import { properties } from '../cells.ts'

/** What people stated about how data must be looked upon: cells like any other, read all at once. */
export class StatementTable {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  all(): readonly StatementRecord[] {
    const rows = this.#db.all(
      `SELECT cell.at AS at, cell.entry AS entry, value.body AS body
       FROM cell INDEXED BY cell_statement JOIN value ON value.id = cell.value
       WHERE cell.property = ${properties.statement.id} ORDER BY cell.at, cell.entry`,
    )
    return rows.map((row) => {
      const { by, ...statement } = JSON.parse(String(row['body'])) as Statement &
        Readonly<{ by: StatedByWhom }>
      return {
        at: Number(row['at']) as Micros,
        entry: String(row['entry']) as EntryKey,
        statement,
        by,
      }
    })
  }
}
