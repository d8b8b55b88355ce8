import type { GraphStore } from '../port.ts'
import type { SqliteGraphOptions } from './options.ts'
import { migrate, migrationsFolder, openDatabase } from '../../storage/index.ts'
import { Database } from './database.ts'
import { Parts } from './parts.ts'
import { startOverIfOutdated } from './start-over.ts'
import { sqliteGraph } from './store.ts'

/**
 * 64 MiB. A transaction changes thousands of pages that lie apart, and many of them are changed again
 * by the next one: written back each time, they would be written twice as often.
 */
const checkpointPages = 16_384

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
    db.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}`)
    migrate(db, migrationsFolder('sqlite'))
    startOverIfOutdated(db, options.translationVersion ?? 0)
    return sqliteGraph(new Parts(new Database(db), options))
  } catch (error) {
    db.close()
    throw error
  }
}
