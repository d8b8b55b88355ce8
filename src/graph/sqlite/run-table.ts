import type { DatasetId, JobId, Micros, RunId, RunState } from '../../model/index.ts'
import type { RunOutcome } from '../derived.ts'
import type { Page, PageAsk, RunRecord } from '../port.ts'
import type { ChangeLog } from './change-log.ts'
import type { Database, Row } from './database.ts'
import type { Interning } from './interning.ts'
import { keyOfCursor, pageOf } from '../page.ts'

/** Runs of which no start is known stand behind all others. In the words of the index `run_job`. */
const startedOrNever = 'coalesce(started, -9007199254740991)'

export type RunTableParts = Readonly<{ db: Database; interning: Interning; changes: ChangeLog }>

/** Runs as they were worked out last. */
export class RunTable {
  readonly #db: Database
  readonly #interning: Interning
  readonly #changes: ChangeLog

  constructor({ db, interning, changes }: RunTableParts) {
    this.#db = db
    this.#interning = interning
    this.#changes = changes
  }

  /** Undefined for a run that is only an id: nobody has named its job, or nobody names it any more. */
  record(subject: number): RunRecord | undefined {
    const run = this.#db.one(
      `SELECT run.*, subject.name AS run_id, job.key AS job_key,
       parent.key AS parent_key
       FROM run JOIN subject ON subject.id = run.subject JOIN subject AS job ON job.id = run.job
       LEFT JOIN subject AS parent ON parent.id = run.parent
       WHERE run.subject = ? AND subject.known = 1`,
      subject,
    )
    if (run === undefined) return undefined
    const at = (column: string): Micros | undefined =>
      run[column] === null ? undefined : (Number(run[column]) as Micros)
    return {
      id: String(run['id']) as RunId,
      runId: String(run['run_id']),
      job: String(run['job_key']) as JobId,
      state: String(run['state']) as RunState,
      startedAt: at('started'),
      endedAt: at('ended'),
      parent: run['parent_key'] === null ? undefined : (String(run['parent_key']) as RunId),
    }
  }

  /** Whether what a run did was rolled back. */
  isUndone(run: string): boolean {
    const row = this.#db.one(
      'SELECT 1 FROM undone JOIN subject ON subject.id = undone.run WHERE subject.key = ?',
      run,
    )
    return row !== undefined
  }

  /**
   * Replaces what is kept of a run, the boundaries of epochs that it made, and what it relied on.
   * True when it was rolled back and was not before, or the reverse.
   */
  save(subject: number, outcome: RunOutcome): boolean {
    this.#saveOutcome(subject, outcome)
    const sql = outcome.undone
      ? 'INSERT OR IGNORE INTO undone (run) VALUES (?)'
      : 'DELETE FROM undone WHERE run = ?'
    return this.#db.run(sql, subject) > 0
  }

  #saveOutcome(subject: number, outcome: RunOutcome): void {
    this.#changes.add(this.#replacedBy(subject))
    this.#changes.add(outcome.replaced.map(({ dataset }) => dataset))
    this.#db.run('DELETE FROM replaced WHERE run = ?', subject)
    for (const { dataset, at } of outcome.replaced) {
      this.#db.run(
        'INSERT OR IGNORE INTO replaced (dataset, at, run) VALUES (?, ?, ?)',
        this.#row(dataset),
        at,
        subject,
      )
    }
    this.#db.run('DELETE FROM relied WHERE run = ?', subject)
    for (const entry of outcome.relied) {
      this.#db.run('INSERT INTO relied (run, entry) VALUES (?, ?)', subject, entry)
    }
    this.#db.run('DELETE FROM unresolved WHERE run = ?', subject)
    for (const { group, entry, at, member } of outcome.unresolved) {
      this.#db.run(
        'INSERT OR IGNORE INTO unresolved (run, job_group, entry, at, member) VALUES (?, ?, ?, ?, ?)',
        subject,
        group,
        entry,
        at,
        member,
      )
    }
    if (outcome.job === undefined) {
      this.#db.run('DELETE FROM run WHERE subject = ?', subject)
      return
    }
    this.#db.run(
      `INSERT OR REPLACE INTO run (subject, id, job, state, started, ended, parent)
       SELECT id, key, ?2, ?3, ?4, ?5, ?6 FROM subject WHERE id = ?1`,
      subject,
      this.#row(outcome.job),
      outcome.state,
      outcome.startedAt ?? null,
      outcome.endedAt ?? null,
      outcome.parent === undefined ? null : this.#row(outcome.parent),
    )
  }

  #replacedBy(run: number): readonly DatasetId[] {
    return this.#db
      .all(
        'SELECT key FROM replaced JOIN subject ON subject.id = replaced.dataset WHERE run = ?',
        run,
      )
      .map((row) => String(row['key']) as DatasetId)
  }

  #row(key: string): number | null {
    return this.#interning.subjectRow(key) ?? null
  }

  /** The runs of a job, newest start first. */
  ofJob(job: number, page: PageAsk): Page<RunRecord> {
    const [started, id] = afterOf(page)
    const rows = this.#db.all(
      `SELECT subject, id, ${startedOrNever} AS started FROM run
       WHERE job = ?1 AND ${startedOrNever} <= ?2 AND (${startedOrNever} < ?2 OR id > ?3)
       ORDER BY ${startedOrNever} DESC, id LIMIT ?4`,
      job,
      started,
      id,
      page.first + 1,
    )
    return this.page(rows, page.first)
  }

  /** A page of rows with `subject`, `id` and `started`, that were asked for with one more than `first`. */
  page(rows: readonly Row[], first: number): Page<RunRecord> {
    return pageOf(
      rows.flatMap((row) => {
        const node = this.record(Number(row['subject']))
        const key = [Number(row['started']), String(row['id'])]
        return node === undefined ? [] : [{ node, key }]
      }),
      first,
    )
  }
}

/** The start and the id behind which a page of runs begins. */
export function afterOf({ after }: PageAsk): readonly [started: number, id: string] {
  return keyOfCursor(after, 'number', 'string') ?? [Number.MAX_SAFE_INTEGER, '']
}
