import type { DatasetKind, Interval, Micros, SchemaField } from '../../model/index.ts'
import type { Cell, Property } from '../cells.ts'
import type { AsOf, DatasetDetails } from '../port.ts'
import type { DatasetNode, NameNode } from './adjacency.ts'
import type { CellTable } from './cell-table.ts'
import type { Database } from './database.ts'
import type { RunTable } from './run-table.ts'
import { kindByName } from '../../model/index.ts'
import { bestOf } from '../best-cell.ts'
import { existenceOf, lifeChanges } from '../existence.ts'

/** Kinds that say less than what another name of the same dataset says. */
const vague: ReadonlySet<DatasetKind> = new Set(['DATASET', 'PREFIX', 'FILE'])

/** What the cells of a dataset's names say of it, at any moment. */
export class Details {
  readonly #db: Database
  readonly #cells: CellTable
  readonly #runs: RunTable

  constructor(db: Database, cells: CellTable, runs: RunTable) {
    this.#db = db
    this.#cells = cells
    this.#runs = runs
  }

  of(dataset: DatasetNode, asOf: AsOf): DatasetDetails {
    const { first, last } = this.#seen(dataset, asOf)
    return {
      kind: this.kind(dataset, asOf),
      description: text(this.best(dataset, 'description', asOf)),
      owners: texts(this.best(dataset, 'owners', asOf)),
      tags: texts(this.best(dataset, 'tags', asOf)),
      firstSeen: first,
      lastSeen: last,
      existence: clipped(dataset.existence, asOf),
    }
  }

  kind(dataset: DatasetNode, asOf: AsOf): DatasetKind {
    const stated = this.best(dataset, 'type', asOf)
    if (stated !== undefined) return stated.value as DatasetKind
    const kinds = dataset.names.map(({ name }) => kindByName(name))
    return kinds.find((kind) => !vague.has(kind)) ?? kinds[0] ?? 'DATASET'
  }

  fields(dataset: DatasetNode, asOf: AsOf): readonly SchemaField[] {
    const schema = this.best(dataset, 'schema', asOf)
    return (schema?.value ?? []) as unknown as readonly SchemaField[]
  }

  /** Of a history, what was said best of any of the dataset's names. */
  best(dataset: DatasetNode, property: Property, asOf: AsOf, member = ''): Cell | undefined {
    return bestOf(dataset.names.map(({ row }) => this.#cells.best(row, property, member, asOf)))
  }

  /** Everything said under one property of any of the dataset's names, oldest first. */
  history({ names }: DatasetNode, property: Property, asOf: AsOf): readonly Cell[] {
    return names
      .flatMap(({ row }) => this.#cells.of(row, property))
      .filter(({ at }) => asOf === undefined || at <= asOf)
      .toSorted((a, b) => a.at - b.at || a.rank - b.rank || (a.entry < b.entry ? -1 : 1))
  }

  existence(names: readonly NameNode[]): readonly Interval[] {
    const changes = names.flatMap(({ row }) =>
      this.#cells
        .under(row, 'lifecycle', lifeChanges)
        .filter(({ value }) => typeof value !== 'string' || !this.#runs.isUndone(value))
        .map(({ at, member }) => ({ at, change: member })),
    )
    if (changes.length === 0) return []
    return existenceOf(changes, (at) => this.#touchedAfter(names, at))
  }

  #touchedAfter(names: readonly NameNode[], at: Micros | undefined): Micros | undefined {
    return least(
      names.map(({ row }) =>
        this.#db.one(
          'SELECT at FROM posting WHERE subject = ? AND at > ? AND touch = 2 ORDER BY at LIMIT 1',
          row,
          at ?? -Number.MAX_SAFE_INTEGER,
        ),
      ),
    )
  }

  #seen(dataset: DatasetNode, asOf: AsOf): { first: Micros | undefined; last: Micros | undefined } {
    const upTo = asOf ?? Number.MAX_SAFE_INTEGER
    const ends = (order: 'ASC' | 'DESC') =>
      dataset.names.map(({ row }) =>
        this.#db.one(
          `SELECT at FROM posting WHERE subject = ? AND at <= ? AND touch > 0
           ORDER BY at ${order} LIMIT 1`,
          row,
          upTo,
        ),
      )
    const lasts = ends('DESC').flatMap((row) => (row === undefined ? [] : [Number(row['at'])]))
    return {
      first: least(ends('ASC')),
      last: lasts.length === 0 ? undefined : (Math.max(...lasts) as Micros),
    }
  }
}

function clipped(existence: readonly Interval[], asOf: AsOf): readonly Interval[] {
  if (existence.length === 0) return [{ from: undefined, until: undefined }]
  if (asOf === undefined) return existence
  return existence
    .filter(({ from }) => from === undefined || from <= asOf)
    .map(({ from, until }) => ({
      from,
      until: until !== undefined && until <= asOf ? until : undefined,
    }))
}

function least(
  rows: readonly (Readonly<Record<string, unknown>> | undefined)[],
): Micros | undefined {
  const times = rows.flatMap((row) => (row === undefined ? [] : [Number(row['at'])]))
  return times.length === 0 ? undefined : (Math.min(...times) as Micros)
}

function text(cell: Cell | undefined): string | undefined {
  return typeof cell?.value === 'string' ? cell.value : undefined
}

function texts(cell: Cell | undefined): readonly string[] {
  return Array.isArray(cell?.value) ? cell.value.map(String) : []
}
