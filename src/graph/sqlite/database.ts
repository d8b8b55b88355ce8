import type { DatasetName } from '../../model/index.ts'
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import { inTransaction, storageFailure } from '../../storage/index.ts'

/** What follows a column in a condition, and the one value that is bound there. */
export type AnyOf = Readonly<{ sql: string; value: SQLInputValue }>

/**
 * The condition that a column is one of these: for any number of them one statement, since each
 * stays prepared, and since SQLite takes no more than some thousand values. One alone is looked for
 * as such, so that an index can give the order too.
 */
export function anyOf(values: readonly (number | string)[]): AnyOf {
  const [only] = values
  return only !== undefined && values.length === 1
    ? { sql: '= ?', value: only }
    : { sql: 'IN (SELECT value FROM json_each(?))', value: JSON.stringify(values) }
}

export type Row = Readonly<Record<string, SQLOutputValue>>

/** The name in a row of `namespace` and `name`. */
export function nameOf(row: Row): DatasetName {
  return { namespace: String(row['namespace']), name: String(row['name']) }
}

const failure = { subject: 'The graph' }

/**
 * One SQLite connection with its prepared statements, each prepared once.
 *
 * @throws LinewardError STORE_UNAVAILABLE from every method, when the disk or the file is to blame.
 */
export class Database {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    try {
      return Number(this.#writing(sql).run(...values).changes)
    } catch (error) {
      throw storageFailure(error, failure)
    }
  }

  /** The row id of the row that was just inserted. */
  insert(sql: string, ...values: SQLInputValue[]): number {
    try {
      return Number(this.#writing(sql).run(...values).lastInsertRowid)
    } catch (error) {
      throw storageFailure(error, failure)
    }
  }

  one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    try {
      return this.#prepared(sql).get(...values)
    } catch (error) {
      throw storageFailure(error, failure)
    }
  }

  all(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    try {
      return this.#prepared(sql).all(...values)
    } catch (error) {
      throw storageFailure(error, failure)
    }
  }

  *each(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    try {
      yield* this.#prepared(sql).iterate(...values)
    } catch (error) {
      throw storageFailure(error, failure)
    }
  }

  /** All of it or nothing. Not reentrant. */
  transaction<Result>(work: () => Result): Result {
    try {
      return inTransaction(this.#db, work)
    } catch (error) {
      throw storageFailure(error, failure)
    }
  }

  close(): void {
    this.#statements.clear()
    if (this.#db.isOpen) this.#db.close()
  }

  /** The full-text index leaves row ids behind that only a bigint can hold. */
  #writing(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#prepared(sql)
    statement.setReadBigInts(true)
    return statement
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
