import type { Move, MovedMap } from '../../graph/index.ts'
import type { Attestation, DatasetId, Transformation } from '../../model/index.ts'
import { aggregateOf, isPseudonym, pseudonymOf } from '../label.ts'
import type { ByColumn } from './by-column.ts'
import { byColumn } from './by-column.ts'
import { functionIn } from './functions.ts'

/** What a transformation makes of a label: the rule by its number, and the label afterwards. */
type Made = Readonly<{ rule: string; label: string }>

/** How the labels of one input get to one output of a move (P-01 to P-14 of phi.md section 6). */
export type Carry = Readonly<
  /** Any column may be in any: every label is on the output as a whole. */
  | { kind: 'coarse' }
  /** Nobody knows of what the output was made anew: what it was is not known to be gone. */
  | { kind: 'unproved' }
  | {
      kind: 'mapped'
      /** Every column goes to the one of its own name. */
      every: boolean
      /** Columns that make columns, by the column that is read. */
      fields: ByColumn<readonly Field[]>
      /** Columns that decide which rows there are. */
      filters: ByColumn<true>
      /** Columns by which rows were joined or grouped. */
      keys: readonly Key[]
      /** Those of the output that are told of. */
      columns: readonly string[]
    }
>

export type Field = Readonly<{
  from: string
  /** Undefined: in the output as a whole, nobody says where. */
  to: string | undefined
  transformations: readonly Transformation[]
  /** Columns that each group is made by, of whatever input. */
  groupedBy: readonly Readonly<{ dataset: DatasetId; column: string }>[]
}>

export type Key = Readonly<{ column: string; by: 'JOIN' | 'GROUP_BY' }>

/** Subtypes that say which rows there are, or which go together. */
const filtering: ReadonlySet<string> = new Set(['FILTER', 'JOIN', 'GROUP_BY', ''])
/** Subtypes by which nothing is told (P-09). */
const silent: ReadonlySet<string> = new Set(['SORT', 'WINDOW'])

/** How the labels of an input get to an output of the move, by those of its maps that tell. */
export function carryOf({ kind, maps }: Move, input: DatasetId, output: DatasetId): Carry {
  if (kind === 'RENAME') return mappedCarry([], input, true)
  const own = maps.filter((map) => map.output === output)
  const every = own.some((map) => map.every === input)
  const told = own.some((map) => inputsOf(map).some(({ dataset }) => dataset === input))
  return every || told ? mappedCarry(own, input, every) : { kind: 'coarse' }
}

function inputsOf({ fields, whole }: MovedMap): MovedMap['whole'] {
  return [...fields.flatMap(({ inputs }) => inputs), ...whole]
}

function mappedCarry(maps: readonly MovedMap[], input: DatasetId, every: boolean): Carry {
  const filters = new Set<string>()
  const keys = new Map<string, Key>()
  const fields: Field[] = []
  for (const map of maps) {
    for (const { column: to, inputs } of map.fields) {
      const groupedBy = groupsIn([...inputs, ...map.whole])
      for (const { dataset, column: from, transformations } of inputs) {
        if (dataset !== input) continue
        const making = transformations.filter(makesColumn)
        if (transformations.some(isFilter)) filters.add(from)
        if (making.length === 0 && transformations.length > 0) continue
        fields.push({ from, to, transformations: making, groupedBy })
      }
    }
    for (const { dataset, column, transformations } of map.whole) {
      if (dataset !== input) continue
      // A condition that is told for the whole output is in one of its columns, nobody says which.
      const decides =
        transformations.length === 0 ||
        transformations.some((one) => isFilter(one) || isCondition(one))
      if (decides) filters.add(column)
      const made = transformations.filter(({ type }) => type === 'DIRECT')
      if (made.length === 0) continue
      const groupedBy = groupsIn(map.whole)
      fields.push({ from: column, to: undefined, transformations: made, groupedBy })
    }
    for (const { dataset, column, transformations } of inputsOf(map)) {
      if (dataset !== input) continue
      for (const by of ['JOIN', 'GROUP_BY'] as const) {
        if (transformations.some(isBy(by))) keys.set(`${by} ${column}`, { column, by })
      }
    }
  }
  const columns = [...new Set(maps.flatMap((map) => map.fields.map(({ column }) => column)))]
  return {
    kind: 'mapped',
    every,
    fields: byColumn(Map.groupBy(fields, (field) => field.from)),
    filters: byColumn(new Map([...filters].map((column) => [column, true] as const))),
    keys: [...keys.values()],
    columns,
  }
}

function groupsIn(inputs: MovedMap['whole']): Field['groupedBy'] {
  return inputs
    .filter(({ transformations }) => transformations.some(isBy('GROUP_BY')))
    .map(({ dataset, column }) => ({ dataset, column }))
}

function isBy(subtype: Key['by']): (transformation: Transformation) => boolean {
  return ({ type, subtype: of }) => type === 'INDIRECT' && of === subtype
}

function isFilter({ type, subtype = '' }: Transformation): boolean {
  return type === 'INDIRECT' && (filtering.has(subtype) || !isKnown(subtype))
}

function isKnown(subtype: string): boolean {
  return silent.has(subtype) || subtype === 'CONDITIONAL'
}

function isCondition({ type, subtype }: Transformation): boolean {
  return type === 'INDIRECT' && subtype === 'CONDITIONAL'
}

/** A condition is in its column as the values themselves are (P-08). */
function makesColumn(transformation: Transformation): boolean {
  return transformation.type === 'DIRECT' || isCondition(transformation)
}

/**
 * What becomes of a label when its column is transformed; nothing of it where the expression is a
 * constant. An aggregate whose function is not known may return a value as it was, and masking that
 * is not recognised ends nothing. `isPersonal`: a group is one person.
 */
export function labelsMade(
  label: string,
  transformations: readonly Transformation[],
  how: Readonly<{ isPersonal: boolean; attested: Attestation }>,
): readonly Made[] {
  if (transformations.length === 0) return [{ rule: 'P-01', label }]
  return transformations.flatMap((one) => labelMade(label, one, how))
}

/** Fewer people in a cell than this can be told from each other (K-08). */
const smallestCellMin = 11

function labelMade(
  label: string,
  { type, subtype = '', description = '', masking }: Transformation,
  { isPersonal, attested }: Readonly<{ isPersonal: boolean; attested: Attestation }>,
): readonly Made[] {
  if (type === 'INDIRECT') return [{ rule: 'P-08', label }]
  const made = functionIn(description)
  if (made === 'constant') return []
  if (subtype === 'AGGREGATION') {
    if (made !== 'count') return [{ rule: 'P-10', label }]
    const isLarge = (attested.smallestCell ?? 0) >= smallestCellMin
    const counted = isLarge ? [] : [{ rule: 'P-11', label: aggregateOf(label) }]
    return isPersonal ? [{ rule: 'P-11', label }, ...counted] : counted
  }
  if (made === 'year' && label === 'ID.DATE' && attested.agesTopCoded === true) {
    return [{ rule: 'P-03', label: 'QI.YEAR' }]
  }
  if (made === 'zip3' && label === 'ID.GEO' && attested.zip3Rule === true) {
    return [{ rule: 'P-03', label: 'QI.GEO' }]
  }
  // A name alone can be that of a column, too.
  if (made === 'pseudonym' && (masking || description.includes('(')))
    return [{ rule: 'P-04', label: pseudonymOf(label) }]
  if (masking) return [{ rule: isPseudonym(label) ? 'P-04' : 'P-05', label }]
  return [{ rule: subtype === 'IDENTITY' ? 'P-01' : 'P-02', label }]
}
