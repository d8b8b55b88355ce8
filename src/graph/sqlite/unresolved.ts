import type { JobGroupId, JobId } from '../../model/index.ts'
import type { AsOf } from '../port.ts'
import type { Adjacency, DatasetNode } from './adjacency.ts'
import type { Database } from './database.ts'
import { jobGroupIdOf } from '../../model/index.ts'
import { properties } from '../cells.ts'
import { BoundedCache } from './bounded-cache.ts'
import { nameOf } from './database.ts'

type Parts = Readonly<{ db: Database; adjacency: Adjacency }>

const cachedMax = 50_000

/** What could not be read or was not told: by the names that it has, and by who moved data there. */
export class Unresolved {
  readonly #parts: Parts
  /** A pure function of the job's name. */
  readonly #groups = new BoundedCache<JobId, JobGroupId>(cachedMax)

  constructor(parts: Parts) {
    this.#parts = parts
  }

  count(datasets: readonly DatasetNode[], asOf: AsOf): number {
    const names = datasets.flatMap((dataset) => dataset.names.map(({ row }) => row))
    const groups = this.#hasGroups() ? this.#groupsAt(datasets, asOf) : []
    const row = this.#parts.db.one(
      `SELECT count(*) AS count FROM (
         SELECT entry, at, member FROM cell
         WHERE subject IN (SELECT value FROM json_each(?1)) AND property = ?3 AND at <= ?4
         UNION SELECT entry, at, member FROM unresolved
         WHERE job_group IN (SELECT value FROM json_each(?2)) AND at <= ?4)`,
      JSON.stringify([...names, ...this.#rowsOf(groups)]),
      JSON.stringify(groups),
      properties.problem.id,
      asOf ?? Number.MAX_SAFE_INTEGER,
    )
    return Number(row?.['count'])
  }

  #rowsOf(groups: readonly JobGroupId[]): readonly number[] {
    if (groups.length === 0) return []
    const keys = JSON.stringify(groups)
    return this.#parts.db
      .all('SELECT id FROM subject WHERE key IN (SELECT value FROM json_each(?))', keys)
      .map((row) => Number(row['id']))
  }

  #hasGroups(): boolean {
    const { db } = this.#parts
    const found =
      db.one("SELECT 1 FROM unresolved WHERE job_group >= '' LIMIT 1") ??
      db.one("SELECT 1 FROM subject WHERE key >= 'group_' AND key < 'group`' LIMIT 1")
    return found !== undefined
  }

  /** The groups of the jobs that read or write one of these datasets. */
  #groupsAt(datasets: readonly DatasetNode[], asOf: AsOf): readonly JobGroupId[] {
    const { adjacency } = this.#parts
    const jobs = new Set<JobId>()
    for (const { names } of datasets) {
      for (const { reads, writes } of names) {
        for (const flow of [...reads, ...writes]) {
          if (flow.job === undefined || jobs.has(flow.job)) continue
          if (adjacency.isShown(flow, { asOf, inForce: false })) jobs.add(flow.job)
        }
      }
    }
    const groups = [...jobs].map((job) => this.#groupOf(job)).filter((id) => id !== undefined)
    return [...new Set(groups)]
  }

  #groupOf(job: JobId): JobGroupId | undefined {
    const known = this.#groups.get(job)
    if (known !== undefined) return known
    const row = this.#parts.db.one('SELECT namespace, name FROM subject WHERE key = ?', job)
    if (row === undefined) return undefined
    const group = jobGroupIdOf(nameOf(row))
    this.#groups.add(job, group)
    return group
  }
}
