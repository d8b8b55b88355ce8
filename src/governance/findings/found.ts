import type { ExposureRecord } from '../../graph/index.ts'
import type { DatasetStatus, FlowId, JobId, JobName, Micros, Zone } from '../../model/index.ts'
import type { Judged } from '../engine/judged.ts'
import type { Pause } from '../engine/pause.ts'
import type { Places } from '../engine/places.ts'
import type { Finding, Severity } from '../port.ts'

/** A finding as it is found, before anybody has decided anything about it. */
export type Found = Omit<Finding, 'status' | 'history' | 'assignee' | 'principals'>

/** What was found, and what is found no more: told once each, also after a restart. */
export interface FindingJournal {
  update(found: ReadonlyMap<string, Found>, at: Micros): void
  /** The latest first. */
  gone(): readonly Readonly<{ found: Found; at: Micros }>[]
}

export type FindingParts = Readonly<{
  judged: Judged
  places: Places
  jobs: ReadonlyMap<JobId, JobName>
  exposures: readonly ExposureRecord[]
  now: Micros
  /** How long before the expiry of a certificate somebody is told. */
  warnMs: number
  /** Who started each run of a flow, as far as that is told. */
  startersOf: (flow: FlowId) => Promise<readonly (string | undefined)[]>
  pause: Pause
}>

/** Of a finding that is about nothing in the graph. */
export const nowhere = {
  datasets: [],
  flow: undefined,
  columns: [],
  occurrences: 1,
  evidence: [],
} as const

/** Worse where a recipient outside has it, and where the category asks for a consent of its own. */
export function severityOf(status: DatasetStatus, zone: Zone): Severity {
  if (zone === 'EXTERNAL' || status === 'PHI_SPECIAL') return 'CRITICAL'
  return status === 'PHI_LIMITED' ? 'MEDIUM' : 'HIGH'
}
