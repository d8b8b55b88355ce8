export { detect, detectorVersion } from './detect/detect.ts'
export type {
  DetectInput,
  Detected,
  Detection,
  Evidence,
  EvidenceKind,
  Grain,
} from './detect/detection.ts'
