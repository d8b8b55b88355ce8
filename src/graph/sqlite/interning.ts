import type { Json } from '../../model/index.ts'
import type { Subject } from '../cells.ts'
import type { Database } from './database.ts'
import { hash } from 'node:crypto'
import { BoundedCache } from './bounded-cache.ts'

const cachedMax = 50_000

/** Row numbers for subjects, values and sources, each stored once; the recent ones in memory. */
export class Interning {
  readonly #db: Database
  readonly #subjects = new BoundedCache<string, number>(cachedMax)
  readonly #values = new BoundedCache<string, number>(cachedMax)
  readonly #objects = new WeakMap<object, number>()
  readonly #sources = new BoundedCache<string, number>(cachedMax)

  constructor(db: Database) {
    this.#db = db
  }

  subject(subject: Subject): number {
    return this.#cached(this.#subjects, subject.key, () => {
      const known = this.subjectRow(subject.key)
      if (known !== undefined) return known
      return this.#db.insert(
        'INSERT INTO subject (key, kind, namespace, name) VALUES (?, ?, ?, ?)',
        subject.key,
        subject.kind,
        'name' in subject ? subject.name.namespace : null,
        'name' in subject ? subject.name.name : subject.text,
      )
    })
  }

  subjectRow(key: string): number | undefined {
    const row = this.#db.one('SELECT id FROM subject WHERE key = ?', key)
    return row === undefined ? undefined : Number(row['id'])
  }

  value(value: Json): number {
    if (typeof value !== 'object' || value === null) return this.#valueRow(value)
    // One facet of an event stands in several cells.
    const known = this.#objects.get(value)
    if (known !== undefined) return known
    const row = this.#valueRow(value)
    this.#objects.set(value, row)
    return row
  }

  /** The row of a value that is stored already. */
  valueRow(value: Json): number | undefined {
    const digest = hash('sha256', JSON.stringify(value), 'base64url')
    const row = this.#db.one('SELECT id FROM value WHERE hash = ?', digest)
    return row === undefined ? undefined : Number(row['id'])
  }

  #valueRow(value: Json): number {
    const body = JSON.stringify(value)
    const digest = hash('sha256', body, 'base64url')
    return this.#cached(this.#values, digest, () => {
      const known = this.#db.one('SELECT id FROM value WHERE hash = ?', digest)
      if (known !== undefined) return Number(known['id'])
      return this.#db.insert('INSERT INTO value (hash, body) VALUES (?, ?)', digest, body)
    })
  }

  source(name: string): number {
    return this.#cached(this.#sources, name, () => {
      const known = this.#db.one('SELECT id FROM source WHERE name = ?', name)
      if (known !== undefined) return Number(known['id'])
      return this.#db.insert('INSERT INTO source (name) VALUES (?)', name)
    })
  }

  #cached(cache: BoundedCache<string, number>, key: string, find: () => number): number {
    const known = cache.get(key)
    if (known !== undefined) return known
    const found = find()
    cache.add(key, found)
    return found
  }
}
