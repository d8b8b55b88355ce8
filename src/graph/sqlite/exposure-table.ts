import type { EntryKey, Fact, JobId, Micros } from '../../model/index.ts'
import type { ExposureRecord } from '../port.ts'
import type { Database } from './database.ts'
import { subjectsOf } from '../cells.ts'

/** So many of the entries in which it stood are named. */
const evidenceMax = 20

/** What leaked in events in effect: which detector found it, and in whose. */
export class ExposureTable {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** Keeps what an entry that came into effect leaked: once, however often its facts are brought. */
  keep(entry: number, facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.kind !== 'exposure') continue
      this.#db.run(
        'INSERT OR IGNORE INTO exposure (entry, detector, at, mover) VALUES (?, ?, ?, ?)',
        entry,
        fact.detector,
        fact.at,
        subjectsOf(fact)[0]?.key ?? '',
      )
    }
  }

  remove(entry: number): void {
    this.#db.run('DELETE FROM exposure WHERE entry = ?', entry)
  }

  all(): readonly ExposureRecord[] {
    const rows = this.#db.all(
      `SELECT detector, by, source, count(DISTINCT entry) AS entries, min(at) AS first, max(at) AS last
       FROM (${exposuresByJob}) GROUP BY detector, by, source ORDER BY detector, by, source`,
    )
    return rows.map((row) => ({
      detector: String(row['detector']),
      job: row['by'] === null ? undefined : (String(row['by']) as JobId),
      source: row['source'] === null ? undefined : String(row['source']),
      entries: Number(row['entries']),
      first: Number(row['first']) as Micros,
      last: Number(row['last']) as Micros,
      evidence: this.#evidence(row),
    }))
  }

  #evidence(row: Readonly<Record<string, unknown>>): readonly EntryKey[] {
    const rows = this.#db.all(
      `SELECT DISTINCT key, at FROM (${exposuresByJob})
       WHERE detector = ?1 AND by IS ?2 AND source IS ?3 ORDER BY at DESC, key LIMIT ?4`,
      String(row['detector']),
      row['by'] === null ? null : String(row['by']),
      row['source'] === null ? null : String(row['source']),
      evidenceMax,
    )
    return rows.map((one) => String(one['key']) as EntryKey)
  }
}

/** By the job in whose event it stood, or whose run it was; by the source where no job is known. */
const exposuresByJob = `
  SELECT detector, entry, key, at, by, CASE WHEN by IS NULL THEN name END AS source FROM (
    SELECT exposure.detector AS detector, exposure.entry AS entry, entry.key AS key,
      exposure.at AS at, source.name AS name,
      CASE WHEN mover LIKE 'job\\_%' ESCAPE '\\' THEN mover ELSE job.key END AS by
    FROM exposure JOIN entry ON entry.id = exposure.entry
    LEFT JOIN source ON source.id = entry.source
    LEFT JOIN subject ON subject.key = exposure.mover
    LEFT JOIN run ON run.subject = subject.id
    LEFT JOIN subject AS job ON job.id = run.job)`
