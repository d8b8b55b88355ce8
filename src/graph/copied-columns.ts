import type { CopiedColumns, SchemaField } from '../model/index.ts'
import type { StoredCopied, StoredMap } from './cells.ts'
import { compareCodePoints } from '../model/index.ts'
import { columnsOf } from './columns.ts'

/** The columns of a dataset in their order; `all` are the nested ones too, by dotted path. */
export type ColumnList = Readonly<{ top: readonly string[]; all: readonly string[] }>

/** Undefined where a schema has no columns: it was emptied on the way, and says nothing. */
export function columnListOf(fields: readonly SchemaField[]): ColumnList | undefined {
  if (fields.length === 0) return undefined
  return {
    top: fields.map(({ name }) => name),
    all: columnsOf(fields).map(({ name }) => name),
  }
}

/** Columns that a job lists itself. */
export function listedColumns(names: readonly string[]): ColumnList {
  return { top: names, all: names }
}

type Pair = readonly [from: string, to: string]
type Lists = Readonly<{ from: ColumnList | undefined; to: ColumnList | undefined }>

/**
 * The map that a copy makes, from what is known of the columns of its input (`from`) and output
 * (`to`). Where one side alone is known the other has the same columns; but not where the job lists
 * its own columns by position, since then the two are named differently. `every`: nothing is known,
 * and each column goes to the one of its name. Undefined where it cannot be told what goes where.
 */
export function copiedMap(copied: StoredCopied, lists: Lists): StoredMap | 'every' | undefined {
  const pairs = pairsOf(copied.columns, lists)
  if (pairs === 'every') return pairs
  return pairs === undefined || pairs.length === 0 ? undefined : mapOf(copied, pairs)
}

function pairsOf(columns: CopiedColumns, lists: Lists): readonly Pair[] | 'every' | undefined {
  return columns.by === 'name' ? byName(columns.only, lists) : byPosition(columns, lists)
}

function byName(
  only: readonly string[] | undefined,
  { from, to }: Lists,
): readonly Pair[] | 'every' {
  if (only !== undefined) {
    return only.map((name) => [spelled(name, from) ?? name, spelled(name, to) ?? name])
  }
  if (from !== undefined && to !== undefined) {
    return to.all.flatMap((name): readonly Pair[] => {
      const source = spelled(name, from)
      return source === undefined ? [] : [[source, name]]
    })
  }
  return sameNames((from ?? to)?.all)
}

function byPosition(
  columns: Extract<CopiedColumns, { by: 'position' }>,
  lists: Lists,
): readonly Pair[] | 'every' | undefined {
  const from = columns.from ?? lists.from?.top
  const to = (columns.to ?? lists.to?.top)?.slice(columns.skip ?? 0)
  if (from !== undefined && to !== undefined) {
    return from.slice(0, to.length).map((name, index) => [name, to[index] as string])
  }
  const isListed = columns.from !== undefined || columns.to !== undefined
  return isListed ? undefined : sameNames(from ?? to)
}

function sameNames(names: readonly string[] | undefined): readonly Pair[] | 'every' {
  return names === undefined ? 'every' : names.map((name) => [name, name])
}

/** As the schema spells it: databases and catalogs write the same column in different case. */
function spelled(name: string, list: ColumnList | undefined): string | undefined {
  if (list === undefined) return undefined
  if (list.all.includes(name)) return name
  const folded = name.toLowerCase()
  return list.all.find((other) => other.toLowerCase() === folded)
}

const transformations = [{ type: 'DIRECT', subtype: 'IDENTITY', masking: false }] as const

/** Sorted, each pair once: equal maps are equal text. */
function mapOf({ from: dataset }: StoredCopied, pairs: readonly Pair[]): StoredMap {
  const byColumn = Map.groupBy(pairs, ([, to]) => to)
  const fields = [...byColumn]
    .toSorted(([a], [b]) => compareCodePoints(a, b))
    .map(([column, of]) => ({
      column,
      inputs: [...new Set(of.map(([from]) => from))]
        .toSorted(compareCodePoints)
        .map((name) => ({ dataset, column: name, transformations })),
    }))
  return { fields, whole: [] }
}
