import type { KeyedMap, StoredExplicit, StoredMap } from '../graph/index.ts'
import type { DatasetId } from '../model/index.ts'
import { mapKeyOf } from '../graph/index.ts'

/** What was moved at once: the sets of a run (or of one statement or snapshot of it). */
export type MovedSets = Readonly<{
  inputs: ReadonlySet<DatasetId>
  outputs: ReadonlySet<DatasetId>
  maps: readonly Readonly<{ output: DatasetId; map: StoredMap }>[]
  explicit: readonly StoredExplicit[]
}>

/** Outputs that had the same inputs, sorted; `maps` are the column maps of these outputs. */
export type Group = Readonly<{
  inputs: readonly DatasetId[]
  outputs: readonly DatasetId[]
  maps: readonly KeyedMap[]
}>

/**
 * Groups outputs by the inputs that each can have. With explicit lineage those are the inputs of the
 * output's own entries and nothing else; otherwise they are all inputs and the datasets that the
 * output's own column maps name. Inputs that explicit lineage leaves over are a group without
 * outputs, and so are all inputs where nothing was written.
 *
 * @see openlineage.md section 3
 */
export function groupsOf(sets: MovedSets): readonly Group[] {
  return sets.explicit.length > 0 ? explicitGroups(sets) : inferredGroups(sets)
}

function inferredGroups({ inputs, outputs, maps }: MovedSets): readonly Group[] {
  if (outputs.size === 0) return inputs.size === 0 ? [] : [group([...inputs], [], [])]
  const grouping = new Grouping()
  for (const output of outputs) {
    const own = maps.filter((map) => map.output === output)
    const named = own.flatMap(({ map }) => datasetsOfMap(map))
    grouping.add(output, [...inputs, ...named], own)
  }
  return grouping.groups()
}

function explicitGroups({ inputs, outputs, explicit }: MovedSets): readonly Group[] {
  const grouping = new Grouping()
  const used = new Set<DatasetId>()
  const targets = new Set(outputs)
  const ending = new Set(inputs)
  for (const { target, inputs: own } of explicit) {
    if (target === null) for (const input of own) ending.add(input)
    else targets.add(target)
  }
  for (const output of targets) {
    const entries = explicit.filter(({ target }) => target === output)
    const sources = entries.flatMap((entry) => [...entry.inputs, ...datasetsOfMap(entry.map)])
    for (const source of sources) used.add(source)
    const maps = entries.filter(({ map }) => map.fields.length + map.whole.length > 0)
    grouping.add(
      output,
      sources,
      maps.map(({ map }) => ({ output, map })),
    )
  }
  const left = [...ending].filter((input) => !used.has(input))
  return left.length === 0 ? grouping.groups() : [...grouping.groups(), group(left, [], [])]
}

class Grouping {
  readonly #byInputs = new Map<
    string,
    { inputs: readonly DatasetId[]; outputs: DatasetId[]; maps: MovedSets['maps'][number][] }
  >()

  add(output: DatasetId, inputs: readonly DatasetId[], maps: MovedSets['maps']): void {
    const sorted = [...new Set(inputs)].toSorted()
    const key = sorted.join()
    const known = this.#byInputs.get(key) ?? { inputs: sorted, outputs: [], maps: [] }
    this.#byInputs.set(key, known)
    known.outputs.push(output)
    known.maps.push(...maps)
  }

  groups(): readonly Group[] {
    return [...this.#byInputs.values()].map(({ inputs, outputs, maps }) =>
      group(inputs, outputs, maps),
    )
  }
}

function group(
  inputs: readonly DatasetId[],
  outputs: readonly DatasetId[],
  maps: MovedSets['maps'],
): Group {
  const keyed = new Map(
    maps.map(({ output, map }) => {
      const key = mapKeyOf(map)
      return [`${output}:${key}`, { output, key, map }] as const
    }),
  )
  return {
    inputs: [...new Set(inputs)].toSorted(),
    outputs: [...new Set(outputs)].toSorted(),
    maps: [...keyed].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, map]) => map),
  }
}

function datasetsOfMap(map: StoredMap): readonly DatasetId[] {
  const inputs = [...map.fields.flatMap((field) => field.inputs), ...map.whole]
  const named = inputs.map(({ dataset }) => dataset)
  return map.copied === undefined ? named : [...named, map.copied.from]
}
