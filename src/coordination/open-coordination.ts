import type { DatabaseSync } from 'node:sqlite'
import type { FailureTerms } from '../storage/index.ts'
import { migrate, migrationsFolder, openDatabase, storageFailure } from '../storage/index.ts'

/**
 * The file of coordination, made when it is absent and brought up to the code.
 *
 * @throws LinewardError STORE_AHEAD when a newer version wrote the file, STORE_UNAVAILABLE, in these
 *   terms, when it cannot be opened.
 */
export function openCoordination(file: string, failure: FailureTerms): DatabaseSync {
  const database = openDatabase({ file, synchronous: 'FULL', failure })
  try {
    migrate(database, migrationsFolder('coordination'))
    return database
  } catch (error) {
    database.close()
    throw storageFailure(error, failure)
  }
}
