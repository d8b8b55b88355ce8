import type { GovernedDataset } from '../../graph/index.ts'
import type { DatasetStatus, JobName, Zone } from '../../model/index.ts'
import type { Placement } from '../port.ts'

/** Where things are, and what may be where: boundaries and policies, ready to be asked. */
export type Places = Readonly<{
  /** Somebody has defined a boundary. */
  areDefined: boolean
  placementOf: (dataset: GovernedDataset) => Placement
  /** Undefined for a job that no boundary places. */
  zoneOfJob: (job: JobName) => Zone | undefined
  allows: (zone: Zone, status: DatasetStatus) => boolean
  /** A policy of the zone lets this job carry into it what may not be there otherwise. */
  mayCross: (zone: Zone, job: JobName) => boolean
  isMoreExposed: (zone: Zone, than: Zone) => boolean
  /** Boundaries that place one dataset alike, so that the most exposed had to be taken. */
  tiesOf: (dataset: GovernedDataset) => readonly string[]
}>
