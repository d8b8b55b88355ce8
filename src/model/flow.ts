import type { Brand } from './brand.ts'
import type { DatasetId } from './name.ts'
import type { Micros } from './time.ts'

export type JobId = Brand<string, 'JobId'>
export type RunId = Brand<string, 'RunId'>
export type FlowId = Brand<string, 'FlowId'>

/** OBSERVED: a run did it. DECLARED: configuration says it will. INFERRED: worked out, may be wrong. */
export type Basis = 'OBSERVED' | 'DECLARED' | 'INFERRED'

/** A RENAME moves content from an old name to a new one, column by column. */
export type FlowKind = 'TRANSFORM' | 'RENAME'

export type RunState = 'UNKNOWN' | 'STARTED' | 'RUNNING' | 'COMPLETED' | 'ABORTED' | 'FAILED'

/** Half open: `from` is in it, `until` is not. Absent means without end on that side. */
export type Interval = Readonly<{ from: Micros | undefined; until: Micros | undefined }>

/** CONTAINS: `from` contains `to`. LOCATION: the table `from` pointed at `to` for a time. */
export type MeetingKind = 'CONTAINS' | 'LOCATION'

/** Two datasets share content for a time, by a rule that is named. */
export type Meeting = Readonly<{
  from: DatasetId
  to: DatasetId
  kind: MeetingKind
  rule: string
  during: Interval
}>

export type Direction = 'UPSTREAM' | 'DOWNSTREAM'
