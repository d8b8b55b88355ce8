import type { GraphStore } from '../port.ts'
import type { SqliteGraphOptions } from './options.ts'
import { migrate, migrationsFolder, openDatabase } from '../../storage/index.ts'
import { Database } from './database.ts'
import { Parts } from './parts.ts'
import { startOverIfOutdated } from './start-over.ts'
import { sqliteGraph } from './store.ts'

/**
 * Opens the embedded store, brings its tables up to the code, empties what other
 * translators have filled, and loads its memory.
 *
 * @throws LinewardError STORE_UNAVAILABLE, STORE_AHEAD when a newer version wrote the file.
 */
export function openSqliteGraph(options: SqliteGraphOptions): GraphStore {
  const db = openDatabase({
    file: options.file,
    // What a power cut takes from here the ledger gives again.
    synchronous: 'NORMAL',
    cacheBytes: 256 << 20,
    failure: { subject: 'The graph' },
  })
  try {
    migrate(db, migrationsFolder('sqlite'))
    startOverIfOutdated(db, options.translationVersion ?? 0)
    return sqliteGraph(new Parts(new Database(db), options))
  } catch (error) {
    db.close()
    throw error
  }
}
