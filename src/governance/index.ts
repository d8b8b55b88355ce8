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
