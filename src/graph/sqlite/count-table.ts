import type { Entry, Fact, Micros } from '../../model/index.ts'
import type { EventCount } from '../port.ts'
import type { Database } from './database.ts'
import { countsOf } from '../event-counts.ts'

/** How often what is not in the graph came: events that nobody reads, and those that say nothing. */
export class CountTable {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** Counts an entry that came into effect: once, however often its facts are brought. */
  keep(entry: number, { source }: Pick<Entry, 'source'>, facts: readonly Fact[]): void {
    for (const count of countsOf(source, facts)) {
      const name = this.#nameOf(count)
      const isNew = this.#db.run(
        'INSERT OR IGNORE INTO counted_event (entry, name, events, at) VALUES (?, ?, ?, ?)',
        entry,
        name,
        count.events,
        count.at,
      )
      if (isNew === 0) continue
      this.#db.run('UPDATE event_name SET events = events + ? WHERE id = ?', count.events, name)
    }
  }

  /** Takes an entry back that is not in effect any more. */
  remove(entry: number): void {
    for (const { name, events } of this.#db.all(
      'SELECT name, events FROM counted_event WHERE entry = ?',
      entry,
    )) {
      this.#db.run(
        'UPDATE event_name SET events = events - ? WHERE id = ?',
        Number(events),
        Number(name),
      )
    }
    this.#db.run('DELETE FROM counted_event WHERE entry = ?', entry)
  }

  /** Most first, then by source and name. */
  most(tallied: boolean, first: number): readonly EventCount[] {
    const rows = this.#db.all(
      `SELECT source, name, events,
         (SELECT max(at) FROM counted_event WHERE counted_event.name = event_name.id) AS last
       FROM event_name WHERE tallied = ? AND events > 0
       ORDER BY events DESC, source, name LIMIT ?`,
      tallied ? 1 : 0,
      first,
    )
    return rows.map((row) => ({
      source: String(row['source']),
      name: String(row['name']),
      count: Number(row['events']),
      lastSeen: Number(row['last']) as Micros,
    }))
  }

  #nameOf({ tallied, source, name }: Readonly<{ tallied: boolean; source: string; name: string }>) {
    const row = this.#db.one(
      `INSERT INTO event_name (tallied, source, name) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET name = name RETURNING id`,
      tallied ? 1 : 0,
      source,
      name,
    )
    return Number(row?.['id'])
  }
}
