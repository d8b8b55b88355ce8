import type { DatasetId, Micros } from '../../model/index.ts'
import type { Readiness } from '../port.ts'
import type { NameNode } from './adjacency.ts'
import type { Database } from './database.ts'
import type { SqliteGraphOptions } from './options.ts'
import { compareNames } from '../../model/index.ts'
import { Adjacency } from './adjacency.ts'
import { Catalog, parseExistence } from './catalog.ts'
import { CellTable } from './cell-table.ts'
import { Derivation } from './derivation.ts'
import { Details } from './details.ts'
import { Epochs } from './epochs.ts'
import { EvidenceReader } from './evidence.ts'
import { FlowRecords } from './flow-records.ts'
import { FlowTable } from './flow-table.ts'
import { Interning } from './interning.ts'
import { MapTable } from './map-table.ts'
import { Reduction } from './reduction.ts'
import { Rules } from './rules.ts'
import { RunTable } from './run-table.ts'

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
  flows!: FlowTable
  flowRecords!: FlowRecords
  details!: Details
  catalog!: Catalog
  rules!: Rules
  runs!: RunTable
  epochs!: Epochs
  evidence!: EvidenceReader
  reduction!: Reduction
  derivation!: Derivation

  constructor(db: Database, options: SqliteGraphOptions) {
    this.db = db
    this.#options = options
    this.#load()
  }

  ready(): Readiness {
    return { ready: true }
  }

  /** One transaction of the writer. What failed leaves no trace, in memory neither. */
  write(work: () => void): void {
    try {
      this.db.transaction(work)
    } catch (error) {
      this.#load()
      throw error
    }
  }

  async derive(limit: number): Promise<number> {
    try {
      return await this.derivation.derive(limit)
    } catch (error) {
      this.#load()
      throw error
    }
  }

  close(): void {
    this.db.close()
  }

  /** Memory as the disk has it: at the start, and after a transaction that was rolled back. */
  #load(): void {
    const { db } = this
    this.interning = new Interning(db)
    this.cells = new CellTable(db, this.interning)
    this.maps = new MapTable(db)
    this.adjacency = new Adjacency({
      shownAt: (flow, at) => this.flows.shownAt(flow, at),
      activeDuring: (flow, from, until, asOf) => this.flows.activeDuring(flow, from, until, asOf),
      replacedAt: (flow, asOf) => this.flows.replacedAt(flow, asOf),
    })
    this.flows = new FlowTable(db, this.interning, this.maps, this.adjacency)
    this.flowRecords = new FlowRecords(this.adjacency, this.flows, this.maps)
    this.details = new Details(db, this.cells)
    this.catalog = new Catalog(db, this.adjacency, this.cells, this.details)
    this.rules = new Rules(this.cells)
    this.runs = new RunTable(db)
    this.epochs = new Epochs(db, this.cells, this.adjacency)
    this.evidence = new EvidenceReader(db, this.adjacency, this.interning, this.flowRecords)
    const clockSkewMax = this.#options.clockSkewMax ?? dayMicros
    this.reduction = new Reduction({ ...this, clockSkewMax })
    this.derivation = new Derivation({
      ...this,
      derivations: this.#options.derivations,
      facts: this.#options.facts,
    })
    this.#loadNames()
    this.flows.load()
  }

  #loadNames(): void {
    const { db, adjacency } = this
    const names = new Map<number, NameNode>()
    // A name that is gone stays in its class until that is worked out again.
    const rows = db.each(
      `SELECT id, key, namespace, name FROM subject
       WHERE kind = 'dataset' AND known = 1 AND namespace IS NOT NULL
       UNION ALL SELECT id, key, namespace, name FROM mark JOIN subject ON subject.id = mark.subject
       WHERE derivation = 'identity' AND known = 0`,
    )
    for (const row of rows) {
      const id = Number(row['id'])
      const name = { namespace: String(row['namespace']), name: String(row['name']) }
      names.set(id, adjacency.addName(String(row['key']) as DatasetId, id, name))
    }
    const classes = new Map<number, NameNode[]>()
    for (const row of db.each('SELECT name, leader FROM class')) {
      const leader = Number(row['leader'])
      const node = names.get(Number(row['name']))
      const members = classes.get(leader) ?? []
      if (node !== undefined) members.push(node)
      classes.set(leader, members)
    }
    const footprints = Map.groupBy(
      db.all('SELECT * FROM footprint ORDER BY leader, number'),
      (row) => Number(row['leader']),
    )
    for (const leader of new Set([...classes.keys(), ...footprints.keys()])) {
      const node = names.get(leader)
      if (node === undefined) continue
      const members = (classes.get(leader) ?? [node]).toSorted((a, b) =>
        compareNames(a.name, b.name),
      )
      const rowsOf = footprints.get(leader) ?? []
      const places = rowsOf.flatMap((row) => {
        const location = names.get(Number(row['location']))
        const at = (column: string): Micros | undefined =>
          row[column] === null ? undefined : (Number(row[column]) as Micros)
        const during = { from: at('since'), until: at('until') }
        return location === undefined ? [] : [{ location, during, entry: String(row['entry']) }]
      })
      adjacency.setClass(members, places)
    }
    for (const row of db.each("SELECT leader, existence FROM catalog WHERE existence <> '[]'")) {
      const node = names.get(Number(row['leader']))
      if (node !== undefined) {
        adjacency.setExistence(node, parseExistence(String(row['existence'])))
      }
    }
  }
}
