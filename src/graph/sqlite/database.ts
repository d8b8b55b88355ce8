import type { DatasetName } from '../../model/index.ts'
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'

/** As many `?` as a list has values. Text that has the values in it would be a statement for each. */
export function placeholders(values: readonly unknown[]): string {
  return values.map(() => '?').join()
}

export type Row = Readonly<Record<string, SQLOutputValue>>

/** The name in a row of `namespace` and `name`. */
export function nameOf(row: Row): DatasetName {
  return { namespace: String(row['namespace']), name: String(row['name']) }
}

/** One SQLite connection with its prepared statements, each prepared once. */
export class Database {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#writing(sql).run(...values).changes)
  }

  /** The row id of the row that was just inserted. */
  insert(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#writing(sql).run(...values).lastInsertRowid)
  }

  one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...values)
  }

  all(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    return this.#prepared(sql).all(...values)
  }

  each(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    return this.#prepared(sql).iterate(...values)
  }

  exec(sql: string): void {
    this.#db.exec(sql)
  }

  /** All of it or nothing. Not reentrant. */
  transaction<Result>(work: () => Result): Result {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.#db.exec('COMMIT')
      return result
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      throw error
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
