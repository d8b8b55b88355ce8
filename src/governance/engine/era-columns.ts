import type { GovernedDataset } from '../../graph/index.ts'
import type { ColumnInput, DatasetId } from '../../model/index.ts'
import type { Era } from './eras.ts'
import type { View } from './view.ts'
import { functionIn } from './functions.ts'

/** Columns that column maps name, where no schema need have shown them. */
export type MappedColumns = ReadonlyMap<DatasetId, ReadonlySet<string>>

/** Of every dataset, the columns that moves read of it or wrote to it by a map. */
export function mappedColumns({ moves }: View): MappedColumns {
  const found = new Map<DatasetId, Set<string>>()
  const seen = new Set<string>()
  const add = (dataset: DatasetId, column: string): void => {
    const known = found.get(dataset) ?? new Set<string>()
    known.add(column)
    found.set(dataset, known)
  }
  for (const { maps } of [...moves.values()].flat()) {
    if (maps.length === 0) continue
    const key = JSON.stringify(maps)
    if (seen.has(key)) continue
    seen.add(key)
    for (const { output, fields, whole } of maps) {
      for (const { column, inputs } of fields) {
        // What is a constant holds nothing, whatever its name says.
        if (!inputs.every(isConstant)) add(output, column)
      }
      const inputs = [...fields.flatMap((field) => field.inputs), ...whole]
      for (const { dataset, column } of inputs) add(dataset, column)
    }
  }
  return found
}

function isConstant({ transformations }: Pick<ColumnInput, 'transformations'>): boolean {
  return (
    transformations.length > 0 &&
    transformations.every(({ description = '' }) => functionIn(description) === 'constant')
  )
}

const variants = new WeakMap<GovernedDataset, Map<string, GovernedDataset>>()

/**
 * The dataset with all columns that its content of that era had: a column that is gone from the
 * schema was there before, and some are known from maps alone. The same object for the same columns.
 */
export function datasetIn(
  dataset: GovernedDataset,
  { from }: Era,
  mapped: MappedColumns,
): GovernedDataset {
  const known = new Set(dataset.columns.map(({ name }) => name))
  const former = dataset.formerColumns.filter(({ until }) => until > from)
  for (const { name } of former) known.add(name)
  const more = [...(mapped.get(dataset.id) ?? [])].filter((name) => !known.has(name)).toSorted()
  if (former.length + more.length === 0) return dataset
  const key = JSON.stringify([former.map(({ name }) => name), more])
  const own = variants.get(dataset) ?? new Map<string, GovernedDataset>()
  variants.set(dataset, own)
  const added = more.map((name) => ({ name, type: undefined, description: undefined }))
  const made = own.get(key) ?? { ...dataset, columns: [...dataset.columns, ...former, ...added] }
  own.set(key, made)
  return made
}
