import type { DatasetId, DatasetName, EntryKey } from '../../model/index.ts'
import type { IdentityCells } from '../derived.ts'
import type { CellTable } from './cell-table.ts'
import type { Database } from './database.ts'
import type { Interning } from './interning.ts'
import { beginningIn, datasetIdOf, nameInSchema, schemaIdOf, schemaOf } from '../../model/index.ts'
import { schemaIn } from '../cells.ts'
import { nameOf } from './database.ts'

type Parts = Readonly<{ db: Database; cells: CellTable; interning: Interning }>

/** What else a name is, as `IdentityCells` has it. */
export type Standings = Pick<IdentityCells, 'stands' | 'stoodFor' | 'beside'>

export const noStandings: Standings = { stands: [], stoodFor: [], beside: [] }

/** What names of schemas are that stand for each other. Whether those are known is another question. */
export class SchemaNames {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Whether anybody says of any schema that it stands for another. */
  hasAny(): boolean {
    const found = this.#parts.db.one(
      `SELECT 1 FROM subject
       WHERE kind = 'schema' AND known = 1 AND namespace IS NOT NULL LIMIT 1`,
    )
    return found !== undefined
  }

  of(name: DatasetName): Standings {
    const place = schemaOf(name)
    const row = place && this.#rowOf(place.schema)
    if (place === undefined || row === undefined) return noStandings
    const { cells } = this.#parts
    const named = (schema: DatasetName): DatasetId => datasetIdOf(nameInSchema(schema, place.rest))
    const standsFor = cells.of(row, 'standsFor')
    const beside = standsFor.flatMap(({ member }) => this.#standingFor(schemaIn(member)))
    return {
      stands: standsFor.map(({ at, rank, entry, member }) => ({
        at,
        rank,
        entry,
        for: named(schemaIn(member)),
      })),
      stoodFor: cells.of(row, 'stoodFor').map(({ member }) => named(schemaIn(member))),
      beside: [...new Set(beside.map(named))].filter((other) => other !== datasetIdOf(name)),
    }
  }

  /** The entries that say what its schema stands for. */
  evidence(name: DatasetName): readonly EntryKey[] {
    return this.of(name).stands.map(({ entry }) => entry as EntryKey)
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

  #standingFor(schema: DatasetName): readonly DatasetName[] {
    const row = this.#rowOf(schema)
    if (row === undefined) return []
    return this.#parts.cells.of(row, 'stoodFor').map(({ member }) => schemaIn(member))
  }

  #rowOf(schema: DatasetName): number | undefined {
    return this.#parts.interning.subjectRow(schemaIdOf(schema))
  }
}

/** What a name always stands for; undefined where its schema was said to stand for several. */
export function onlyStanding({ stands }: Pick<Standings, 'stands'>): DatasetId | undefined {
  const [first] = stands
  return stands.every((one) => one.for === first?.for) ? first?.for : undefined
}
