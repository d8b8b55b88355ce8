import type { Derivation } from '../cells.ts'
import type { NameNode } from './adjacency.ts'
import type { Database } from './database.ts'

/**
 * What is to be done about a subject before it is settled: bring the facts of an entry, make cells
 * anew, or a derivation.
 */
export type Layer = 'bring' | 'recompute' | Derivation

export type Mark = Readonly<{ layer: Layer; subject: number; version: number }>

/** What has to be worked out again. */
export class Marks {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  add(layer: Layer, subject: number): void {
    this.#db.run(
      `INSERT INTO mark (derivation, subject) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET version = version + 1`,
      layer,
      subject,
    )
  }

  some(layer: Layer, most: number): readonly Mark[] {
    const rows = this.#db.all(
      'SELECT subject, version FROM mark WHERE derivation = ? LIMIT ?',
      layer,
      most,
    )
    return rows.map((row) => ({
      layer,
      subject: Number(row['subject']),
      version: Number(row['version']),
    }))
  }

  /** Only if it is still the one that was read. */
  clear({ layer, subject, version }: Mark): void {
    this.#db.run(
      'DELETE FROM mark WHERE derivation = ? AND subject = ? AND version = ?',
      layer,
      subject,
      version,
    )
  }

  /** What was worked out of a whole class comes out the same from each of its names. */
  clearOf(layer: Layer, names: readonly NameNode[]): void {
    // The mark of a name that stands alone is the one that is being worked on.
    if (names.length === 1) return
    this.#db.run(
      'DELETE FROM mark WHERE derivation = ? AND subject IN (SELECT value FROM json_each(?))',
      layer,
      JSON.stringify(names.map(({ row }) => row)),
    )
  }

  left(): number {
    return Number(this.#db.one('SELECT count(*) AS count FROM mark')?.['count'])
  }
}
