import { join } from 'node:path'
import { openDatabase } from '../../src/storage/index.ts'
import { between, randomFrom } from '../random.ts'

const transactionRows = 20_000
/** So that most rows are there already, as most cells are when a job runs again. */
const subjectsShare = 0.4
const properties = 8

/**
 * How many rows a second SQLite takes by one prepared upsert in large transactions, in a table of
 * one index with rows as large as a cell. What no store on SQLite can be faster than.
 */
export function rawUpserts(folder: string, rows: number): number {
  const failure = { subject: 'The database of the bench' }
  const file = join(folder, 'upserts.db')
  const database = openDatabase({ file, synchronous: 'NORMAL', cacheBytes: 256 << 20, failure })
  try {
    database.exec(`CREATE TABLE cell (
      subject INTEGER NOT NULL, property INTEGER NOT NULL, member TEXT NOT NULL,
      first INTEGER NOT NULL, last INTEGER NOT NULL, entry TEXT NOT NULL, value INTEGER,
      PRIMARY KEY (subject, property, member)) WITHOUT ROWID`)
    const upsert = database.prepare(`INSERT INTO cell VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)`)
    const random = randomFrom(7)
    const subjects = Math.ceil((rows * subjectsShare) / properties)
    const from = performance.now()
    for (let row = 0; row < rows; row += 1) {
      if (row % transactionRows === 0) database.exec(row === 0 ? 'BEGIN' : 'COMMIT; BEGIN')
      const subject = between(random, 1, subjects)
      const at = 1_767_225_600_000_000 + row
      const entry = `entry-${String(row).padStart(16, '0')}`
      upsert.run(subject, row % properties, 'reads:dataset_0123456789abcdef', at, at, entry, row)
    }
    database.exec('COMMIT')
    return rows / ((performance.now() - from) / 1000)
  } finally {
    database.close()
  }
}
