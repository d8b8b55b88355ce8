import type {
  AccessRecord,
  AsOf,
  ColumnRecord,
  FlowRecord,
  JobRecord,
  RunRecord,
} from '../../graph/index.ts'
import type { Finding } from '../../governance/index.ts'
import type { DatasetId, DatasetName, Meeting } from '../../model/index.ts'

/*
 * What resolvers hand to each other: a record of the port with the time of the question, which every
 * field below is answered for. `__typename` tells the members of `Node` and `Step` apart.
 */

export type DatasetView = Readonly<{
  __typename: 'Dataset'
  id: DatasetId
  name: DatasetName
  asOf: AsOf
}>

/** `record` is absent where only a column map names the column, until somebody asks for its type. */
export type ColumnView = Readonly<{
  __typename: 'Column'
  dataset: DatasetView
  name: string
  record?: ColumnRecord | undefined
}>

export type JobView = JobRecord & Readonly<{ __typename: 'Job'; asOf: AsOf }>
export type RunView = RunRecord & Readonly<{ __typename: 'Run'; asOf: AsOf }>
export type FlowView = FlowRecord & Readonly<{ __typename: 'Flow'; asOf: AsOf }>
/** `access`: of the principal as it acted there, and not of all that it ever did. */
export type PrincipalView = Readonly<{
  __typename: 'Principal'
  id: string
  access?: AccessRecord | undefined
}>
/**
 * `datasets`: those that the caller may see. `isWhole`: nothing that it may tell of is hidden from
 * the caller, so that its words can be shown.
 */
export type FindingView = Readonly<{
  __typename: 'Finding'
  record: Finding
  datasets: readonly DatasetView[]
  isWhole: boolean
}>
export type NodeView =
  DatasetView | ColumnView | JobView | RunView | FlowView | PrincipalView | FindingView

export type AccessView = Readonly<{ record: AccessRecord; dataset: DatasetView }>

export type MeetingView = Readonly<{
  __typename: 'Meeting'
  meeting: Meeting
  from: DatasetView
  to: DatasetView
  asOf: AsOf
}>

export type StepView = FlowView | MeetingView

export function columnView(dataset: DatasetView, record: ColumnRecord): ColumnView {
  return { __typename: 'Column', dataset, name: record.name, record }
}
