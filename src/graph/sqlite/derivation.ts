import type {
  DatasetId,
  DatasetName,
  EntryKey,
  JobId,
  LocationBy,
  Micros,
} from '../../model/index.ts'
import type { Derivations, IdentityCells, Member, NameClass, RunOutcome } from '../derived.ts'
import type { Adjacency, DatasetNode, NameNode } from './adjacency.ts'
import type { Catalog } from './catalog.ts'
import type { CellTable } from './cell-table.ts'
import type { Database, Row } from './database.ts'
import type { EntryTable } from './entry-table.ts'
import type { FlowTable } from './flow-table.ts'
import type { Interning } from './interning.ts'
import type { Layer, Marks } from './marks.ts'
import type { FactSource, Reduction, Said } from './reduction.ts'
import { sayingsOf } from '../cells.ts'

export type DerivationParts = Readonly<{
  db: Database
  interning: Interning
  cells: CellTable
  adjacency: Adjacency
  flows: FlowTable
  catalog: Catalog
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
const layers: readonly Layer[] = ['bring', 'recompute', 'run', 'declaration', 'identity', 'catalog']

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
      run: async (subjects) => () => subjects.forEach((subject) => this.#deriveRun(subject)),
      declaration: async (subjects) => () =>
        subjects.forEach((subject) => this.#deriveDeclaration(subject)),
      identity: (subjects) => this.#deriveIdentity(subjects),
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
       WHERE posting.subject = ?`,
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

  #deriveRun(subject: number): void {
    const { db, cells, derivations, flows } = this.#parts
    const outcome = derivations.run(cells.between(subject, 'runJob', 'runNamedJob'))
    flows.replace(subject, outcome.members)
    db.run('DELETE FROM replaced WHERE run = ?', subject)
    for (const { dataset, at } of outcome.replaced) {
      const row = this.#row(dataset)
      db.run('INSERT OR IGNORE INTO replaced (dataset, at, run) VALUES (?, ?, ?)', row, at, subject)
    }
    this.#saveRun(subject, outcome)
  }

  #saveRun(subject: number, outcome: RunOutcome): void {
    const { db } = this.#parts
    if (outcome.job === undefined) {
      db.run('DELETE FROM run WHERE subject = ?', subject)
      return
    }
    db.run(
      `INSERT OR REPLACE INTO run (subject, id, job, state, started, ended, parent)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      subject,
      this.#key(subject),
      this.#row(outcome.job),
      outcome.state,
      outcome.startedAt ?? null,
      outcome.endedAt ?? null,
      outcome.parent === undefined ? null : this.#row(outcome.parent),
    )
  }

  #deriveDeclaration(subject: number): void {
    const { cells, derivations, flows } = this.#parts
    const key = this.#key(subject)
    const job = key.startsWith('job_') ? (key as JobId) : undefined
    const members: readonly Member[] = derivations.declaration(
      job,
      cells.between(subject, 'declaration', 'renamed'),
    )
    flows.replace(subject, members)
  }

  async #deriveIdentity(subjects: readonly number[]): Promise<() => void> {
    const { adjacency, derivations, db } = this.#parts
    const known: DatasetId[] = []
    const gone: NameNode[] = []
    const changed = new Set<DatasetId>()
    for (const subject of subjects) {
      const row = db.one(
        'SELECT key, namespace, name, known FROM subject WHERE id = ?',
        subject,
      ) as Row
      const id = String(row['key']) as DatasetId
      const name = { namespace: String(row['namespace']), name: String(row['name']) }
      if (row['known'] === 1) {
        known.push(adjacency.addName(id, subject, name).id)
        continue
      }
      const node = adjacency.name(id)
      if (node === undefined) continue
      gone.push(node)
      for (const member of node.dataset.names) if (member !== node) changed.add(member.id)
    }
    for (const id of known) changed.add(id)
    for (const node of gone) changed.delete(node.id)
    const away = new Set(gone.map(({ id }) => id))
    const classes = await derivations.identity([...changed], {
      identityCells: async (ids) => this.#identityCells(ids, away),
    })
    return () => {
      for (const node of gone) this.#removeName(node)
      for (const nameClass of classes) this.#saveClass(nameClass)
    }
  }

  #identityCells(
    ids: readonly DatasetId[],
    away: ReadonlySet<DatasetId>,
  ): ReadonlyMap<DatasetId, IdentityCells> {
    const found = new Map<DatasetId, IdentityCells>()
    for (const id of ids) {
      const node = away.has(id) ? undefined : this.#knownName(id)
      if (node !== undefined) found.set(id, this.#cellsOfName(node))
    }
    return found
  }

  /** A name that became known in the same batch may not be in memory yet. */
  #knownName(id: DatasetId): NameNode | undefined {
    const { adjacency, db } = this.#parts
    const node = adjacency.name(id)
    if (node !== undefined) return node
    const row = db.one('SELECT id, namespace, name FROM subject WHERE key = ? AND known = 1', id)
    if (row === undefined) return undefined
    const name: DatasetName = { namespace: String(row['namespace']), name: String(row['name']) }
    return adjacency.addName(id, Number(row['id']), name)
  }

  #cellsOfName({ id, name, row, dataset }: NameNode): IdentityCells {
    const cells = this.#parts.cells.between(row, 'alias', 'decision')
    const of = (property: string) => cells.filter((cell) => cell.property === property)
    const splits = of('decision').filter(({ member }) => member === 'split')
    return {
      id,
      name,
      aliases: of('alias').map(({ member }) => member as DatasetId),
      locations: of('location').map(({ at, rank, entry, member }) => {
        const [by, location] = member.split(':') as [LocationBy, DatasetId]
        return { at, rank, entry, location, by }
      }),
      located: of('located').map(({ member }) => {
        const [by, table] = member.split(':') as [LocationBy, DatasetId]
        return { by, table }
      }),
      joins: of('decision')
        .filter(({ member }) => member.startsWith('join:'))
        .map(({ member, at }) => ({ with: member.slice(5) as DatasetId, at })),
      splitAt: splits.reduce<Micros | undefined>(
        (last, { at }) => (last === undefined || at > last ? at : last),
        undefined,
      ),
      classNow: idsOf(dataset),
    }
  }

  #removeName(node: NameNode): void {
    const { adjacency, db, catalog } = this.#parts
    adjacency.removeName(node)
    db.run('DELETE FROM class WHERE name = ?', node.row)
    db.run('DELETE FROM footprint WHERE leader = ?', node.row)
    catalog.remove(node.row)
  }

  #saveClass({ names, footprints }: NameClass): void {
    const { adjacency, db, catalog, marks } = this.#parts
    const nodes = names.map((id) => this.#knownName(id)).filter((node) => node !== undefined)
    const leader = nodes[0]
    if (leader === undefined) return
    for (const node of nodes) {
      db.run('DELETE FROM class WHERE name = ?', node.row)
      db.run('DELETE FROM footprint WHERE leader = ?', node.row)
      if (node !== leader) catalog.remove(node.row)
      if (nodes.length > 1)
        db.run('INSERT INTO class (name, leader) VALUES (?, ?)', node.row, leader.row)
    }
    marks.clearOf('identity', nodes)
    const rows = footprints.flatMap(({ location, from, until, entry }) => {
      const place = this.#knownName(location)
      return place === undefined ? [] : [{ location: place, during: { from, until }, entry }]
    })
    for (const [number, { location, during, entry }] of rows.entries()) {
      db.run(
        'INSERT INTO footprint (leader, number, location, since, until, entry) VALUES (?, ?, ?, ?, ?, ?)',
        leader.row,
        number,
        location.row,
        during.from ?? null,
        during.until ?? null,
        entry,
      )
    }
    adjacency.setClass(nodes, rows)
    marks.add('catalog', leader.row)
  }

  #key(subject: number): string {
    return String(this.#parts.db.one('SELECT key FROM subject WHERE id = ?', subject)?.['key'])
  }

  #row(key: string): number {
    return this.#parts.interning.subjectRow(key) as number
  }
}

const idsOfDataset = new WeakMap<DatasetNode, readonly DatasetId[]>()

/** The names of a dataset: one list for all of them, since there can be very many. */
function idsOf(dataset: DatasetNode): readonly DatasetId[] {
  const known = idsOfDataset.get(dataset)
  if (known !== undefined) return known
  const ids = dataset.names.map(({ id }) => id)
  idsOfDataset.set(dataset, ids)
  return ids
}
