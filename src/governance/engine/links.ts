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
}>

/** What a certificate ends of a move for one output. */
export type Cut = Readonly<{
  certificate: string
  /** As which its output counts. */
  as: 'DEIDENTIFIED' | 'PHI_LIMITED'
  /** Only these columns; undefined: the output whole. */
  columns: readonly string[] | undefined
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
}>

/** A replacement by what nobody knows the source of: what was there before is not known to be gone. */
export type Unproved = Readonly<{ from: Node; to: Node; move: Move }>

export type Links = Readonly<{
  nodes: ReadonlyMap<DatasetId, readonly Node[]>
  unproved: readonly Unproved[]
}>

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
  const unproved: Unproved[] = []
  const carries = new Map<string, Carry>()
  for (const of of moves.values()) {
    for (const move of of) {
      await pause()
      for (const output of move.outputs) {
        const written = at(nodes, output, move, erasWritten)
        if (move.inputs.length === 0) unproved.push(...unprovedBy(move, nodes.get(output), written))
        const cut = cutOf(move, output)
        for (const input of move.inputs) {
          const carry = remembered(carries, move, input, output)
          link(at(nodes, input, move, erasRead), written, { move, meeting: undefined, carry, cut })
          for (const { other, meeting } of metBy(datasets.get(input), move)) {
            const read = at(nodes, other, move, erasRead)
            link(read, written, { move, meeting, carry: { kind: 'coarse' }, cut })
          }
        }
      }
    }
  }
  return { nodes, unproved }
}

function nodesOf(dataset: GovernedDataset): readonly Node[] {
  return erasOf(dataset.epochs).map((during, era) => ({ dataset, era, during, into: [], out: [] }))
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

/** Equal moves of one flow differ in their times alone. */
function remembered(
  known: Map<string, Carry>,
  move: Move,
  input: DatasetId,
  output: DatasetId,
): Carry {
  if (move.maps.length === 0 && move.kind !== 'RENAME') return { kind: 'coarse' }
  const key = `${input} ${output} ${move.kind} ${JSON.stringify(move.maps)}`
  const carry = known.get(key) ?? carryOf(move, input, output)
  known.set(key, carry)
  return carry
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

/** A whole overwrite by a move without inputs ends nothing; what was dropped is gone. */
function unprovedBy(
  move: Move,
  nodes: readonly Node[] | undefined,
  written: readonly Node[],
): readonly Unproved[] {
  return written.flatMap((to) => {
    const from = nodes?.[to.era - 1]
    const isReplaced = from !== undefined && to.during.from === move.end
    const isDropped = to.dataset.dropped.includes(to.during.from)
    return isReplaced && !isDropped ? [{ from, to, move }] : []
  })
}
