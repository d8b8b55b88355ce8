import type { DatasetId, Interval, Meeting, MeetingKind, Micros, Place } from '../../model/index.ts'
import type { AsOf } from '../port.ts'
import type { DatasetNode, NameNode } from './adjacency.ts'
import { placeOf, placesOverlap, segmentIsPattern } from '../../model/index.ts'
import { meetingKey } from '../meeting-key.ts'

/** A location where a dataset's content lay for a time. */
export type PlaceRow = Readonly<{ location: NameNode; during: Interval; entry: string }>

type Row = Readonly<{
  /** Whose footprint this is. */
  owner: NameNode
  place: Place
  /** The name lies there itself; otherwise a catalog said that its content lies there. */
  own: boolean
  during: Interval
  entry: string | undefined
}>

type TreeNode = { readonly children: Map<string, TreeNode>; readonly rows: Set<Row> }

type Met = Readonly<{ other: DatasetNode; meeting: Meeting; entries: readonly string[] }>

const always: Interval = { from: undefined, until: undefined }

/**
 * Which footprints overlap: a tree of path parts per space. A row stands at the node of its place's
 * literal parts, so everything that can overlap a place is on the way to its node or below it.
 */
export class Places {
  readonly #spaces = new Map<string, TreeNode>()
  readonly #rowsOf = new Map<DatasetId, Row[]>()

  add(name: NameNode): void {
    this.#insert({
      owner: name,
      place: placeOf(name.name),
      own: true,
      during: always,
      entry: undefined,
    })
  }

  remove(name: NameNode): void {
    for (const row of this.#rowsOf.get(name.id) ?? []) this.#drop(row)
    this.#rowsOf.delete(name.id)
  }

  clearLocations(name: NameNode): void {
    const rows = this.#rowsOf.get(name.id) ?? []
    for (const row of rows) if (!row.own) this.#drop(row)
    this.#rowsOf.set(
      name.id,
      rows.filter(({ own }) => own),
    )
  }

  setLocations(owner: NameNode, locations: readonly PlaceRow[]): void {
    for (const { location, during, entry } of locations) {
      this.#insert({ owner, place: placeOf(location.name), own: false, during, entry })
    }
  }

  /** A catalog or a symlink said of one of its names that it lies elsewhere. */
  hasLocation(dataset: DatasetNode): boolean {
    return dataset.names.some((name) => this.#rowsOf.get(name.id)?.some(({ own }) => !own) === true)
  }

  /** Every other dataset that shares content with this one, as far as that held by `asOf`. */
  meetings(dataset: DatasetNode, asOf: AsOf): readonly Met[] {
    const found = new Map<string, Met>()
    for (const name of dataset.names) {
      for (const row of this.#rowsOf.get(name.id) ?? []) {
        for (const other of this.#overlapping(row.place)) {
          if (other.owner.dataset === dataset) continue
          const met = meet(row, other, asOf)
          if (met === undefined) continue
          const key = meetingKey(met.meeting)
          found.set(key, withEntriesOf(met, found.get(key)))
        }
      }
    }
    return [...found.values()]
  }

  #insert(row: Row): void {
    const node = this.#nodeOf(row.place)
    node.rows.add(row)
    const rows = this.#rowsOf.get(row.owner.id) ?? []
    rows.push(row)
    this.#rowsOf.set(row.owner.id, rows)
  }

  #drop(row: Row): void {
    const way = this.#wayTo(row.place)
    way.at(-1)?.node.rows.delete(row)
    for (let depth = way.length - 1; depth > 0; depth -= 1) {
      const { node, segment } = way[depth] as { node: TreeNode; segment: string }
      if (node.rows.size > 0 || node.children.size > 0) return
      way[depth - 1]?.node.children.delete(segment)
    }
  }

  #nodeOf(place: Place): TreeNode {
    let node = childOf(this.#spaces, place.space)
    for (const segment of literal(place)) node = childOf(node.children, segment)
    return node
  }

  #wayTo(place: Place): readonly { node: TreeNode; segment: string }[] {
    const root = this.#spaces.get(place.space)
    if (root === undefined) return []
    const way = [{ node: root, segment: '' }]
    for (const segment of literal(place)) {
      const next = way.at(-1)?.node.children.get(segment)
      if (next === undefined) break
      way.push({ node: next, segment })
    }
    return way
  }

  *#overlapping(place: Place): Iterable<Row> {
    const way = this.#wayTo(place)
    const arrived = way.length === literal(place).length + 1
    for (const { node } of arrived ? way.slice(0, -1) : way) {
      for (const row of node.rows) if (placesOverlap(row.place, place)) yield row
    }
    const last = way.at(-1)
    if (!arrived || last === undefined) return
    const below = [last.node]
    for (let node = below.pop(); node !== undefined; node = below.pop()) {
      for (const row of node.rows) if (placesOverlap(row.place, place)) yield row
      for (const child of node.children.values()) below.push(child)
    }
  }
}

