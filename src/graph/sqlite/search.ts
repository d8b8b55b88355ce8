import type { DatasetId, JobId } from '../../model/index.ts'
import type { DatasetFilter, Found, NodeKind, Page, PageAsk } from '../port.ts'
import type { Database } from './database.ts'
import { emptyPage, keyOfCursor, pageOf } from '../page.ts'

export type SearchAsk = Readonly<{
  text: string
  kinds: readonly NodeKind[]
  filter: DatasetFilter
  page: PageAsk
}>

/** Every word of the text as a whole word or the beginning of one, best first. */
export function searchDocuments(
  db: Database,
  { text, kinds, filter, page }: SearchAsk,
): Page<Found> {
  const [before] = keyOfCursor(page.after, 'number') ?? [-1]
  const start = Math.max(0, before + 1)
  const words = wordsOf(text)
  if (words.length === 0) return emptyPage
  const rows = db.all(
    `SELECT document.kind AS kind, document.label AS label, subject.key AS key
     FROM words JOIN document ON document.id = words.rowid
     JOIN subject ON subject.id = document.subject
     LEFT JOIN catalog ON catalog.leader = document.subject
     WHERE words MATCH ?1
     AND document.kind IN (SELECT value FROM json_each(?2))
     AND (document.kind = 'JOB' OR (
       (?3 = 1 OR retired IS NULL)
       AND (?4 IS NULL OR catalog.kind IN (SELECT value FROM json_each(?4)))
       AND (?5 IS NULL OR EXISTS (SELECT 1 FROM json_each(owners) WHERE value = ?5))
       AND (?6 IS NULL OR EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?6))))
     ORDER BY bm25(words), length(document.label), document.label, subject.key
     LIMIT ?7 OFFSET ?8`,
    words.map((word) => `"${word}"*`).join(' '),
    JSON.stringify(kinds),
    filter.includeRetired ? 1 : 0,
    filter.kinds === undefined ? null : JSON.stringify(filter.kinds),
    filter.owner ?? null,
    filter.tag ?? null,
    page.first + 1,
    start,
  )
  return pageOf(
    rows.map((row, index) => {
      const matched = String(row['label'])
      const dataset = String(row['key']) as DatasetId
      const node: Found =
        row['kind'] === 'JOB'
          ? { kind: 'JOB', job: String(row['key']) as JobId, matched }
          : row['kind'] === 'COLUMN'
            ? { kind: 'COLUMN', dataset, column: matched, matched }
            : { kind: 'DATASET', dataset, matched }
      return { node, key: [start + index] }
    }),
    page.first,
  )
}

/** Words as the index has them: letters without their accents, however these are written. */
function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFD')
      .replaceAll(/[\u0300-\u036f]/g, '')
      .match(/[\p{L}\p{N}\p{Co}]+/gu) ?? []
  )
}
