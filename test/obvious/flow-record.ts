import type { Basis, DatasetId, FlowId, Interval, Micros, RunId } from '../../src/model/index.ts'
import type { ColumnEdge, FlowRecord } from '../../src/graph/index.ts'
import type { Flow, Member } from './flow.ts'
import type { World } from './world.ts'
import { identityMap } from '../../src/graph/port.ts'
import { heldMaps } from './copied.ts'
import { datasetIdOf } from './id.ts'
import { inputsOfMap } from './moved.ts'
import { greatest, least } from './said.ts'

/**
 * "An answer shows flows by their datasets: two flows of one job that differ only in names of the
 * same datasets are one there." (design.md section 5)
 */
export function flowRecords(world: World, ids: readonly FlowId[]): readonly FlowRecord[] {
  const groups = Map.groupBy(world.flows.values(), (flow) => groupOf(world, flow))
  return [...groups.values()]
    .filter((group) => group.some(({ id }) => ids.includes(id)))
    .map((group) => recordOf(world, group))
}

/** What no job moved is each declarer's own. */
function groupOf(world: World, { id, job, kind, inputs, outputs }: Flow): string {
  return JSON.stringify([job ?? id, kind, world.datasetsOf(inputs), world.datasetsOf(outputs)])
}

function recordOf(world: World, group: readonly Flow[]): FlowRecord {
  const stored = group.map(({ id }) => id).toSorted()
  const [one] = group as readonly [Flow]
  const members = group.flatMap((flow) => flow.members)
  const retired = group.map((flow) => world.retiredAt(flow))
  return {
    id: stored[0] as FlowId,
    stored,
    job: one.job,
    kind: one.kind,
    inputs: world.datasetsOf(one.inputs),
    outputs: world.datasetsOf(one.outputs),
    bases: [...new Set<Basis>(members.map(({ basis }) => basis))].toSorted(),
    coarse: group.some((flow) => coarsePairs(world, flow).length > 0),
    firstSeen: least(members.map(({ firstSeen }) => firstSeen)) as Micros,
    lastSeen: greatest(members.map(({ lastSeen }) => lastSeen)) as Micros,
    retiredAt: retired.every((at) => at !== undefined) ? greatest(retired) : undefined,
  }
}

type DatasetPair = readonly [from: DatasetId, to: DatasetId]

/** "An input that an output's column map does not mention still counts for it, coarse." */
function coarsePairs(world: World, flow: Flow): readonly DatasetPair[] {
  if (flow.kind === 'RENAME') return []
  const held = flow.members.flatMap((member) => heldMaps(world, member))
  return held.flatMap(({ maps }) =>
    world.datasetsOf(flow.outputs).flatMap((to) => {
      const own = maps.filter(({ output }) => world.datasetOf(output) === to)
      const named = own.flatMap(({ map, copy }) => [
        ...inputsOfMap(map),
        ...(copy === undefined ? [] : [copy.input]),
      ])
      const mapped = named.map(datasetIdOf)
      const mentioned = new Set(mapped.map((name) => world.datasetOf(name)))
      return world
        .datasetsOf(flow.inputs)
        .filter((from) => !mentioned.has(from))
        .map((from) => [from, to] as const)
    }),
  )
}

/** From every map of every member, each edge once. */
export function columnEdges(world: World, ids: readonly FlowId[]): readonly ColumnEdge[] {
  const edges = ids.flatMap((id) => {
    const flow = world.flows.get(id)
    return flow === undefined ? [] : edgesOf(world, flow)
  })
  const distinct = new Map<string, ColumnEdge>()
  for (const edge of edges) {
    const { flow, fromDataset, from, toDataset, to, map } = edge
    const key = JSON.stringify([
      flow,
      fromDataset,
      from ?? null,
      toDataset,
      to ?? null,
      map ?? null,
    ])
    const known = distinct.get(key)
    distinct.set(key, known === undefined ? edge : withBoth(known, edge))
  }
  return [...distinct.values()]
}

