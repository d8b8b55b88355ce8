export { checkBoundary, checkPolicy, checkVersion } from './boundary/check.ts'
export { canonicalSelector, selectorText, writtenKeys } from './boundary/selector.ts'
export { crosserProblem, selectorProblem } from './boundary/selector-problem.ts'
export type { FindingJournal, Found } from './findings/found.ts'
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
