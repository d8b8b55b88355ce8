import type { Micros } from '../model/index.ts'
import type { FailureTerms } from '../storage/index.ts'
import { inTransaction, storageFailure } from '../storage/index.ts'
import { openCoordination } from './open-coordination.ts'

/** A thing to look at, by its id, as text that only its writer reads. */
export type Notice = Readonly<{ id: string; body: string }>
export type GoneNotice = Notice & Readonly<{ at: Micros }>

/** A message that waits to be delivered. */
export type Outgoing = Readonly<{ id: number; body: string; attempts: number }>

/**
 * What there is to look at and what there was, and the messages about it, in one file: a change and
 * its message are one transaction. All throw LinewardError STORE_UNAVAILABLE when the disk or the
 * file is to blame.
 */
export interface NoticeBook extends Disposable {
  /**
   * Takes over what there is now. `messages` gets what appeared and what is gone since, and gives the
   * messages to deliver.
   */
  update(
    now: ReadonlyMap<string, string>,
    at: Micros,
    messages: (appeared: readonly Notice[], gone: readonly Notice[]) => readonly string[],
  ): void
  /** What is not there any more, the latest first. */
  gone(first: number): readonly GoneNotice[]
  /** Messages whose time has come, oldest first. */
  due(at: Micros, first: number): readonly Outgoing[]
  /** When the next message is due, if any waits. */
  nextDue(): Micros | undefined
  delivered(id: number): void
  /** To be tried again then. */
  delay(id: number, until: Micros): void
}

const failure: FailureTerms = { subject: 'The file of the notices' }

/**
 * Opens the notices in a SQLite file, which is made when it is absent.
 *
 * @throws LinewardError STORE_AHEAD when a newer version wrote the file, STORE_UNAVAILABLE when it
 * cannot be opened.
 */
export function openNoticeBook(file: string): NoticeBook {
  const database = openCoordination(file, failure)
  const attempt = <Result>(work: () => Result): Result => {
    try {
      return work()
    } catch (error) {
      throw storageFailure(error, failure)
    }
  }
  const present = database.prepare('SELECT id, body FROM notice WHERE gone IS NULL')
  const appear = database.prepare(
    `INSERT INTO notice (id, body, since) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET body = excluded.body, since = excluded.since, gone = NULL`,
  )
  const change = database.prepare('UPDATE notice SET body = ? WHERE id = ?')
  const leave = database.prepare('UPDATE notice SET gone = ? WHERE id = ?')
  const past = database.prepare(
    'SELECT id, body, gone FROM notice WHERE gone IS NOT NULL ORDER BY gone DESC, id LIMIT ?',
  )
  const send = database.prepare('INSERT INTO outbox (body, next_at) VALUES (?, ?)')
  const due = database.prepare(
    'SELECT id, body, attempts FROM outbox WHERE next_at <= ? ORDER BY next_at, id LIMIT ?',
  )
  const next = database.prepare('SELECT min(next_at) AS at FROM outbox')
  const remove = database.prepare('DELETE FROM outbox WHERE id = ?')
  const postpone = database.prepare(
    'UPDATE outbox SET attempts = attempts + 1, next_at = ? WHERE id = ?',
  )

  return {
    update: (now, at, messages) =>
      attempt(() =>
        inTransaction(database, () => {
          const before = new Map(
            present.all().map((row) => [String(row['id']), String(row['body'])]),
          )
          const appeared = [...now].filter(([id]) => !before.has(id)).map(noticeOf)
          const gone = [...before].filter(([id]) => !now.has(id)).map(noticeOf)
          for (const { id, body } of appeared) appear.run(id, body, at)
          for (const { id } of gone) leave.run(at, id)
          for (const [id, body] of now) {
            const known = before.get(id)
            if (known !== undefined && known !== body) change.run(body, id)
          }
          if (appeared.length === 0 && gone.length === 0) return
          for (const body of messages(appeared, gone)) send.run(body, at)
        }),
      ),
    gone: (first) =>
      attempt(() =>
        past.all(first).map((row) => ({
          id: String(row['id']),
          body: String(row['body']),
          at: Number(row['gone']) as Micros,
        })),
      ),
    due: (at, first) =>
      attempt(() =>
        due.all(at, first).map((row) => ({
          id: Number(row['id']),
          body: String(row['body']),
          attempts: Number(row['attempts']),
        })),
      ),
    nextDue: () =>
      attempt(() => {
        const at = next.get()?.['at'] ?? null
        return at === null ? undefined : (Number(at) as Micros)
      }),
    delivered: (id) => attempt(() => void remove.run(id)),
    delay: (id, until) => attempt(() => void postpone.run(until, id)),
    [Symbol.dispose]: () => database.close(),
  }
}

function noticeOf([id, body]: readonly [string, string]): Notice {
  return { id, body }
}
