import type { DatasetId, DatasetKind, Interval } from '../../model/index.ts'
import type { Dataset } from '../port.ts'
import type { Adjacency, DatasetNode } from './adjacency.ts'
import type { CellTable } from './cell-table.ts'
import type { ChangeLog } from './change-log.ts'
import type { Database, Row } from './database.ts'
import type { Details } from './details.ts'
import type { Marks } from './marks.ts'
import { columnsOf } from '../columns.ts'
import { datasetRetiredAt } from './adjacency.ts'

type Document = Readonly<{ kind: 'DATASET' | 'COLUMN' | 'JOB'; label: string; text: string }>

export type CatalogParts = Readonly<{
  db: Database
  adjacency: Adjacency
  cells: CellTable
  details: Details
  marks: Marks
  changes: ChangeLog
}>

/** One row per dataset for lists and filters, and the search index over datasets, columns and jobs. */
export class Catalog {
  readonly #db: Database
  readonly #adjacency: Adjacency
  readonly #cells: CellTable
  readonly #details: Details
  readonly #marks: Marks
  readonly #changes: ChangeLog

  constructor({ db, adjacency, cells, details, marks, changes }: CatalogParts) {
    this.#db = db
    this.#adjacency = adjacency
    this.#cells = cells
    this.#details = details
    this.#marks = marks
    this.#changes = changes
  }

  derive(subjects: readonly number[]): void {
    const datasets = new Set<DatasetNode>()
    for (const subject of subjects) {
      const row = this.#db.one(
        'SELECT key, kind, namespace, name, known FROM subject WHERE id = ?',
        subject,
      )
      if (row === undefined) continue
      if (row['kind'] === 'job') this.#deriveJob(subject, row)
      const node = this.#adjacency.name(String(row['key']) as DatasetId)
      if (node !== undefined) datasets.add(node.dataset)
    }
    for (const dataset of datasets) this.#deriveDataset(dataset)
  }

  /** A dataset as lists show it. Its kind is kept in memory until its row changes. */
  record(dataset: DatasetNode): Dataset {
    const { leader } = dataset
    if (dataset.kind === undefined) {
      const row = this.#db.one('SELECT kind FROM catalog WHERE leader = ?', leader.row)
      dataset.kind = row?.['kind'] as DatasetKind | undefined
    }
    const kind = dataset.kind ?? this.#details.kind(dataset, undefined)
    return { id: leader.id, name: leader.name, kind }
  }

  remove(subject: number): void {
    this.#db.run('DELETE FROM catalog WHERE leader = ?', subject)
    this.#replaceDocuments(subject, [])
  }

  #deriveDataset(dataset: DatasetNode): void {
    const { leader, names } = dataset
    this.#changes.add([leader.id])
    const existence = this.#details.existence(names)
    this.#adjacency.setExistence(leader, existence)
    const details = this.#details.of(leader.dataset, undefined)
    const columns = columnsOf(this.#details.fields(dataset, undefined))
    const documents: readonly Document[] = [
      {
        kind: 'DATASET',
        label: leader.name.name,
        text: [
          ...names.flatMap(({ name }) => [name.namespace, name.name]),
          details.description ?? '',
          ...details.tags,
        ].join(' '),
      },
      ...columns.map(({ name, description }) => ({
        kind: 'COLUMN' as const,
        label: name,
        text: `${name} ${description ?? ''}`,
      })),
    ]
    const content = JSON.stringify(documents)
    const before = this.#db.one('SELECT content FROM catalog WHERE leader = ?', leader.row)
    this.#db.run(
      `INSERT OR REPLACE INTO catalog
       (leader, namespace, name, kind, owners, tags, retired, existence, content)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      leader.row,
      leader.name.namespace,
      leader.name.name,
      details.kind,
      JSON.stringify(details.owners),
      JSON.stringify(details.tags),
      datasetRetiredAt(existence, undefined) ?? null,
      JSON.stringify(existence.map(({ from, until }) => [from ?? null, until ?? null])),
      content,
    )
    if (before?.['content'] !== content) this.#replaceDocuments(leader.row, documents)
    this.#marks.clearOf('catalog', names)
  }

  #deriveJob(subject: number, row: Row): void {
    const description = this.#cells.best(subject, 'description', '', undefined)
    const text = [row['namespace'], row['name'], description?.value ?? ''].join(' ')
    const documents = [{ kind: 'JOB' as const, label: String(row['name']), text }]
    this.#replaceDocuments(subject, row['known'] === 1 ? documents : [])
  }

  #replaceDocuments(subject: number, documents: readonly Document[]): void {
    for (const row of this.#db.all('SELECT id FROM document WHERE subject = ?', subject)) {
      this.#db.run('DELETE FROM words WHERE rowid = ?', Number(row['id']))
    }
    this.#db.run('DELETE FROM document WHERE subject = ?', subject)
    for (const { kind, label, text } of documents) {
      const id = this.#db.insert(
        'INSERT INTO document (subject, kind, label) VALUES (?, ?, ?)',
        subject,
        kind,
        label,
      )
      this.#db.run('INSERT INTO words (rowid, text) VALUES (?, ?)', id, text)
    }
  }
}

/** Reads intervals back as the catalog row has them. */
export function parseExistence(text: string): readonly Interval[] {
  return (JSON.parse(text) as [Interval['from'] | null, Interval['until'] | null][]).map(
    ([from, until]) => ({ from: from ?? undefined, until: until ?? undefined }),
  )
}
