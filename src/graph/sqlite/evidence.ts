import type { EntryKey, FlowId, Meeting } from '../../model/index.ts'
import type { AsOf, EvidenceOf, Page, PageAsk } from '../port.ts'
import type { Adjacency, DatasetNode, FlowNode } from './adjacency.ts'
import type { Database, Row } from './database.ts'
import type { MapsetTimes } from './flow-members.ts'
import type { FlowRecords } from './flow-records.ts'
import type { Interning } from './interning.ts'
import type { SQLInputValue } from 'node:sqlite'
import { properties } from '../cells.ts'
import { meetingKey } from '../meeting-key.ts'
import { emptyPage, keyOfCursor, pageOf, pageOfList } from '../page.ts'
import { anyOf } from './database.ts'

/** The entries behind what an answer shows, newest first. */
/** What declares a job's flows, in whole and in part. A version rests on all since the last whole. */
const declaring = [properties.declaration, properties.amendment, properties.active]
  .map(({ id }) => id)
  .join()

export class EvidenceReader {
  readonly #db: Database
  readonly #adjacency: Adjacency
  readonly #interning: Interning
  readonly #flows: FlowRecords

  constructor(db: Database, adjacency: Adjacency, interning: Interning, flows: FlowRecords) {
    this.#db = db
    this.#adjacency = adjacency
    this.#interning = interning
    this.#flows = flows
  }

  of(of: Exclude<EvidenceOf, { access: unknown }>, asOf: AsOf, page: PageAsk): Page<EntryKey> {
    if ('meeting' in of) return pageOfList(this.#ofMeeting(of.meeting), page, (key) => key)
    if ('flows' in of) return this.#ofFlows(of.flows, of.map, asOf, page)
    const said = anyOf(this.#subjects(of))
    const postings = `SELECT entry, at FROM posting WHERE subject ${said.sql}`
    return this.#page(postings, [said.value], asOf, page)
  }

  /** The sources that spoke of these datasets and of the jobs of these flows. */
  sources(flows: readonly FlowNode[], datasets: readonly DatasetNode[]): readonly string[] {
    const rows = new Set(datasets.flatMap(({ names }) => names.map(({ row }) => row)))
    const jobs = new Set(flows.map(({ job }) => job).filter((job) => job !== undefined))
    for (const job of jobs) {
      const row = this.#interning.subjectRow(job)
      if (row !== undefined) rows.add(row)
    }
    const found = this.#db.all(
      `SELECT DISTINCT source.name AS name FROM subject_source
       JOIN source ON source.id = subject_source.source
       WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY source.name`,
      JSON.stringify([...rows]),
    )
    return found.map((row) => String(row['name']))
  }

  #subjects(
    of: Exclude<EvidenceOf, { meeting: Meeting } | { flows: unknown } | { access: unknown }>,
  ): readonly number[] {
    if ('dataset' in of) {
      const names = this.#adjacency.name(of.dataset)?.dataset.names ?? []
      return names.map(({ row }) => row)
    }
    const row = this.#interning.subjectRow('job' in of ? of.job : of.run)
    return row === undefined ? [] : [row]
  }

