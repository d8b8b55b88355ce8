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
