import type { Database } from './database.ts'
import { BoundedCache } from './bounded-cache.ts'

/** How an entry touches a subject: by a decision, a mention, or by what was done to it. */
export const touch = { decided: 0, mentioned: 1, touched: 2 } as const

export type Posting = Readonly<{
  subject: number
  entry: number
  at: number
  touch: number
  /** It left nothing in the cells of the subject: they are made anew without it. */
  silent: boolean
  /** Of an event: where it came from. */
  source: number | undefined
}>

const keptMax = 100_000

/** Which entries in effect speak of a subject; what none speaks of is not known. */
export class PostingTable {
  readonly #db: Database
  /** What is on disk already, of what comes again with nearly every entry. */
  readonly #sources = new BoundedCache<number, Set<number>>(keptMax)
  readonly #known = new BoundedCache<number, true>(keptMax)

  /** When a subject was first touched, of those that were asked about. */
  readonly #firsts = new BoundedCache<number, number>(keptMax)

  constructor(db: Database) {
    this.#db = db
  }

  /** Whether a touch at that moment is before all that are there; to be asked before it is added. */
  isEarliest(subject: number, at: number): boolean {
    const first = this.#firsts.get(subject) ?? this.#firstOf(subject)
    if (this.#firsts.get(subject) === undefined) this.#firsts.add(subject, Math.min(first, at))
    if (at >= first) return false
    this.#firsts.delete(subject)
    this.#firsts.add(subject, at)
    return true
  }

  #firstOf(subject: number): number {
    const row = this.#db.one(
      'SELECT at FROM posting WHERE subject = ? AND touch > 0 ORDER BY at LIMIT 1',
      subject,
    )
    return row === undefined ? Infinity : Number(row['at'])
  }

  /** True when the subject was not known before. */
  add({ subject, entry, at, touch: how, silent, source }: Posting): boolean {
    this.#db.run(
      'INSERT OR REPLACE INTO posting (subject, at, entry, touch, silent) VALUES (?, ?, ?, ?, ?)',
      subject,
      at,
      entry,
      how,
      silent ? 1 : 0,
    )
    if (source !== undefined) this.#addSource(subject, source)
    if (this.#known.get(subject) !== undefined) return false
    this.#known.add(subject, true)
    return this.#db.run('UPDATE subject SET known = 1 WHERE id = ? AND known = 0', subject) > 0
  }

  remove(subject: number, entry: number): void {
    this.#firsts.delete(subject)
    this.#db.run(
      `DELETE FROM posting WHERE subject = ?1 AND entry = ?2
       AND at = (SELECT at FROM entry WHERE id = ?2)`,
      subject,
      entry,
    )
  }

  /** After postings were removed: what the others say of where it is known from. */
  refresh(subject: number): void {
    this.#sources.delete(subject)
    this.#known.delete(subject)
    this.#db.run('DELETE FROM subject_source WHERE subject = ?', subject)
    this.#db.run(
      `INSERT INTO subject_source SELECT DISTINCT ?1, source FROM entry
       JOIN posting ON posting.entry = entry.id WHERE subject = ?1 AND entry.kind = 'event'`,
      subject,
    )
    this.#db.run(
      'UPDATE subject SET known = EXISTS (SELECT 1 FROM posting WHERE subject = ?1) WHERE id = ?1',
      subject,
    )
  }

  #addSource(subject: number, source: number): void {
    const kept = this.#sources.get(subject)
    if (kept?.has(source) === true) return
    if (kept === undefined) this.#sources.add(subject, new Set([source]))
    else kept.add(source)
    this.#db.run(
      'INSERT OR IGNORE INTO subject_source (subject, source) VALUES (?, ?)',
      subject,
      source,
    )
  }
}
