export { Governor } from './engine/governor.ts'
export type { GovernorParts } from './engine/governor.ts'
export { checkBoundary, checkPolicy, checkVersion } from './boundary/check.ts'
export { compileBoundaries } from './boundary/compile.ts'
export type { CompiledBoundaries } from './boundary/compile.ts'
export { placementOf } from './boundary/placement.ts'
export type { Placed, Tie } from './boundary/placement.ts'
export { isAllowed, mayCross } from './boundary/policy.ts'
export type { Mover } from './boundary/policy.ts'
export { canonicalSelector, selectorText, tagText } from './boundary/selector.ts'
export { crosserProblem, selectorProblem } from './boundary/selector-problem.ts'
export { boundariesOf, policiesOf } from './boundary/stated.ts'
export type { DatasetSubject, JobSubject, PrincipalSubject, Subject } from './boundary/subject.ts'
export { unmatchedSelectors } from './boundary/unmatched.ts'
export { compareExposure, isMoreExposed } from './boundary/zone-order.ts'
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
