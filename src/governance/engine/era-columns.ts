import type { GovernedDataset, Move } from '../../graph/index.ts'
import type { ColumnInput, DatasetId } from '../../model/index.ts'
import type { Era } from './eras.ts'
import { functionIn } from './functions.ts'

/** Columns that the maps of one move name of a dataset, where no schema need have shown them. */
type Named = Readonly<{ dataset: DatasetId; column: string }>

const named = new WeakMap<Move['maps'], readonly Named[]>()

/** Of a dataset, the columns that these moves read of it or wrote to it by a map, sorted. */
export function mappedColumns(dataset: DatasetId, moves: Iterable<Move>): readonly string[] {
  const found = new Set<string>()
  const seen = new Set<Move['maps']>()
  for (const { maps } of moves) {
    if (maps.length === 0 || seen.has(maps)) continue
    seen.add(maps)
    const names = named.get(maps) ?? namedBy(maps)
    named.set(maps, names)
    for (const one of names) if (one.dataset === dataset) found.add(one.column)
  }
  return [...found].toSorted()
}

function namedBy(maps: Move['maps']): readonly Named[] {
  return maps.flatMap(({ output, fields, whole }) => [
    ...fields
      // What is a constant holds nothing, whatever its name says.
      .filter(({ inputs }) => !inputs.every(isConstant))
      .map(({ column }) => ({ dataset: output, column })),
    ...[...fields.flatMap(({ inputs }) => inputs), ...whole].map(({ dataset, column }) => ({
      dataset,
      column,
    })),
  ])
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
  mapped: readonly string[],
): GovernedDataset {
  const known = new Set(dataset.columns.map(({ name }) => name))
  const former = dataset.formerColumns.filter(({ until }) => until > from)
  for (const { name } of former) known.add(name)
  const more = mapped.filter((name) => !known.has(name))
  if (former.length + more.length === 0) return dataset
  const key = JSON.stringify([former.map(({ name }) => name), more])
  const own = variants.get(dataset) ?? new Map<string, GovernedDataset>()
  variants.set(dataset, own)
  const added = more.map((name) => ({ name, type: undefined, description: undefined }))
  const made = own.get(key) ?? { ...dataset, columns: [...dataset.columns, ...former, ...added] }
  own.set(key, made)
  return made
}
