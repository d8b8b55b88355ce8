import type { DatabaseSync } from 'node:sqlite'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LinewardError } from '../errors.ts'
import { inTransaction } from './open-database.ts'

type Migration = Readonly<{ number: number; name: string; checksum: string; sql: string }>

/** The project's own migrations of one store: `migrations/ledger` for `ledger`. */
export function migrationsFolder(store: string): string {
  return join(import.meta.dirname, '../../migrations', store)
}

/**
 * Brings a store up to the code and gives the names of what it applied, in order; none when it was
 * there already, and then nothing is written. `folder` holds `0001-what.sql` and so on; numbers may
 * have gaps. Each file is one transaction with the note that it was applied, so after a crash the
 * next call goes on where that one stopped, and of two processes at once each file is applied by one.
 *
 * @throws LinewardError STORE_AHEAD when the store knows a migration that the folder does not hold
 * as it was applied. Driver errors pass as they are (`storageFailure`).
 */
export function migrate(database: DatabaseSync, folder: string): readonly string[] {
  const known = migrationsIn(folder)
  return pendingAmong(database, known).flatMap(({ name }) =>
    inTransaction(database, () => {
      database.exec(
        `CREATE TABLE IF NOT EXISTS migration (
           number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL
         ) STRICT`,
      )
      // Another process may have been here between the look before and this transaction.
      const pending = pendingAmong(database, known).find((migration) => migration.name === name)
      if (pending === undefined) return []
      database.exec(pending.sql)
      database
        .prepare('INSERT INTO migration (number, name, checksum) VALUES (?, ?, ?)')
        .run(pending.number, pending.name, pending.checksum)
      return [name]
    }),
  )
}

/**
 * The names of what `migrate` would apply, in order. Writes nothing.
 *
 * @throws LinewardError STORE_AHEAD as `migrate` does.
 */
export function pendingMigrations(database: DatabaseSync, folder: string): readonly string[] {
  return pendingAmong(database, migrationsIn(folder)).map(({ name }) => name)
}

function pendingAmong(database: DatabaseSync, known: readonly Migration[]): readonly Migration[] {
  const applied = appliedIn(database)
  const byNumber = new Map(known.map((migration) => [migration.number, migration]))
  for (const { number, name, checksum } of applied) {
    const ours = byNumber.get(number)
    if (ours?.name !== name || ours.checksum !== checksum) {
      throw new LinewardError('STORE_AHEAD', 'The store has a migration that is not known here', {
        details: { number, name },
      })
    }
  }
  const numbers = new Set(applied.map(({ number }) => number))
  return known.filter(({ number }) => !numbers.has(number))
}

function appliedIn(database: DatabaseSync): readonly Omit<Migration, 'sql'>[] {
  const table = database
    .prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'`)
    .get()
  if (table === undefined) return []
  const rows = database
    .prepare('SELECT number, name, checksum FROM migration ORDER BY number')
    .all()
  return rows.map((row) => ({
    number: Number(row['number']),
    name: String(row['name']),
    checksum: String(row['checksum']),
  }))
}

function migrationsIn(folder: string): readonly Migration[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  const migrations = files.map((file) => {
    // What a checkout on another system does to line ends is no change.
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
    const checksum = createHash('sha256').update(sql).digest('hex')
    return { number: Number.parseInt(file, 10), name: file.slice(0, -'.sql'.length), checksum, sql }
  })
  return migrations.toSorted((a, b) => a.number - b.number)
}
