import type { SchemaField } from '../model/index.ts'
import type { ColumnRecord } from './port.ts'

/** Columns of a schema in its order, nested ones after their parent by dotted path. */
export function columnsOf(fields: readonly SchemaField[], prefix = ''): readonly ColumnRecord[] {
  return fields.flatMap((field) => {
    const name = `${prefix}${field.name}`
    const column = { name, type: field.type, description: field.description }
    return [column, ...columnsOf(field.fields ?? [], `${name}.`)]
  })
}
