import type { GraphStore, Translated } from '../../src/graph/index.ts'
import type { DatabaseSync, StatementResultingChanges, StatementSync } from 'node:sqlite'
import { derivations } from '../../src/derive/index.ts'
import { Database } from '../../src/graph/sqlite/database.ts'
import { Parts } from '../../src/graph/sqlite/parts.ts'
import { sqliteGraph } from '../../src/graph/sqlite/store.ts'
import { migrate, migrationsFolder, openDatabase } from '../../src/storage/index.ts'
import { Archive } from '../contract/stores.ts'

/** What some entries made the store do. */
export type Effort = Readonly<{
  /** Keys that wait to be derived when the entries are reduced. */
  marks: number
  /** Keys that were derived until none was left. */
  derived: number
  /** Rows that were inserted, changed or deleted. */
  rows: number
  /** Rows that were read. */
  read: number
  /** Statements that were run, for either. */
  statements: number
}>

const chain = 'chain'

/** The embedded store on a database in memory, with everything that it asks of SQLite counted. */
export class MeasuredGraph implements Disposable {
  /** Every statement that was ever prepared, and those of them that fill the memory at the start. */
  readonly prepared = new Set<string>()
  readonly preparedAtStart: ReadonlySet<string>
  readonly #database: DatabaseSync
  readonly #archive = new Archive()
  #store: GraphStore
  #next = 0
  #rows = 0
  #read = 0
  #statements = 0

  constructor() {
    const failure = { subject: 'The graph' }
    this.#database = openDatabase({ file: ':memory:', synchronous: 'NORMAL', failure })
    migrate(this.#database, migrationsFolder('sqlite'))
    const prepare = this.#database.prepare.bind(this.#database)
    this.#database.prepare = (sql) => this.#counted(prepare(sql), sql)
    this.#store = this.#open()
    this.preparedAtStart = new Set(this.prepared)
  }

  get store(): GraphStore {
    return this.#store
  }

  /** Reduces entries in batches and derives all that they marked. */
  async feed(entries: readonly Translated[], batch = 1000): Promise<void> {
    for (let from = 0; from < entries.length; from += batch) {
      await this.#reduce(entries.slice(from, from + batch))
      while ((await this.#store.derive(batch)) > 0);
    }
  }

  /** Opens the store anew on the same database, so that it has nothing at hand. */
  reopen(): void {
    this.#store = this.#open()
  }

  /** What comes of these entries. */
  async effortOf(entries: readonly Translated[], limit = 1): Promise<Effort> {
    const before = { rows: this.#rows, read: this.#read, statements: this.#statements }
    await this.#reduce(entries)
    const marks = await this.#store.marksLeft()
    let derived = 0
    for (let left = marks; left > 0; derived += 1) left = await this.#store.derive(limit)
    return {
      marks,
      derived,
      rows: this.#rows - before.rows,
      read: this.#read - before.read,
      statements: this.#statements - before.statements,
    }
  }

  datasets(): number {
    return Number(this.#database.prepare('SELECT count(*) AS count FROM catalog').get()?.['count'])
  }

  /** How SQLite goes about a statement, one line for each step. */
  planOf(sql: string): readonly string[] {
    const steps = this.#database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()
    return steps.map(({ detail }) => String(detail))
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }

  async #reduce(entries: readonly Translated[]): Promise<void> {
    this.#archive.keep(entries)
    this.#next += entries.length
    await this.#store.reduce({ chain, next: this.#next, entries })
  }

  #open(): GraphStore {
    const facts = async (keys: Parameters<Archive['find']>[0]) => this.#archive.find(keys)
    return sqliteGraph(
      new Parts(new Database(this.#database), { file: ':memory:', derivations, facts }),
    )
  }

  #counted(statement: StatementSync, sql: string): StatementSync {
    this.prepared.add(sql)
    const counting = <Result>(name: Method, count: (result: Result) => void): void => {
      const method = statement[name] as (...values: readonly unknown[]) => Result
      const counted = (...values: readonly unknown[]): Result => {
        const result = Reflect.apply(method, statement, values)
        this.#statements += 1
        count(result)
        return result
      }
      Object.defineProperty(statement, name, { value: counted })
    }
    counting<StatementResultingChanges>('run', ({ changes }) => (this.#rows += Number(changes)))
    counting<unknown>('get', (row) => (this.#read += row === undefined ? 0 : 1))
    counting<readonly unknown[]>('all', (rows) => (this.#read += rows.length))
    counting<unknown>('iterate', () => undefined)
    return statement
  }
}

type Method = 'run' | 'get' | 'all' | 'iterate'
