import type {
  DatasetId,
  DatasetKind,
  DatasetName,
  Direction,
  FlowId,
  FlowKind,
  Interval,
  JobId,
  Meeting,
  Micros,
} from '../../model/index.ts'
import type { AsOf, Expansion, FrontierItem, Step } from '../port.ts'
import type { PlaceRow } from './places.ts'
import { Places } from './places.ts'

/** One name in memory. Flows hang on names; a dataset is the class that its names form. */
export type NameNode = {
  readonly id: DatasetId
  readonly row: number
  readonly name: DatasetName
  dataset: DatasetNode
  readonly reads: Set<FlowNode>
  readonly writes: Set<FlowNode>
}

export type DatasetNode = {
  readonly leader: NameNode
  readonly names: readonly NameNode[]
  /** When it existed, where something is known of that. */
  existence: readonly Interval[]
  /** As its catalog row has it; kept from the first time that it is asked for until that changes. */
  kind: DatasetKind | undefined
}

/** The maps with which a flow is shown until now. */
export type Shown = Readonly<{ mapset: number; from: number; coarse: boolean }>

export type FlowNow = Readonly<{
  seen: Readonly<{ first: Micros; last: Micros }>
  bases: readonly string[]
}>

export type FlowNode = {
  readonly id: FlowId
  readonly row: number
  readonly job: JobId | undefined
  readonly kind: FlowKind
  readonly inputs: readonly NameNode[]
  readonly outputs: readonly NameNode[]
  shown: readonly Shown[]
  /** When the earliest of the members that are shown until now was first shown; else Infinity. */
  shownFrom: number
  /** Some member was shown only for a time: the members' index on disk knows when. */
  passing: boolean
  firstStart: number
  /** Infinity while a member is still active. */
  lastEnd: number
  firstSeen: Micros
  lastSeen: Micros
  /** When a declaration of it was replaced for the last time: whether all were, the disk knows. */
  declaredEnd: Micros | undefined
  /** What every answer of now says of it; kept from the first one until a member changes. */
  now: FlowNow | undefined
  /** Equal for the flows that an answer shows as one. */
  group: string
}

/** The exact answers that are on disk, asked only where the summary in memory cannot tell. */
export type MemberIndex = Readonly<{
  shownAt: (flow: number, at: Micros) => boolean
  activeDuring: (flow: number, from: number, until: number, asOf: AsOf) => boolean
  replacedAt: (flow: number, asOf: AsOf) => Micros | undefined
}>

/**
 * Names, datasets, flows and footprints in memory, so that a walk never touches the disk but for
 * moments at which a flow was shown only for a time.
 */
export class Adjacency {
  readonly names = new Map<DatasetId, NameNode>()
  readonly flows = new Map<FlowId, FlowNode>()
  readonly flowsByRow = new Map<number, FlowNode>()
  readonly jobFlows = new Map<JobId, Set<FlowNode>>()
  readonly groups = new Map<string, Set<FlowNode>>()
  readonly places = new Places()
  readonly #members: MemberIndex

  constructor(members: MemberIndex) {
    this.#members = members
  }

  name(id: DatasetId): NameNode | undefined {
    return this.names.get(id)
  }

  /** The datasets of these names; what is not known is left out. */
  datasets(ids: readonly DatasetId[]): readonly DatasetNode[] {
    return ids.map((id) => this.names.get(id)?.dataset).filter((node) => node !== undefined)
  }

  addName(id: DatasetId, row: number, name: DatasetName): NameNode {
    const known = this.names.get(id)
    if (known !== undefined) return known
    const node = { id, row, name, reads: new Set(), writes: new Set() } as unknown as NameNode
    node.dataset = { leader: node, names: [node], existence: [], kind: undefined }
    this.names.set(id, node)
    this.places.add(node)
    return node
  }

  removeName(node: NameNode): void {
    this.names.delete(node.id)
    this.places.remove(node)
  }

  /** Makes these names one dataset; the first is its least. */
  setClass(names: readonly NameNode[], footprints: readonly PlaceRow[]): void {
    const leader = names[0]
    if (leader === undefined) return
    const dataset = { leader, names, existence: leader.dataset.existence, kind: undefined }
    const moved = names.filter((name) => name.dataset.leader !== leader)
    for (const name of names) {
      this.places.clearLocations(name)
      name.dataset = dataset
    }
    for (const name of moved)
      for (const flow of [...name.reads, ...name.writes]) this.#regroup(flow)
    this.places.setLocations(leader, footprints)
  }

  setExistence(leader: NameNode, existence: readonly Interval[]): void {
    const dataset = { ...leader.dataset, existence, kind: undefined }
    for (const name of dataset.names) name.dataset = dataset
  }

  addFlow(flow: FlowNode): void {
    this.flows.set(flow.id, flow)
    this.flowsByRow.set(flow.row, flow)
    for (const name of flow.inputs) name.reads.add(flow)
    for (const name of flow.outputs) name.writes.add(flow)
    this.#regroup(flow)
    if (flow.job === undefined) return
    const siblings = this.jobFlows.get(flow.job) ?? new Set()
    siblings.add(flow)
    this.jobFlows.set(flow.job, siblings)
  }

