import type { Entry, EntryKey, Fact } from '../../model/index.ts'
import type { DeadLetterRecord, Page, PageAsk } from '../port.ts'
import type { Database, Row } from './database.ts'
import { keyOfCursor, pageOf } from '../page.ts'

/** Input that could not be identified, and the parts that had to be left out of events. */
export class DeadLetterTable {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  keep(entry: Entry, receivedFirst: number, facts: readonly Fact[]): void {
    const problems = facts.filter((fact) => fact.kind === 'problem')
    for (const [number, { code, reason, path }] of problems.entries()) {
      const id = entry.kind === 'dead-letter' ? entry.key : `${entry.key}:${number}`
      this.#db.run(
        `INSERT OR REPLACE INTO dead_letter (id, entry, number, received, code, reason, path)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        id,
        entry.key,
        number,
        receivedFirst,
        code,
        reason,
        path,
      )
    }
  }

  setReceived(entry: EntryKey, first: number): void {
    this.#db.run('UPDATE dead_letter SET received = ? WHERE entry = ?', first, entry)
  }

  remove(entry: EntryKey): void {
    this.#db.run('DELETE FROM dead_letter WHERE entry = ?', entry)
  }

  /** Newest receipt first. */
  page({ first, after }: PageAsk): Page<DeadLetterRecord> {
    const [received, id] = keyOfCursor(after, 'number', 'string') ?? [Number.MAX_SAFE_INTEGER, '']
    const rows = this.#db.all(
      `SELECT * FROM dead_letter WHERE received <= ?1 AND (received < ?1 OR id > ?2)
       ORDER BY received DESC, id LIMIT ?3`,
      received,
      id,
      first + 1,
    )
    return pageOf(
      rows.map((row) => ({
        node: recordIn(row),
        key: [Number(row['received']), String(row['id'])],
      })),
      first,
    )
  }

  of(ids: readonly string[]): readonly DeadLetterRecord[] {
    return this.#db
      .all(
        'SELECT * FROM dead_letter WHERE id IN (SELECT value FROM json_each(?))',
        JSON.stringify(ids),
      )
      .map(recordIn)
  }

  count(): number {
    return Number(this.#db.one('SELECT count(*) AS count FROM dead_letter')?.['count'])
  }
}

function recordIn(row: Row): DeadLetterRecord {
  return {
    id: String(row['id']),
    code: String(row['code']),
    reason: String(row['reason']),
    path: String(row['path']),
    entry: String(row['entry']) as EntryKey,
  }
}
