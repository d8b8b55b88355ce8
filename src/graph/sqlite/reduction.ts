import type { Entry, EntryKey, Fact, Micros } from '../../model/index.ts'
import type { Derivation, Saying, Subject } from '../cells.ts'
import type { ReduceBatch, Translated } from '../port.ts'
import type { Adjacency } from './adjacency.ts'
import type { CellTable } from './cell-table.ts'
import type { Database } from './database.ts'
import type { Interning } from './interning.ts'
import { properties, sayingsOf, subjectsOf } from '../cells.ts'
import { anyOf } from './database.ts'

/** Facts of entries that were reduced before: asked for after a retraction or a conflict. */
export type FactSource = (keys: readonly EntryKey[]) => Promise<readonly Translated[]>

/** One saying of an entry in effect, which was first received then. */
export type Said = Readonly<{ entry: EntryKey; receivedFirst: number; saying: Saying }>

export type ReductionParts = Readonly<{
  db: Database
  interning: Interning
  cells: CellTable
  adjacency: Adjacency
  /** A fact dated further ahead of its entry's first receipt ranks last. Microseconds. */
  clockSkewMax: number
}>

/** How an entry touches a subject: by a decision, a mention, or by what was done to it. */
const touch = { decided: 0, mentioned: 1, touched: 2 } as const

const keptMax = 100_000

type Receipts = Readonly<{
  id: number
  first: number | null
  copied: number | null
  retracted: number | null
}>

/**
 * The first transaction: which entries are in effect, what they say as cells, which subjects they
 * are evidence for, and the marks of what has to be worked out again.
 */
export class Reduction {
  readonly #parts: ReductionParts
  /** What is on disk already, of what comes again with nearly every entry. */
  readonly #sourcesKept = new Set<string>()
  readonly #known = new Set<number>()

  constructor(parts: ReductionParts) {
    this.#parts = parts
  }

  reduce({ chain, next, entries }: ReduceBatch): void {
    const { db } = this.#parts
    for (const translated of entries) this.#receive(translated)
    db.run(
      `INSERT INTO watermark (chain, next) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET next = max(next, excluded.next)`,
      chain,
      next,
    )
  }

