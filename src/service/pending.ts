import type { DataFiles } from '../coordination/index.ts'
import { existsSync } from 'node:fs'
import { migrationsFolder, openDatabase, pendingMigrations } from '../storage/index.ts'

/** The stores of a data folder, with the folder of `migrations/` that each follows. */
const stores = [
  { store: 'ledger', file: 'ledger' },
  { store: 'sqlite', file: 'graph' },
  { store: 'coordination', file: 'coordination' },
] as const

/**
 * What opening the stores of a folder will apply to those that exist, as `sqlite/0007-key-alias`.
 *
 * @throws LinewardError STORE_AHEAD when a newer version wrote one of them.
 */
export function pendingIn(files: DataFiles): readonly string[] {
  return stores.flatMap(({ store, file }) => {
    if (!existsSync(files[file])) return []
    const failure = { subject: `The file of ${file}` }
    const database = openDatabase({
      file: files[file],
      synchronous: 'FULL',
      readOnly: true,
      failure,
    })
    try {
      const names = pendingMigrations(database, migrationsFolder(store))
      return names.map((name) => `${store}/${name}`)
    } finally {
      database.close()
    }
  })
}
