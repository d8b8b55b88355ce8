import type { DatasetId, Direction, FlowId, Meeting } from '../../model/index.ts'
import type { ColumnEdge, Expansion, FrontierItem, GraphReader, Step } from '../port.ts'
import type { Start } from './answer.ts'
import type { Budget, Reach } from './frontier.ts'
import { meetingKey } from '../meeting-key.ts'

export type ColumnReachAsk = Readonly<{
  starts: readonly Start[]
  direction: Direction
  depth: number
  when: Expansion
}>

/** Which columns of a dataset a walk has arrived at; all of them where it came without a map. */
type Arrived = Readonly<{ dataset: DatasetId; column: string | undefined; read?: FlowId }>

/**
 * Breadth first over column edges. What reaches a dataset without a column map may be in any of its
 * columns, so from there every edge goes on; an input that decides the whole output reaches all of
 * its columns. A column keeps its name where one dataset meets another.
 */
export async function columnReach(
  reader: GraphReader,
  { starts, direction, depth, when }: ColumnReachAsk,
  budget: Budget,
): Promise<Reach & Readonly<{ columnEdges: readonly ColumnEdge[] }>> {
  const walk = new ColumnWalk(starts, direction)
  const hops = budget.depth(depth)
  let frontier: readonly Arrived[] = starts.map(({ dataset, column }) => ({ dataset, column }))
  for (let hop = 1; hop <= hops && frontier.length > 0; hop += 1) {
    const ways = await waysFrom(reader, frontier, direction, when)
    const steps = ways.flatMap((way) => way.steps)
    const flows = [...new Set(steps.map(({ flow }) => flow))]
    const edges = await reader.columnEdges(flows, when.asOf)
    frontier = ways.flatMap((way) => walk.take(way, edges, hop))
    if (!budget.spend(frontier.length + steps.length)) break
  }
  if (frontier.length > 0 && hops < depth) budget.truncatedBy.add('HOPS')
  return walk.reach(budget)
}

/** What was arrived at by one flow, and the steps that lead on from there. */
type Way = Readonly<{ arrived: readonly Arrived[]; steps: readonly Step[] }>

/**
 * One call for each flow that the walk came by, which downstream is none. A meeting counts upstream
 * while that flow read, so its steps are for the columns that it read and for no others.
 */
async function waysFrom(
  reader: GraphReader,
  frontier: readonly Arrived[],
  direction: Direction,
  when: Expansion,
): Promise<readonly Way[]> {
  const byRead = [...Map.groupBy(frontier, ({ read }) => read)]
  return await Promise.all(
    byRead.map(async ([read, arrived]) => {
      const datasets = [...new Set(arrived.map(({ dataset }) => dataset))]
      const items = datasets.map((dataset): FrontierItem =>
        read === undefined ? { dataset } : { dataset, read },
      )
      return { arrived, steps: await reader.expand(items, direction, when) }
    }),
  )
}

class ColumnWalk {
  readonly #downstream: boolean
  readonly #depths = new Map<DatasetId, number>()
  readonly #arrived = new Set<string>()
  readonly #flows = new Set<FlowId>()
  readonly #meetings = new Map<string, Meeting>()
  readonly #edges = new Map<string, ColumnEdge>()
  readonly #steps: Step[] = []

  constructor(starts: readonly Start[], direction: Direction) {
    this.#downstream = direction === 'DOWNSTREAM'
    for (const { dataset, column } of starts) {
      this.#depths.set(dataset, 0)
      this.#arrived.add(keyOf({ dataset, column }))
    }
  }

  take({ arrived, steps }: Way, edges: readonly ColumnEdge[], hop: number): readonly Arrived[] {
    const edgesOf = Map.groupBy(edges, ({ flow }) => flow)
    const at = Map.groupBy(arrived, ({ dataset }) => dataset)
    const next: Arrived[] = []
    for (const step of steps) {
      // What ends or begins in the job itself has no columns on that side to follow.
      if (step.to.length === 0) this.#note(step, hop)
      for (const { column } of distinctColumns(at.get(step.from) ?? [])) {
        const taken = (edgesOf.get(step.flow) ?? []).flatMap((edge) =>
          this.#follow(edge, step.met, column),
        )
        if (taken.length === 0) continue
        this.#note(step, hop)
        for (const edge of taken) {
          this.#edges.set(JSON.stringify(edge), edge)
          const item = this.#arriveAt(edge, step, hop)
          if (item !== undefined) next.push(item)
        }
      }
    }
    return next
  }

  reach(budget: Budget): Reach & Readonly<{ columnEdges: readonly ColumnEdge[] }> {
    return {
      depths: this.#depths,
      flows: this.#flows,
      meetings: this.#meetings,
      steps: this.#steps,
      truncatedBy: budget.truncatedBy,
      columnEdges: [...this.#edges.values()],
    }
  }

  /** The edge as this column takes it, or nothing where it does not go that way. */
  #follow(edge: ColumnEdge, met: DatasetId, column: string | undefined): readonly ColumnEdge[] {
    const near = this.#downstream ? edge.fromDataset : edge.toDataset
    if (near !== met) return []
    const isEvery = edge.map !== undefined && edge.from === undefined && edge.to === undefined
    if (isEvery) return [{ ...edge, from: column, to: column }]
    const nearColumn = this.#downstream ? edge.from : edge.to
    // An edge without a column on this side takes every column of the dataset.
    return column === undefined || nearColumn === undefined || nearColumn === column ? [edge] : []
  }

  #arriveAt(edge: ColumnEdge, step: Step, hop: number): Arrived | undefined {
    const dataset = this.#downstream ? edge.toDataset : edge.fromDataset
    const column = this.#downstream ? edge.to : edge.from
    this.#list(dataset, hop)
    const arrived: Arrived = this.#downstream
      ? { dataset, column }
      : { dataset, column, read: step.flow }
    if (this.#arrived.has(keyOf({ dataset, column }))) return undefined
    if (this.#arrived.has(keyOf(arrived))) return undefined
    this.#arrived.add(keyOf(arrived))
    return arrived
  }

  #note(step: Step, hop: number): void {
    this.#steps.push(step)
    this.#flows.add(step.flow)
    if (step.meeting !== undefined) this.#meetings.set(meetingKey(step.meeting), step.meeting)
    this.#list(step.met, hop - 1)
  }

  #list(dataset: DatasetId, depth: number): void {
    const known = this.#depths.get(dataset)
    if (known === undefined || depth < known) this.#depths.set(dataset, depth)
  }
}

function distinctColumns(arrived: readonly Arrived[]): readonly Arrived[] {
  return [...new Map(arrived.map((item) => [item.column, item])).values()]
}

function keyOf({ dataset, column, read }: Arrived): string {
  return JSON.stringify([dataset, column ?? null, read ?? null])
}