  /** Applies entries that came into effect when their facts were not at hand. */
  bring(translated: readonly Translated[]): void {
    for (const { entry, facts } of translated) {
      const row = this.#parts.db.one(
        'SELECT id, received_first, in_effect FROM entry WHERE key = ?',
        entry.key,
      )
      if (row === undefined || row['in_effect'] !== 1) continue
      this.#apply(Number(row['id']), entry, Number(row['received_first']), facts)
    }
  }

  /** Makes the cells of one subject anew from what the entries that still speak of it say. */
  rebuild(subject: number, key: string, said: readonly Said[]): void {
    const { db, cells } = this.#parts
    const wasDecided = cells.of(subject, 'decision').length > 0
    cells.clear(subject)
    db.run('DELETE FROM subject_source WHERE subject = ?', subject)
    db.run(
      `INSERT INTO subject_source SELECT DISTINCT ?1, source FROM entry
       JOIN posting ON posting.entry = entry.id WHERE subject = ?1 AND entry.kind = 'event'`,
      subject,
    )
    this.forget()
    for (const { entry, receivedFirst, saying } of said) {
      cells.merge(subject, saying, entry, this.#isAhead(saying.at, receivedFirst))
    }
    this.#setKnown(subject)
    for (const derivation of derivationsOf(key)) this.mark(derivation, subject)
    // Without its split a name is joined to, or located by, others that have not changed themselves.
    if (wasDecided) for (const other of this.#neighboursOf(subject)) this.mark('identity', other)
  }

  /** Names that symlinks and locations connect with this one. */
  #neighboursOf(subject: number): readonly number[] {
    const { cells, interning } = this.#parts
    return cells
      .between(subject, 'alias', 'located')
      .map(({ member }) => interning.subjectRow(member.slice(member.indexOf(':') + 1)))
      .filter((row) => row !== undefined)
  }

  mark(derivation: Derivation | 'recompute' | 'bring', subject: number): void {
    this.#parts.db.run(
      `INSERT INTO mark (derivation, subject) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET version = version + 1`,
      derivation,
      subject,
    )
  }

  #receive({ entry, facts }: Translated): void {
    for (const key of entry.retracts) this.#retract(key, entry.receivedAt)
    if (entry.kind === 'retraction') return
    const before = this.#receipts(entry.key)
    const first = Math.min(before?.first ?? Infinity, entry.receivedAt)
    const copied = Math.max(before?.copied ?? -Infinity, entry.receivedAt)
    const id = this.#saveReceipts(before, entry, first, copied)
    if (this.#settleEffect(id, entry, facts)) return
    if (before?.first !== null && before?.first !== undefined && first < before.first) {
      this.#receiveEarlier({ entry, facts }, { id, before: before.first, first })
    }
  }

  /** Receipts of several chains come in any order: what was first is known only after all of them. */
  #receiveEarlier(
    { entry, facts }: Translated,
    { id, before, first }: Readonly<{ id: number; before: number; first: number }>,
  ): void {
    this.#parts.db.run('UPDATE dead_letter SET received = ? WHERE entry = ?', first, entry.key)
    // What seemed to be ahead of its time was only received late here.
    if (facts.some(({ at }) => this.#isAhead(at, before) !== this.#isAhead(at, first))) {
      for (const subject of this.#subjectsOf(id)) this.mark('recompute', subject)
    }
  }

  #receipts(key: EntryKey): Receipts | undefined {
    const row = this.#parts.db.one(
      'SELECT id, received_first, copied_last, retracted_last FROM entry WHERE key = ?',
      key,
    )
    if (row === undefined) return undefined
    const number = (column: string): number | null =>
      row[column] === null ? null : Number(row[column])
    return {
      id: Number(row['id']),
      first: number('received_first'),
      copied: number('copied_last'),
      retracted: number('retracted_last'),
    }
  }

  #saveReceipts(before: Receipts | undefined, entry: Entry, first: number, copied: number): number {
    const { db, interning } = this.#parts
    const source = interning.source(entry.source)
    // An event key that is made from the content alone cannot belong to another content.
    const eventKey = entry.eventKey.endsWith(entry.digest) ? null : entry.eventKey
    if (before === undefined) {
      return db.insert(
        `INSERT INTO entry (key, event_key, digest, kind, at, source, received_first, copied_last)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        entry.key,
        eventKey,
        entry.digest,
        entry.kind,
        entry.eventTime,
        source,
        first,
        copied,
      )
    }
    db.run(
      `UPDATE entry SET event_key = ?, digest = ?, kind = ?, at = ?, source = ?,
       received_first = ?, copied_last = ? WHERE id = ?`,
      eventKey,
      entry.digest,
      entry.kind,
      entry.eventTime,
      source,
      first,
      copied,
      before.id,
    )
    return before.id
  }

  #retract(key: EntryKey, at: Micros): void {
    const { db } = this.#parts
    db.run(
      `INSERT INTO entry (key, retracted_last) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET retracted_last = max(coalesce(retracted_last, excluded.retracted_last), excluded.retracted_last)`,
      key,
      at,
    )
    const row = db.one('SELECT id FROM entry WHERE key = ?', key)
    if (row !== undefined) this.#settleEffect(Number(row['id']), undefined, [])
  }

  /**
   * Decides which entry of one event is in effect: of those whose last copy came after their last
   * retraction the one with the least digest. True when `entry` itself came into effect.
   */
  #settleEffect(id: number, entry: Entry | undefined, facts: readonly Fact[]): boolean {
    const { db } = this.#parts
    const rivals = db.all(
      `SELECT id, key, in_effect, copied_last > coalesce(retracted_last, copied_last - 1) AS stands
       FROM entry WHERE id = ?1
       UNION SELECT id, key, in_effect, copied_last > coalesce(retracted_last, copied_last - 1)
       FROM entry WHERE event_key = (SELECT event_key FROM entry WHERE id = ?1)
       ORDER BY key`,
      id,
    )
    const chosen = this.#leastDigest(
      rivals.filter((rival) => rival['stands'] === 1).map((rival) => Number(rival['id'])),
    )
    let cameIn = false
    for (const rival of rivals) {
      const rivalId = Number(rival['id'])
      const should = rivalId === chosen ? 1 : 0
      if (should === rival['in_effect']) continue
      db.run('UPDATE entry SET in_effect = ? WHERE id = ?', should, rivalId)
      this.#countOfSource(rivalId, should === 1 ? 1 : -1)
      if (should === 0) this.#takeOut(rivalId)
      else if (entry !== undefined && rivalId === id) {
        cameIn = true
        const first = db.one('SELECT received_first AS first FROM entry WHERE id = ?', id)
        this.#apply(id, entry, Number(first?.['first']), facts)
      } else this.mark('bring', rivalId)
    }
    return cameIn
  }

  /** How many events a source has in effect is asked often, and counting them takes ever longer. */
  #countOfSource(entry: number, change: 1 | -1): void {
    this.#parts.db.run(
      `UPDATE source SET events = events + ?
       WHERE id = (SELECT source FROM entry WHERE id = ? AND kind = 'event')`,
      change,
      entry,
    )
  }

  #leastDigest(ids: readonly number[]): number | undefined {
    if (ids.length < 2) return ids[0]
    const { sql, value } = anyOf(ids)
    const row = this.#parts.db.one(
      `SELECT id FROM entry WHERE id ${sql} ORDER BY digest, key LIMIT 1`,
      value,
    )
    return row === undefined ? undefined : Number(row['id'])
  }

  #subjectsOf(entry: number): readonly number[] {
    const row = this.#parts.db.one('SELECT subjects FROM entry WHERE id = ?', entry)
    return JSON.parse(String(row?.['subjects'] ?? '[]')) as readonly number[]
  }

  #takeOut(entry: number): void {
    const { db } = this.#parts
    for (const subject of this.#subjectsOf(entry)) {
      db.run(
        'DELETE FROM posting WHERE subject = ? AND entry = ? AND at = (SELECT at FROM entry WHERE id = ?)',
        subject,
        entry,
        entry,
      )
      this.mark('recompute', subject)
    }
    db.run('DELETE FROM dead_letter WHERE entry = (SELECT key FROM entry WHERE id = ?)', entry)
  }

  #apply(id: number, entry: Entry, receivedFirst: number, facts: readonly Fact[]): void {
    const { db, interning, cells } = this.#parts
    const touched = new Map<number, { how: number; subject: Subject }>()
    const marks = new Set<string>()
    for (const fact of facts) {
      const how = touchOf(entry, fact)
      for (const subject of subjectsOf(fact)) {
        const row = interning.subject(subject)
        if ((touched.get(row)?.how ?? -1) < how) touched.set(row, { how, subject })
      }
      for (const saying of sayingsOf(fact)) {
        const row = interning.subject(saying.subject)
        const ahead = this.#isAhead(saying.at, receivedFirst)
        const { wakes } = properties[saying.property]
        if (cells.merge(row, saying, entry.key, ahead) && wakes !== undefined)
          marks.add(`${wakes} ${row}`)
      }
    }
    for (const [row, { how, subject }] of touched) {
      db.run(
        'INSERT OR REPLACE INTO posting (subject, at, entry, touch) VALUES (?, ?, ?, ?)',
        row,
        entry.eventTime,
        id,
        how,
      )
      if (entry.kind === 'event') this.#keepSource(row, interning.source(entry.source))
      this.#makeKnown(row, marks)
      if (how === touch.touched && this.#hasLife(subject)) marks.add(`catalog ${row}`)
    }
    db.run('UPDATE entry SET subjects = ? WHERE id = ?', JSON.stringify([...touched.keys()]), id)
    this.#keepProblems(entry, receivedFirst, facts)
    for (const mark of marks) {
      const [derivation, subject] = mark.split(' ') as [Derivation, string]
      this.mark(derivation, Number(subject))
    }
  }

  #makeKnown(subject: number, marks: Set<string>): void {
    const { db } = this.#parts
    if (this.#known.has(subject)) return
    if (this.#known.size >= keptMax) this.#known.clear()
    this.#known.add(subject)
    if (db.run('UPDATE subject SET known = 1 WHERE id = ? AND known = 0', subject) === 0) return
    const kind = String(db.one('SELECT kind FROM subject WHERE id = ?', subject)?.['kind'])
    if (kind === 'dataset') marks.add(`identity ${subject}`)
    if (kind !== 'run') marks.add(`catalog ${subject}`)
    else marks.add(`run ${subject}`)
  }

  #keepSource(subject: number, source: number): void {
    const pair = `${subject} ${source}`
    if (this.#sourcesKept.has(pair)) return
    if (this.#sourcesKept.size >= keptMax) this.#sourcesKept.clear()
    this.#sourcesKept.add(pair)
    this.#parts.db.run(
      'INSERT OR IGNORE INTO subject_source (subject, source) VALUES (?, ?)',
      subject,
      source,
    )
  }

  /** After a transaction that was rolled back, what was kept may not be there. */
  forget(): void {
    this.#sourcesKept.clear()
    this.#known.clear()
  }

  /**
   * Something is known of when the dataset existed, by any of its names: then a touch can mean that
   * it exists again. What was said of that and is not in memory yet is marked already.
   */
  #hasLife({ kind, key }: Subject): boolean {
    if (kind !== 'dataset') return false
    return (this.#parts.adjacency.name(key)?.dataset.existence.length ?? 0) > 0
  }

  #setKnown(subject: number): void {
    this.#known.delete(subject)
    this.#parts.db.run(
      'UPDATE subject SET known = EXISTS (SELECT 1 FROM posting WHERE subject = ?1) WHERE id = ?1',
      subject,
    )
  }

  #keepProblems(entry: Entry, receivedFirst: number, facts: readonly Fact[]): void {
    const problems = facts.filter((fact) => fact.kind === 'problem')
    for (const [number, { code, reason, path }] of problems.entries()) {
      const id = entry.kind === 'dead-letter' ? entry.key : `${entry.key}:${number}`
      this.#parts.db.run(
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

  #isAhead(at: Micros, receivedFirst: number): boolean {
    return at > receivedFirst + this.#parts.clockSkewMax
  }
}

function touchOf(entry: Entry, fact: Fact): number {
  if (entry.kind !== 'event') return touch.decided
  return fact.kind === 'mention' && fact.touched ? touch.touched : touch.mentioned
}

/** What a subject of this kind can wake, for a subject whose cells were made anew. */
function derivationsOf(key: string): readonly Derivation[] {
  if (key.startsWith('run_')) return ['run']
  if (key.startsWith('job_')) return ['declaration', 'catalog']
  return ['identity', 'declaration', 'catalog']
}
