import type { DatasetId, SchemaField } from '../../model/index.ts'
import type { StoredCopied } from '../cells.ts'
import type { ColumnList } from '../copied-columns.ts'
import type { AsOf } from '../port.ts'
import type { Timeline } from '../timeline.ts'
import type { Adjacency, DatasetNode } from './adjacency.ts'
import type { Database } from './database.ts'
import type { FlowMembers } from './flow-members.ts'
import type { MapTable } from './map-table.ts'
import { isLocation, parseJson } from '../../model/index.ts'
import { properties } from '../cells.ts'
import { columnListOf, listedColumns } from '../copied-columns.ts'
import { always, combined, within } from '../timeline.ts'
import { anyOf } from './database.ts'

export type ColumnTimesParts = Readonly<{
  db: Database
  adjacency: Adjacency
  members: FlowMembers
  maps: MapTable
}>

/** Behind each other so many copies into places without a schema are followed to one that has it. */
const copiesFollowedMax = 8

type Columns = ColumnList | undefined

/**
 * Which columns a dataset had at each moment, by what was said up to `asOf`: its schema at that time,
 * before the first one the first; without any, that of what lies at the same place at that time;
 * without that, the columns that jobs copy into it. What does not agree is not known. One is made for
 * each question.
 */
export class ColumnTimes {
  readonly #parts: ColumnTimesParts
  readonly #asOf: AsOf
  readonly #own = new Map<DatasetId, Timeline<Columns> | undefined>()
  readonly #found = new Map<string, Timeline<Columns>>()
  readonly #lists = new Map<number, Columns>()

  constructor(parts: ColumnTimesParts, asOf: AsOf) {
    this.#parts = parts
    this.#asOf = asOf
  }

  of(name: DatasetId, copiesLeft = copiesFollowedMax): Timeline<Columns> {
    const dataset = this.#parts.adjacency.name(name)?.dataset
    if (dataset === undefined) return always(undefined)
    const key = `${copiesLeft} ${dataset.leader.id}`
    const known = this.#found.get(key)
    if (known !== undefined) return known
    const found =
      this.#ofSchema(dataset) ?? this.#ofPlace(dataset) ?? this.#ofCopies(dataset, copiesLeft)
    this.#found.set(key, found)
    return found
  }

  #ofSchema(dataset: DatasetNode): Timeline<Columns> | undefined {
    const { id } = dataset.leader
    if (!this.#own.has(id)) this.#own.set(id, this.#schemasOf(dataset))
    return this.#own.get(id)
  }

  /** At each moment the best said until then by (rank, event time, entry key), the least name first. */
  #schemasOf({ names }: DatasetNode): Timeline<Columns> | undefined {
    const order = new Map(names.map(({ row }, index) => [row, index]))
    const ofNames = anyOf([...order.keys()])
    const rows = this.#parts.db.all(
      `SELECT subject, at, rank, entry, value FROM cell
       WHERE subject ${ofNames.sql} AND property = ? AND at <= ? ORDER BY at, rank, entry`,
      ofNames.value,
      properties.schema.id,
      this.#asOf ?? Number.MAX_SAFE_INTEGER,
    )
    const times: { from: number; value: Columns }[] = []
    let best: Readonly<{ rank: number; at: number; entry: string; index: number }> | undefined
    for (const row of rows) {
      const value = this.#listIn(Number(row['value']))
      if (value === undefined) continue
      const [at, rank, entry] = [Number(row['at']), Number(row['rank']), String(row['entry'])]
      const index = order.get(Number(row['subject'])) ?? 0
      const isSame = best?.rank === rank && best.at === at && best.entry === entry
      if (best !== undefined && (rank < best.rank || (isSame && index > best.index))) continue
      best = { rank, at, entry, index }
      const last = times.at(-1)
      if (last?.from === at) last.value = value
      else if (last?.value !== value) times.push({ from: at, value })
    }
    const [first] = times
    if (first === undefined) return undefined
    first.from = -Infinity
    return times
  }

  #listIn(value: number): Columns {
    if (this.#lists.has(value)) return this.#lists.get(value)
    const row = this.#parts.db.one('SELECT body FROM value WHERE id = ?', value)
    const fields = parseJson(String(row?.['body'])) as unknown as readonly SchemaField[]
    const list = columnListOf(fields)
    this.#lists.set(value, list)
    return list
  }

  /** Of tables that pointed at it, of the place that it pointed at, of others that pointed there. */
  #ofPlace(dataset: DatasetNode): Timeline<Columns> | undefined {
    const met = this.#parts.adjacency.places
      .meetings(dataset, this.#asOf)
      .filter(({ meeting }) => meeting.kind === 'LOCATION')
      .flatMap(({ other, meeting }) => {
        const times = this.#ofSchema(other)
        return times === undefined ? [] : [within(times, meeting.during)]
      })
    return met.length === 0 ? undefined : agreed(met)
  }

  #ofCopies(dataset: DatasetNode, copiesLeft: number): Timeline<Columns> {
    if (copiesLeft === 0) return always(undefined)
    const { adjacency, maps, members } = this.#parts
    const flows = new Set(dataset.names.flatMap(({ writes }) => [...writes]))
    const times: Timeline<Columns>[] = []
    for (const flow of flows) {
      if (!adjacency.isShown(flow, { asOf: this.#asOf, inForce: false })) continue
      for (const { mapset } of members.shown(flow, this.#asOf)) {
        for (const { output, map } of maps.mapsOf(mapset)) {
          const node = adjacency.name(output)
          if (map.copied === undefined || node?.dataset !== dataset) continue
          times.push(this.#given(map.copied, isLocation(node.name), copiesLeft))
        }
      }
    }
    return agreed(times)
  }

  /** Files have the columns that were listed and no others; a table can have more. */
  #given({ from, columns }: StoredCopied, isFiles: boolean, copiesLeft: number): Timeline<Columns> {
    const listed = columns.by === 'name' ? columns.only : columns.to
    if (listed !== undefined) return always(isFiles ? listedColumns(listed) : undefined)
    const isPart = columns.by === 'position' && (columns.from ?? columns.skip) !== undefined
    return isPart ? always(undefined) : this.of(from, copiesLeft - 1)
  }
}

function agreed(timelines: readonly Timeline<Columns>[]): Timeline<Columns> {
  return combined(
    timelines,
    (values) => {
      const known = values.filter((value) => value !== undefined)
      const distinct = new Map(known.map((value) => [JSON.stringify(value), value]))
      return distinct.size === 1 ? known[0] : undefined
    },
    (value) => JSON.stringify(value),
  )
}
