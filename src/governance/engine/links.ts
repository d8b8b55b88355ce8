import type { GovernedDataset, Move } from '../../graph/index.ts'
import type { DatasetId, Meeting } from '../../model/index.ts'
import type { Carry } from './carry.ts'
import type { Era, Moving } from './eras.ts'
import { carryOf } from './carry.ts'
import { erasOf, erasRead, erasWritten } from './eras.ts'

/** What a dataset held in one era. Labels are of it, and not of the dataset for all time. */
export type Node = {
  dataset: GovernedDataset
  readonly era: number
  readonly during: Era
  into: Link[]
  out: Link[]
  /** Links whose groups are made by a column of this node: what it holds decides what they bring. */
  readonly groups: Set<Link>
}

/** What a certificate ends of a move for one output. */
export type Cut = Readonly<{
  certificate: string
  /** As which its output counts. */
  as: 'DEIDENTIFIED' | 'PHI_LIMITED'
  /** Only these columns; undefined: the output whole. */
  columns: readonly string[] | undefined
  /** From then on a limited data set is none any more: its use was agreed upon until then. */
  until: number
}>

/** One way from what one dataset held to what another did. */
export type Link = Readonly<{
  from: Node
  to: Node
  move: Move
  /** What was read is what met the input. */
  meeting: Meeting | undefined
  carry: Carry
  cut: Cut | undefined
  /** Of other inputs of the move, what was read then: those by whose columns groups are made. */
  beside: ReadonlyMap<DatasetId, readonly Node[]> | undefined
}>

/** Which cut stands between an input and an output of a move, if one does. */
export type CutOf = (move: Move, output: DatasetId) => Cut | undefined

export type NodesOf = (dataset: DatasetId) => readonly Node[]

/** Between what links are made: they are not attached to it yet. */
export type LinkParts = Readonly<{
  datasetOf: (id: DatasetId) => GovernedDataset | undefined
  nodesOf: NodesOf
  cutOf: CutOf
}>

/** What a dataset held, era by era. */
export function nodesOf(dataset: GovernedDataset): readonly Node[] {
  return erasOf(dataset.epochs).map((during, era) => ({
    dataset,
    era,
    during,
    into: [],
    out: [],
    groups: new Set(),
  }))
}

/** What flowed by the moves of one flow. */
export function linksOf(moves: readonly Move[], parts: LinkParts): readonly Link[] {
  const carries = new Map<MovedMaps, Map<string, Carry>>()
  return moves.flatMap((move) => {
    const known = carries.get(move.maps) ?? new Map<string, Carry>()
    carries.set(move.maps, known)
    return move.outputs.flatMap((output) => linksInto(output, move, { ...parts, carries: known }))
  })
}

type MovedMaps = Move['maps']

export function attach(links: Iterable<Link>): void {
  for (const link of links) {
    link.from.out.push(link)
    link.to.into.push(link)
    for (const nodes of link.beside?.values() ?? []) for (const node of nodes) node.groups.add(link)
  }
}

export function detach(links: ReadonlySet<Link>): void {
  const ends = new Set<Node>()
  for (const link of links) {
    ends.add(link.from).add(link.to)
    for (const nodes of link.beside?.values() ?? []) {
      for (const node of nodes) node.groups.delete(link)
    }
  }
  for (const node of ends) {
    node.out = node.out.filter((link) => !links.has(link))
    node.into = node.into.filter((link) => !links.has(link))
  }
}

function linksInto(
  output: DatasetId,
  move: Move,
  parts: LinkParts & Readonly<{ carries: Map<string, Carry> }>,
): readonly Link[] {
  const { datasetOf, cutOf, carries } = parts
  const written = at(parts.nodesOf(output), move, erasWritten)
  if (move.inputs.length === 0) {
    return unprovedBy(output, move, parts).flatMap(([from, to]) =>
      between([from], [to], { ...plain, move, carry: unproved, cut: undefined }),
    )
  }
  const cut = cutOf(move, output)
  return move.inputs.flatMap((input) => {
    const carry = remembered(carries, move, input, output)
    const beside = besideIn(carry, input, move, parts.nodesOf)
    const read = at(parts.nodesOf(input), move, erasRead)
    const whole = wholeCut(cut, carry, datasetOf(output))
    return [
      ...between(read, written, { ...plain, move, carry, cut: whole, beside }),
      ...metBy(datasetOf(input), move).flatMap(({ other, meeting }) => {
        const met = at(parts.nodesOf(other), move, erasRead)
        return between(met, written, { ...plain, move, meeting, carry: coarse, cut })
      }),
    ]
  })
}

