import type { GovernedDataset, GraphReader, Move, StatementRecord } from '../../graph/index.ts'
import type { DatasetPart, FlowId } from '../../model/index.ts'
import type { Source } from './source.ts'
import type { Certified } from './certificates.ts'
import { datasetIdOf } from '../../model/index.ts'
import { certificatesOf } from './certificates.ts'

export type MisfitParts = Readonly<{
  graph: Pick<GraphReader, 'governed'>
  movesOf: (flow: FlowId) => readonly Move[]
  statements: readonly StatementRecord[]
  sourceOf: (dataset: GovernedDataset) => Source
}>

/**
 * Why certificates do not fit their outputs any more (P-21), by their ids: since the approval the
 * output has other columns, the job makes it from other columns, or shows a direct identifier that
 * the certificate does not speak of.
 */
export async function misfitsOf(parts: MisfitParts): Promise<ReadonlyMap<string, string>> {
  const { statements } = parts
  const never = Number.MIN_SAFE_INTEGER as Certified['expires']
  const certificates = certificatesOf(statements, { now: never, misfitOf: () => undefined })
  const misfits = new Map<string, string>()
  for (const certificate of certificates) {
    const misfit = await misfitOf(certificate, parts)
    if (misfit !== undefined) misfits.set(certificate.id, misfit)
  }
  return misfits
}

async function misfitOf(certificate: Certified, parts: MisfitParts): Promise<string | undefined> {
  const { approvedAt, outputs } = certificate
  if (approvedAt === undefined) return undefined
  const ids = [...new Set(outputs.map(({ dataset }) => datasetIdOf(dataset)))]
  const then = await parts.graph.governed(ids, approvedAt)
  const now = await parts.graph.governed(ids, undefined)
  for (const dataset of now) {
    const before = then.find(({ id }) => id === dataset.id)
    const changed = changedColumns(before, dataset)
    if (changed !== undefined) return changed
    const named = namedColumns(outputs, dataset)
    const shown = directIdentifier(parts.sourceOf(dataset), named)
    if (shown !== undefined) return `${shown} is a direct identifier that it does not name`
    if (isMadeOtherwise(certificate, dataset, parts)) {
      return 'the job makes its output from other columns since'
    }
  }
  return undefined
}

/** A schema that was not known at the approval is no other one. */
function changedColumns(
  before: GovernedDataset | undefined,
  { columns }: GovernedDataset,
): string | undefined {
  if (before === undefined || before.columns.length === 0) return undefined
  const [old, now] = [before.columns, columns].map((of) => new Set(of.map(({ name }) => name)))
  const added = [...(now ?? [])].filter((name) => !old?.has(name))
  const gone = [...(old ?? [])].filter((name) => !now?.has(name))
  if (added.length === 0 && gone.length === 0) return undefined
  const parts = [
    ...(added.length === 0 ? [] : [`new columns ${added.join(', ')}`]),
    ...(gone.length === 0 ? [] : [`columns that are gone ${gone.join(', ')}`]),
  ]
  return `its output has ${parts.join(' and ')}`
}

/** Undefined when the dataset is named whole. */
function namedColumns(
  outputs: readonly DatasetPart[],
  { names }: GovernedDataset,
): ReadonlySet<string> | undefined {
  const ids = new Set(names.map(datasetIdOf))
  const own = outputs.filter(({ dataset }) => ids.has(datasetIdOf(dataset)))
  const columns = own.flatMap(({ column }) => column ?? [])
  return columns.length < own.length ? undefined : new Set(columns)
}

function directIdentifier(
  { labels }: Source,
  named: ReadonlySet<string> | undefined,
): string | undefined {
  if (named === undefined) return undefined
  const shown = labels.find(
    ({ column, label, decision }) =>
      decision === 'CONFIRMED' &&
      column !== undefined &&
      !named.has(column) &&
      isDirectIdentifier(label),
  )
  return shown?.column
}

/** One of the 18 identifiers that says by itself who somebody is; dates and places do not. */
function isDirectIdentifier(label: string): boolean {
  return label.startsWith('ID.') && label !== 'ID.DATE' && label !== 'ID.GEO'
}

function isMadeOtherwise(
  { jobId, approvedAt = 0 as Certified['expires'] }: Certified,
  { id: output, writes }: GovernedDataset,
  { movesOf }: MisfitParts,
): boolean {
  const own = writes
    .flatMap((flow) => movesOf(flow))
    .filter(({ job, outputs }) => job === jobId && outputs.includes(output))
  const mapsOf = (of: readonly Move[]): ReadonlySet<string> =>
    new Set(of.map(({ maps }) => JSON.stringify(maps.filter((map) => map.output === output))))
  const before = mapsOf(own.filter(({ start }) => start <= approvedAt))
  const since = mapsOf(own.filter(({ start }) => start > approvedAt))
  return before.size > 0 && [...since].some((map) => !before.has(map))
}
