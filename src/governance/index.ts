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
export { detect, detectorVersion } from './detect/detect.ts'
export type {
  DetectInput,
  Detected,
  Detection,
  Evidence,
  EvidenceKind,
  Grain,
} from './detect/detection.ts'
