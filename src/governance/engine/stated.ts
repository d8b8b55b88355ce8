import type { StatementRecord } from '../../graph/index.ts'
import type { Attestation, DatasetId, DatasetStatus, Micros } from '../../model/index.ts'
import { datasetIdOf } from '../../model/index.ts'

/** What a person stated of one dataset, by any of its names; the latest of each kind holds. */
export type Stated = Readonly<{
  /** By column, where it is of one, and label. */
  labels: readonly StatedLabel[]
  status: Readonly<{ status: DatasetStatus; at: Micros; record: StatementRecord }> | undefined
  /** The parts of all attestations together. */
  attested: Attestation
}>

export type StatedLabel = Readonly<{
  column: string | undefined
  label: string
  holds: boolean
  at: Micros
  record: StatementRecord
}>

export const nothingStated: Stated = { labels: [], status: undefined, attested: {} }

/** What is stated of datasets, by the name that each statement meant. Statements are in their order. */
export function statedByName(
  statements: readonly StatementRecord[],
): ReadonlyMap<DatasetId, readonly StatementRecord[]> {
  return Map.groupBy(
    statements.filter(({ statement }) => 'of' in statement),
    ({ statement }) => datasetIdOf(('of' in statement ? statement.of : missing()).dataset),
  )
}

/** The same of all names of a dataset. */
export function statedOf(records: readonly StatementRecord[]): Stated {
  if (records.length === 0) return nothingStated
  const labels = new Map<string, StatedLabel>()
  let status: Stated['status']
  let attested: Attestation = {}
  for (const record of records.toSorted(inOrder)) {
    const { at, statement } = record
    if (statement.says === 'label') {
      const { label, holds, of } = statement
      const key = `${of.column ?? ''}\0${label}`
      labels.set(key, { column: of.column, label, holds, at, record })
    } else if (statement.says === 'status') {
      status = { status: statement.status, at, record }
    } else if (statement.says === 'attestation') {
      attested = { ...attested, ...statement.attestation }
    }
  }
  return { labels: [...labels.values()], status, attested }
}

function inOrder(a: StatementRecord, b: StatementRecord): number {
  return a.at - b.at || (a.entry < b.entry ? -1 : 1)
}

function missing(): never {
  throw new TypeError('A statement of no dataset')
}
