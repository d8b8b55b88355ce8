import type { DatasetId, DatasetName, Direction, FlowId, FlowKind, JobId, Meeting, Micros } from '../../model/index.ts'
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

export type DatasetNode = { leader: NameNode; names: readonly NameNode[] }

export type FlowNode = {
  readonly id: FlowId
  readonly row: number
  readonly job: JobId | undefined
  readonly kind: FlowKind
  readonly inputs: readonly NameNode[]
  readonly outputs: readonly NameNode[]
  /** When the earliest of the members that are shown until now was first shown; else Infinity. */
  shownFrom: number
  /** Some member was shown only for a time: the members' index on disk knows when. */
  passing: boolean
  firstStart: number
  /** Infinity while a member is still active. */
  lastEnd: number
  retiredAt: number | undefined
}

/** The exact answers that are on disk, asked only where the summary in memory cannot tell. */
export type MemberIndex = Readonly<{
  shownAt: (flow: number, at: Micros) => boolean
  activeDuring: (flow: number, from: number, until: number, asOf: AsOf) => boolean
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
  readonly places = new Places()
  readonly #members: MemberIndex

  constructor(members: MemberIndex) {
    this.#members = members
  }

  name(id: DatasetId): NameNode | undefined {
    return this.names.get(id)
  }

  addName(id: DatasetId, row: number, name: DatasetName): NameNode {
    const known = this.names.get(id)
    if (known !== undefined) return known
    const node = { id, row, name, reads: new Set(), writes: new Set() } as unknown as NameNode
    node.dataset = { leader: node, names: [node] }
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
    const dataset = { leader, names }
    for (const name of names) {
      this.places.clearLocations(name)
      name.dataset = dataset
    }
    this.places.setLocations(leader, footprints)
  }

  addFlow(flow: FlowNode): void {
    this.flows.set(flow.id, flow)
    this.flowsByRow.set(flow.row, flow)
    for (const name of flow.inputs) name.reads.add(flow)
    for (const name of flow.outputs) name.writes.add(flow)
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
    if (flow.job === undefined) return
    const siblings = this.jobFlows.get(flow.job)
    siblings?.delete(flow)
    if (siblings?.size === 0) this.jobFlows.delete(flow.job)
  }

  /** Whether the events up to `asOf` make this flow. */
  isShown(flow: FlowNode, { asOf, inForce }: Expansion): boolean {
    if (inForce && flow.retiredAt !== undefined && flow.retiredAt <= (asOf ?? Infinity)) return false
    if (asOf === undefined) return flow.shownFrom !== Infinity
    if (flow.shownFrom <= asOf) return true
    return flow.passing && this.#members.shownAt(flow.row, asOf)
  }

  isActiveDuring(flow: FlowNode, during: Meeting['during'], asOf: AsOf): boolean {
    const from = during.from ?? -Infinity
    const until = during.until ?? Infinity
    if (from === -Infinity && until === Infinity) return true
    if (flow.firstStart >= until || flow.lastEnd < from) return false
    if (asOf === undefined && flow.firstStart >= from) return true
    return this.#members.activeDuring(flow.row, from, until, asOf)
  }

  /** One step of every walk: what the frontier meets, and the flows there. */
  expand(frontier: readonly FrontierItem[], direction: Direction, when: Expansion): readonly Step[] {
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
        if (meeting !== undefined && downstream && !this.isActiveDuring(flow, meeting.during, when.asOf)) continue
        const to = new Set((downstream ? flow.outputs : flow.inputs).map(datasetIdOfName))
        steps.push({ from: dataset.leader.id, met: met.leader.id, meeting, flow: flow.id, to: [...to] })
      }
    }
  }
}

export function datasetIdOfName(name: NameNode): DatasetId {
  return name.dataset.leader.id
}
