import type { Basis, DatasetId, FlowId, Interval, Micros } from '../../model/index.ts'
import type { StoredMap } from '../cells.ts'
import type { AsOf, ColumnEdge, FlowRecord } from '../port.ts'
import type { Adjacency, FlowNode } from './adjacency.ts'
import type { ColumnTimesParts } from './column-times.ts'
import type { FlowMembers, MapsetTimes } from './flow-members.ts'
import type { HeldMap } from './held-maps.ts'
import { identityMap } from '../port.ts'
import { datasetIdOfName, datasetsOf } from './adjacency.ts'
import { HeldMaps } from './held-maps.ts'

/** Flows as answers show them: by datasets, those that are equal there merged. */
export class FlowRecords {
  readonly #adjacency: Adjacency
  readonly #members: FlowMembers
  readonly #parts: ColumnTimesParts

  constructor(parts: ColumnTimesParts) {
    this.#adjacency = parts.adjacency
    this.#members = parts.members
    this.#parts = parts
  }

  nodes(ids: readonly FlowId[]): readonly FlowNode[] {
    return ids.map((id) => this.#adjacency.flows.get(id)).filter((flow) => flow !== undefined)
  }

  records(ids: readonly FlowId[], asOf: AsOf): readonly FlowRecord[] {
    const groups = new Map(this.nodes(ids).map((flow) => [flow.group, flow]))
    return [...groups.values()].map((flow) => this.#record(this.#twins(flow, asOf), asOf))
  }

  /** Column edges of stored flows, from every map that held by `asOf`. */
  columnEdges(ids: readonly FlowId[], asOf: AsOf): readonly ColumnEdge[] {
    const edges = new Map<string, ColumnEdge>()
    const held = new HeldMaps(this.#parts, asOf)
    for (const flow of this.nodes(ids)) {
      for (const edge of this.#edgesOf(flow, held)) {
        const known = edges.get(edgeKey(edge))
        edges.set(edgeKey(edge), known === undefined ? edge : withBoth(known, edge))
      }
    }
    return [...edges.values()]
  }

  mapActive(ids: readonly FlowId[], map: string, asOf: AsOf, first: number): readonly Interval[] {
    return this.nodes(ids).length === 0
      ? []
      : this.#members.active(this.nodes(ids), asOf, first, this.mapsetsWith(ids, map, asOf))
  }

  /** The sets of maps of these flows that this map was one of, and while which intervals. */
  mapsetsWith(ids: readonly FlowId[], map: string, asOf: AsOf): MapsetTimes {
    const held = new HeldMaps(this.#parts, asOf)
    const found = this.nodes(ids)
      .flatMap((flow) => held.of(flow))
      .filter(({ maps }) => maps.some(({ key }) => key === map))
    const times = Map.groupBy(found, ({ mapset }) => mapset)
    return new Map([...times].map(([mapset, of]) => [mapset, of.map(({ during }) => during)]))
  }

  /** The flows that an answer shows as one with this, as far as they are shown by `asOf`. */
  #twins(flow: FlowNode, asOf: AsOf): readonly FlowNode[] {
    const group = this.#adjacency.groups.get(flow.group) ?? []
    const when = { asOf, inForce: false }
    return [...group].filter((other) => other === flow || this.#adjacency.isShown(other, when))
  }

  #record(group: readonly FlowNode[], asOf: AsOf): FlowRecord {
    const stored = group.map(({ id }) => id).toSorted()
    const [one] = group as readonly [FlowNode, ...FlowNode[]]
    const seen = group.map((flow) => this.#members.seen(flow, asOf))
    const retired = group.map((flow) => this.#adjacency.retiredAt(flow, asOf))
    const bases = new Set(group.flatMap((flow) => this.#members.bases(flow, asOf)))
    return {
      id: stored[0] as FlowId,
      stored,
      job: one.job,
      kind: one.kind,
      inputs: datasetsOf(one.inputs),
      outputs: datasetsOf(one.outputs),
      bases: [...bases] as readonly Basis[],
      coarse: group.some((flow) => this.#isCoarse(flow, asOf)),
      firstSeen: Math.min(...seen.map(({ first }) => first)) as Micros,
      lastSeen: Math.max(...seen.map(({ last }) => last)) as Micros,
      retiredAt: retired.every((at) => at !== undefined)
        ? (Math.max(...retired) as Micros)
        : undefined,
    }
  }

  #isCoarse(flow: FlowNode, asOf: AsOf): boolean {
    if (!this.#members.shown(flow, asOf).some(({ coarse }) => coarse)) return false
    const held = new HeldMaps(this.#parts, asOf).of(flow)
    return held.some(({ maps }) => this.#coarsePairs(flow, maps).length > 0)
  }

  *#edgesOf(flow: FlowNode, held: HeldMaps): Iterable<ColumnEdge> {
    if (flow.kind === 'RENAME') {
      yield* renameEdges(flow)
      return
    }
    for (const { maps } of held.of(flow)) {
      for (const map of maps) yield* this.#mapEdges(flow, map)
      for (const [fromDataset, toDataset] of this.#coarsePairs(flow, maps)) {
        yield {
          flow: flow.id,
          fromDataset,
          from: undefined,
          toDataset,
          to: undefined,
          transformations: [],
          map: undefined,
        }
      }
    }
  }

  /** Inputs and outputs, by dataset, of which no map of the set tells how the one reaches the other. */
  #coarsePairs(
    flow: FlowNode,
    maps: readonly HeldMap[],
  ): readonly (readonly [DatasetId, DatasetId])[] {
    if (flow.kind === 'RENAME') return []
    return datasetsOf(flow.outputs).flatMap((to) => {
      const own = maps.filter(({ output }) => this.#datasetOf(output) === to)
      const named = own.flatMap(({ datasets }) => [...datasets])
      const mapped = new Set(named.map((id) => this.#datasetOf(id)))
      return datasetsOf(flow.inputs)
        .filter((from) => !mapped.has(from))
        .map((from) => [from, to] as const)
    })
  }

  *#mapEdges(flow: FlowNode, held: HeldMap): Iterable<ColumnEdge> {
    const { output, key, map } = held
    const toDataset = this.#datasetOf(output)
    if (held.every === true && map.copied !== undefined) {
      const fromDataset = this.#datasetOf(map.copied.from)
      yield everyColumn({ flow: flow.id, fromDataset, toDataset, map: key })
    }
    const edge = (input: StoredMap['whole'][number], to: string | undefined): ColumnEdge => ({
      flow: flow.id,
      fromDataset: this.#datasetOf(input.dataset),
      from: input.column,
      toDataset,
      to,
      transformations: input.transformations,
      map: key,
    })
    for (const { column, inputs } of map.fields)
      for (const input of inputs) yield edge(input, column)
    for (const input of map.whole) yield edge(input, undefined)
  }

  #datasetOf(id: DatasetId): DatasetId {
    return this.#adjacency.name(id)?.dataset.leader.id ?? id
  }
}

function* renameEdges(flow: FlowNode): Iterable<ColumnEdge> {
  for (const input of flow.inputs) {
    for (const output of flow.outputs) {
      const [fromDataset, toDataset] = [datasetIdOfName(input), datasetIdOfName(output)]
      yield everyColumn({ flow: flow.id, fromDataset, toDataset, map: identityMap })
    }
  }
}

/** Each column to the one of its own name, whichever there are. */
function everyColumn({
  flow,
  fromDataset,
  toDataset,
  map,
}: Pick<ColumnEdge, 'flow' | 'fromDataset' | 'toDataset' | 'map'>): ColumnEdge {
  return {
    flow,
    fromDataset,
    from: undefined,
    toDataset,
    to: undefined,
    transformations: [{ type: 'DIRECT', subtype: 'IDENTITY', masking: false }],
    map,
  }
}

/** Two names of one dataset can bring the same column in different ways. */
function withBoth(a: ColumnEdge, b: ColumnEdge): ColumnEdge {
  const all = [...a.transformations, ...b.transformations]
  const distinct = new Map(all.map((one) => [JSON.stringify(one), one]))
  return { ...a, transformations: [...distinct.values()] }
}

function edgeKey({ flow, fromDataset, from, toDataset, to, map }: ColumnEdge): string {
  return JSON.stringify([flow, fromDataset, from ?? null, toDataset, to ?? null, map ?? null])
}
