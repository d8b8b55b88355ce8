import type { DatasetId, Entry, EntryKey, Fact, Micros } from '../../model/index.ts'
import type { AccessesAsk, AccessOf, AccessRecord } from '../access.ts'
import type { Page, PageAsk } from '../port.ts'
import type { Adjacency } from './adjacency.ts'
import type { Database, Row } from './database.ts'
import type { Interning } from './interning.ts'
import { hash } from 'node:crypto'
import { compareCodePoints } from '../../model/index.ts'
import { hourMicros, hourOf, isWeak } from '../access.ts'
import { datasetSubject, principalSubject, sessionSubject } from '../cells.ts'
import { emptyPage, keyOfCursor, pageOf } from '../page.ts'

type Access = Extract<Fact, { kind: 'access' }>

const sharedBytes = 16

/** Of records of one action the one counts that tells who it was. */
const told = `NOT (weak AND EXISTS (SELECT 1 FROM access AS other
  WHERE other.shared = access.shared AND NOT other.weak
  AND other.dataset = access.dataset AND other.action = access.action))`

const ofGroup = `access.dataset IN (SELECT value FROM json_each(?)) AND hour = ? AND principal = ?
  AND action = ? AND via = ? AND access.at >= ? AND access.at < ? AND ${told}`

/** Who did what to which name, by entries in effect. */
export class AccessTable {
  readonly #db: Database
  readonly #interning: Interning
  readonly #adjacency: Adjacency

  constructor(db: Database, interning: Interning, adjacency: Adjacency) {
    this.#db = db
    this.#interning = interning
    this.#adjacency = adjacency
  }

  /** Keeps what an entry says that came into effect: once, however often its facts are brought. */
  keep(entry: number, { eventKey }: Pick<Entry, 'eventKey'>, facts: readonly Fact[]): void {
    for (const fact of facts) if (fact.kind === 'access') this.#add(entry, eventKey, fact)
  }

