import type { FailureTerms } from './storage-failure.ts'
import { DatabaseSync } from 'node:sqlite'
import { storageFailure } from './storage-failure.ts'

/** A handle that nobody refers to is closed when memory is collected, and the lock with it. */
const held = new Set<DatabaseSync>()

/**
 * Owns `file` (an empty file, made when absent) for this process until disposed. The lock is
 * SQLite's, so the system's: it ends with the process, however that ends, and a file left behind
 * means nothing. A second owner is refused after a quarter of a second, in this process too.
 *
 * Nothing else may open the file: POSIX drops a process's locks when it closes any handle on it.
 *
 * @throws LinewardError DATA_FOLDER_IN_USE when it is owned, STORE_UNAVAILABLE when it cannot be made;
 * `subject` begins the sentence.
 */
export function holdFile(file: string, subject: string): Disposable {
  const failure: FailureTerms = { subject, codes: { busy: 'DATA_FOLDER_IN_USE' } }
  let lock: DatabaseSync | undefined
  try {
    // Of two that start at the same instant the one that waits a little gets it; with no wait at
    // all both can see the other's attempt, and give up.
    const opened = new DatabaseSync(file, { timeout: 250 })
    lock = opened
    opened.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE')
    held.add(opened)
    return { [Symbol.dispose]: () => release(opened) }
  } catch (error) {
    lock?.close()
    throw storageFailure(error, failure)
  }
}

function release(lock: DatabaseSync): void {
  if (held.delete(lock)) lock.close()
}