const plain = { meeting: undefined, beside: undefined }
const coarse: Carry = { kind: 'coarse' }
const unproved: Carry = { kind: 'unproved' }

function at(own: readonly Node[], move: Moving, which: typeof erasRead): readonly Node[] {
  const [only] = own
  if (only === undefined || own.length === 1) return own
  const eras = own.map(({ during }) => during)
  return which(eras, move).flatMap((index) => own[index] ?? [])
}

function between(
  read: readonly Node[],
  written: readonly Node[],
  how: Omit<Link, 'from' | 'to'>,
): readonly Link[] {
  return read.flatMap((from) =>
    written.filter((to) => to !== from).map((to) => ({ from, to, ...how })),
  )
}

/** A certificate for every column that its map or its schema tells of is one for the output. */
function wholeCut(
  cut: Cut | undefined,
  carry: Carry,
  output: GovernedDataset | undefined,
): Cut | undefined {
  const { columns } = cut ?? {}
  if (cut === undefined || columns === undefined) return cut
  if (carry.kind !== 'mapped' || carry.every || carry.columns.length === 0) return cut
  const told = [...carry.columns, ...(output?.columns ?? []).map(({ name }) => name)]
  return told.every((column) => columns.includes(column)) ? { ...cut, columns: undefined } : cut
}

function remembered(
  carries: Map<string, Carry>,
  move: Move,
  input: DatasetId,
  output: DatasetId,
): Carry {
  if (move.maps.length === 0 && move.kind !== 'RENAME') return coarse
  const key = `${input} ${output}`
  const carry = carries.get(key) ?? carryOf(move, input, output)
  carries.set(key, carry)
  return carry
}

function besideIn(
  carry: Carry,
  input: DatasetId,
  move: Move,
  nodesOfDataset: NodesOf,
): Link['beside'] {
  if (carry.kind !== 'mapped') return undefined
  const keys = carry.fields.flatMap(({ groupedBy }) => groupedBy.map(({ dataset }) => dataset))
  const others = [...new Set(keys)].filter((dataset) => dataset !== input)
  if (others.length === 0) return undefined
  return new Map(others.map((other) => [other, at(nodesOfDataset(other), move, erasRead)]))
}

/** What shared the content of an input at some time of the move. */
export function metBy(
  dataset: GovernedDataset | undefined,
  { start, end }: Moving,
): readonly Readonly<{ other: DatasetId; meeting: Meeting }>[] {
  if (dataset === undefined) return []
  return dataset.meetings
    .filter(
      ({ during }) =>
        start < (during.until ?? Infinity) && (end ?? Infinity) >= (during.from ?? -Infinity),
    )
    .map((meeting) => ({
      other: meeting.from === dataset.id ? meeting.to : meeting.from,
      meeting,
    }))
}

/**
 * A whole overwrite by a move without inputs ends nothing, neither of its output nor of what lay in
 * it; what was dropped is gone.
 */
function unprovedBy(
  output: DatasetId,
  move: Move,
  parts: LinkParts,
): readonly (readonly [from: Node, to: Node])[] {
  const met = metBy(parts.datasetOf(output), move).map(({ other }) => other)
  return [...new Set([output, ...met])].flatMap((id) => {
    const own = parts.nodesOf(id)
    const to = own.find(({ during }) => during.from === move.end)
    const from = to === undefined ? undefined : own[to.era - 1]
    if (to === undefined || from === undefined) return []
    const isDropped = parts.datasetOf(id)?.dropped.includes(to.during.from) === true
    return isDropped ? [] : [[from, to] as const]
  })
}
