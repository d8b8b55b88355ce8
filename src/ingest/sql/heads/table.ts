import type { Reading } from '../reading.ts'
import type { Draft } from '../statement.ts'
import { readCache, readCreate } from './create.ts'
import { readDelete } from './delete.ts'
import { readInsert } from './insert.ts'
import { readMerge } from './merge.ts'
import { readFrom, readQueryStatement } from './query.ts'
import { readAlter, readDrop, readRefresh, readSet, readTruncate, readUse } from './shape.ts'
import { readCopy, readExport, readImport, readLoad, readUnload } from './transfer.ts'
import { readUpdate } from './update.ts'

/** Reads a statement behind its first words. Undefined or empty: it is not of the form that it seems. */
export type Read = (reading: Reading) => Draft | readonly Draft[] | undefined

/** What moves no data and changes no table. */
const nothing: Read = () => ({})

const unknown =
  (unresolved: string): Read =>
  () => ({ unresolved })

/** By how a statement begins; the first row that fits. A query is read from its own first word on. */
export const heads: readonly (readonly [words: string, verb: string, read: Read])[] = [
  ['select', 'SELECT', readQueryStatement],
  ['with', 'SELECT', readQueryStatement],
  ['values', 'SELECT', readQueryStatement],
  ['from', 'SELECT', readFrom],
  ['insert', 'INSERT', (reading) => readInsert(reading)],
  ['create', 'CREATE', readCreate],
  ['replace', 'CREATE', readCreate],
  ['copy into', 'COPY', readCopy],
  ['copy', 'COPY', readCopy],
  ['unload', 'UNLOAD', readUnload],
  ['merge', 'MERGE', readMerge],
  ['update', 'UPDATE', readUpdate],
  ['delete', 'DELETE', readDelete],
  ['truncate', 'TRUNCATE', readTruncate],
  ['drop', 'DROP', readDrop],
  ['alter', 'ALTER', readAlter],
  ['refresh', 'REFRESH MATERIALIZED VIEW', readRefresh],
  ['load data', 'LOAD DATA', readLoad],
  ['export', 'EXPORT', readExport],
  ['import', 'IMPORT', readImport],
  ['set', 'SET', readSet],
  ['use', 'USE', readUse],
  ['begin', 'BEGIN', () => ({ transaction: 'BEGIN' })],
  ['start transaction', 'BEGIN', () => ({ transaction: 'BEGIN' })],
  ['commit', 'COMMIT', () => ({ transaction: 'COMMIT' })],
  ['end', 'COMMIT', () => ({ transaction: 'COMMIT' })],
  // To a savepoint: the transaction goes on.
  ['rollback to', 'ROLLBACK TO', nothing],
  ['rollback', 'ROLLBACK', () => ({ transaction: 'ROLLBACK' })],
  ['abort', 'ROLLBACK', () => ({ transaction: 'ROLLBACK' })],
  // A line that the server writes when it takes back what a transaction did.
  ['undoing', 'ROLLBACK', () => ({ transaction: 'ROLLBACK' })],
  ['call', 'CALL', unknown('What a procedure does is not in the statement that calls it')],
  ['exec', 'CALL', unknown('What a procedure does is not in the statement that calls it')],
  ['execute', 'EXECUTE', unknown('A prepared statement is named, and not said')],
  ['declare', 'DECLARE', readDeclare],
  ['cache lazy table', 'CACHE TABLE', readCache],
  ['cache table', 'CACHE TABLE', readCache],
  ['prepare', 'PREPARE', nothing],
  ['do', 'DO', unknown('A block of a procedural language is not read')],
  ...(
    'grant revoke analyze vacuum show describe desc explain comment lock reset close fetch deallocate ' +
    'discard cancel checkpoint cluster msck repair add list reload clear cache uncache cancel_query ' +
    'attach detach reindex security notify listen unlisten savepoint release move print help optimize'
  )
    .split(' ')
    .map((word) => [word, word.toUpperCase(), nothing] as const),
  // Statistics and housekeeping of Redshift's own.
  ['padb_fetch_sample', 'ANALYZE', nothing],
  ['xen_insert', 'ANALYZE', nothing],
]

/** `DECLARE c CURSOR FOR query`: what the FETCHes that follow read. */
function readDeclare(reading: Reading): Draft | readonly Draft[] {
  const { cursor } = reading
  const start = cursor.find('for') + 1
  if (start > cursor.tokens.length) return {}
  return readQueryStatement(reading.within(cursor.slice(start)))
}
