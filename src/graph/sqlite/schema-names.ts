import type { DatasetId, DatasetName, EntryKey, Micros } from '../../model/index.ts'
import type { Cell } from '../cells.ts'
import type { CellTable } from './cell-table.ts'
import type { Database } from './database.ts'
import type { Interning } from './interning.ts'
import { beginningIn, datasetIdOf, nameInSchema, schemaIdOf, schemaOf } from '../../model/index.ts'
import { schemaIn } from '../cells.ts'
import { nameOf } from './database.ts'

type Parts = Readonly<{ db: Database; cells: CellTable; interning: Interning }>

/** Another name that a name has because its schema is said to stand for another one. */
export type Standing = Readonly<{ at: Micros; rank: number; entry: string; for: DatasetId }>

/** What names of schemas are that stand for each other. Whether those are known is another question. */
export class SchemaNames {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The names that this one has in the schemas that its own is said to stand for. */
  stands(name: DatasetName): readonly Standing[] {
    const place = schemaOf(name)
    if (place === undefined) return []
    return this.#said(place.schema, 'standsFor').map(({ at, rank, entry, member }) => {
      const other = nameInSchema(schemaIn(member), place.rest)
      return { at, rank, entry, for: datasetIdOf(other) }
    })
  }

  /** The names that it has in the schemas that are said to stand for its own. */
  stoodFor(name: DatasetName): readonly DatasetId[] {
    const place = schemaOf(name)
    if (place === undefined) return []
    return this.#said(place.schema, 'stoodFor').map(({ member }) =>
      datasetIdOf(nameInSchema(schemaIn(member), place.rest)),
    )
  }

  /** The names that it has in other schemas that stand for the same ones as its own. */
  beside(name: DatasetName): readonly DatasetId[] {
    const place = schemaOf(name)
    if (place === undefined) return []
    const others = this.#said(place.schema, 'standsFor').flatMap(({ member }) =>
      this.stoodFor(nameInSchema(schemaIn(member), place.rest)),
    )
    const own = datasetIdOf(name)
    return [...new Set(others)].filter((other) => other !== own)
  }

  /** The entries that say what its schema stands for. */
  evidence(name: DatasetName): readonly EntryKey[] {
    return this.stands(name).map(({ entry }) => entry as EntryKey)
  }

  /** Rows of the names in a schema that are known. */
  namesIn(schema: number): readonly number[] {
    const { db } = this.#parts
    const row = db.one('SELECT namespace, name FROM subject WHERE id = ?', schema)
    if (row === undefined) return []
    const name = nameOf(row)
    const beginning = beginningIn(name)
    const rows = db.all(
      `SELECT id, namespace, name FROM subject
       WHERE kind = 'dataset' AND known = 1 AND namespace IS NOT NULL
       AND namespace = ?1 AND name >= ?2 AND name < ?2 || char(1114111)`,
      name.namespace,
      beginning,
    )
    return rows
      .filter((one) => schemaOf(nameOf(one))?.schema.name === name.name)
      .map((one) => Number(one['id']))
  }

  #said(schema: DatasetName, property: 'standsFor' | 'stoodFor'): readonly Cell[] {
    const { cells, interning } = this.#parts
    const row = interning.subjectRow(schemaIdOf(schema))
    return row === undefined ? [] : cells.of(row, property)
  }
}

/** What a name always stands for; undefined where its schema was said to stand for several. */
export function onlyStanding(stands: readonly Pick<Standing, 'for'>[]): DatasetId | undefined {
  const [first] = stands
  return stands.every((one) => one.for === first?.for) ? first?.for : undefined
}
