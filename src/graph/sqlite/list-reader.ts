import type { DatasetId, JobId } from '../../model/index.ts'
import type { GraphReader } from '../port.ts'
import type { OpenParts, Parts } from './parts.ts'
import { compareCodePoints } from '../../model/index.ts'
import { keyOfCursor, pageOf } from '../page.ts'
import { nameOf } from './database.ts'
import { nameRange } from './name-range.ts'
import { searchDocuments } from './search.ts'

type ListReader = Pick<GraphReader, 'namespaces' | 'datasets' | 'jobs' | 'search' | 'nearestNames'>

/** What the store lists and finds. */
export function listReader(open: OpenParts): ListReader {
  return {
    async namespaces(page) {
      const found: string[] = []
      let after = keyOfCursor(page.after, 'string')?.[0]
      while (found.length <= page.first) {
        const next = namespaceAfter(open(), after)
        if (next === undefined) break
        found.push(next)
        after = next
      }
      return pageOf(
        found.map((node) => ({ node, key: [node] })),
        page.first,
      )
    },

    async datasets(namespace, filter, page) {
      const { adjacency, catalog, db } = open()
      const { where, values } = nameRange('catalog', namespace, page)
      const rows = db.all(
        `SELECT subject.key AS key, catalog.namespace AS namespace, catalog.name AS name
         FROM catalog JOIN subject ON subject.id = catalog.leader
         WHERE ${where}
         AND (?4 = 1 OR retired IS NULL)
         AND (?5 IS NULL OR catalog.kind IN (SELECT value FROM json_each(?5)))
         AND (?6 IS NULL OR EXISTS (SELECT 1 FROM json_each(owners) WHERE value = ?6))
         AND (?7 IS NULL OR EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?7))
         ORDER BY catalog.namespace, catalog.name LIMIT ?8`,
        ...values,
        filter.includeRetired ? 1 : 0,
        filter.kinds === undefined ? null : JSON.stringify(filter.kinds),
        filter.owner ?? null,
        filter.tag ?? null,
        page.first + 1,
      )
      return pageOf(
        rows.flatMap((row) => {
          const node = adjacency.name(String(row['key']) as DatasetId)
          const key = [String(row['namespace']), String(row['name'])]
          return node === undefined ? [] : [{ node: catalog.record(node.dataset), key }]
        }),
        page.first,
      )
    },

    async jobs(namespace, page) {
      const { where, values } = nameRange('subject', namespace, page)
      const rows = open().db.all(
        `SELECT key, namespace, name FROM subject WHERE kind = 'job' AND known = 1 AND ${where}
         ORDER BY namespace, name LIMIT ?4`,
        ...values,
        page.first + 1,
      )
      return pageOf(
        rows.map((row) => ({
          node: { id: String(row['key']) as JobId, name: nameOf(row) },
          key: [String(row['namespace']), String(row['name'])],
        })),
        page.first,
      )
    },

    async search(text, kinds, filter, page) {
      return searchDocuments(open().db, { text, kinds, filter, page })
    },

    async nearestNames(name, first) {
      const rows = open().db.all(
        `SELECT namespace, name FROM (
           SELECT namespace, name FROM subject
           WHERE kind = 'dataset' AND known = 1 AND namespace = ?1 AND name >= ?2
           ORDER BY name LIMIT ?3)
         UNION SELECT namespace, name FROM (
           SELECT namespace, name FROM subject
           WHERE kind = 'dataset' AND known = 1 AND namespace = ?1 AND name < ?2
           ORDER BY name DESC LIMIT ?3)`,
        name.namespace,
        name.name,
        first,
      )
      const shared = (other: string): number => sharedStart(other, name.name)
      return rows
        .map(nameOf)
        .toSorted((a, b) => shared(b.name) - shared(a.name) || compareCodePoints(a.name, b.name))
        .slice(0, first)
    },
  }
}

function namespaceAfter({ db }: Parts, after: string | undefined): string | undefined {
  const later = after === undefined ? '' : 'AND namespace > ?'
  const found = ['dataset', 'job'].flatMap((kind) =>
    db.all(
      `SELECT namespace FROM subject
       WHERE kind = '${kind}' AND known = 1 AND namespace IS NOT NULL ${later}
       ORDER BY namespace LIMIT 1`,
      ...(after === undefined ? [] : [after]),
    ),
  )
  return found.map((row) => String(row['namespace'])).toSorted(compareCodePoints)[0]
}

function sharedStart(a: string, b: string): number {
  let shared = 0
  while (shared < a.length && a[shared] === b[shared]) shared += 1
  return shared
}
