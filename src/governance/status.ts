import type { Attestation, DatasetGrain, DatasetStatus } from '../model/index.ts'

type Labelled = Readonly<{ label: string; column: string | undefined }>
export type OwnStatus = Readonly<{
  status: DatasetStatus
  rule: string
  because: readonly Labelled[]
}>

export function statusOf({
  labels,
  grain,
  isHealthContext,
}: Readonly<{
  labels: readonly Labelled[]
  grain: DatasetGrain
  isHealthContext: boolean
  attested: Attestation
}>): OwnStatus {
  const of = (...groups: readonly string[]) =>
    labels.filter(({ label }) => groups.some((group) => label.startsWith(group)))
  const sens = labels.filter(({ label }) => label.includes('SENS.') && !label.startsWith('AGG.'))
  const ids = of('ID.', 'PSEUDO.')
  const health = of('CLIN.', 'BILL.', 'SENS.')
  if (sens.length > 0) return { status: 'PHI_SPECIAL', rule: '2.1', because: sens }
  if (grain === 'REFERENCE') return { status: 'NOT_PERSONAL', rule: '2.4', because: [] }
  if (isHealthContext && ids.length + health.length > 0)
    return { status: 'PHI', rule: '2.1', because: [...ids, ...health] }
  if (ids.length > 0 && health.length > 0)
    return { status: 'PHI', rule: '2.1', because: [...ids, ...health] }
  if (ids.length > 0) return { status: 'PERSONAL', rule: '2.3', because: ids }
  return { status: 'UNKNOWN', rule: '2', because: [] }
}
