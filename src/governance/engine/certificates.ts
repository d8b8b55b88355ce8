import type { Move, StatementRecord } from '../../graph/index.ts'
import type { DatasetId, JobId, Micros } from '../../model/index.ts'
import type { Certificate } from '../port.ts'
import type { Cut, CutOf } from './links.ts'
import { isSamePerson, jobIdOf } from '../../model/index.ts'

/** A certificate, and since when another person vouches for it. */
export type Certified = Certificate &
  Readonly<{
    jobId: JobId
    approvedAt: Micros | undefined
    revokedAt: Micros | undefined
    /** Why it is suspended, if it is. */
    misfit: string | undefined
    records: readonly StatementRecord[]
  }>

type CertificateStatement = Extract<StatementRecord['statement'], { says: 'certificate' }>

/**
 * Certificates as they stand at `now`, in the order in which they were asked for. What the approval
 * of the person who asked is worth: nothing. `misfitOf` says why one fits its output no more.
 */
export function certificatesOf(
  statements: readonly StatementRecord[],
  { now, misfitOf }: Readonly<{ now: Micros; misfitOf: (id: string) => string | undefined }>,
): readonly Certified[] {
  const asked = new Map<string, StatementRecord & { statement: CertificateStatement }>()
  for (const record of statements) {
    const { statement } = record
    if (statement.says === 'certificate' && !asked.has(statement.id)) {
      asked.set(statement.id, { ...record, statement })
    }
  }
  return [...asked.values()].map((record) => {
    const { statement, by, at } = record
    const own = statements.filter(
      ({ statement: other }) => 'certificate' in other && other.certificate === statement.id,
    )
    const approval = own.find(
      (other) => other.statement.says === 'approval' && !isSamePerson(other.by.person, by.person),
    )
    const revocation = own.find((other) => other.statement.says === 'revocation')
    const misfit = misfitOf(statement.id)
    const { says: _, validFrom = approval?.at ?? at, ...rest } = statement
    const standing = {
      approvedAt: approval?.at,
      revokedAt: revocation?.at,
      misfit,
      expires: rest.expires,
    }
    return {
      ...rest,
      jobId: jobIdOf(statement.job),
      validFrom,
      state: stateAt(now, standing),
      requestedBy: by.person,
      approvedBy: approval?.by.person,
      approvedAt: approval?.at,
      revokedAt: revocation?.at,
      misfit,
      records: [record, ...own],
    }
  })
}

function stateAt(
  now: Micros,
  {
    approvedAt,
    revokedAt,
    misfit,
    expires,
  }: Pick<Certified, 'approvedAt' | 'revokedAt' | 'misfit' | 'expires'>,
): Certificate['state'] {
  if (revokedAt !== undefined) return 'REVOKED'
  if (approvedAt === undefined) return 'REQUESTED'
  if (misfit !== undefined) return 'SUSPENDED'
  return now >= expires ? 'EXPIRED' : 'VALID'
}

/** One that covered runs while it held, and still stands for what they made. */
const covering: ReadonlySet<Certificate['state']> = new Set(['VALID', 'EXPIRED'])

/**
 * Where certificates cut: the outputs that they name, of runs of their job that began between
 * `validFrom` and the expiry (P-20). `datasetOf` leads from a name to the dataset that it is now.
 */
export function cutsOf(
  certificates: readonly Certified[],
  datasetOf: (id: DatasetId) => DatasetId,
  idOf: (part: Certified['outputs'][number]) => DatasetId,
): CutOf {
  const byJob = Map.groupBy(
    certificates.filter(({ state }) => covering.has(state)),
    ({ jobId }) => jobId,
  )
  return (move: Move, output: DatasetId): Cut | undefined => {
    const own = move.job === undefined ? [] : (byJob.get(move.job) ?? [])
    const cuts = own
      .filter(({ validFrom, expires }) => move.start >= validFrom && move.start < expires)
      .flatMap((certificate) => cutBy(certificate, output, datasetOf, idOf))
    return cuts.find(({ columns }) => columns === undefined) ?? together(cuts)
  }
}

/** Certificates for some columns each cover all of these; the first of them is named. */
function together(cuts: readonly Cut[]): Cut | undefined {
  const [first] = cuts
  if (first === undefined) return undefined
  const isLimited = cuts.some(({ as }) => as === 'PHI_LIMITED')
  return {
    ...first,
    as: isLimited ? 'PHI_LIMITED' : first.as,
    columns: [...new Set(cuts.flatMap(({ columns }) => columns ?? []))],
    until: Math.min(...cuts.map(({ until }) => until)),
  }
}

function cutBy(
  { id, method, outputs, expires }: Certified,
  output: DatasetId,
  datasetOf: (id: DatasetId) => DatasetId,
  idOf: (part: Certified['outputs'][number]) => DatasetId,
): readonly Cut[] {
  const parts = outputs.filter((part) => datasetOf(idOf(part)) === output)
  if (parts.length === 0) return []
  const columns = parts.flatMap(({ column }) => column ?? [])
  return [
    {
      certificate: id,
      ...(method === 'LIMITED_DATA_SET'
        ? { as: 'PHI_LIMITED', until: expires }
        : { as: 'DEIDENTIFIED', until: Infinity }),
      columns: columns.length < parts.length ? undefined : columns,
    },
  ]
}
