import type { Json, Micros } from '../../model/index.ts'
import type { Cell, Property, Saying } from '../cells.ts'
import type { Database, Row } from './database.ts'
import type { Interning } from './interning.ts'
import { parseJson } from '../../model/index.ts'
import { properties } from '../cells.ts'
import { anyOf } from './database.ts'

const propertyById = new Map(
  Object.entries(properties).map(([name, { id }]) => [Number(id), name as Property]),
)

/** A fact that is dated later than clocks can be wrong ranks last. */
const lastRank = 0

const insertOnce = `INSERT INTO cell
  (subject, property, member, version, first, last, rank, at, entry, value)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`

const isBetter = '(excluded.rank, excluded.at, excluded.entry) > (rank, at, entry)'
const better = (column: string): string =>
  `${column} = CASE WHEN ${isBetter} THEN excluded.${column} ELSE ${column} END`

const insertOrWiden = `INSERT INTO cell
  (subject, property, member, version, first, last, rank, at, entry, value)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET
    first = min(first, excluded.first), last = max(last, excluded.last),
    ${['rank', 'at', 'entry', 'value'].map(better).join(', ')}
  WHERE excluded.first < first OR excluded.last > last OR ${isBetter}`

/** Reduced state on disk. */
export class CellTable {
  readonly #db: Database
  readonly #interning: Interning

  constructor(db: Database, interning: Interning) {
    this.#db = db
    this.#interning = interning
  }

  /**
   * Merges one saying; true when the cell changed. Of several sayings of one entry that stand in the
   * same cell at the same moment the first counts.
   */
  merge(subject: number, saying: Saying, entry: string, ahead: boolean): boolean {
    const { property, member, at } = saying
    const rank = ahead ? lastRank : saying.rank
    const value = saying.value === undefined ? null : this.#interning.value(saying.value)
    const { id, combine } = properties[property]
    const version = combine === 'history' ? versionOf(rank, at, entry) : ''
    const sql = combine === 'history' ? insertOnce : insertOrWiden
    return this.#db.run(sql, subject, id, member, version, at, at, rank, at, entry, value) > 0
  }

  clear(subject: number): void {
    this.#db.run('DELETE FROM cell WHERE subject = ?', subject)
  }

  /** Cells of a subject whose properties stand from `from` to `to` in the table of properties. */
  between(subject: number, from: Property, to: Property): readonly Cell[] {
    const rows = this.#db.all(
      `SELECT property, member, first, last, rank, at, entry, body FROM cell
       LEFT JOIN value ON value.id = cell.value
       WHERE subject = ? AND property BETWEEN ? AND ? ORDER BY property, member, version`,
      subject,
      properties[from].id,
      properties[to].id,
    )
    return rows.map(cellOf)
  }

  of(subject: number, property: Property): readonly Cell[] {
    return this.between(subject, property, property)
  }

  /** Of those, the ones under these members: a table that is rebuilt daily has many of the others. */
  under(subject: number, property: Property, members: readonly string[]): readonly Cell[] {
    const ofMembers = anyOf(members)
    const rows = this.#db.all(
      `SELECT property, member, first, last, rank, at, entry, body FROM cell
       LEFT JOIN value ON value.id = cell.value
       WHERE subject = ? AND property = ? AND member ${ofMembers.sql}
       ORDER BY member, version`,
      subject,
      properties[property].id,
      ofMembers.value,
    )
    return rows.map(cellOf)
  }

  /** Of a history, what was said best by `asOf` under one member. */
  best(
    subject: number,
    property: Property,
    member: string,
    asOf: Micros | undefined,
  ): Cell | undefined {
    let below = '~'
    for (;;) {
      const row = this.#db.one(
        `SELECT property, member, first, last, rank, at, entry, body FROM cell
         LEFT JOIN value ON value.id = cell.value
         WHERE subject = ? AND property = ? AND member = ? AND version < ?
         ORDER BY version DESC LIMIT 1`,
        subject,
        properties[property].id,
        member,
        below,
      )
      if (row === undefined || asOf === undefined || Number(row['at']) <= asOf) {
        return row === undefined ? undefined : cellOf(row)
      }
      // Later than that moment: on to what stands before it at this rank, or else at the next.
      below = `${Number(row['rank'])}${timeKey(asOf)}~`
    }
  }

  members(subject: number, property: Property): readonly string[] {
    const rows = this.#db.all(
      'SELECT DISTINCT member FROM cell WHERE subject = ? AND property = ?',
      subject,
      properties[property].id,
    )
    return rows.map((row) => String(row['member']))
  }
}

function versionOf(rank: number, at: Micros, entry: string): string {
  return `${rank}${timeKey(at)}${entry}`
}

/** Text that sorts as the times do, also before 1970. */
function timeKey(at: Micros): string {
  const shifted = at >= 0 ? at : Number.MAX_SAFE_INTEGER + at
  return `${at >= 0 ? 1 : 0}${String(shifted).padStart(16, '0')}`
}

function cellOf(row: Row): Cell {
  const body = row['body']
  return {
    property: propertyById.get(Number(row['property'])) as Property,
    member: String(row['member']),
    first: Number(row['first']) as Micros,
    last: Number(row['last']) as Micros,
    rank: Number(row['rank']),
    at: Number(row['at']) as Micros,
    entry: String(row['entry']),
    value: body === null ? undefined : (parseJson(String(body)) as Json),
  }
}
