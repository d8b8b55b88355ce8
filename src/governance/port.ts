import type { AsOf, Page, PageAsk } from '../graph/index.ts'
import type {
  CertificateMethod,
  DatasetGrain,
  DatasetId,
  DatasetPart,
  DatasetStatus,
  EntryKey,
  FindingStatus,
  FlowId,
  JobName,
  Json,
  Meeting,
  Micros,
  Selector,
  Statement,
  Zone,
} from '../model/index.ts'

/*
 * What governance answers. It is worked out behind the graph, from the graph and from what people
 * stated; every answer is for `asOf`, as those of the graph are.
 */

export type LabelOrigin = 'ASSERTED' | 'DETECTED' | 'PROPAGATED' | 'COMPOSED'
export type LabelDecision = 'SUGGESTED' | 'CONFIRMED' | 'REJECTED'

/** A category on a dataset, or on one column of it, for a time. */
export type AppliedLabel = Readonly<{
  label: string
  column: string | undefined
  origin: LabelOrigin
  /** 0 to 1; along a way, that of its weakest step. */
  confidence: number
  /** Carried without a column map. */
  coarse: boolean
  decision: LabelDecision | undefined
  from: Micros
  until: Micros | undefined
  /** Which evidence, rules and methods. */
  attributes: Readonly<Record<string, Json>>
}>

export type Boundary = Readonly<{
  name: string
  zone: Zone
  selectors: readonly Selector[]
  /** How often it was defined or removed so far. */
  version: number
}>
export type Policy = Readonly<{
  name: string
  zone: Zone
  statuses: readonly DatasetStatus[]
  mayCross: readonly Selector[]
  version: number
}>

/** Where something is placed, and why there. */
export type Placement = Readonly<{ boundary: Boundary | undefined; zone: Zone; why: string }>

export type DatasetGovernance = Readonly<{
  id: DatasetId
  status: DatasetStatus
  /** `status`, but PHI for one that is unknown and comes from PHI. */
  enforced: DatasetStatus
  /** The rule that gave the status, as `phi.md` numbers it, and the labels that it went by. */
  rule: string
  because: readonly AppliedLabel[]
  grain: DatasetGrain
  labels: readonly AppliedLabel[]
  placement: Placement
}>

/** One step of an explanation, from where a label was stated towards what is asked about. */
export type ExplainedStep = Readonly<{ flow: FlowId } | { meeting: Meeting }>
export type Chain = Readonly<{
  /** The dataset where it begins, and the step after step from there. */
  from: DatasetId
  steps: readonly ExplainedStep[]
  confidence: number
}>

export type LabelExplanation = Readonly<{
  label: AppliedLabel
  chains: readonly Chain[]
  /** Further chains that are not listed. */
  others: number
  /** Numbers of the rules that were used, as P-04. */
  rules: readonly string[]
}>

export type StatusExplanation = Readonly<{
  status: DatasetStatus
  rule: string
  because: readonly AppliedLabel[]
  chains: readonly Chain[]
}>

export type CertificateState = 'REQUESTED' | 'VALID' | 'SUSPENDED' | 'EXPIRED' | 'REVOKED'
export type Certificate = Readonly<{
  id: string
  job: JobName
  outputs: readonly DatasetPart[]
  method: CertificateMethod
  state: CertificateState
  signer: string
  requestedBy: string
  approvedBy: string | undefined
  validFrom: Micros
  expires: Micros
  statement: string
}>

export const findingKinds = [
  'CROSSING',
  'MISPLACED',
  'EXPOSURE',
  'SAFEGUARD',
  'BLIND_SPOT',
  'LINKAGE',
  'CERTIFICATE',
  'REVIEW',
  'SETUP',
] as const
export type FindingKind = (typeof findingKinds)[number]

/** From worst to least. */
export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'] as const
export type Severity = (typeof severities)[number]

export type FindingChange = Readonly<{
  at: Micros
  by: string
  status: FindingStatus
  reason: string
  until: Micros | undefined
}>

/** Something that a person must look at. Its id is made from what it is about, alike everywhere. */
export type Finding = Readonly<{
  id: string
  kind: FindingKind
  severity: Severity
  status: FindingStatus
  title: string
  detail: string
  firstSeen: Micros
  lastSeen: Micros
  occurrences: number
  datasets: readonly DatasetId[]
  flow: FlowId | undefined
  columns: readonly Readonly<{ dataset: DatasetId; column: string }>[]
  /** Who did it, by the id of the graph. */
  principals: readonly string[]
  assignee: string | undefined
  /** Oldest first. */
  history: readonly FindingChange[]
  /** Statements it rests on; those of its flow are the flow's. */
  evidence: readonly EntryKey[]
}>

export type FindingFilter = Readonly<{
  kinds: readonly FindingKind[] | undefined
  statuses: readonly FindingStatus[] | undefined
  severities: readonly Severity[] | undefined
}>

export type FootprintAsk = Readonly<{
  atLeast: DatasetStatus
  zones: readonly Zone[] | undefined
  asOf: AsOf
}>

/** What a change would do, worked out without making it. */
export type Preview = Readonly<{
  opens: readonly Finding[]
  closes: readonly Finding[]
  statusChanges: readonly Readonly<{
    dataset: DatasetId
    before: DatasetStatus
    after: DatasetStatus
  }>[]
}>

export interface Governance {
  /** Waits until all that is in the graph is judged, or for so long; gives whether it is. */
  reached(waitMs: number): Promise<boolean>
  /** Any id of a dataset leads to it; what is not known is absent. */
  datasets(
    ids: readonly DatasetId[],
    asOf: AsOf,
  ): Promise<ReadonlyMap<DatasetId, DatasetGovernance>>
  /** Datasets enforced as at least that, worst first, then by namespace and name. */
  footprint(ask: FootprintAsk, page: PageAsk): Promise<Page<DatasetGovernance>>
  /** Undefined when the dataset or column does not carry it. */
  explainLabel(
    of: Readonly<{ dataset: DatasetId; column: string | undefined }>,
    label: string,
    first: number,
  ): Promise<LabelExplanation | undefined>
  explainStatus(dataset: DatasetId, first: number): Promise<StatusExplanation | undefined>
  /** By name. */
  boundaries(): Promise<readonly Boundary[]>
  policies(): Promise<readonly Policy[]>
  /** In the order in which they were asked for. */
  certificates(): Promise<readonly Certificate[]>
  /** The worst first, then the newest. */
  findings(filter: FindingFilter, page: PageAsk): Promise<Page<Finding>>
  finding(id: string): Promise<Finding | undefined>
  /** Tells of every finding that is open and was none before, as it comes. Gives what ends that. */
  onFinding(listener: (finding: Finding) => void): () => void
  /** What would be otherwise if these were stated, too. */
  preview(statements: readonly Statement[]): Promise<Preview>
}
