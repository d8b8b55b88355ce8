import type { GovernedDataset, Move } from '../../graph/index.ts'
import type { DatasetId, Meeting } from '../../model/index.ts'
import type { Carry } from './carry.ts'
import type { Era, Moving } from './eras.ts'
import type { Pause } from './pause.ts'
import type { View } from './view.ts'
import { carryOf } from './carry.ts'
import { erasOf, erasRead, erasWritten } from './eras.ts'

/** What a dataset held in one era. Labels are of it, and not of the dataset for all time. */
export type Node = Readonly<{
  dataset: GovernedDataset
  era: number
  during: Era
  into: Link[]
  out: Link[]
  /** Nodes that are grouped by a column of this one: what it holds decides what becomes of theirs. */
  groups: Set<Node>
}>

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

export type Links = Readonly<{ nodes: ReadonlyMap<DatasetId, readonly Node[]> }>

/** Which cut stands between an input and an output of a move, if one does. */
export type CutOf = (move: Move, output: DatasetId) => Cut | undefined

/** The view as what flowed into what, era by era. */
export async function linksOf(
  { datasets, moves }: View,
  cutOf: CutOf,
  pause: Pause,
): Promise<Links> {
  const nodes = new Map<DatasetId, readonly Node[]>()
  for (const [id, dataset] of datasets) nodes.set(id, nodesOf(dataset))
  const carries = new Map<string, Map<string, Carry>>()
  for (const of of moves.values()) {
    for (const move of of) {
      await pause()
      const parts = { datasets, nodes, cutOf, carries: carriesOf(move, carries) }
      for (const output of move.outputs) linkInto(output, move, parts)
    }
  }
  return { nodes }
}

type LinkParts = Readonly<{
  datasets: View['datasets']
  nodes: ReadonlyMap<DatasetId, readonly Node[]>
  carries: Map<string, Carry>
  cutOf: CutOf
}>

function linkInto(output: DatasetId, move: Move, parts: LinkParts): void {
  const { datasets, nodes, carries, cutOf } = parts
  const written = at(nodes, output, move, erasWritten)
  if (move.inputs.length === 0) {
    for (const [from, to] of unprovedBy(output, move, parts)) {
      const carry = { kind: 'unproved' } as const
      link([from], [to], { move, meeting: undefined, carry, cut: undefined, beside: undefined })
    }
  }
  const cut = cutOf(move, output)
  for (const input of move.inputs) {
    const carry = remembered(carries, move, input, output)
    const beside = besideIn(carry, input, move, nodes)
    const read = at(nodes, input, move, erasRead)
    const whole = wholeCut(cut, carry, datasets.get(output))
    link(read, written, { move, meeting: undefined, carry, cut: whole, beside })
    for (const others of beside?.values() ?? []) {
      for (const other of others) for (const from of read) other.groups.add(from)
    }
    for (const { other, meeting } of metBy(datasets.get(input), move)) {
      const met = at(nodes, other, move, erasRead)
      link(met, written, { move, meeting, carry: coarse, cut, beside: undefined })
    }
  }
}

function nodesOf(dataset: GovernedDataset): readonly Node[] {
  return erasOf(dataset.epochs).map((during, era) => ({
    dataset,
    era,
    during,
    into: [],
    out: [],
    groups: new Set(),
  }))
}

function at(
  nodes: ReadonlyMap<DatasetId, readonly Node[]>,
  dataset: DatasetId,
  move: Moving,
  which: typeof erasRead,
): readonly Node[] {
  const own = nodes.get(dataset) ?? []
  const eras = own.map(({ during }) => during)
  return which(eras, move).flatMap((index) => own[index] ?? [])
}

function link(
  read: readonly Node[],
  written: readonly Node[],
  how: Omit<Link, 'from' | 'to'>,
): void {
  for (const from of read) {
    for (const to of written) {
      if (from === to) continue
      const made = { from, to, ...how }
      from.out.push(made)
      to.into.push(made)
    }
  }
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

const coarse: Carry = { kind: 'coarse' }

/** Equal moves of one flow differ in their times alone: what they carry is worked out once. */
function carriesOf({ kind, maps }: Move, known: Map<string, Map<string, Carry>>) {
  const key = kind === 'RENAME' ? kind : JSON.stringify(maps)
  const carries = known.get(key) ?? new Map<string, Carry>()
  known.set(key, carries)
  return carries
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
  nodes: LinkParts['nodes'],
): Link['beside'] {
  if (carry.kind !== 'mapped') return undefined
  const keys = carry.fields.flatMap(({ groupedBy }) => groupedBy.map(({ dataset }) => dataset))
  const others = [...new Set(keys)].filter((dataset) => dataset !== input)
  if (others.length === 0) return undefined
  return new Map(others.map((other) => [other, at(nodes, other, move, erasRead)]))
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
  { datasets, nodes }: LinkParts,
): readonly (readonly [from: Node, to: Node])[] {
  const met = metBy(datasets.get(output), move).map(({ other }) => other)
  return [...new Set([output, ...met])].flatMap((id) => {
    const own = nodes.get(id) ?? []
    const to = own.find(({ during }) => during.from === move.end)
    const from = to === undefined ? undefined : own[to.era - 1]
    if (to === undefined || from === undefined) return []
    return to.dataset.dropped.includes(to.during.from) ? [] : [[from, to] as const]
  })
}
