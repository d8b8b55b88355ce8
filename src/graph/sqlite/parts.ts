import type { ReduceBatch } from '../port.ts'
import type { Database } from './database.ts'
import type { SqliteGraphOptions } from './options.ts'
import { AccessTable } from './access-table.ts'
import { Adjacency } from './adjacency.ts'
import { Catalog } from './catalog.ts'
import { CellTable } from './cell-table.ts'
import { ChangeLog } from './change-log.ts'
import { ClassTable } from './class-table.ts'
import { CountTable } from './count-table.ts'
import { DeadLetterTable } from './dead-letter-table.ts'
import { Derivation } from './derivation.ts'
import { Details } from './details.ts'
import { EntryTable } from './entry-table.ts'
import { Epochs } from './epochs.ts'
import { EvidenceReader } from './evidence.ts'
import { ExposureTable } from './exposure-table.ts'
import { FlowMembers } from './flow-members.ts'
import { FlowRecords } from './flow-records.ts'
import { FlowTable } from './flow-table.ts'
import { Interning } from './interning.ts'
import { loadFlows } from './load-flows.ts'
import { loadNames } from './load-names.ts'
import { MapTable } from './map-table.ts'
import { Marks } from './marks.ts'
import { PostingTable } from './posting-table.ts'
import { Reduction } from './reduction.ts'
import { RunTable } from './run-table.ts'
import { SchemaNames } from './schema-names.ts'
import { StatementTable } from './statement-table.ts'
import { Unresolved } from './unresolved.ts'

const dayMicros = 86_400_000_000

/**
 * What a reader of the store works with.
 *
 * @throws LinewardError STORE_UNAVAILABLE once the store is closed.
 */
export type OpenParts = () => Parts

/** The store's tables and its memory, made in the order in which they need each other. */
export class Parts {
  readonly db: Database
  readonly #options: SqliteGraphOptions
  interning!: Interning
  cells!: CellTable
  maps!: MapTable
  adjacency!: Adjacency
  members!: FlowMembers
  flows!: FlowTable
  flowRecords!: FlowRecords
  details!: Details
  marks!: Marks
  entries!: EntryTable
  postings!: PostingTable
  deadLetters!: DeadLetterTable
  counts!: CountTable
  statements!: StatementTable
  exposures!: ExposureTable
  readonly changes = new ChangeLog()
  accesses!: AccessTable
  catalog!: Catalog
  schemaNames!: SchemaNames
  classes!: ClassTable
  runs!: RunTable
  epochs!: Epochs
  evidence!: EvidenceReader
  unresolved!: Unresolved
  reduction!: Reduction
  derivation!: Derivation

  #isLoaded = false
  #turn: Promise<unknown> = Promise.resolve()

  constructor(db: Database, options: SqliteGraphOptions) {
    this.db = db
    this.#options = options
    this.#load()
  }

  /**
   * These parts, their memory read again when a transaction has failed since.
   *
   * @throws LinewardError STORE_UNAVAILABLE when it cannot be read.
   */
  loaded(): this {
    if (!this.#isLoaded) this.#load()
    return this
  }

  async reduce(batch: ReduceBatch): Promise<void> {
    await this.#alone(async () => {
      const { reduction } = this.loaded()
      this.#write(() => reduction.reduce(batch))
    })
  }

  async derive(limit: number): Promise<number> {
    return await this.#alone(() => this.loaded().derivation.derive(limit))
  }

  /** After what is being written. */
  async close(): Promise<void> {
    await this.#turn
    this.db.close()
  }

  /** One transaction. What failed leaves no trace: what it changed in memory is not used any more. */
  #write(work: () => void): void {
    try {
      this.db.transaction(work)
    } catch (error) {
      this.#isLoaded = false
      throw error
    }
  }

  /** Deriving waits for facts, and must find everything afterwards as it was before. */
  async #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return await result
  }

  /** Memory as the disk has it: at the start, and after a transaction that was rolled back. */
  #load(): void {
    const { db } = this
    this.changes.addAll()
    this.interning = new Interning(db)
    this.cells = new CellTable(db, this.interning)
    this.maps = new MapTable(db, this.interning)
    this.members = new FlowMembers(db, this.maps)
    this.adjacency = new Adjacency(this.members)
    this.flows = new FlowTable(this)
    this.flowRecords = new FlowRecords(this)
    this.runs = new RunTable(this)
    this.details = new Details(db, this.cells, this.runs)
    this.marks = new Marks(db)
    this.entries = new EntryTable(db, this.interning)
    this.postings = new PostingTable(db)
    this.deadLetters = new DeadLetterTable(db)
    this.counts = new CountTable(db)
    this.statements = new StatementTable(db)
    this.exposures = new ExposureTable(db)
    this.accesses = new AccessTable(db, this.interning, this.adjacency)
    this.catalog = new Catalog(this)
    this.schemaNames = new SchemaNames(this)
    this.classes = new ClassTable(this)
    this.epochs = new Epochs(this)
    this.unresolved = new Unresolved(this)
    this.evidence = new EvidenceReader(db, this.adjacency, this.interning, this.flowRecords)
    const clockSkewMax = this.#options.clockSkewMax ?? dayMicros
    this.reduction = new Reduction({ ...this, clockSkewMax })
    this.derivation = new Derivation({
      ...this,
      write: (work) => this.#write(work),
      derivations: this.#options.derivations,
      facts: this.#options.facts,
    })
    loadNames(db, this.adjacency)
    loadFlows(db, this.adjacency)
    this.#isLoaded = true
  }
}
