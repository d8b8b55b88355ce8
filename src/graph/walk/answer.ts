import type { DatasetId, Direction, Meeting, Micros } from '../../model/index.ts'
import type { ColumnEdge, FlowRecord } from '../port.ts'

/** Where a walk starts: a dataset, or one of its columns by dotted path. */
export type Start = Readonly<{ dataset: DatasetId; column?: string | undefined }>

export type Grain = 'DATASET' | 'COLUMN'

/** What cut an answer short. */
export type Limit = 'HOPS' | 'NODES' | 'TIME'

/** `hopsMax` bounds depth, `nodesMax` datasets and flows together, `timeMsMax` the whole walk. */
export type WalkLimits = Readonly<{ hopsMax: number; nodesMax: number; timeMsMax: number }>

export type LineageQuestion = Readonly<{
  of: readonly Start[]
  directions: readonly Direction[]
  depth: number
  grain: Grain
  asOf: Micros | undefined
  inForce: boolean
}>

/** Flows between the nearest start and this dataset each way; 0 for a start. */
export type ReachedDataset = Readonly<{
  dataset: DatasetId
  upstream: number | undefined
  downstream: number | undefined
}>

export type LineageAnswer = Readonly<{
  starts: readonly DatasetId[]
  datasets: readonly ReachedDataset[]
  flows: readonly FlowRecord[]
  /** Where the way went on because two datasets share content. */
  meetings: readonly Meeting[]
  /** At grain COLUMN only. */
  columnEdges: readonly ColumnEdge[]
  /** Pairs of datasets in the answer that have no column map. */
  coarse: number
  truncatedBy: readonly Limit[]
}>

export type PathsQuestion = Readonly<{
  from: Start
  to: Start
  depth: number
  first: number
  grain: Grain
  asOf: Micros | undefined
}>

export type PathStep = Readonly<{ flow: FlowRecord } | { meeting: Meeting }>

export type PathAnswer = Readonly<{
  steps: readonly PathStep[]
  columnEdges: readonly ColumnEdge[]
}>

export type PathsAnswer = Readonly<{
  paths: readonly PathAnswer[]
  coarse: number
  truncatedBy: readonly Limit[]
}>
