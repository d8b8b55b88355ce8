export type { FindingJournal, Found } from './engine/findings.ts'
export { Governor } from './engine/governor.ts'
export type { GovernorParts } from './engine/governor.ts'
export { checkBoundary, checkPolicy, checkVersion } from './boundary/check.ts'
export { canonicalSelector, selectorText } from './boundary/selector.ts'
export { crosserProblem, selectorProblem } from './boundary/selector-problem.ts'
export { findingKinds, severities } from './port.ts'
export type {
  AppliedLabel,
  Boundary,
  Certificate,
  CertificateState,
  Chain,
  DatasetGovernance,
  ExplainedStep,
  Finding,
  FindingChange,
  FindingFilter,
  FindingKind,
  FootprintAsk,
  Governance,
  LabelDecision,
  LabelExplanation,
  LabelOrigin,
  Placement,
  Policy,
  Preview,
  Severity,
  StatusExplanation,
} from './port.ts'
export { compositionsOf } from './composite-rules.ts'
export type { Composition } from './composite-rules.ts'
export { detect, detectorVersion } from './detect/detect.ts'
export type {
  DetectInput,
  Detected,
  Detection,
  Evidence,
  EvidenceKind,
  Grain,
} from './detect/detection.ts'
export { readMetadata } from './detect/metadata-exposure.ts'
export type { MetadataExposure, MetadataPlace, ReadMetadata } from './detect/metadata-exposure.ts'
export { isLabel, labelParts } from './label.ts'
export type { LabelParts } from './label.ts'
export { datasetStatuses, statusOf, worseStatus } from './status.ts'
export type { Attestations, DatasetStatus, StatusFound, StatusInput } from './status.ts'
