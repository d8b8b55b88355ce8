import type { Entry, EntryKey, Micros } from '../../model/index.ts'
import type { Database, Row } from './database.ts'
import type { Interning } from './interning.ts'
import { hash } from 'node:crypto'
import { inEffectOf } from '../effect.ts'

/** A copy of an entry: the first receipt of any copy, and what that was before this one. */
export type Receipt = Readonly<{ id: number; first: number; before: number | undefined }>

/** An entry that came into effect or out of it. */
export type EffectChange = Readonly<{ id: number; inEffect: boolean }>

const rivalColumns = 'id, key, digest, corrects, in_effect, copied_last, retracted_last'

/** Entries by key, with the receipts that decide whether they are in effect. */
export class EntryTable {
  readonly #db: Database
  readonly #interning: Interning

  constructor(db: Database, interning: Interning) {
    this.#db = db
    this.#interning = interning
  }

  receive(entry: Entry): Receipt {
    const before = this.#db.one(
      'SELECT id, received_first, copied_last FROM entry WHERE key = ?',
      entry.key,
    )
    const firstBefore = numberIn(before, 'received_first')
    const first = Math.min(firstBefore ?? Infinity, entry.receivedAt)
    const copied = Math.max(numberIn(before, 'copied_last') ?? -Infinity, entry.receivedAt)
    const values = [
      // An event key that is made from the content alone cannot belong to another content.
      entry.eventKey.endsWith(entry.digest) ? null : idOfEvent(entry.eventKey),
      entry.digest,
      entry.kind,
      entry.eventTime,
      this.#interning.source(entry.source),
      first,
      copied,
      entry.corrects === true ? 1 : 0,
    ]
    if (before !== undefined) {
      const id = Number(before['id'])
      this.#db.run(
        `UPDATE entry SET event_key = ?, digest = ?, kind = ?, at = ?, source = ?,
         received_first = ?, copied_last = ?, corrects = max(corrects, ?) WHERE id = ?`,
        ...values,
        id,
      )
      return { id, first, before: firstBefore }
    }
    const id = this.#db.insert(
      `INSERT INTO entry
         (event_key, digest, kind, at, source, received_first, copied_last, corrects, key)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...values,
      entry.key,
    )
    return { id, first, before: undefined }
  }

  /** Keeps that the copies before that moment have no effect, also when none has come yet. */
  retract(key: EntryKey, at: Micros): number {
    const row = this.#db.one(
      `INSERT INTO entry (key, retracted_last) VALUES (?, ?) ON CONFLICT DO UPDATE SET
       retracted_last = max(coalesce(retracted_last, excluded.retracted_last), excluded.retracted_last)
       RETURNING id`,
      key,
      at,
    )
    return Number(row?.['id'])
  }

  /** Decides anew which entry of the same event is in effect. */
  settle(id: number): readonly EffectChange[] {
    const rivals = this.#db
      .all(
        `SELECT ${rivalColumns} FROM entry WHERE id = ?1
         UNION SELECT ${rivalColumns} FROM entry
         WHERE event_key = (SELECT event_key FROM entry WHERE id = ?1)`,
        id,
      )
      .map((row) => ({
        id: Number(row['id']),
        wasInEffect: row['in_effect'] === 1,
        key: String(row['key']),
        digest: String(row['digest'] ?? ''),
        corrects: row['corrects'] === 1,
        copiedLast: numberIn(row, 'copied_last'),
        retractedLast: numberIn(row, 'retracted_last'),
      }))
    const chosen = inEffectOf(rivals)
    const changed = rivals.filter((rival) => rival.wasInEffect !== (rival === chosen))
    for (const rival of changed) this.#setEffect(rival.id, rival === chosen)
    return changed.map((rival) => ({ id: rival.id, inEffect: rival === chosen }))
  }

  /** The entry and its first receipt; undefined when it is not in effect. */
  inEffect(key: EntryKey): Readonly<{ id: number; receivedFirst: number }> | undefined {
    const row = this.#db.one(
      'SELECT id, received_first FROM entry WHERE key = ? AND in_effect = 1',
      key,
    )
    if (row === undefined) return undefined
    return { id: Number(row['id']), receivedFirst: Number(row['received_first']) }
  }

  keyOf(id: number): EntryKey {
    return String(this.#db.one('SELECT key FROM entry WHERE id = ?', id)?.['key']) as EntryKey
  }

  /** The subjects that it spoke of when its facts were applied. */
  subjectsOf(id: number): readonly number[] {
    const row = this.#db.one('SELECT subjects FROM entry WHERE id = ?', id)
    return JSON.parse(String(row?.['subjects'] ?? '[]')) as readonly number[]
  }

  setSubjects(id: number, subjects: Iterable<number>): void {
    this.#db.run('UPDATE entry SET subjects = ? WHERE id = ?', JSON.stringify([...subjects]), id)
  }

  /** How many events a source has in effect is asked often, and counting them takes ever longer. */
  #setEffect(id: number, inEffect: boolean): void {
    this.#db.run('UPDATE entry SET in_effect = ? WHERE id = ?', inEffect ? 1 : 0, id)
    this.#db.run(
      `UPDATE source SET events = events + ?
       WHERE id = (SELECT source FROM entry WHERE id = ? AND kind = 'event')`,
      inEffect ? 1 : -1,
      id,
    )
  }
}

/** Only compared with others: an event's own id is several times as long. */
function idOfEvent(eventKey: string): Buffer {
  return hash('sha256', eventKey, 'buffer').subarray(0, eventIdBytes)
}

const eventIdBytes = 16

function numberIn(row: Row | undefined, column: string): number | undefined {
  const value = row?.[column]
  return value === null || value === undefined ? undefined : Number(value)
}
