import type { DatasetId, Direction, FlowId, Meeting } from '../../src/model/index.ts'
import type { LineageQuestion } from '../../src/graph/index.ts'
import type { Flow } from './flow.ts'
import type { World } from './world.ts'
import { isActiveDuring } from './flow.ts'
import { meetingKey } from './meeting.ts'

/** What lineage should list, told as plainly as it can be. */
export type ObviousLineage = Readonly<{
  upstream: ReadonlyMap<DatasetId, number>
  downstream: ReadonlyMap<DatasetId, number>
  /** Stored flows. */
  flows: ReadonlySet<FlowId>
  meetings: ReadonlyMap<string, Meeting>
}>

/** A dataset that the way has come to; upstream by the flow that reads it, if one does. */
type Place = Readonly<{ dataset: DatasetId; read: Flow | undefined }>

/**
 * "An answer lists … its starts (at depth 0, also when they did not exist yet), what its flows read
 * and write on the way, and a met dataset only where the way went on through it, at the depth of what
 * it meets." "Meeting is never chained." (design.md section 4)
 */
export function obviousLineage(
  world: World,
  { of, directions, depth, inForce }: Omit<LineageQuestion, 'asOf' | 'grain'>,
): ObviousLineage {
  const flows = new Set<FlowId>()
  const meetings = new Map<string, Meeting>()
  const starts = of.map(({ dataset }) => world.datasetOf(dataset))

  const depthsGoing = (direction: Direction): ReadonlyMap<DatasetId, number> => {
    const depths = new Map(starts.map((start) => [start, 0]))
    const list = (dataset: DatasetId, at: number): void => {
      depths.set(dataset, Math.min(at, depths.get(dataset) ?? Infinity))
    }
    let places: readonly Place[] = starts.map((dataset) => ({ dataset, read: undefined }))
    const been = new Set<string>()
    for (let hop = 1; hop <= depth; hop += 1) {
      const next: Place[] = []
      for (const place of places) {
        for (const { flow, met, meeting } of waysOn(world, place, direction)) {
          if (inForce && world.retiredAt(flow) !== undefined) continue
          flows.add(flow.id)
          if (meeting !== undefined) meetings.set(meetingKey(meeting), meeting)
          list(met, hop - 1)
          const far = direction === 'DOWNSTREAM' ? flow.outputs : flow.inputs
          for (const dataset of world.datasetsOf(far)) {
            list(dataset, hop)
            next.push({ dataset, read: direction === 'DOWNSTREAM' ? undefined : flow })
          }
        }
      }
      places = next.filter(({ dataset, read }) => {
        const key = `${dataset} ${read?.id ?? ''}`
        return !been.has(key) && been.add(key)
      })
    }
    return depths
  }

  const none = new Map<DatasetId, number>()
  return {
    upstream: directions.includes('UPSTREAM') ? depthsGoing('UPSTREAM') : none,
    downstream: directions.includes('DOWNSTREAM') ? depthsGoing('DOWNSTREAM') : none,
    flows,
    meetings,
  }
}

type Way = Readonly<{ flow: Flow; met: DatasetId; meeting: Meeting | undefined }>

function waysOn(world: World, { dataset, read }: Place, direction: Direction): readonly Way[] {
  return [...world.flows.values()].flatMap((flow) => {
    const near = world.datasetsOf(direction === 'DOWNSTREAM' ? flow.inputs : flow.outputs)
    const direct = near.includes(dataset) ? [{ flow, met: dataset, meeting: undefined }] : []
    const reading = direction === 'DOWNSTREAM' ? flow : read
    const met = near.flatMap((other) =>
      meetingsBetween(world, dataset, other)
        .filter(({ during }) => reading === undefined || isActiveDuring(reading, during))
        .map((meeting) => ({ flow, met: other, meeting })),
    )
    return [...direct, ...met]
  })
}

function meetingsBetween(world: World, a: DatasetId, b: DatasetId): readonly Meeting[] {
  if (a === b) return []
  return world
    .meetings(a)
    .map(({ meeting }) => meeting)
    .filter(({ from, to }) => from === b || to === b)
}

/**
 * "x reaches y when there are flows f1 … fn with x meeting an input of f1, an output of each meeting
 * an input of the next, and y meeting an output of fn, each meeting holding at some time that the
 * flow which reads is active." (design.md section 4) A dataset meets itself.
 */
export function reaches(world: World, x: DatasetId, y: DatasetId): boolean {
  const flows = [...world.flows.values()]
  const touches = (dataset: DatasetId, side: readonly DatasetId[], reading?: Flow): boolean =>
    world
      .datasetsOf(side)
      .some(
        (other) =>
          other === dataset ||
          meetingsBetween(world, dataset, other).some(
            ({ during }) => reading === undefined || isActiveDuring(reading, during),
          ),
      )
  const reached = new Set(flows.filter((flow) => touches(x, flow.inputs, flow)))
  for (const flow of reached) {
    for (const output of world.datasetsOf(flow.outputs)) {
      for (const next of flows) if (touches(output, next.inputs, next)) reached.add(next)
    }
  }
  return [...reached].some(({ outputs }) => touches(y, outputs))
}
