import type { DatasetId } from '../../model/index.ts'
import type { Member } from '../derived.ts'
import type { Adjacency, FlowNode, NameNode } from './adjacency.ts'
import type { ChangeLog } from './change-log.ts'
import type { Database, Row } from './database.ts'
import type { Interning } from './interning.ts'
import type { MapTable } from './map-table.ts'
import { bases, emptySummary, isCoarse, shownOf, summaryFrom } from './flow-summary.ts'
import { nameNode } from './name-node.ts'

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

export type FlowTableParts = Readonly<{
  db: Database
  interning: Interning
  maps: MapTable
  adjacency: Adjacency
  changes: ChangeLog
}>

/** Flows with their members on disk, and the summary of each in memory. */
export class FlowTable {
  readonly #db: Database
  readonly #interning: Interning
  readonly #maps: MapTable
  readonly #adjacency: Adjacency
  readonly #changes: ChangeLog

  constructor({ db, interning, maps, adjacency, changes }: FlowTableParts) {
    this.#db = db
    this.#interning = interning
    this.#maps = maps
    this.#adjacency = adjacency
    this.#changes = changes
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
    for (const [row, member] of flows) this.#addNode(row, member)
    for (const [flow, mapsets] of touched) this.#summarise(flow, mapsets)
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
  #summarise(flow: number, mapsets: ReadonlySet<number>): void {
    const db = this.#db
    const first = db.one(
      'SELECT shown_from FROM member WHERE flow = ? ORDER BY shown_from LIMIT 1',
      flow,
    )
    const node = this.#adjacency.flowsByRow.get(flow)
    if (node === undefined) return
    this.#changes.add([...node.inputs, ...node.outputs].map(({ id }) => id))
    if (first === undefined) {
      this.#remove(node)
      return
    }
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
      isCoarse(flow, this.#maps.mapsOf(mapset)) ? 1 : 0,
    )
  }

  #addNode(row: number, member: Member): void {
    if (this.#adjacency.flowsByRow.has(row)) return
    const names = (ids: readonly DatasetId[]): readonly NameNode[] =>
      ids.map((id) => nameNode(this.#db, this.#adjacency, id)).filter((node) => node !== undefined)
    this.#adjacency.addFlow({
      id: member.flow,
      row,
      job: member.job,
      kind: member.kind,
      inputs: names(member.inputs),
      outputs: names(member.outputs),
      ...emptySummary,
    })
  }

  #remove(flow: FlowNode): void {
    this.#adjacency.removeFlow(flow)
    this.#db.run('DELETE FROM flow_shown WHERE flow = ?', flow.row)
    this.#db.run('DELETE FROM flow WHERE id = ?', flow.row)
  }
}

const anyBasis = bases.map((basis) => `'${basis}'`).join()

/** One look-up for each basis: a list of them would go through all members. */
const lastEnd = `SELECT max(at) AS at FROM (${bases
  .map((basis) => `SELECT max(ended) AS at FROM member WHERE flow = ?1 AND basis = '${basis}'`)
  .join(' UNION ALL ')})`

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value)
}