function childOf(children: Map<string, TreeNode>, key: string): TreeNode {
  const known = children.get(key)
  if (known !== undefined) return known
  const made: TreeNode = { children: new Map(), rows: new Set() }
  children.set(key, made)
  return made
}

function literal({ space, segments }: Place): readonly string[] {
  const pattern = segments.findIndex((segment) => segmentIsPattern(segment, space))
  return pattern === -1 ? segments : segments.slice(0, pattern)
}

/** Several footprints of two datasets can make the same meeting. */
function withEntriesOf(met: Met, known: Met | undefined): Met {
  if (known === undefined) return met
  return { ...met, entries: [...new Set([...known.entries, ...met.entries])] }
}

/** What kind of meeting two overlapping footprints make, while both hold. */
function meet(row: Row, other: Row, asOf: AsOf): Met | undefined {
  const during = intersection(row.during, other.during)
  if (during === undefined) return undefined
  if (asOf !== undefined && during.from !== undefined && during.from > asOf) return undefined
  const { kind, from, rule } = relation(row, other)
  const to = from === row ? other : row
  const meeting = {
    from: from.owner.dataset.leader.id,
    to: to.owner.dataset.leader.id,
    kind,
    rule,
    during,
  }
  const entries = new Set([row.entry, other.entry].filter((entry) => entry !== undefined))
  return { other: other.owner.dataset, meeting, entries: [...entries] }
}

function relation(a: Row, b: Row): { kind: MeetingKind; from: Row; rule: string } {
  const order = holds(a, b)
  if (order === undefined) {
    if (a.own !== b.own) return { kind: 'LOCATION', from: a.own ? b : a, rule: 'location' }
    const from = a.owner.dataset.leader.id < b.owner.dataset.leader.id ? a : b
    return {
      kind: a.own ? 'CONTAINS' : 'LOCATION',
      from,
      rule: a.own ? 'pattern' : 'same location',
    }
  }
  if (!a.own || !b.own) return { kind: 'CONTAINS', from: order, rule: 'location under prefix' }
  return { kind: 'CONTAINS', from: order, rule: ruleOf(order) }
}

/** The row whose place holds the other's; undefined when they are equal or only overlap. */
function holds(a: Row, b: Row): Row | undefined {
  const [parts, others] = [a.place.segments.length, b.place.segments.length]
  if (isPattern(a.place) !== isPattern(b.place) && parts === others)
    return isPattern(a.place) ? a : b
  if (parts === others) return undefined
  return parts < others ? a : b
}

function ruleOf({ place, owner }: Row): string {
  if (isPattern(place)) return 'pattern'
  return owner.name.name.startsWith('database/') ? 'database' : 'prefix'
}

function isPattern({ space, segments }: Place): boolean {
  return segments.some((segment) => segmentIsPattern(segment, space))
}

function intersection(a: Interval, b: Interval): Interval | undefined {
  const from = latest(a.from, b.from)
  const until = earliest(a.until, b.until)
  return from !== undefined && until !== undefined && from >= until ? undefined : { from, until }
}

function latest(a: Micros | undefined, b: Micros | undefined): Micros | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a > b ? a : b
}

function earliest(a: Micros | undefined, b: Micros | undefined): Micros | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a < b ? a : b
}
