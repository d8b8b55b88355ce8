import type { FailureTerms } from './storage-failure.ts'
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { storageFailure, storageTrouble } from './storage-failure.ts'

export type DatabaseOptions = Readonly<{
  /** A path, or `:memory:`. */
  file: string
  /** FULL: what is committed survives a power cut. NORMAL: for what can be made again. */
  synchronous: 'FULL' | 'NORMAL'
  readOnly?: boolean
  /** How much of the file SQLite keeps in memory; 16 MiB unless told. */
  cacheBytes?: number
  /** How long a statement waits, holding the thread, for another process; 1000 unless told. */
  busyTimeoutMs?: number
  /** Who is named when it cannot be opened, and with which code. */
  failure: FailureTerms
}>

const inMemory = ':memory:'
const retryEveryMs = 10

/**
 * Opens a SQLite file in WAL, and makes it when it is absent (readable by its owner alone, and its
 * name on disk). The folder has to be there.
 *
 * @throws LinewardError STORE_UNAVAILABLE, or as `failure.codes` says.
 */
export function openDatabase(options: DatabaseOptions): DatabaseSync {
  const {
    file,
    synchronous,
    readOnly = false,
    cacheBytes = 16 << 20,
    busyTimeoutMs = 1000,
  } = options
  let database: DatabaseSync | undefined
  try {
    if (!readOnly && file !== inMemory) createFile(file)
    const opened = new DatabaseSync(file, { readOnly, timeout: busyTimeoutMs })
    database = opened
    // The journal mode is the first statement that reads the file. SQLite does not wait for others
    // here as it does everywhere else.
    retryWhileBusy(busyTimeoutMs, () => {
      opened.exec(readOnly ? 'PRAGMA schema_version' : 'PRAGMA journal_mode = WAL')
    })
    opened.exec(
      `PRAGMA synchronous = ${synchronous};
       PRAGMA cache_size = -${Math.ceil(cacheBytes / 1024)};
       PRAGMA trusted_schema = OFF;
       PRAGMA cell_size_check = ON`,
    )
    return opened
  } catch (error) {
    database?.close()
    throw storageFailure(error, options.failure)
  }
}

/**
 * What `work` gives, in one write transaction: all of it is committed, or nothing when it throws.
 * Waits for other writers at the beginning only.
 */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // Some failures (a full disk, for one) have rolled back already.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/** Only ever a file that is not there: closing one that SQLite has open would drop its locks. */
function createFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return
    throw error
  }
  syncFolder(dirname(file))
}

/** Makes the names in a folder durable; where the system cannot open folders, it does so itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function retryWhileBusy(timeoutMs: number, work: () => void): void {
  for (let waitedMs = 0; ; waitedMs += retryEveryMs) {
    try {
      work()
      return
    } catch (error) {
      if (storageTrouble(error) !== 'busy' || waitedMs >= timeoutMs) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryEveryMs)
    }
  }
}
