import type { DatasetId, FlowId, FlowKind, Interval, JobId, Micros } from '../../model/index.ts'
import type { Member } from '../derived.ts'
import type { Adjacency, FlowNode, FlowNow, NameNode } from './adjacency.ts'
import type { Database, Row } from './database.ts'
import type { Interning } from './interning.ts'
import type { MapTable } from './map-table.ts'
import { anyOf } from './database.ts'

type Stored = Readonly<{
  flow: number
  mapset: number
  basis: string
  shownFrom: number
  shownUntil: number | null
  started: number
  ended: number | null
  lastSeen: number
}>

/** What is a member at the moment `?1`. */
export const isShown = 'shown_from <= ?1 AND (shown_until IS NULL OR shown_until > ?1)'

/** Flows with their members on disk, and the summary of each in memory. */
export class FlowTable {
  readonly #db: Database
  readonly #interning: Interning
  readonly #maps: MapTable
  readonly #adjacency: Adjacency

  constructor(db: Database, interning: Interning, maps: MapTable, adjacency: Adjacency) {
    this.#db = db
    this.#interning = interning
    this.#maps = maps
    this.#adjacency = adjacency
  }

  /** Replaces what a run or declaration is a member of. */
  replace(mover: number, members: readonly Member[]): void {
    const before = this.#membersOf(mover)
    const flows = new Map(members.map((member) => [this.#flowRow(member), member]))
    const now = members.map((member) => this.#stored(member))
    if (JSON.stringify(before) === JSON.stringify(now)) return
    this.#db.run('DELETE FROM member WHERE mover = ?', mover)
    for (const [number, row] of now.entries()) this.#insert(mover, number, row)
    const touched = new Map<number, Set<number>>()
    for (const { flow, mapset } of [...before, ...now]) {
      touched.set(flow, (touched.get(flow) ?? new Set()).add(mapset))
    }
    for (const [flow, mapsets] of touched) this.#summarise(flow, mapsets, flows.get(flow))
  }

  /** Loads every flow into memory; the names must be there. */
  load(): void {
    const names = new Map<number, NameNode>()
    for (const node of this.#adjacency.names.values()) names.set(node.row, node)
    const jobs = new Map(
      this.#db
        .all(
          `SELECT id, key FROM subject
           WHERE id IN (SELECT job FROM flow)`,
        )
        .map((row) => [Number(row['id']), String(row['key']) as JobId]),
    )
    const shown = new Map<number, FlowNode['shown'][number][]>()
    for (const row of this.#db.each('SELECT flow, mapset, shown_from, coarse FROM flow_shown')) {
      const flow = Number(row['flow'])
      const list = shown.get(flow) ?? []
      list.push(shownOf(row))
      shown.set(flow, list)
    }
    for (const row of this.#db.each('SELECT * FROM flow')) {
      const side = (column: string): readonly NameNode[] =>
        (JSON.parse(String(row[column])) as number[])
          .map((id) => names.get(id))
          .filter((node) => node !== undefined)
      const flow: FlowNode = {
        id: String(row['key']) as FlowId,
        row: Number(row['id']),
        job: row['job'] === null ? undefined : jobs.get(Number(row['job'])),
        kind: String(row['kind']) as FlowKind,
        inputs: side('inputs'),
        outputs: side('outputs'),
        ...emptySummary,
      }
      summaryFrom(flow, row, shown.get(flow.row) ?? [])
      this.#adjacency.addFlow(flow)
    }
  }

  /** Whether a member was shown at that moment of event time. */
  shownAt(flow: number, at: Micros): boolean {
    const row = this.#db.one(
      `SELECT 1 FROM member WHERE flow = ?1 AND shown_from <= ?2
       AND (shown_until IS NULL OR shown_until > ?2) LIMIT 1`,
      flow,
      at,
    )
    return row !== undefined
  }

  /** Whether data moved at some time from `from` (with it) until `until` (without it), by `asOf`. */
  activeDuring(flow: number, from: number, until: number, asOf: Micros | undefined): boolean {
    const row = this.#db.one(
      `SELECT 1 FROM member WHERE flow = ?2 AND started < ?3 AND started <= ?1 AND ${isShown}
       AND (ended IS NULL OR ended >= ?4) LIMIT 1`,
      asOf ?? Number.MAX_SAFE_INTEGER,
      flow,
      finite(until),
      finite(from),
    )
    return row !== undefined
  }

  /** When the last of its declarations was replaced, if nothing else says the flow at `asOf`. */
  replacedAt(flow: number, asOf: Micros | undefined): Micros | undefined {
    const at = asOf ?? Number.MAX_SAFE_INTEGER
    const held = this.#db.one(
      `SELECT 1 FROM member WHERE flow = ?2 AND ${isShown} AND started <= ?1
       AND (basis <> 'DECLARED' OR ended IS NULL OR ended > ?1) LIMIT 1`,
      at,
      flow,
    )
    if (held !== undefined) return undefined
    const row = this.#db.one(
      "SELECT max(ended) AS at FROM member WHERE flow = ? AND basis = 'DECLARED' AND ended <= ?",
      flow,
      at,
    )
    return row === undefined || row['at'] === null ? undefined : (Number(row['at']) as Micros)
  }

  seen(flow: FlowNode, asOf: Micros | undefined): FlowNow['seen'] {
    return asOf === undefined ? this.#now(flow).seen : this.#seenAt(flow, asOf)
  }

  bases(flow: FlowNode, asOf: Micros | undefined): FlowNow['bases'] {
    return asOf === undefined ? this.#now(flow).bases : this.#basesAt(flow, asOf)
  }

  #now(flow: FlowNode): FlowNow {
    flow.now ??= { seen: this.#seenAt(flow, undefined), bases: this.#basesAt(flow, undefined) }
    return flow.now
  }

  /**
   * First and last event time at which those said so that are its members at `asOf`. Of a run that
   * goes on after `asOf` only its beginning and the changes of what it moved are known here, so the
   * last can be earlier than its last event.
   */
  #seenAt(flow: FlowNode, asOf: Micros | undefined): FlowNow['seen'] {
    if (!flow.passing && (asOf === undefined || flow.lastSeen <= asOf)) {
      return { first: flow.firstSeen, last: flow.lastSeen }
    }
    const at = asOf ?? Number.MAX_SAFE_INTEGER
    const last = (column: string): number =>
      Number(
        this.#db.one(
          `SELECT ${column} AS at FROM member WHERE flow = ?2 AND ${isShown} AND ${column} <= ?1
           ORDER BY ${column} DESC LIMIT 1`,
          at,
          flow.row,
        )?.['at'] ?? flow.firstSeen,
      )
    return {
      first: flow.passing ? this.#firstSeen(flow, at) : flow.firstSeen,
      last: Math.max(last('last_seen'), last('shown_from')) as Micros,
    }
  }

  /** A run that is a member may have become one, as it was known at first, before. */
  #firstSeen(flow: FlowNode, at: number): Micros {
    const row = this.#db.one(
      `SELECT shown_from AS at FROM member AS said WHERE flow = ?2 AND shown_from <= ?1
       AND EXISTS (SELECT 1 FROM member WHERE mover = said.mover AND flow = ?2 AND ${isShown})
       ORDER BY shown_from LIMIT 1`,
      at,
      flow.row,
    )
    return Number(row?.['at'] ?? flow.firstSeen) as Micros
  }

  /** The sets of maps with which a flow is shown at `asOf`. */
  shown(flow: FlowNode, asOf: Micros | undefined): FlowNode['shown'] {
    if (asOf === undefined) return flow.shown
    const shown = flow.shown.filter(({ from }) => from <= asOf)
    if (!flow.passing) return shown
    const rows = this.#db.all(
      `SELECT DISTINCT mapset FROM member WHERE flow = ?1 AND shown_from <= ?2 AND shown_until > ?2`,
      flow.row,
      asOf,
    )
    const passing = rows
      .map((row) => Number(row['mapset']))
      .filter((mapset) => !shown.some((known) => known.mapset === mapset))
    return [
      ...shown,
      ...passing.map((mapset) => ({ mapset, from: asOf, coarse: this.#isCoarse(flow, mapset) })),
    ]
  }

  #basesAt(flow: FlowNode, asOf: Micros | undefined): FlowNow['bases'] {
    return bases.filter(
      (basis) =>
        this.#db.one(
          // By the moments at which they were shown, all members would be gone through in vain.
          `SELECT 1 FROM member INDEXED BY member_ended
           WHERE flow = ?2 AND basis = ?3 AND ${isShown} LIMIT 1`,
          asOf ?? Number.MAX_SAFE_INTEGER,
          flow.row,
          basis,
        ) !== undefined,
    )
  }

  /** Activity of these flows' members, merged, oldest first; with `mapsets`, of those members only. */
  active(
    flows: readonly FlowNode[],
    asOf: Micros | undefined,
    first: number,
    mapsets?: ReadonlySet<number>,
  ): readonly Interval[] {
    const merged: { from: Micros; until: Micros | undefined }[] = []
    const at = asOf ?? Number.MAX_SAFE_INTEGER
    const ofFlows = anyOf(flows.map(({ row }) => row))
    const rows = this.#db.each(
      `SELECT started, ended, mapset FROM member
       WHERE started <= ?1 AND ${isShown} AND flow ${ofFlows.sql}
       ORDER BY started, ended`,
      at,
      ofFlows.value,
    )
    for (const row of rows) {
      if (mapsets !== undefined && !mapsets.has(Number(row['mapset']))) continue
      const from = Number(row['started']) as Micros
      const ended = row['ended'] === null ? undefined : (Number(row['ended']) as Micros)
      const until = ended !== undefined && ended > at ? undefined : ended
      const before = merged.at(-1)
      if (before !== undefined && (before.until === undefined || before.until >= from)) {
        before.until =
          before.until === undefined || until === undefined
            ? undefined
            : (Math.max(before.until, until) as Micros)
        continue
      }
      if (merged.length === first) break
      merged.push({ from, until })
    }
    return merged
  }

  #membersOf(mover: number): readonly Stored[] {
    return this.#db
      .all('SELECT * FROM member WHERE mover = ? ORDER BY number', mover)
      .map((row) => ({
        flow: Number(row['flow']),
        mapset: Number(row['mapset']),
        basis: String(row['basis']),
        shownFrom: Number(row['shown_from']),
        shownUntil: numberOrNull(row['shown_until']),
        started: Number(row['started']),
        ended: numberOrNull(row['ended']),
        lastSeen: Number(row['last_seen']),
      }))
  }

  #stored(member: Member): Stored {
    return {
      flow: this.#flowRow(member),
      mapset: this.#maps.setOf(member.maps),
      basis: member.basis,
      shownFrom: member.shownFrom,
      shownUntil: member.shownUntil ?? null,
      started: member.start,
      ended: member.end ?? null,
      lastSeen: member.lastSeen,
    }
  }

  #insert(mover: number, number: number, row: Stored): void {
    this.#db.run(
      `INSERT INTO member
       (mover, number, flow, mapset, basis, shown_from, shown_until, started, ended, last_seen)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      mover,
      number,
      row.flow,
      row.mapset,
      row.basis,
      row.shownFrom,
      row.shownUntil,
      row.started,
      row.ended,
      row.lastSeen,
    )
  }

  #flowRow(member: Member): number {
    const known = this.#adjacency.flows.get(member.flow)
    if (known !== undefined) return known.row
    const stored = this.#db.one('SELECT id FROM flow WHERE key = ?', member.flow)
    if (stored !== undefined) return Number(stored['id'])
    const rows = (ids: readonly DatasetId[]): string =>
      JSON.stringify(ids.map((id) => this.#interning.subjectRow(id)))
    return this.#db.insert(
      'INSERT INTO flow (key, job, kind, inputs, outputs) VALUES (?, ?, ?, ?, ?)',
      member.flow,
      member.job === undefined ? null : (this.#interning.subjectRow(member.job) ?? null),
      member.kind,
      rows(member.inputs),
      rows(member.outputs),
    )
  }

  /** Works the summary of a flow out anew: a number of index look-ups that its members do not change. */
  #summarise(flow: number, mapsets: ReadonlySet<number>, member: Member | undefined): void {
    const db = this.#db
    const first = db.one(
      'SELECT shown_from FROM member WHERE flow = ? ORDER BY shown_from LIMIT 1',
      flow,
    )
    if (first === undefined) {
      this.#remove(flow)
      return
    }
    const node = this.#adjacency.flowsByRow.get(flow) ?? this.#addNode(flow, member)
    for (const mapset of mapsets) this.#summariseMaps(node, mapset)
    const started = db.one(
      'SELECT started FROM member WHERE flow = ? ORDER BY started LIMIT 1',
      flow,
    )
    const open = db.one(
      `SELECT 1 FROM member WHERE flow = ? AND basis IN (${anyBasis}) AND ended IS NULL LIMIT 1`,
      flow,
    )
    const ended = db.one(lastEnd, flow)
    const seen = db.one('SELECT max(last_seen) AS at FROM member WHERE flow = ?', flow)
    const replaced = db.one(
      "SELECT max(ended) AS at FROM member WHERE flow = ? AND basis = 'DECLARED'",
      flow,
    )
    db.run(
      `UPDATE flow SET first_start = ?, last_end = ?, first_seen = ?, last_seen = ?,
       declared_end = ?, passing = max(passing, ?) WHERE id = ?`,
      Number(started?.['started']),
      open === undefined ? numberOrNull(ended?.['at'] ?? null) : null,
      Number(first['shown_from']),
      Number(seen?.['at']),
      numberOrNull(replaced?.['at'] ?? null),
      this.#hasPassing(flow, mapsets) ? 1 : 0,
      flow,
    )
    const rows = db.all('SELECT mapset, shown_from, coarse FROM flow_shown WHERE flow = ?', flow)
    summaryFrom(node, db.one('SELECT * FROM flow WHERE id = ?', flow) as Row, rows.map(shownOf))
  }

  #hasPassing(flow: number, mapsets: ReadonlySet<number>): boolean {
    return [...mapsets].some(
      (mapset) =>
        this.#db.one(
          'SELECT 1 FROM member WHERE flow = ? AND mapset = ? AND shown_until IS NOT NULL LIMIT 1',
          flow,
          mapset,
        ) !== undefined,
    )
  }

  #summariseMaps(flow: FlowNode, mapset: number): void {
    const from = this.#db.one(
      `SELECT shown_from FROM member WHERE flow = ? AND mapset = ? AND shown_until IS NULL
       ORDER BY shown_from LIMIT 1`,
      flow.row,
      mapset,
    )
    if (from === undefined) {
      this.#db.run('DELETE FROM flow_shown WHERE flow = ? AND mapset = ?', flow.row, mapset)
      return
    }
    this.#db.run(
      `INSERT INTO flow_shown (flow, mapset, shown_from, coarse) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET shown_from = excluded.shown_from`,
      flow.row,
      mapset,
      Number(from['shown_from']),
      this.#isCoarse(flow, mapset) ? 1 : 0,
    )
  }

  /** Some input reaches some output that its maps do not explain. */
  #isCoarse(flow: FlowNode, mapset: number): boolean {
    if (flow.kind === 'RENAME') return false
    const maps = this.#maps.mapsOf(mapset)
    return flow.outputs.some(({ id }) => {
      const explained = maps.filter(({ output }) => output === id).map(({ datasets }) => datasets)
      return flow.inputs.some((input) => !explained.some((datasets) => datasets.has(input.id)))
    })
  }

  #addNode(row: number, member: Member | undefined): FlowNode {
    const names = (ids: readonly DatasetId[]): readonly NameNode[] =>
      ids.map((id) => this.#knownName(id))
    const of = member ?? this.#memberOf(row)
    const node: FlowNode = {
      id: of.flow,
      row,
      job: of.job,
      kind: of.kind,
      inputs: names(of.inputs),
      outputs: names(of.outputs),
      ...emptySummary,
    }
    this.#adjacency.addFlow(node)
    return node
  }

  #memberOf(row: number): Pick<Member, 'flow' | 'job' | 'kind' | 'inputs' | 'outputs'> {
    const flow = this.#db.one('SELECT * FROM flow WHERE id = ?', row) as Row
    const keys = (column: string): readonly DatasetId[] =>
      (JSON.parse(String(flow[column])) as number[]).map((id) => this.#key(id) as DatasetId)
    return {
      flow: String(flow['key']) as FlowId,
      job: flow['job'] === null ? undefined : (this.#key(Number(flow['job'])) as JobId),
      kind: String(flow['kind']) as FlowKind,
      inputs: keys('inputs'),
      outputs: keys('outputs'),
    }
  }

  #knownName(id: DatasetId): NameNode {
    const known = this.#adjacency.name(id)
    if (known !== undefined) return known
    const row = this.#db.one('SELECT id, namespace, name FROM subject WHERE key = ?', id) as Row
    return this.#adjacency.addName(id, Number(row['id']), {
      namespace: String(row['namespace']),
      name: String(row['name']),
    })
  }

  #key(subject: number): string {
    return String(this.#db.one('SELECT key FROM subject WHERE id = ?', subject)?.['key'])
  }

  #remove(flow: number): void {
    const node = this.#adjacency.flowsByRow.get(flow)
    if (node !== undefined) this.#adjacency.removeFlow(node)
    this.#db.run('DELETE FROM flow_shown WHERE flow = ?', flow)
    this.#db.run('DELETE FROM flow WHERE id = ?', flow)
  }
}

const emptySummary = {
  shown: [],
  shownFrom: Infinity,
  passing: false,
  firstStart: Infinity,
  lastEnd: -Infinity,
  firstSeen: 0 as Micros,
  lastSeen: 0 as Micros,
  declaredEnd: undefined,
  now: undefined,
  group: '',
} as const

const bases = ['OBSERVED', 'DECLARED', 'INFERRED'] as const
const anyBasis = bases.map((basis) => `'${basis}'`).join()

/** One look-up for each basis: a list of them would go through all members. */
const lastEnd = `SELECT max(at) AS at FROM (${bases
  .map((basis) => `SELECT max(ended) AS at FROM member WHERE flow = ?1 AND basis = '${basis}'`)
  .join(' UNION ALL ')})`

function summaryFrom(flow: FlowNode, row: Row, shown: FlowNode['shown']): void {
  flow.shown = shown
  flow.now = undefined
  flow.shownFrom = shown.reduce((least, { from }) => Math.min(least, from), Infinity)
  flow.passing = row['passing'] === 1
  flow.firstStart = Number(row['first_start'])
  flow.lastEnd = row['last_end'] === null ? Infinity : Number(row['last_end'])
  flow.firstSeen = Number(row['first_seen']) as Micros
  flow.lastSeen = Number(row['last_seen']) as Micros
  flow.declaredEnd =
    row['declared_end'] === null ? undefined : (Number(row['declared_end']) as Micros)
}

function shownOf(row: Row): FlowNode['shown'][number] {
  return {
    mapset: Number(row['mapset']),
    from: Number(row['shown_from']),
    coarse: row['coarse'] === 1,
  }
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value)
}

function finite(value: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value))
}
