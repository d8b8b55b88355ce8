import type { DatasetGrain } from '../../model/index.ts'
import type { MetadataExposure } from '../detect/metadata-exposure.ts'
import type { AppliedLabel } from '../port.ts'
import type { Stated } from './stated.ts'

/** What is known of a dataset by itself: what detectors see in its names, and what people state. */
export type Source = Readonly<{
  stated: Stated
  /** Of detectors and people, those that are not applied too. */
  labels: readonly AppliedLabel[]
  grain: DatasetGrain
  isHealthContext: boolean
  /** What in its names and comments says who somebody is (K-16). */
  told: readonly MetadataExposure[]
}>
