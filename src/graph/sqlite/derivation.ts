import type { EntryKey, JobId } from '../../model/index.ts'
import type { Derivations, Member } from '../derived.ts'
import type { Catalog } from './catalog.ts'
import type { CellTable } from './cell-table.ts'
import type { ClassTable } from './class-table.ts'
import type { Database } from './database.ts'
import type { EntryTable } from './entry-table.ts'
import type { FlowTable } from './flow-table.ts'
import type { Interning } from './interning.ts'
import type { Layer, Marks } from './marks.ts'
import type { FactSource, Reduction, Said } from './reduction.ts'
import type { RunTable } from './run-table.ts'
import type { SchemaNames } from './schema-names.ts'
import { sayingsOf } from '../cells.ts'

export type DerivationParts = Readonly<{
  db: Database
  interning: Interning
  cells: CellTable
  flows: FlowTable
  runs: RunTable
  classes: ClassTable
  catalog: Catalog
  schemaNames: SchemaNames
  entries: EntryTable
  marks: Marks
  reduction: Reduction
  derivations: Derivations
  facts: FactSource
  /** All of it or nothing, on disk and in memory. */
  write: (work: () => void) => void
}>

/** So many entries are read at once, and so many subjects made anew in one transaction. */
const factsMax = 500
const recomputedMax = 20

/** In this order: each kind reads only what those before it have left behind. */
const layers: readonly Layer[] = [
  'bring',
  'recompute',
  'users',
  'run',
  'declaration',
  'identity',
  'catalog',
]

/**
 * The second transaction: takes marks of the lowest layer that has any, works the marked keys out
 * from reduced state, replaces what is stored of them, and clears each mark if it is still the one
 * that was read.
 */
export class Derivation {
  readonly #parts: DerivationParts
  readonly #work: Readonly<Record<Layer, (subjects: readonly number[]) => Promise<() => void>>>

  constructor(parts: DerivationParts) {
    this.#parts = parts
    this.#work = {
      bring: (entries) => this.#bring(entries),
      recompute: (subjects) => this.#recompute(subjects),
      users: async (subjects) => () => subjects.forEach((subject) => this.#wakeUsers(subject)),
      run: async (subjects) => () => subjects.forEach((subject) => this.#deriveRun(subject)),
      declaration: async (subjects) => () =>
        subjects.forEach((subject) => this.#deriveDeclaration(subject)),
      identity: (subjects) =>
        this.#parts.classes.derive(subjects, this.#parts.derivations.identity),
      catalog: async (subjects) => () => this.#parts.catalog.derive(subjects),
    }
  }

  async derive(limit: number): Promise<number> {
    for (const layer of layers) {
      const most = layer === 'recompute' ? Math.min(limit, recomputedMax) : limit
      const marks = this.#parts.marks.some(layer, most)
      if (marks.length === 0) continue
      const write = await this.#work[layer](marks.map(({ subject }) => subject))
      this.#parts.write(() => {
        write()
        for (const mark of marks) this.#parts.marks.clear(mark)
      })
      break
    }
    return this.#parts.marks.left()
  }

  async #bring(entries: readonly number[]): Promise<() => void> {
    const keys = entries.map((id) => this.#parts.entries.keyOf(id))
    const translated = await this.#parts.facts(keys)
    return () => this.#parts.reduction.bring(translated)
  }

  async #recompute(subjects: readonly number[]): Promise<() => void> {
    const work: Readonly<{ subject: number; key: string; said: readonly Said[] }>[] = []
    for (const subject of subjects) {
      const key = this.#key(subject)
      work.push({ subject, key, said: await this.#saidOf(subject, key) })
    }
    return () => {
      for (const { subject, key, said } of work) this.#parts.reduction.rebuild(subject, key, said)
    }
  }

  /** Of everything that its entries say only what is said of the subject itself is kept at hand. */
  async #saidOf(subject: number, key: string): Promise<readonly Said[]> {
    const rows = this.#parts.db.all(
      `SELECT key, received_first AS first FROM entry JOIN posting ON posting.entry = entry.id
       WHERE posting.subject = ? AND NOT silent`,
      subject,
    )
    const firsts = new Map(
      rows.map((row) => [String(row['key']) as EntryKey, Number(row['first'])]),
    )
    const keys = [...firsts.keys()]
    const said: Said[] = []
    for (let from = 0; from < keys.length; from += factsMax) {
      const translated = await this.#parts.facts(keys.slice(from, from + factsMax))
      for (const { entry, facts } of translated) {
        const receivedFirst = firsts.get(entry.key)
        if (receivedFirst === undefined) continue
        for (const saying of facts.flatMap(sayingsOf)) {
          if (saying.subject.key === key) said.push({ entry: entry.key, receivedFirst, saying })
        }
      }
    }
    return said
  }

  /** Runs that use a definition or are part of a transaction, jobs of a configuration, names of a schema. */
  #wakeUsers(subject: number): void {
    const { cells, interning, marks, schemaNames } = this.#parts
    if (this.#key(subject).startsWith('schema_')) {
      for (const name of schemaNames.namesIn(subject)) marks.add('identity', name)
    }
    for (const user of cells.members(subject, 'user')) {
      const row = interning.subjectRow(user)
      if (row !== undefined) marks.add(user.startsWith('job_') ? 'declaration' : 'run', row)
    }
  }

  #deriveRun(subject: number): void {
    const { cells, derivations, flows, interning, runs } = this.#parts
    const outcome = derivations.run(cells.between(subject, 'runJob', 'runProblem'), (id) => {
      const shared = interning.subjectRow(id)
      return shared === undefined ? [] : cells.between(shared, 'definition', 'transactionEvent')
    })
    flows.replace(subject, outcome.members)
    if (runs.save(subject, outcome)) this.#wakeLives(subject)
  }

  /** The datasets that a run created, dropped or renamed. */
  #wakeLives(run: number): void {
    const { cells, interning, marks } = this.#parts
    for (const dataset of cells.members(run, 'runLife')) {
      const row = interning.subjectRow(dataset)
      if (row !== undefined) marks.add('catalog', row)
    }
  }

  #deriveDeclaration(subject: number): void {
    const { cells, derivations, flows, interning } = this.#parts
    const key = this.#key(subject)
    const job = key.startsWith('job_') ? (key as JobId) : undefined
    const members: readonly Member[] = derivations.declaration(
      job,
      cells.between(subject, 'declaration', 'partOf'),
      (id) => {
        const shared = interning.subjectRow(id)
        return shared === undefined ? [] : cells.of(shared, 'configured')
      },
    )
    flows.replace(subject, members)
  }

  #key(subject: number): string {
    return String(this.#parts.db.one('SELECT key FROM subject WHERE id = ?', subject)?.['key'])
  }
}