  #ofFlows(
    ids: readonly FlowId[],
    map: string | undefined,
    asOf: AsOf,
    page: PageAsk,
  ): Page<EntryKey> {
    const flows = this.#flows.nodes(ids).map(({ row }) => row)
    if (flows.length === 0) return emptyPage
    const mapsets = map === undefined ? undefined : this.#flows.mapsetsWith(ids, map, asOf)
    const ofFlows = anyOf(flows)
    const ofMap = mapsets === undefined ? undefined : membersIn(mapsets)
    // Of the newest members each has an entry at its last moment, so they hold the first page.
    const isFirst = page.after === undefined && asOf === undefined
    const [bySeen, newest] = isFirst
      ? ['INDEXED BY member_seen', 'ORDER BY last_seen DESC LIMIT ?']
      : ['', '']
    const at = asOf ?? Number.MAX_SAFE_INTEGER
    const members = `SELECT mover, basis, started, last_seen FROM member ${bySeen}
      WHERE shown_from <= ? AND (shown_until IS NULL OR shown_until > ?)
      AND flow ${ofFlows.sql} ${ofMap === undefined ? '' : `AND ${ofMap.sql}`} ${newest}`
    const mapped = ofMap === undefined ? [] : ofMap.values
    const values = [at, at, ofFlows.value, ...mapped, ...(isFirst ? [page.first + 1] : [])]
    return this.#page(
      `SELECT posting.entry AS entry, posting.at AS at FROM (${members}) AS shown
       JOIN posting ON posting.subject = shown.mover WHERE basis = 'OBSERVED'
       UNION SELECT entry.id, entry.at FROM (${members}) AS shown
       JOIN relied ON relied.run = shown.mover JOIN entry ON entry.key = relied.entry
       UNION SELECT entry.id, cell.at FROM (${members}) AS shown
       JOIN cell ON cell.subject = shown.mover AND cell.property IN (${declaring})
       JOIN entry ON entry.key = cell.entry
       WHERE basis = 'DECLARED' AND cell.at <= shown.last_seen AND cell.at >= COALESCE((
         SELECT MAX(whole.at) FROM cell AS whole WHERE whole.subject = shown.mover
         AND whole.property = ${properties.declaration.id} AND whole.at <= shown.started
       ), 0)`,
      [...values, ...values, ...values],
      asOf,
      page,
    )
  }

  /** What said where the content lay; of names that hold each other, what first named each. */
  #ofMeeting(meeting: Meeting): readonly EntryKey[] {
    const from = this.#adjacency.name(meeting.from)?.dataset
    if (from === undefined) return []
    const same = this.#adjacency.places
      .meetings(from, undefined)
      .find((met) => meetingKey(met.meeting) === meetingKey(meeting))
    if (same !== undefined && same.entries.length > 0) return this.#newestFirst(same.entries)
    const to = this.#adjacency.name(meeting.to)?.dataset
    const named = [from, ...(to === undefined ? [] : [to])]
    return this.#newestFirst(named.flatMap(({ leader }) => this.#firstOf(leader.row)))
  }

  #firstOf(subject: number): readonly string[] {
    const rows = this.#db.all(
      `SELECT key FROM posting JOIN entry ON entry.id = posting.entry
       WHERE subject = ? ORDER BY posting.at, key LIMIT 1`,
      subject,
    )
    return rows.map(keyOf)
  }

  #newestFirst(keys: readonly string[]): readonly EntryKey[] {
    const rows = this.#db.all(
      `SELECT key FROM entry WHERE key IN (SELECT value FROM json_each(?))
       ORDER BY at DESC, key DESC`,
      JSON.stringify(keys),
    )
    return rows.map(keyOf)
  }

  #page(
    postings: string,
    values: readonly SQLInputValue[],
    asOf: AsOf,
    page: PageAsk,
  ): Page<EntryKey> {
    const [at, key] = keyOfCursor(page.after, 'number', 'string') ?? newest
    const rows = this.#db.all(
      `SELECT DISTINCT entry.key AS key, said.at AS at FROM (${postings}) AS said
       JOIN entry ON entry.id = said.entry
       WHERE said.at <= ? AND (said.at, entry.key) < (?, ?)
       ORDER BY said.at DESC, entry.key DESC LIMIT ?`,
      ...values,
      asOf ?? Number.MAX_SAFE_INTEGER,
      at,
      key,
      page.first + 1,
    )
    return pageOf(
      rows.map((row) => ({ node: keyOf(row), key: [Number(row['at']), String(row['key'])] })),
      page.first,
    )
  }
}

/** The condition that a member had one of these sets of maps while it held. */
function membersIn(mapsets: MapsetTimes): Readonly<{ sql: string; values: SQLInputValue[] }> {
  const any = anyOf([...mapsets.keys()])
  const held = [...mapsets].flatMap(([mapset, times]) =>
    times.map((during) => [mapset, during?.from ?? null, during?.until ?? null]),
  )
  if (held.every(([, from, until]) => from === null && until === null)) {
    return { sql: `mapset ${any.sql}`, values: [any.value] }
  }
  return {
    sql: `mapset ${any.sql} AND EXISTS (SELECT 1 FROM json_each(?) AS held
      WHERE held.value ->> 0 = mapset AND coalesce(started < held.value ->> 2, 1)
      AND (ended IS NULL OR coalesce(ended >= held.value ->> 1, 1)))`,
    values: [any.value, JSON.stringify(held)],
  }
}

/** Later than every time and key. */
const newest = [Number.MAX_SAFE_INTEGER, '~'] as const

function keyOf(row: Row): EntryKey {
  return String(row['key']) as EntryKey
}
