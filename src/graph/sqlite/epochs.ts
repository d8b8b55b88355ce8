import type { Interval, Micros } from '../../model/index.ts'
import type { AsOf } from '../port.ts'
import type { Adjacency, DatasetNode } from './adjacency.ts'
import type { CellTable } from './cell-table.ts'
import type { Database } from './database.ts'
import type { RunTable } from './run-table.ts'
import { isLocation } from '../../model/index.ts'

export type EpochParts = Readonly<{
  db: Database
  cells: CellTable
  adjacency: Adjacency
  runs: RunTable
}>

/** When the content of a dataset was replaced whole: by itself, or with what contains it. */
export class Epochs {
  readonly #db: Database
  readonly #cells: CellTable
  readonly #adjacency: Adjacency

  readonly #runs: RunTable

  constructor({ db, cells, adjacency, runs }: EpochParts) {
    this.#db = db
    this.#cells = cells
    this.#adjacency = adjacency
    this.#runs = runs
  }

  /** Boundaries up to `asOf`, oldest first. */
  of(dataset: DatasetNode, asOf: AsOf): readonly Micros[] {
    const boundaries = new Set(this.#own(dataset))
    for (const { other, meeting } of this.#adjacency.places.meetings(dataset, asOf)) {
      const contained = meeting.kind === 'CONTAINS' && meeting.to === dataset.leader.id
      if (!contained && meeting.kind !== 'LOCATION') continue
      for (const at of this.#own(other)) if (isDuring(at, meeting.during)) boundaries.add(at)
    }
    return [...boundaries]
      .filter((at) => asOf === undefined || at <= asOf)
      .toSorted((a, b) => a - b)
  }

  #own(dataset: DatasetNode): readonly Micros[] {
    // Dropping a table whose location is known retires the name and deletes nothing of what lies
    // there, also where the location is a name of the dataset itself.
    const external =
      this.#adjacency.places.hasLocation(dataset) ||
      dataset.names.some(({ name }) => isLocation(name))
    return dataset.names.flatMap(({ row, name }) => {
      const replaced = this.#db
        .all('SELECT at FROM replaced WHERE dataset = ?', row)
        .map((boundary) => Number(boundary['at']) as Micros)
      const dropped = this.#cells
        .under(row, 'lifecycle', ['DROP'])
        .filter(({ value }) => typeof value !== 'string' || !this.#runs.isUndone(value))
        .map(({ at }) => at)
      return external && !isLocation(name) ? replaced : [...replaced, ...dropped]
    })
  }
}

function isDuring(at: Micros, { from, until }: Interval): boolean {
  return (from === undefined || at >= from) && (until === undefined || at < until)
}
