import type { SchemaRecord } from '../../../graph/index.ts'
import type { SchemaField } from '../../../model/index.ts'
import type { ApiContext } from '../context.ts'
import type { ColumnView, DatasetView } from '../view.ts'
import { governedOf } from '../governed.ts'
import { columnIdOf } from '../node-id.ts'
import { columnView } from '../view.ts'

/** `Column` in schema.graphql. One that only a column map names has no type. */
export const columnResolvers = {
  Column: {
    id: ({ dataset, name }: ColumnView) => columnIdOf(dataset.name, name),
    type: async (column: ColumnView, _args: unknown, context: ApiContext) =>
      (await recordOf(column, context))?.type,
    description: async (column: ColumnView, _args: unknown, context: ApiContext) =>
      (await recordOf(column, context))?.description,
    async labels({ dataset, name }: ColumnView, _args: unknown, context: ApiContext) {
      const { labels } = await governedOf(dataset, context)
      return labels.filter(({ column }) => column === name)
    },
  },
}

type SchemaView = Readonly<{ dataset: DatasetView; record: SchemaRecord }>

/** `SchemaVersion` in schema.graphql: columns as that schema has them, not as they are now. */
export const schemaVersionResolvers = {
  SchemaVersion: {
    since: ({ record }: SchemaView) => record.since,
    columns: ({ dataset, record }: SchemaView) => columnsIn(record.fields, '', dataset),
    async evidence({ record }: SchemaView, _args: unknown, { load }: ApiContext) {
      const [entry] = await load.entries([record.evidence])
      return entry
    },
  },
}

async function recordOf({ dataset, name, record }: ColumnView, { load }: ApiContext) {
  return record ?? load.column(dataset, name)
}

function columnsIn(
  fields: readonly SchemaField[],
  path: string,
  dataset: DatasetView,
): readonly ColumnView[] {
  return fields.flatMap(({ name: last, type, description, fields: inner = [] }) => {
    const name = `${path}${last}`
    const column = columnView(dataset, { name, type, description })
    return [column, ...columnsIn(inner, `${name}.`, dataset)]
  })
}