function edgesOf(world: World, flow: Flow): readonly ColumnEdge[] {
  if (flow.kind === 'RENAME') return renameEdges(world, flow)
  const held = flow.members.flatMap((member) => heldMaps(world, member))
  const mapped = held.flatMap(({ maps }) =>
    maps.flatMap(({ output, key, map: { fields, whole }, copy }): readonly ColumnEdge[] => {
      if (copy !== undefined) {
        const ends = [world.datasetOf(datasetIdOf(copy.input)), world.datasetOf(output)] as const
        return [everyColumn(flow, ends, key)]
      }
      const all = [
        ...fields.flatMap(({ column, inputs }) => inputs.map((input) => ({ input, to: column }))),
        ...whole.map((input) => ({ input, to: undefined })),
      ]
      return all.map(({ input, to }) => ({
        flow: flow.id,
        fromDataset: world.datasetOf(datasetIdOf(input.dataset)),
        from: input.column,
        toDataset: world.datasetOf(output),
        to,
        transformations: input.transformations,
        map: key,
      }))
    }),
  )
  const coarse = coarsePairs(world, flow).map(([fromDataset, toDataset]) => ({
    flow: flow.id,
    fromDataset,
    from: undefined,
    toDataset,
    to: undefined,
    transformations: [],
    map: undefined,
  }))
  return [...mapped, ...coarse]
}

/** "A rename is a flow (kind RENAME, identity column map …)." */
function renameEdges(world: World, flow: Flow): readonly ColumnEdge[] {
  return world
    .datasetsOf(flow.inputs)
    .flatMap((fromDataset) =>
      world
        .datasetsOf(flow.outputs)
        .map((toDataset) => everyColumn(flow, [fromDataset, toDataset], identityMap)),
    )
}

function everyColumn(
  flow: Flow,
  [fromDataset, toDataset]: readonly [DatasetId, DatasetId],
  map: string,
): ColumnEdge {
  return {
    flow: flow.id,
    fromDataset,
    from: undefined,
    toDataset,
    to: undefined,
    transformations: [{ type: 'DIRECT', subtype: 'IDENTITY', masking: false }],
    map,
  }
}

/** "The same input column can appear twice for one output with different transformations: union." */
function withBoth(a: ColumnEdge, b: ColumnEdge): ColumnEdge {
  const all = [...a.transformations, ...b.transformations]
  const distinct = new Map(all.map((one) => [JSON.stringify(one), one]))
  return { ...a, transformations: [...distinct.values()] }
}

/** "When data moved: runs merged, and the active times of declarations." */
export function activeOf(
  members: readonly Pick<Member, 'active'>[],
  first: number,
): readonly Interval[] {
  const sessions = members.flatMap(({ active }) => active).toSorted((a, b) => a.start - b.start)
  const merged: { from: Micros; until: Micros | undefined }[] = []
  for (const { start, end } of sessions) {
    const before = merged.at(-1)
    if (before === undefined || (before.until !== undefined && before.until < start)) {
      merged.push({ from: start, until: end })
    } else if (before.until !== undefined) {
      before.until = end === undefined ? undefined : greatest([before.until, end])
    }
  }
  return merged.slice(0, first)
}

export function membersOf(world: World, ids: readonly FlowId[]): readonly Member[] {
  return ids.flatMap((id) => world.flows.get(id)?.members ?? [])
}

/** Of those, when each moved data by this map. */
export function membersWith(
  world: World,
  members: readonly Member[],
  map: string,
): readonly Member[] {
  return members.flatMap((member) => {
    const held = heldMaps(world, member).filter(({ maps }) => maps.some(({ key }) => key === map))
    const active = held.flatMap((one) => one.active)
    return active.length === 0 ? [] : [{ ...member, active }]
  })
}

/** The runs among them, each once. */
export function runsAmong(members: readonly Member[]): readonly RunId[] {
  const runs = members.filter(({ basis }) => basis !== 'DECLARED')
  return [...new Set(runs.map(({ mover }) => mover as RunId))]
}
