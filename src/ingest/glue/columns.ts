import type { Json, SchemaField } from '../../model/index.ts'
import { isJsonObject, parseJson } from '../../model/index.ts'
import { listAt, textAt, valueAt } from '../aws/members.ts'

/**
 * The columns of a table: as Spark left them in its parameters, where it did, since it keeps a mere
 * stand-in in `columns` then; else as the catalog has them; else as an Iceberg table is created with.
 *
 * @see aws-events.md section 7.12
 */
export function columnsOf(
  table: Json | undefined,
  iceberg: Json | undefined,
): readonly SchemaField[] {
  const spark = sparkColumns(valueAt(table, 'parameters'))
  if (spark.length > 0) return spark
  const columns = [
    ...listAt(table, 'storageDescriptor', 'columns'),
    ...listAt(table, 'partitionKeys'),
  ]
  const listed = columns.length > 0 ? columns : listAt(iceberg, 'schema', 'fields')
  return listed.map(fieldOf).filter((field) => field !== undefined)
}

function fieldOf(column: Json): SchemaField | undefined {
  const name = textAt(column, 'name')
  if (name === undefined) return undefined
  const type = textAt(column, 'type')
  const description = textAt(column, 'comment') ?? textAt(column, 'doc')
  return {
    name,
    ...(type === undefined ? {} : { type }),
    ...(description === undefined ? {} : { description }),
  }
}

const partsMax = 1000

/** `spark.sql.sources.schema`, whole or in numbered parts: a struct as JSON, partitions in it. */
function sparkColumns(parameters: Json | undefined): readonly SchemaField[] {
  const prefix = 'spark.sql.sources.schema'
  const whole = textAt(parameters, prefix)
  const count = Math.min(Number(textAt(parameters, `${prefix}.numParts`) ?? 0) || 0, partsMax)
  const parts = Array.from({ length: count }, (_part, at) =>
    textAt(parameters, `${prefix}.part.${at}`),
  )
  const text = whole ?? (parts.includes(undefined) ? '' : parts.join(''))
  if (text === '') return []
  try {
    return listAt(parseJson(text), 'fields')
      .map(sparkField)
      .filter((field) => field !== undefined)
  } catch {
    return []
  }
}

function sparkField(field: Json): SchemaField | undefined {
  const name = textAt(field, 'name')
  if (name === undefined) return undefined
  const type = valueAt(field, 'type')
  const description = textAt(field, 'metadata', 'comment')
  const nested = isJsonObject(type)
    ? listAt(type, 'fields')
        .map(sparkField)
        .filter((one) => one !== undefined)
    : []
  const kind = typeof type === 'string' ? type : textAt(type, 'type')
  return {
    name,
    ...(kind === undefined ? {} : { type: kind }),
    ...(description === undefined ? {} : { description }),
    ...(nested.length === 0 ? {} : { fields: nested }),
  }
}
