import type {
  ColumnMap,
  Copy,
  DatasetName,
  ExplicitEntry,
  Fact,
  Micros,
  Moved,
  Spelling,
} from '../../model/index.ts'
import type { Movement } from '../command/index.ts'
import { canonicalNames } from '../../model/index.ts'

/** The canonical names of what was spelled, each once: a brace list is several. */
export function namesOf(spellings: readonly Spelling[]): readonly DatasetName[] {
  const names = spellings.flatMap(({ namespace, name }) =>
    canonicalNames(namespace, name).map((canonical) => canonical.name),
  )
  return [...new Map(names.map((name) => [keyOf(name), name])).values()]
}

/** Everything that movements speak of; `touched` is what they read or write. */
export function mentionsOf(at: Micros, movements: readonly Movement[]): readonly Fact[] {
  const said = movements.flatMap(({ inputs, outputs, mentions }) => [
    ...[...inputs, ...outputs].map((spelling) => ({ spelling, touched: true })),
    ...mentions.map((spelling) => ({ spelling, touched: false })),
  ])
  const facts = said.flatMap(({ spelling, touched }) =>
    canonicalNames(spelling.namespace, spelling.name).map(({ name }): Fact => ({
      kind: 'mention',
      at,
      dataset: name,
      spelling,
      touched,
    })),
  )
  return [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()]
}

/**
 * What movements of one job move together. One movement keeps its sets; of several each output has the
 * inputs of its own movement, so that two imports in one script do not mix.
 */
export function movedBy(movements: readonly Movement[]): Moved {
  const moving = movements.filter(({ inputs, outputs }) => inputs.length + outputs.length > 0)
  const [only] = moving
  if (only === undefined) return { inputs: [], outputs: [], maps: [], explicit: [] }
  const inputs = namesOf(moving.flatMap((one) => one.inputs))
  if (moving.length === 1) {
    return { inputs, outputs: namesOf(only.outputs), ...columnsOf(only), explicit: [] }
  }
  return { inputs, outputs: [], maps: [], explicit: moving.flatMap(entriesOf) }
}

/** One entry for each output; a movement without one ends at the job. */
function entriesOf(movement: Movement): readonly ExplicitEntry[] {
  const inputs = namesOf(movement.inputs)
  const outputs = namesOf(movement.outputs)
  if (outputs.length === 0) return [{ target: null, inputs, map: { fields: [], whole: [] } }]
  const { maps, copies } = columnsOf(movement)
  return outputs.map((target) => {
    const known = maps.find(({ output }) => keyOf(output) === keyOf(target))?.map
    return { target, inputs, map: known ?? listedMap(copies, target) }
  })
}

/** Of columns that a copy lists by name, the map is known without any schema. */
function listedMap(copies: readonly Copy[], target: DatasetName): ColumnMap {
  const fields = copies
    .filter(({ output }) => keyOf(output) === keyOf(target))
    .flatMap(({ input, columns }) =>
      columns.by === 'name' && columns.only !== undefined
        ? columns.only.map((column) => ({ dataset: input, column }))
        : [],
    )
  const byColumn = Map.groupBy(fields, ({ column }) => column)
  const identity = { type: 'DIRECT' as const, subtype: 'IDENTITY', masking: false }
  return {
    fields: [...byColumn]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([column, inputs]) => ({
        column,
        inputs: inputs.map((input) => ({ ...input, transformations: [identity] })),
      })),
    whole: [],
  }
}

/** The maps and copies of a movement, in canonical names. */
export function columnsOf(movement: Movement): Readonly<{
  maps: Moved['maps']
  copies: readonly Copy[]
}> {
  return {
    maps: movement.maps.flatMap(({ output, map }) =>
      namesOf([output]).map((name) => ({ output: name, map: canonicalMap(map) })),
    ),
    copies: movement.copies.flatMap(({ input, output, columns }) =>
      namesOf([input]).flatMap((from) =>
        namesOf([output]).map((to) => ({ input: from, output: to, columns })),
      ),
    ),
  }
}

function canonicalMap(map: ColumnMap): ColumnMap {
  const inputsOf = (inputs: ColumnMap['whole']): ColumnMap['whole'] =>
    inputs.flatMap((input) => namesOf([input.dataset]).map((dataset) => ({ ...input, dataset })))
  return {
    fields: map.fields.map(({ column, inputs }) => ({ column, inputs: inputsOf(inputs) })),
    whole: inputsOf(map.whole),
  }
}

function keyOf({ namespace, name }: DatasetName): string {
  return JSON.stringify([namespace, name])
}
