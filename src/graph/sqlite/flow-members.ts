import type { Interval, Micros } from '../../model/index.ts'
import type { Activity } from '../merged-activity.ts'
import type { FlowNode, FlowNow, MemberIndex } from './adjacency.ts'
import type { Database } from './database.ts'
import type { MapTable } from './map-table.ts'
import { mergedActivity } from '../merged-activity.ts'
import { anyOf } from './database.ts'
import { bases, isCoarse } from './flow-summary.ts'

/** Sets of maps, and while which intervals; undefined: always. */
export type MapsetTimes = ReadonlyMap<number, readonly (Interval | undefined)[]>

/** What is a member at the moment `?1`. */
export const isShown = 'shown_from <= ?1 AND (shown_until IS NULL OR shown_until > ?1)'

/** What the members of flows say of any moment: asked where the summary in memory cannot tell. */
export class FlowMembers implements MemberIndex {
  readonly #db: Database
  readonly #maps: MapTable

  constructor(db: Database, maps: MapTable) {
    this.#db = db
    this.#maps = maps
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

  /** Whether data moved by these maps at some time of an interval, by `asOf`. */
  movedDuring(flow: FlowNode, mapset: number, during: Interval, asOf: Micros | undefined): boolean {
    const row = this.#db.one(
      `SELECT 1 FROM member WHERE flow = ?2 AND mapset = ?5 AND started < ?3 AND started <= ?1
       AND ${isShown} AND (ended IS NULL OR ended >= ?4) LIMIT 1`,
      asOf ?? Number.MAX_SAFE_INTEGER,
      flow.row,
      finite(during.until ?? Infinity),
      finite(during.from ?? -Infinity),
      mapset,
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
      ...passing.map((mapset) => ({
        mapset,
        from: asOf,
        coarse: isCoarse(flow, this.#maps.mapsOf(mapset)),
      })),
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
    mapsets?: MapsetTimes,
  ): readonly Interval[] {
    return mergedActivity(this.#activities(flows, asOf, mapsets), first)
  }

  *#activities(
    flows: readonly FlowNode[],
    asOf: Micros | undefined,
    mapsets: MapsetTimes | undefined,
  ): Iterable<Activity> {
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
      const times = mapsets === undefined ? [undefined] : mapsets.get(Number(row['mapset']))
      if (times === undefined) continue
      const ended = row['ended'] === null ? undefined : (Number(row['ended']) as Micros)
      const end = ended !== undefined && ended > at ? undefined : ended
      const active = { start: Number(row['started']) as Micros, end }
      if (times.some((during) => overlaps(active, during))) yield active
    }
  }
}

function overlaps({ start, end }: Activity, during: Interval | undefined): boolean {
  const { from = -Infinity, until = Infinity } = during ?? {}
  return start < until && (end ?? Infinity) >= from
}

function finite(value: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value))
}
