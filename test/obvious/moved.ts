import type {
  ColumnMap,
  Copy,
  DatasetId,
  DatasetName,
  ExplicitEntry,
  FlowId,
  FlowKind,
  JobId,
} from '../../src/model/index.ts'
import { createHash } from 'node:crypto'
import { datasetIdOf, idOf, remembered } from './id.ts'

/** What was moved at once: by one part of a run, or by one version of a declaration. */
export type MovedSets = Readonly<{
  inputs: readonly DatasetName[]
  outputs: readonly DatasetName[]
  maps: readonly Readonly<{ output: DatasetName; map: ColumnMap }>[]
  explicit: readonly ExplicitEntry[]
  copies: readonly Copy[]
}>

/** With `copy` the map itself is empty: which columns go where is worked out when it is asked for. */
export type OwnMap = Readonly<{ output: DatasetId; key: string; map: ColumnMap; copy?: Copy }>

/** A flow as one mover gives it. */
export type MovedFlow = Readonly<{
  id: FlowId
  job: JobId | undefined
  kind: FlowKind
  inputs: readonly DatasetId[]
  outputs: readonly DatasetId[]
  maps: readonly OwnMap[]
}>

type Reach = Readonly<{ output: DatasetId; inputs: readonly DatasetId[]; maps: readonly OwnMap[] }>

/**
 * "Outputs are grouped by the inputs that each can have: where the run has explicit lineage, those
 * of the output's entry and nothing else; otherwise the run's inputs and the datasets that its own
 * column lineage names. Each group is a flow; inputs that explicit lineage leaves over are a flow
 * without outputs." (design.md section 5)
 */
export function flowsOfSets(job: JobId | undefined, sets: MovedSets): readonly MovedFlow[] {
  const reaches = sets.explicit.length > 0 ? explicitReaches(sets) : inferredReaches(sets)
  const groups = Map.groupBy(reaches, ({ inputs }) => inputs.join())
  const flows = [...groups.values()].map((group) =>
    flowOf(job, 'TRANSFORM', {
      inputs: group[0]?.inputs ?? [],
      outputs: sorted(group.map(({ output }) => output)),
      maps: group.flatMap(({ maps }) => maps),
    }),
  )
  const left = leftOver(sets, reaches)
  return left.length === 0
    ? flows
    : [...flows, flowOf(job, 'TRANSFORM', { inputs: left, outputs: [], maps: [] })]
}

export function renameFlow(job: JobId | undefined, from: DatasetName, to: DatasetName): MovedFlow {
  return flowOf(job, 'RENAME', {
    inputs: [datasetIdOf(from)],
    outputs: [datasetIdOf(to)],
    maps: [],
  })
}

function inferredReaches({ inputs, outputs, maps, copies }: MovedSets): readonly Reach[] {
  return sorted(outputs.map(datasetIdOf)).map((output) => {
    const own = maps.filter((map) => datasetIdOf(map.output) === output)
    const copied = copies.filter((copy) => datasetIdOf(copy.output) === output)
    const named = [
      ...own.flatMap(({ map }) => inputsOfMap(map)),
      ...copied.map(({ input }) => input),
    ]
    return {
      output,
      inputs: sorted([...inputs, ...named].map(datasetIdOf)),
      maps: [...own.map(({ map }) => ownMap(output, map)), ...copied.map(copyMap)],
    }
  })
}

function explicitReaches({ outputs, explicit }: MovedSets): readonly Reach[] {
  const targets = explicit.flatMap(({ target }) => (target === null ? [] : [target]))
  return sorted([...outputs, ...targets].map(datasetIdOf)).map((output) => {
    const entries = explicit.filter(
      ({ target }) => target !== null && datasetIdOf(target) === output,
    )
    const named = entries.flatMap(({ inputs, map }) => [...inputs, ...inputsOfMap(map)])
    const maps = entries.map(({ map }) => map).filter((map) => inputsOfMap(map).length > 0)
    return {
      output,
      inputs: sorted(named.map(datasetIdOf)),
      maps: maps.map((map) => ownMap(output, map)),
    }
  })
}

/** Without outputs, or left over by explicit lineage; an entry for the job itself ends there too. */
function leftOver(
  { inputs, explicit }: MovedSets,
  reaches: readonly Reach[],
): readonly DatasetId[] {
  const ending = explicit.filter(({ target }) => target === null).flatMap((entry) => entry.inputs)
  const used = new Set(reaches.flatMap((reach) => reach.inputs))
  return sorted([...inputs, ...ending].map(datasetIdOf)).filter((input) => !used.has(input))
}

/** "A flow is (job, set of inputs, set of outputs), in names": its id is made from these alone. */
function flowOf(
  job: JobId | undefined,
  kind: FlowKind,
  { inputs, outputs, maps }: Pick<MovedFlow, 'inputs' | 'outputs' | 'maps'>,
): MovedFlow {
  const id = idOf('flow', [job ?? '', kind, inputs.join(), outputs.join()]) as FlowId
  const distinct = new Map(maps.map((map) => [`${map.output}:${map.key}`, map]))
  const inOrder = [...distinct].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, map]) => map)
  return { id, job, kind, inputs, outputs, maps: inOrder }
}

const mapKeys = new Map<string, string>()

/** The key of a map is equal for equal maps on every store, so it is worked out as they do. */
export function ownMap(output: DatasetId, map: ColumnMap): OwnMap {
  const stored = (input: ColumnMap['whole'][number]) => ({
    dataset: datasetIdOf(input.dataset),
    column: input.column,
    transformations: input.transformations,
  })
  const text = JSON.stringify({
    fields: map.fields.map(({ column, inputs }) => ({ column, inputs: inputs.map(stored) })),
    whole: map.whole.map(stored),
  })
  return { output, key: keyOf(text), map }
}

function copyMap(copy: Copy): OwnMap {
  const empty = { fields: [], whole: [] }
  const { by, ...lists } = copy.columns
  const inOrder = Object.entries(lists)
    .filter(([, value]) => value !== undefined && value !== 0)
    .toSorted(([a], [b]) => listsInOrder.indexOf(a) - listsInOrder.indexOf(b))
  const columns = { by, ...Object.fromEntries(inOrder) }
  const copied = { from: datasetIdOf(copy.input), columns }
  const key = keyOf(JSON.stringify({ ...empty, copied }))
  return { output: datasetIdOf(copy.output), key, map: empty, copy }
}

const listsInOrder = ['only', 'from', 'to', 'skip']

function keyOf(text: string): string {
  return remembered(mapKeys, text, () =>
    createHash('sha256').update(text).digest().subarray(0, 12).toString('base64url'),
  )
}

export function inputsOfMap(map: ColumnMap): readonly DatasetName[] {
  return [...map.fields.flatMap(({ inputs }) => inputs), ...map.whole].map(({ dataset }) => dataset)
}

function sorted<Id extends string>(ids: readonly Id[]): readonly Id[] {
  return [...new Set(ids)].toSorted((a, b) => (a < b ? -1 : 1))
}
