import type { DatasetId, Direction, FlowId, Meeting } from '../../model/index.ts'
import type { Expansion, FrontierItem, GraphReader, Step } from '../port.ts'
import type { Limit, WalkLimits } from './answer.ts'
import { meetingKey } from '../meeting-key.ts'

/** What a walk in one direction found. */
export type Reach = Readonly<{
  /** Flows between the nearest start and the dataset: proper ones, and met ones where the way went on. */
  depths: ReadonlyMap<DatasetId, number>
  flows: ReadonlySet<FlowId>
  meetings: ReadonlyMap<string, Meeting>
  steps: readonly Step[]
  truncatedBy: ReadonlySet<Limit>
}>

export type ReachAsk = Readonly<{
  starts: readonly DatasetId[]
  direction: Direction
  depth: number
  when: Expansion
}>

/** Spends what a question may: datasets and flows together, and time. */
export class Budget {
  readonly truncatedBy = new Set<Limit>()
  readonly #limits: WalkLimits
  readonly #endsAt: number
  #nodes = 0

  constructor(limits: WalkLimits) {
    this.#limits = limits
    this.#endsAt = performance.now() + limits.timeMsMax
  }

  /** The depth that may be walked. */
  depth(asked: number): number {
    return Math.min(asked, this.#limits.hopsMax)
  }

  /** False when nothing more may be found. */
  spend(nodes: number): boolean {
    this.#nodes += nodes
    if (this.#nodes > this.#limits.nodesMax) this.truncatedBy.add('NODES')
    if (performance.now() > this.#endsAt) this.truncatedBy.add('TIME')
    return !this.truncatedBy.has('NODES') && !this.truncatedBy.has('TIME')
  }
}

/**
 * Breadth first from the starts, one call of `expand` per hop.
 *
 * ```
 *   x ──meets── y ──► flow ──► z        depth of y is that of x, of z one more
 * ```
 *
 * A meeting is never chained: from y only flows go on, not what else y meets; that comes into play
 * when a flow brings the walk to y itself. Upstream a meeting has to hold while the flow that reads
 * was active, so a dataset is looked at again for each flow that reads it.
 */
export async function reach(reader: GraphReader, ask: ReachAsk, budget: Budget): Promise<Reach> {
  const walk = new Walk(ask)
  const depth = budget.depth(ask.depth)
  let frontier: readonly FrontierItem[] = ask.starts.map((dataset) => ({ dataset }))
  for (let hop = 1; hop <= depth && frontier.length > 0; hop += 1) {
    const steps = await reader.expand(frontier, ask.direction, ask.when)
    frontier = walk.take(steps, hop)
    if (!budget.spend(frontier.length + steps.length)) break
  }
  if (frontier.length > 0 && depth < ask.depth) budget.truncatedBy.add('HOPS')
  return walk.reach(budget.truncatedBy)
}

class Walk {
  readonly #direction: Direction
  readonly #depths = new Map<DatasetId, number>()
  /** What was in a frontier already: a dataset, upstream with the flow that reads it. */
  readonly #expanded = new Set<string>()
  readonly #flows = new Set<FlowId>()
  readonly #meetings = new Map<string, Meeting>()
  readonly #steps: Step[] = []

  constructor({ starts, direction }: ReachAsk) {
    this.#direction = direction
    for (const start of starts) {
      this.#depths.set(start, 0)
      this.#expanded.add(start)
    }
  }

  /** Keeps what one hop found and gives what the next one starts from. */
  take(steps: readonly Step[], hop: number): readonly FrontierItem[] {
    const next: FrontierItem[] = []
    for (const step of steps) {
      this.#steps.push(step)
      this.#flows.add(step.flow)
      if (step.meeting !== undefined) this.#meetings.set(meetingKey(step.meeting), step.meeting)
      this.#list(step.met, hop - 1)
      for (const dataset of step.to) {
        this.#list(dataset, hop)
        const item = this.#direction === 'UPSTREAM' ? { dataset, read: step.flow } : { dataset }
        if (this.#isNew(item)) next.push(item)
      }
    }
    return next
  }

  reach(truncatedBy: ReadonlySet<Limit>): Reach {
    return {
      depths: this.#depths,
      flows: this.#flows,
      meetings: this.#meetings,
      steps: this.#steps,
      truncatedBy,
    }
  }

  #list(dataset: DatasetId, depth: number): void {
    const known = this.#depths.get(dataset)
    if (known === undefined || depth < known) this.#depths.set(dataset, depth)
  }

  #isNew({ dataset, read }: FrontierItem): boolean {
    // A start is met at any time, so no flow that reads it can add to it.
    if (this.#expanded.has(dataset)) return false
    const key = read === undefined ? dataset : `${dataset} ${read}`
    if (this.#expanded.has(key)) return false
    this.#expanded.add(key)
    return true
  }
}
