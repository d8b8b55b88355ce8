import type { DatasetId, FlowId } from '../../src/model/index.ts'
import type { FormerColumn, GovernedDataset, Move, MovedMap } from '../../src/graph/index.ts'
import type { Flow, Member } from './flow.ts'
import type { OwnMap } from './moved.ts'
import type { World } from './world.ts'
import { heldMaps } from './copied.ts'
import { columnsOf, datasetDetails, fieldsOf, schemaHistory } from './describe.ts'
import { epochsOf } from './epoch.ts'
import { datasetIdOf } from './id.ts'

/** What bears on the content of a dataset, each piece as it is told by itself. */
export function governedDataset(world: World, id: DatasetId): readonly GovernedDataset[] {
  const of = world.classOf(id)
  if (of === undefined) return []
  const { kind, description, tags, firstSeen, existence } = datasetDetails(world, of.id)
  const names = world.nameIdsOf(of.id)
  const at = (side: 'inputs' | 'outputs'): readonly FlowId[] =>
    [...world.flows.values()]
      .filter((flow) => flow[side].some((name) => names.has(name)))
      .map((flow) => flow.id)
  return [
    {
      id: of.id,
      names: of.names,
      kind,
      description,
      tags,
      columns: columnsOf(fieldsOf(world, of.id)),
      formerColumns: formerColumns(world, of.id),
      firstSeen,
      epochs: epochsOf(world, of.id),
      dropped: existence.flatMap(({ until }) => until ?? []),
      meetings: world.meetings(of.id).map(({ meeting }) => meeting),
      reads: at('inputs'),
      writes: at('outputs'),
    },
  ]
}

/** Columns that some schema had and the last has not, until the schema behind the last that had it. */
function formerColumns(world: World, id: DatasetId): readonly FormerColumn[] {
  const newestFirst = schemaHistory(world, id)
  const listed = newestFirst.map(({ fields }) => columnsOf(fields))
  const names = new Set(listed.flatMap((columns) => columns.map(({ name }) => name)))
  return [...names].flatMap((name) => {
    const last = listed.findIndex((columns) => columns.some((column) => column.name === name))
    const column = listed[last]?.find((one) => one.name === name)
    const after = newestFirst[last - 1]
    return column === undefined || after === undefined ? [] : [{ ...column, until: after.since }]
  })
}

/** When and by which maps a flow moved data, each once. */
export function movesOf(world: World, flow: Flow): readonly Move[] {
  const moves = flow.members.flatMap((member) => movesOfMember(world, flow, member))
  return [...new Map(moves.map((move) => [JSON.stringify(move), move])).values()]
}

function movesOfMember(world: World, flow: Flow, member: Member): readonly Move[] {
  return heldMaps(world, member).flatMap(({ maps, active }) =>
    active.map(({ start, end }) => ({
      flow: flow.id,
      job: flow.job,
      kind: flow.kind,
      basis: member.basis,
      inputs: world.datasetsOf(flow.inputs),
      outputs: world.datasetsOf(flow.outputs),
      start,
      end,
      maps: maps.map((map) => movedMap(world, map)),
    })),
  )
}

function movedMap(world: World, { output, map, copy }: OwnMap): MovedMap {
  const moved = ({ dataset, ...more }: OwnMap['map']['whole'][number]) => ({
    dataset: world.datasetOf(datasetIdOf(dataset)),
    ...more,
  })
  return {
    output: world.datasetOf(output),
    every: copy === undefined ? undefined : world.datasetOf(datasetIdOf(copy.input)),
    fields: map.fields.map(({ column, inputs }) => ({ column, inputs: inputs.map(moved) })),
    whole: map.whole.map(moved),
  }
}