  removeFlow(flow: FlowNode): void {
    this.flows.delete(flow.id)
    this.flowsByRow.delete(flow.row)
    for (const name of flow.inputs) name.reads.delete(flow)
    for (const name of flow.outputs) name.writes.delete(flow)
    this.#ungroup(flow)
    if (flow.job === undefined) return
    const siblings = this.jobFlows.get(flow.job)
    siblings?.delete(flow)
    if (siblings?.size === 0) this.jobFlows.delete(flow.job)
  }

  #regroup(flow: FlowNode): void {
    this.#ungroup(flow)
    flow.group = groupOf(flow)
    const group = this.groups.get(flow.group) ?? new Set()
    group.add(flow)
    this.groups.set(flow.group, group)
  }

  #ungroup(flow: FlowNode): void {
    const group = this.groups.get(flow.group)
    group?.delete(flow)
    if (group?.size === 0) this.groups.delete(flow.group)
  }

  /** Whether the events up to `asOf` make this flow. */
  isShown(flow: FlowNode, { asOf, inForce }: Expansion): boolean {
    if (inForce && this.retiredAt(flow, asOf) !== undefined) return false
    if (asOf === undefined) return flow.shownFrom !== Infinity
    if (flow.shownFrom <= asOf) return true
    return flow.passing && this.#members.shownAt(flow.row, asOf)
  }

  isActiveDuring(flow: FlowNode, during: Meeting['during'], asOf: AsOf): boolean {
    const from = during.from ?? -Infinity
    const until = during.until ?? Infinity
    if (from === -Infinity && until === Infinity) return true
    if (flow.firstStart >= until || flow.lastEnd < from) return false
    if (asOf === undefined && !flow.passing && flow.firstStart >= from) return true
    return this.#members.activeDuring(flow.row, from, until, asOf)
  }

  /**
   * Since when a flow is not in force: a dataset of it was retired, or all that says it are
   * declarations and each was replaced.
   */
  retiredAt(flow: FlowNode, asOf: AsOf): Micros | undefined {
    const ends = [...flow.inputs, ...flow.outputs].map(({ dataset }) =>
      datasetRetiredAt(dataset.existence, asOf),
    )
    if (flow.declaredEnd !== undefined) ends.push(this.#members.replacedAt(flow.row, asOf))
    return ends.reduce<Micros | undefined>(
      (least, at) => (least === undefined || (at !== undefined && at < least) ? at : least),
      undefined,
    )
  }

  /** One step of every walk: what the frontier meets, and the flows there. */
  expand(
    frontier: readonly FrontierItem[],
    direction: Direction,
    when: Expansion,
  ): readonly Step[] {
    const steps: Step[] = []
    for (const item of frontier) {
      const dataset = this.names.get(item.dataset)?.dataset
      if (dataset === undefined) continue
      this.#stepsFrom(dataset, dataset, undefined, item, direction, when, steps)
      for (const { other, meeting } of this.places.meetings(dataset, when.asOf)) {
        this.#stepsFrom(dataset, other, meeting, item, direction, when, steps)
      }
    }
    return steps
  }

  #stepsFrom(
    dataset: DatasetNode,
    met: DatasetNode,
    meeting: Meeting | undefined,
    { read }: FrontierItem,
    direction: Direction,
    when: Expansion,
    steps: Step[],
  ): void {
    const downstream = direction === 'DOWNSTREAM'
    if (meeting !== undefined && !downstream && read !== undefined) {
      const reading = this.flows.get(read)
      if (reading !== undefined && !this.isActiveDuring(reading, meeting.during, when.asOf)) return
    }
    for (const name of met.names) {
      for (const flow of downstream ? name.reads : name.writes) {
        if (!this.isShown(flow, when)) continue
        if (
          meeting !== undefined &&
          downstream &&
          !this.isActiveDuring(flow, meeting.during, when.asOf)
        )
          continue
        const to = new Set((downstream ? flow.outputs : flow.inputs).map(datasetIdOfName))
        steps.push({
          from: dataset.leader.id,
          met: met.leader.id,
          meeting,
          flow: flow.id,
          to: [...to],
        })
      }
    }
  }
}

export function datasetIdOfName(name: NameNode): DatasetId {
  return name.dataset.leader.id
}

/** The datasets of one side of a flow, sorted. */
export function datasetsOf(names: readonly NameNode[]): readonly DatasetId[] {
  return [...new Set(names.map(datasetIdOfName))].toSorted()
}

function groupOf({ job, id, kind, inputs, outputs }: FlowNode): string {
  return [job ?? id, kind, datasetsOf(inputs), datasetsOf(outputs)].join('|')
}

/** When the last life before `asOf` ended, if it has not begun again. */
export function datasetRetiredAt(existence: readonly Interval[], asOf: AsOf): Micros | undefined {
  const begun = existence.filter(({ from }) => from === undefined || from <= (asOf ?? Infinity))
  const until = begun.at(-1)?.until
  return until !== undefined && until <= (asOf ?? Infinity) ? until : undefined
}
