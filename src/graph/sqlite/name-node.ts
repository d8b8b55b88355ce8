import type { DatasetId } from '../../model/index.ts'
import type { Adjacency, NameNode } from './adjacency.ts'
import type { Database } from './database.ts'
import { nameOf } from './database.ts'

/** A known name in memory. One that became known in the same batch may not be there yet. */
export function nameNode(db: Database, adjacency: Adjacency, id: DatasetId): NameNode | undefined {
  const node = adjacency.name(id)
  if (node !== undefined) return node
  const row = db.one('SELECT id, namespace, name FROM subject WHERE key = ? AND known = 1', id)
  return row === undefined ? undefined : adjacency.addName(id, Number(row['id']), nameOf(row))
}
