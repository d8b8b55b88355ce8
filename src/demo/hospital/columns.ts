import type { DatasetName, JsonObject } from './event.ts'

/** One column as a schema facet shows it; `fields` are those of a struct. */
export type Field = Readonly<{
  name: string
  type: string
  description?: string
  fields?: readonly Field[]
}>

type Transformation = Readonly<{
  type: 'DIRECT' | 'INDIRECT'
  subtype: string
  description: string
  masking: boolean
}>
/** How a column of the output depends on one of an input. */
export type InputField = DatasetName &
  Readonly<{ field: string; transformations?: readonly Transformation[] }>

type Manner = readonly ['DIRECT' | 'INDIRECT', subtype: string, masking?: 'masking']

const manners = {
  identity: ['DIRECT', 'IDENTITY'],
  transformed: ['DIRECT', 'TRANSFORMATION'],
  masked: ['DIRECT', 'TRANSFORMATION', 'masking'],
  aggregated: ['DIRECT', 'AGGREGATION'],
  // Spark and Hive call a count masking: it shows none of the values that it counts.
  counted: ['DIRECT', 'AGGREGATION', 'masking'],
  joined: ['INDIRECT', 'JOIN'],
  filtered: ['INDIRECT', 'FILTER'],
  grouped: ['INDIRECT', 'GROUP_BY'],
  sorted: ['INDIRECT', 'SORT'],
} as const satisfies Record<string, Manner>

/** The column `field` of `dataset`, and how it was used; `description` is the expression. */
export function from(
  { namespace, name }: DatasetName,
  field: string,
  manner: keyof typeof manners = 'identity',
  description = '',
): InputField {
  const [type, subtype, masking]: Manner = manners[manner]
  return {
    namespace,
    name,
    field,
    transformations: [{ type, subtype, description, masking: masking !== undefined }],
  }
}

/** As `from` by a producer that parses SQL and says nothing of how. */
export function parsed({ namespace, name }: DatasetName, field: string): InputField {
  return { namespace, name, field }
}

/** Body of a `columnLineage` facet; `whole` are columns that decide every row of the output. */
export function columnMap(
  fields: Readonly<Record<string, readonly InputField[]>>,
  whole: readonly InputField[] = [],
): JsonObject {
  return {
    fields: Object.fromEntries(
      Object.entries(fields).map(([column, inputFields]) => [column, { inputFields }]),
    ),
    dataset: whole,
  }
}

/** Columns that come unchanged from `dataset`, where `spell` gives the name that each has there. */
export function copied(
  dataset: DatasetName,
  columns: readonly string[],
  spell: (column: string) => string = (column) => column,
): Readonly<Record<string, readonly InputField[]>> {
  return Object.fromEntries(columns.map((column) => [column, [from(dataset, spell(column))]]))
}

/** The names of columns, outermost only. */
export function namesOf(fields: readonly Field[]): readonly string[] {
  return fields.map(({ name }) => name)
}
