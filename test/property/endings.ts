import type { GovernedDataset, GraphReader, Move, MovedMap } from '../../src/graph/index.ts'
import type { DatasetId, Transformation } from '../../src/model/index.ts'
import type { AppliedLabel, Governor } from '../../src/governance/index.ts'
import { datasetIdOf } from '../obvious/id.ts'

/** All that may end a label on its way from one dataset to the next. */
export const endingKinds = [
  'a constant',
  'an aggregate with an attested smallest cell',
  'a certificate',
  'an epoch',
  'a map that does not read the column',
  'a rule for what decides rows',
] as const
type Ending = (typeof endingKinds)[number] | 'a generalisation that is attested' | 'none'

/**
 * Of every label and every move that reads its dataset: what ended it on the way to an output that
 * has nothing of that category. By the raw moves, without what propagation itself knows.
 */
export async function endingsOf(
  graph: GraphReader,
  governor: Governor,
): Promise<readonly Ending[]> {
  const page = await graph.datasets(undefined, { includeRetired: true }, { first: 1_000 })
  const ids = page.items.map(({ node }) => node.id)
  const datasets = new Map((await graph.governed(ids, undefined)).map((one) => [one.id, one]))
  const answers = await governor.datasets(ids, undefined)
  const labelsOf = (id: DatasetId): readonly AppliedLabel[] =>
    (answers.get(id)?.labels ?? []).filter(
      ({ decision }) => decision === undefined || decision === 'CONFIRMED',
    )
  const statements = await graph.statements()
  const certified = new Set(
    statements.flatMap(({ statement }) =>
      statement.says === 'certificate'
        ? statement.outputs.map(({ dataset }) => datasetIdOf(dataset))
        : [],
    ),
  )
  const attested = (id: DatasetId): boolean => {
    const names = new Set(datasets.get(id)?.names.map(datasetIdOf))
    return statements.some(
      ({ statement }) =>
        statement.says === 'attestation' && names.has(datasetIdOf(statement.of.dataset)),
    )
  }
  const flows = new Set(
    [...datasets.values()].flatMap(({ reads, writes }) => [...reads, ...writes]),
  )
  const moves = await graph.moves([...flows], undefined)
  return moves.flatMap((move) =>
    move.inputs.flatMap((input) =>
      move.outputs.flatMap((output) => {
        const from = datasets.get(input)
        const to = datasets.get(output)
        if (from === undefined || to === undefined || from === to) return []
        const has = new Set(labelsOf(output).map(({ label }) => plain(label)))
        return labelsOf(input)
          .filter(({ label }) => !has.has(plain(label)))
          .map((label): Ending => {
            if (to.names.some((name) => certified.has(datasetIdOf(name)))) return 'a certificate'
            if (isReplaced(from) || isReplaced(to)) return 'an epoch'
            return endingBy(label, move, { from, to, isAttested: attested(output) })
          })
      }),
    ),
  )
}

const plain = (label: string): string => label.replace(/^(?:AGG\.)?(?:PSEUDO\.)?/, '')
const isReplaced = ({ epochs }: GovernedDataset): boolean => epochs.length > 0

function endingBy(
  { label, column }: AppliedLabel,
  { maps, kind }: Move,
  {
    from,
    to,
    isAttested,
  }: Readonly<{ from: GovernedDataset; to: GovernedDataset; isAttested: boolean }>,
): Ending {
  const own = maps.filter(({ output }) => output === to.id)
  const told = own.flatMap((map) => readings(map, from.id))
  const isEvery = own.some(({ every }) => every === from.id)
  if (kind === 'RENAME' || isEvery || column === undefined || told.length === 0) return 'none'
  const reads = told.filter(({ column: read }) => isWithin(read, column))
  if (reads.length === 0) return 'a map that does not read the column'
  const how = reads.flatMap(({ transformations }) => transformations)
  const isOrder = (one: Transformation): boolean =>
    one.type === 'INDIRECT' &&
    (['SORT', 'WINDOW'].includes(one.subtype ?? '') || !/^(?:CLIN|BILL|SENS)\./.test(plain(label)))
  const making = how.filter((one) => !isOrder(one))
  if (reads.some(({ transformations }) => transformations.length === 0)) {
    return reads.every(({ isWhole }) => isWhole) ? 'a rule for what decides rows' : 'none'
  }
  if (making.length === 0) return 'a rule for what decides rows'
  const isConstant = ({ description = '' }: Transformation): boolean =>
    /^(?:NULL|'none')$/.test(description)
  if (making.every(isConstant)) return 'a constant'
  const isCount = ({ subtype, description }: Transformation): boolean =>
    subtype === 'AGGREGATION' && description === 'count(x)'
  if (isAttested && making.every((one) => isConstant(one) || isCount(one))) {
    return 'an aggregate with an attested smallest cell'
  }
  return isAttested && making.some(({ description = '' }) => /^(?:year|left)/.test(description))
    ? 'a generalisation that is attested'
    : 'none'
}

type Reading = Readonly<{
  column: string
  transformations: readonly Transformation[]
  isWhole: boolean
}>

function readings({ fields, whole }: MovedMap, input: DatasetId): readonly Reading[] {
  return [
    ...fields.flatMap(({ inputs }) => inputs.map((one) => ({ ...one, isWhole: false }))),
    ...whole.map((one) => ({ ...one, isWhole: true })),
  ].filter(({ dataset }) => dataset === input)
}

const isWithin = (a: string, b: string): boolean =>
  a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`)
