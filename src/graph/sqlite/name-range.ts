import type { PageAsk } from '../port.ts'
import { keyOfCursor } from '../page.ts'

/** The condition; and what `?1`, `?2` and `?3` in it are, which a statement binds in any case. */
export type NameRange = Readonly<{
  where: string
  values: readonly [string | null, string | null, string | null]
}>

/**
 * The part of a list in the order (namespace, name) that a page is from. Each condition is one by
 * which an index on these columns is sought, so that no page costs more than the first one.
 */
export function nameRange(
  table: 'catalog' | 'subject',
  namespace: string | undefined,
  page: PageAsk,
): NameRange {
  const after = keyOfCursor(page.after, 'string', 'string')
  const [spaces, names] = [`${table}.namespace`, `${table}.name`]
  const conditions = [
    // Says to the planner what a partial index may leave out.
    `${spaces} IS NOT NULL`,
    ...(namespace === undefined ? [] : [`${spaces} = ?1`]),
    ...(after === undefined ? [] : [afterCursor(spaces, names, namespace)]),
  ]
  const values = [namespace ?? null, after?.[0] ?? null, after?.[1] ?? null] as const
  return { where: conditions.join(' AND '), values }
}

function afterCursor(spaces: string, names: string, namespace: string | undefined): string {
  return namespace === undefined ? `(${spaces}, ${names}) > (?2, ?3)` : `${names} > ?3`
}
