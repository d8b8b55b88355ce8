export { checkBoundary, checkPolicy, checkVersion } from './boundary/check.ts'
export { canonicalSelector, selectorText } from './boundary/selector.ts'
export { crosserProblem, selectorProblem } from './boundary/selector-problem.ts'
export { detect } from './detect/detect.ts'
export type { DetectInput, Detected } from './detect/detection.ts'
export { readMetadata } from './detect/metadata-exposure.ts'
export type { FindingJournal, Found } from './engine/findings.ts'
export { Governor } from './engine/governor.ts'
export { findingKinds, severities } from './port.ts'
export type {
  AppliedLabel,
  Boundary,
  Certificate,
  CertificateState,
  Chain,
  DatasetGovernance,
  Finding,
  FindingChange,
  FindingKind,
  Governance,
  LabelExplanation,
  Placement,
  Policy,
  Severity,
} from './port.ts'
export { statusOf } from './status.ts'
export type { StatusInput } from './status.ts'
