import type { Direction } from '../../src/model/index.ts'
import type { FrontierItem, Step } from '../../src/graph/index.ts'
import type { World } from './world.ts'
import { isActiveDuring } from './flow.ts'

/**
 * One step of a walk: from each dataset, by a meeting or none, to the flows that read (downstream)
 * or write (upstream) what it met, and on to their other side. "Each meeting holding at some time
 * that the flow which reads is active" (design.md section 4): downstream that is the flow of this
 * step, upstream the one of the step before.
 */
export function expand(
  world: World,
  frontier: readonly FrontierItem[],
  direction: Direction,
  inForce: boolean,
): readonly Step[] {
  return frontier.flatMap((item) => {
    const id = world.classOf(item.dataset)?.id
    if (id === undefined) return []
    const meetings = world.meetings(id).map(({ meeting }) => meeting)
    const ways = [
      { met: id, meeting: undefined },
      ...meetings.map((meeting) => ({
        met: meeting.from === id ? meeting.to : meeting.from,
        meeting,
      })),
    ]
    return ways.flatMap((way) => stepsBy(world, { id, item, way, direction, inForce }))
  })
}

type Way = Readonly<{
  id: Step['from']
  item: FrontierItem
  way: Pick<Step, 'met' | 'meeting'>
  direction: Direction
  inForce: boolean
}>

function stepsBy(world: World, { id, item, way, direction, inForce }: Way): readonly Step[] {
  const { met, meeting } = way
  const names = world.nameIdsOf(met)
  const isDownstream = direction === 'DOWNSTREAM'
  const readUpstream = item.read === undefined ? undefined : world.flows.get(item.read)
  return [...world.flows.values()].flatMap((flow) => {
    const [near, far] = isDownstream ? [flow.inputs, flow.outputs] : [flow.outputs, flow.inputs]
    if (!near.some((name) => names.has(name))) return []
    if (inForce && world.retiredAt(flow) !== undefined) return []
    const reading = isDownstream ? flow : readUpstream
    if (
      meeting !== undefined &&
      reading !== undefined &&
      !isActiveDuring(reading, meeting.during)
    ) {
      return []
    }
    return [{ from: id, met, meeting, flow: flow.id, to: world.datasetsOf(far) }]
  })
}