  /** Takes an entry back that is not in effect any more, and spoke of these subjects. */
  remove(entry: number, subjects: readonly number[]): void {
    const at = this.#db.one('SELECT at FROM entry WHERE id = ?', entry)?.['at']
    this.#db.run(
      `DELETE FROM access WHERE dataset IN (SELECT value FROM json_each(?)) AND hour = ?
       AND entry = ?`,
      JSON.stringify(subjects),
      hourOf(Number(at) as Micros),
      entry,
    )
  }

  /** Newest hour first; within an hour by dataset, principal, action and way. */
  page(
    { datasets, since, until = latest }: AccessesAsk,
    { first, after }: PageAsk,
  ): Page<AccessRecord> {
    const names = this.#namesOf(datasets)
    const cursor = keyOfCursor(after, 'number', 'string', 'string', 'string', 'string')
    if (names.length === 0 || until <= since) return emptyPage
    const rows: Readonly<{ node: AccessRecord; key: GroupKey }>[] = []
    let before = Math.min(hourOf((until - 1) as Micros), cursor?.[0] ?? Infinity) + 1
    while (rows.length <= first) {
      const hour = this.#newestHour(names, before)
      if (hour === undefined || hour < hourOf(since)) break
      for (const node of this.#groups(names, hour, { since, until })) {
        const key = keyOf(node)
        if (cursor === undefined || compareKeys(key, cursor) > 0) rows.push({ node, key })
      }
      before = hour
    }
    return pageOf(rows, first)
  }

  /** The entries behind a record, newest first. */
  evidence(of: AccessOf, { first, after }: PageAsk): Page<EntryKey> {
    const [at, key] = keyOfCursor(after, 'number', 'string') ?? [latest, '~']
    const values = this.#valuesOf(of)
    if (values === undefined) return emptyPage
    const rows = this.#db.all(
      `SELECT DISTINCT entry.key AS key, access.at AS at FROM access
       JOIN entry ON entry.id = access.entry
       WHERE ${ofGroup} AND (access.at, entry.key) < (?, ?)
       ORDER BY access.at DESC, entry.key DESC LIMIT ?`,
      ...values,
      at,
      key,
      first + 1,
    )
    const found = rows.map((row) => {
      const node = String(row['key']) as EntryKey
      return { node, key: [Number(row['at']), node] }
    })
    return pageOf(found, first)
  }

  /** The sessions in which it was done. */
  sessions(of: AccessOf): readonly string[] {
    const values = this.#valuesOf(of)
    if (values === undefined) return []
    const rows = this.#db.all(
      `SELECT DISTINCT subject.name AS name FROM access JOIN subject ON subject.id = session
       WHERE ${ofGroup}`,
      ...values,
    )
    return rows.map((row) => String(row['name'])).toSorted(compareCodePoints)
  }

  #add(entry: number, eventKey: string, fact: Access): void {
    const { at, dataset, principal, action, id, via, session } = fact
    const isShared = id !== eventKey
    this.#db.run(
      `INSERT OR IGNORE INTO access
         (dataset, hour, principal, action, via, entry, at, session, shared, weak)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      this.#interning.subject(datasetSubject(dataset)),
      hourOf(at),
      this.#interning.subject(principalSubject(principal)),
      this.#interning.value(action),
      via === undefined ? 0 : this.#interning.value(via),
      entry,
      at,
      session === undefined ? 0 : this.#interning.subject(sessionSubject(session)),
      isShared ? hash('sha256', id, 'buffer').subarray(0, sharedBytes) : null,
      isShared && isWeak(principal) ? 1 : 0,
    )
  }

  #namesOf(datasets: readonly DatasetId[]): readonly number[] {
    return this.#adjacency.datasets(datasets).flatMap(({ names }) => names.map(({ row }) => row))
  }

  #newestHour(names: readonly number[], before: number): number | undefined {
    const row = this.#db.one(
      `SELECT (SELECT max(hour) FROM access WHERE dataset = value AND hour < ?) AS newest
       FROM json_each(?) ORDER BY newest DESC LIMIT 1`,
      before,
      JSON.stringify(names),
    )
    return typeof row?.['newest'] === 'number' ? row['newest'] : undefined
  }

  #groups(
    names: readonly number[],
    hour: number,
    { since, until }: Readonly<{ since: Micros; until: Micros }>,
  ): readonly AccessRecord[] {
    const rows = this.#db.all(
      `SELECT leader.key AS dataset, who.name AS principal, what.body AS action, way.body AS via,
         count, first, last
       FROM (SELECT coalesce(class.leader, access.dataset) AS leads, principal, action, via,
           count(DISTINCT coalesce(shared, entry)) AS count,
           min(access.at) AS first, max(access.at) AS last
         FROM access LEFT JOIN class ON class.name = access.dataset
         WHERE access.dataset IN (SELECT value FROM json_each(?)) AND hour = ?
           AND access.at >= ? AND access.at < ? AND ${told}
         GROUP BY 1, 2, 3, 4) AS said
       JOIN subject AS leader ON leader.id = leads
       JOIN subject AS who ON who.id = principal
       JOIN value AS what ON what.id = action
       LEFT JOIN value AS way ON way.id = via`,
      JSON.stringify(names),
      hour,
      since,
      until,
    )
    return rows
      .map((row) => ({
        ...recordOf(row, hour),
        since,
        until: until === latest ? undefined : until,
      }))
      .toSorted((a, b) => compareKeys(keyOf(a), keyOf(b)))
  }

  #valuesOf({ dataset, principal, action, hour, via, since, until = latest }: AccessOf) {
    const names = this.#namesOf([dataset])
    const who = this.#interning.subjectRow(principalSubject(principal).key)
    if (who === undefined || names.length === 0) return undefined
    const what = this.#interning.valueRow(action)
    const way = via === undefined ? 0 : this.#interning.valueRow(via)
    if (what === undefined || way === undefined) return undefined
    return [JSON.stringify(names), hourOf(hour), who, what, way, since, until] as const
  }
}

const latest = Number.MAX_SAFE_INTEGER as Micros

type GroupKey = readonly [number, string, string, string, string]

function keyOf({ hour, dataset, principal, action, via }: AccessRecord): GroupKey {
  return [hourOf(hour), dataset, principal, action, via ?? '']
}

/** The newest hour first. */
function compareKeys([hour, ...a]: GroupKey, [otherHour, ...b]: GroupKey): number {
  const orders = a.map((part, at) => compareCodePoints(part, b[at] ?? ''))
  return otherHour - hour || (orders.find((order) => order !== 0) ?? 0)
}

function recordOf(row: Row, hour: number) {
  const via = row['via']
  return {
    dataset: String(row['dataset']) as DatasetId,
    principal: String(row['principal']),
    action: String(JSON.parse(String(row['action']))),
    hour: (hour * hourMicros) as Micros,
    via: via === null ? undefined : String(JSON.parse(String(via))),
    count: Number(row['count']),
    first: Number(row['first']) as Micros,
    last: Number(row['last']) as Micros,
  }
}
