import type { JobName } from './job-name.ts'
import type { DatasetName } from './name.ts'
import type { Micros } from './time.ts'
import type { Brand } from './brand.ts'
import { digestId } from './id.ts'

/** What a dataset is in law, from least to worst (phi.md section 2). */
export const datasetStatuses = [
  'UNKNOWN',
  'NOT_PERSONAL',
  'PERSONAL',
  'DEIDENTIFIED',
  'PHI_LIMITED',
  'PHI',
  'LINKED_PROFILE',
  'PHI_SPECIAL',
] as const
export type DatasetStatus = (typeof datasetStatuses)[number]

export const datasetGrains = [
  'INDIVIDUAL',
  'EVENT_OF_INDIVIDUAL',
  'LINKED_PROFILE',
  'AGGREGATE',
  'REFERENCE',
  'UNKNOWN',
] as const
export type DatasetGrain = (typeof datasetGrains)[number]

/** From least to most exposed. */
export const zones = ['PROTECTED', 'GENERAL', 'EXTERNAL'] as const
export type Zone = (typeof zones)[number]

/** All that are given must match. `*` stays within a path part, `**` does not. */
export type Selector = Readonly<{
  namespace?: string
  name?: string
  account?: string
  region?: string
  vpc?: string
  tag?: Readonly<{ key: string; value?: string }>
  job?: string
  principal?: string
}>

export const certificateMethods = [
  'SAFE_HARBOR',
  'EXPERT_DETERMINATION',
  'LIMITED_DATA_SET',
] as const
export type CertificateMethod = (typeof certificateMethods)[number]

export const findingStatuses = ['OPEN', 'ACCEPTED', 'RESOLVED'] as const
export type FindingStatus = (typeof findingStatuses)[number]

/** What no metadata shows and a person vouches for. */
export type Attestation = Readonly<{
  grain?: DatasetGrain
  /** People in the smallest cell of an aggregate. */
  smallestCell?: number
  /** Three digits of a ZIP stand for more than 20,000 people each. */
  zip3Rule?: boolean
  /** Ages over 89 are one group. */
  agesTopCoded?: boolean
  /** Its source is a provider or a payer. */
  healthSource?: boolean
}>

/** A dataset, or one column of it, by a name. */
export type DatasetPart = Readonly<{ dataset: DatasetName; column?: string }>

/** What a person states about how data must be looked upon. The latest of one key holds. */
export type Statement = Readonly<
  | { says: 'label'; of: DatasetPart; label: string; holds: boolean; reason: string }
  | { says: 'status'; of: DatasetPart; status: DatasetStatus; reason: string }
  | { says: 'attestation'; of: DatasetPart; attestation: Attestation; reason: string }
  | { says: 'boundary'; name: string; zone: Zone; selectors: readonly Selector[] }
  | { says: 'noBoundary'; name: string }
  | {
      says: 'policy'
      name: string
      zone: Zone
      statuses: readonly DatasetStatus[]
      mayCross: readonly Selector[]
    }
  | {
      says: 'certificate'
      id: string
      job: JobName
      outputs: readonly DatasetPart[]
      method: CertificateMethod
      signer: string
      validFrom?: Micros
      expires: Micros
      statement: string
    }
  | { says: 'approval'; certificate: string; reason: string }
  | { says: 'revocation'; certificate: string; reason: string }
  | {
      says: 'decision'
      finding: string
      status: FindingStatus
      reason: string
      until?: Micros
    }
  | { says: 'assignment'; finding: string; assignee?: string; comment?: string }
>

/** Who stated it: a token, and the person whom it stands for. */
export type StatedByWhom = Readonly<{ author: string; person: string }>

export type GovernanceId = Brand<string, 'GovernanceId'>

/** What is not a dataset and has statements of its own: a boundary, a policy, a certificate, a finding. */
export function governanceIdOf(kind: string, id: string): GovernanceId {
  return digestId('governance', kind, id) as GovernanceId
}

/** What the statement is about, where that is no dataset: the kind of thing and its id. */
export function objectOf(statement: Statement): Readonly<{ kind: string; id: string }> | undefined {
  switch (statement.says) {
    case 'label':
    case 'status':
    case 'attestation':
      return undefined
    case 'boundary':
    case 'noBoundary':
      return { kind: 'boundary', id: statement.name }
    case 'policy':
      return { kind: 'policy', id: statement.name }
    case 'certificate':
      return { kind: 'certificate', id: statement.id }
    case 'approval':
    case 'revocation':
      return { kind: 'certificate', id: statement.certificate }
    case 'decision':
    case 'assignment':
      return { kind: 'finding', id: statement.finding }
  }
}

/** Every dataset that the statement names. */
export function partsOf(statement: Statement): readonly DatasetPart[] {
  switch (statement.says) {
    case 'label':
    case 'status':
    case 'attestation':
      return [statement.of]
    case 'certificate':
      return statement.outputs
    default:
      return []
  }
}
