import type { ColumnMap, DatasetName, Json, JsonObject, Transformation } from '../../model/index.ts'
import type { Inputs } from './column-inputs.ts'
import type { EventNames } from './names.ts'
import { compareCodePoints, compareNames } from '../../model/index.ts'
import { each, has, keyOf, put, settled, union, without } from './column-inputs.ts'
import { member, objectIn, objectsIn, textIn } from '../members.ts'

/** What a column of an output, or the whole output, is made from, before it is put in order. */
export type DraftMap = Readonly<{ fields: Map<string, Inputs>; whole: Inputs }>

/**
 * The `columnLineage` facet as a map. `transformations` that are absent mean DIRECT of an unknown
 * subtype, whatever `transformationType` (before 1-1-0) says besides: its IDENTITY is the subtype,
 * its MASKED sets `masking`, both only where the newer members are silent.
 *
 * @see openlineage.md section 3
 */
export function columnMapOf(facet: Json, names: EventNames): ColumnMap {
  const draft = emptyDraft()
  for (const [column, field] of Object.entries(objectIn(facet, 'fields') ?? {})) {
    const inputs = inputsOf(draft, column)
    const legacy = legacyOf(field)
    for (const input of objectsIn(field, 'inputFields')) addInput(inputs, input, names, legacy)
  }
  for (const input of objectsIn(facet, 'dataset')) addInput(draft.whole, input, names, undefined)
  return settleMap(draft)
}

export function emptyDraft(): DraftMap {
  return { fields: new Map(), whole: new Map() }
}

/** The inputs of one output column of the draft; a column without any is kept: it is a constant. */
export function inputsOf(draft: DraftMap, column: string): Inputs {
  const inputs = draft.fields.get(column) ?? new Map()
  draft.fields.set(column, inputs)
  return inputs
}

/** Adds an input column: `namespace`, `name`, `field` and `transformations` of any of the facets. */
export function addInput(
  inputs: Inputs,
  input: JsonObject,
  names: EventNames,
  legacy: Legacy | undefined,
): void {
  const column = textIn(input, 'field')
  if (column === undefined) return
  const spelling = {
    namespace: textIn(input, 'namespace') ?? '',
    name: textIn(input, 'name') ?? '',
  }
  const transformations = transformationsOf(input, legacy)
  for (const dataset of names.resolve(spelling)) {
    for (const transformation of transformations) {
      put(inputs, { dataset, column, key: keyOf(transformation), transformation })
    }
  }
}

/**
 * The draft in order and without duplicates. An INDIRECT input that stands alike under every one of
 * two or more columns decides the whole output, as Spark repeats it under each; what stands under
 * some of them only stays there, and so does a condition.
 *
 * @see openlineage.md section 3, phi.md section 6.1
 */
export function settleMap(draft: DraftMap): ColumnMap {
  const whole = foldable(draft.fields)
  const fields = [...draft.fields]
    .map(([column, inputs]) => ({ column, inputs: settled(without(inputs, whole)) }))
    .toSorted((a, b) => compareCodePoints(a.column, b.column))
  return { fields, whole: settled(union(draft.whole, whole)) }
}

/** The datasets that a map names, each once, in order. */
export function datasetsOf({ fields, whole }: ColumnMap): readonly DatasetName[] {
  const datasets = new Set(whole.map(({ dataset }) => dataset))
  for (const { inputs } of fields) for (const { dataset } of inputs) datasets.add(dataset)
  return [...datasets].toSorted(compareNames)
}

export function isEmptyMap({ fields, whole }: ColumnMap): boolean {
  return fields.length === 0 && whole.length === 0
}

type Legacy = Readonly<{ identity: boolean; masked: boolean; description: string | undefined }>

function legacyOf(field: Json): Legacy {
  const type = textIn(field, 'transformationType')?.toUpperCase()
  const description = textIn(field, 'transformationDescription')
  return { identity: type === 'IDENTITY', masked: type === 'MASKED', description }
}

function transformationsOf(
  input: JsonObject,
  legacy: Legacy | undefined,
): readonly Transformation[] {
  const given = objectsIn(input, 'transformations').map((item): Transformation => {
    // A type that the specification does not know counts as the stronger one.
    const type = textIn(item, 'type')?.toUpperCase() === 'INDIRECT' ? 'INDIRECT' : 'DIRECT'
    const masking = member(item, 'masking') ?? (type === 'DIRECT' && legacy?.masked === true)
    return makeTransformation(type, textIn(item, 'subtype'), textIn(item, 'description'), masking)
  })
  if (given.length > 0) return given
  const subtype = legacy?.identity === true ? 'IDENTITY' : undefined
  return [makeTransformation('DIRECT', subtype, legacy?.description, legacy?.masked === true)]
}

function makeTransformation(
  type: Transformation['type'],
  subtype: string | undefined,
  description: string | undefined,
  masking: Json,
): Transformation {
  return {
    type,
    ...(subtype === undefined ? {} : { subtype }),
    ...(description === undefined ? {} : { description }),
    masking: masking === true,
  }
}

/** Under every column too, a condition decides what a column's values are, and not which rows there are. */
const keptSubtype = 'CONDITIONAL'

/** What stands alike under every column, where there are at least two. */
function foldable(fields: ReadonlyMap<string, Inputs>): Inputs {
  const [first, ...others] = fields.values()
  const shared: Inputs = new Map()
  if (first === undefined || others.length === 0) return shared
  for (const said of each(first)) {
    const { type, subtype = '' } = said.transformation
    if (type !== 'INDIRECT' || subtype.toUpperCase() === keptSubtype) continue
    if (others.every((inputs) => has(inputs, said))) put(shared, said)
  }
  return shared
}
