import type { FormerColumn, SchemaRecord } from './port.ts'
import { columnsOf } from './columns.ts'

/** Columns that an earlier schema had and the last one has not; `changes` are newest first. */
export function formerColumns(changes: readonly SchemaRecord[]): readonly FormerColumn[] {
  const found = new Map<string, FormerColumn>()
  const now = new Set(columnsOf(changes[0]?.fields ?? []).map(({ name }) => name))
  for (const [index, { fields }] of changes.entries()) {
    const after = changes[index - 1]
    if (after === undefined) continue
    for (const column of columnsOf(fields)) {
      if (now.has(column.name) || found.has(column.name)) continue
      found.set(column.name, { ...column, until: after.since })
    }
  }
  return [...found.values()]
}
