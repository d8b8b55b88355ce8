import type {
  Basis,
  ColumnInput,
  DatasetId,
  DatasetKind,
  DatasetName,
  Direction,
  Entry,
  EntryKey,
  Fact,
  FlowId,
  FlowKind,
  Interval,
  JobId,
  JobName,
  Json,
  Meeting,
  Micros,
  RunId,
  RunState,
  SchemaField,
  SessionOrigin,
  Side,
  Spelling,
  StatedByWhom,
  Statement,
} from '../model/index.ts'

import type { StoredMap } from './cells.ts'
import type { AccessesAsk, AccessOf, AccessRecord } from './access.ts'

/*
 * The graph port. All meaning stands above it (reducers, derivations, walks); a store keeps the
 * reduced and derived state and finds things in it. Every answer is for `asOf`: what the events up
 * to then make; undefined is all of them.
 */

export type AsOf = Micros | undefined

/** A page of at most `first` items after the cursor; cursors are opaque and survive new items. */
export type PageAsk = Readonly<{ first: number; after?: string | undefined }>
export type Page<Item> = Readonly<{
  items: readonly Readonly<{ node: Item; cursor: string }>[]
  hasNextPage: boolean
}>

/** One entry and what it says. */
export type Translated = Readonly<{ entry: Entry; facts: readonly Fact[] }>

export type ReduceBatch = Readonly<{
  chain: string
  /** The index on the chain after the last entry of this batch: the new watermark. */
  next: number
  entries: readonly Translated[]
}>

export interface GraphWriter {
  /** The index of the first entry of the chain that is not reduced yet. */
  watermark(chain: string): Promise<number>
  /**
   * The first transaction: facts into reduced state, evidence, effects of retractions and conflicts,
   * the watermark and the marks of what has to be derived again. The same batch twice changes nothing.
   */
  reduce(batch: ReduceBatch): Promise<void>
  /** The second transaction: works out up to `limit` marked keys; gives how many marks are left. */
  derive(limit: number): Promise<number>
}

export type Dataset = Readonly<{ id: DatasetId; name: DatasetName; kind: DatasetKind }>

export type DatasetDetails = Readonly<{
  kind: DatasetKind
  description: string | undefined
  owners: readonly string[]
  tags: readonly string[]
  /** Undefined for a name that only a steward has mentioned. */
  firstSeen: Micros | undefined
  lastSeen: Micros | undefined
  existence: readonly Interval[]
}>

/** One spelling of a dataset and why it is the same one. */
export type KnownName = Readonly<{
  spelling: Spelling
  rule: string
  evidence: readonly EntryKey[]
}>

/** A column by its dotted path. */
export type ColumnRecord = Readonly<{
  name: string
  type: string | undefined
  description: string | undefined
}>

/** A column that the schema does not have any more, and until when it had it. */
export type FormerColumn = ColumnRecord & Readonly<{ until: Micros }>

export type SchemaRecord = Readonly<{
  since: Micros
  fields: readonly SchemaField[]
  evidence: EntryKey
}>

export type JobRecord = Readonly<{ id: JobId; name: JobName }>

export type JobDetails = Readonly<{
  kind: string
  description: string | undefined
  owners: readonly string[]
  /** SQL, script or command, scrubbed. */
  source: string | undefined
  parent: JobId | undefined
}>

export type RunRecord = Readonly<{
  id: RunId
  runId: string
  job: JobId
  state: RunState
  startedAt: Micros | undefined
  endedAt: Micros | undefined
  parent: RunId | undefined
}>

/** What one run read or wrote, with the facets that it gave there. */
export type RunDataset = Readonly<{
  side: Side
  dataset: DatasetId
  facets: readonly FacetRecord[]
  ioFacets: readonly FacetRecord[]
}>

export type FacetRecord = Readonly<{ key: string; value: Json; at: Micros; evidence: EntryKey }>

/**
 * A flow as an answer shows it: the stored flows of one job that are equal in datasets are one.
 * `id` is the least of `stored`; any of `stored` leads to it.
 */
export type FlowRecord = Readonly<{
  id: FlowId
  stored: readonly FlowId[]
  job: JobId | undefined
  kind: FlowKind
  inputs: readonly DatasetId[]
  outputs: readonly DatasetId[]
  bases: readonly Basis[]
  /** Some input reaches some output without a column map. */
  coarse: boolean
  firstSeen: Micros
  lastSeen: Micros
  retiredAt: Micros | undefined
}>

/** A dataset in a walk, and when the flow that reads it was active (upstream; absent: at any time). */
export type FrontierItem = Readonly<{ dataset: DatasetId; read?: FlowId }>

/**
 * One step of a walk: from a dataset of the frontier, by a meeting or none, to a flow that reads
 * (downstream) or writes (upstream) what it met, and to that flow's datasets on the other side.
 */
export type Step = Readonly<{
  from: DatasetId
  met: DatasetId
  meeting: Meeting | undefined
  flow: FlowId
  to: readonly DatasetId[]
}>

export type Expansion = Readonly<{ asOf: AsOf; inForce: boolean }>

/** The map of a rename: every column goes to the one of its own name. */
export const identityMap = 'identity'

/**
 * Column edges of one stored flow, from every map that held by `asOf`. `from` and `to` undefined:
 * the input reaches the output without a column map, or, with a map, column by column under the same
 * names. `to` undefined alone: the input column decides the whole output.
 */
export type ColumnEdge = Readonly<{
  flow: FlowId
  fromDataset: DatasetId
  from: string | undefined
  toDataset: DatasetId
  to: string | undefined
  transformations: ColumnInput['transformations']
  /** The map that says so: for its times and evidence. Undefined for a coarse edge. */
  map: string | undefined
}>

export type DatasetFilter = Readonly<{
  kinds?: readonly DatasetKind[] | undefined
  owner?: string | undefined
  tag?: string | undefined
  includeRetired: boolean
}>

export type NodeKind = 'DATASET' | 'COLUMN' | 'JOB'

export type Found = Readonly<
  | { kind: 'DATASET'; dataset: DatasetId; matched: string }
  | { kind: 'COLUMN'; dataset: DatasetId; column: string; matched: string }
  | { kind: 'JOB'; job: JobId; matched: string }
>

/** What evidence is asked for. */
export type EvidenceOf = Readonly<
  | { dataset: DatasetId }
  | { job: JobId }
  | { run: RunId }
  | { flows: readonly FlowId[]; map?: string | undefined }
  | { meeting: Meeting }
  | { access: AccessOf }
>

export type DeadLetterRecord = Readonly<{
  /** `{entry key}` of unidentifiable input, `{entry key}:{n}` of a part of an event that was kept. */
  id: string
  code: string
  reason: string
  path: string
  entry: EntryKey
}>

export type SourceCount = Readonly<{
  source: string
  events: number
  lastEvent: Micros | undefined
}>

/** Events of one name of a source, and when the last was seen: an event itself, or its tally. */
export type EventCount = Readonly<{
  source: string
  name: string
  count: number
  lastSeen: Micros
}>

/** Everything of a dataset that bears on what it holds, in one look-up. */
export type GovernedDataset = Readonly<{
  id: DatasetId
  names: readonly DatasetName[]
  kind: DatasetKind
  description: string | undefined
  tags: readonly string[]
  columns: readonly ColumnRecord[]
  formerColumns: readonly FormerColumn[]
  firstSeen: Micros | undefined
  /** As of `GraphReader.epochs`. */
  epochs: readonly Micros[]
  /** Those of them at which the dataset was dropped. */
  dropped: readonly number[]
  meetings: readonly Meeting[]
  reads: readonly FlowId[]
  writes: readonly FlowId[]
}>

/** A map as one move had it, its inputs as datasets. `every`: each column of that one to its own name. */
export type MovedMap = Readonly<{
  output: DatasetId
  every: DatasetId | undefined
  fields: StoredMap['fields']
  whole: StoredMap['whole']
}>

/** A time at which a stored flow moved data, and by which maps; equal ones of one flow are one. */
export type Move = Readonly<{
  flow: FlowId
  job: JobId | undefined
  kind: FlowKind
  basis: Basis
  inputs: readonly DatasetId[]
  outputs: readonly DatasetId[]
  start: Micros
  /** Undefined while it goes on. */
  end: Micros | undefined
  maps: readonly MovedMap[]
}>

/** Datasets of which something is otherwise: all of them, or those of these ids, by any name. */
export type Changes = Readonly<{ all: boolean; datasets: ReadonlySet<DatasetId> }>

/** What somebody stated, in the words of `Statement`. */
export type StatementRecord = Readonly<{
  at: Micros
  entry: EntryKey
  statement: Statement
  by: StatedByWhom
}>

/**
 * What a detector found in events and took out before they were kept: in those of one job, or of one
 * source where no job is known. Evidence is the newest of the entries.
 */
export type ExposureRecord = Readonly<{
  detector: string
  job: JobId | undefined
  source: string | undefined
  entries: number
  first: Micros
  last: Micros
  evidence: readonly EntryKey[]
}>

export interface GraphReader {
  /** Exact canonical name; undefined when no entry in effect has it. */
  datasetByName(name: DatasetName): Promise<Dataset | undefined>
  /** Any member's id leads to its dataset. Unknown ids are absent from the map. */
  datasetsById(ids: readonly DatasetId[]): Promise<ReadonlyMap<DatasetId, Dataset>>
  datasetDetails(id: DatasetId, asOf: AsOf): Promise<DatasetDetails>
  names(id: DatasetId, page: PageAsk): Promise<Page<KnownName>>
  columns(id: DatasetId, asOf: AsOf, page: PageAsk): Promise<Page<ColumnRecord>>
  column(id: DatasetId, name: string, asOf: AsOf): Promise<ColumnRecord | undefined>
  /** Every change of the schema, newest first. */
  schemaHistory(id: DatasetId, asOf: AsOf, page: PageAsk): Promise<Page<SchemaRecord>>
  datasetFacets(id: DatasetId, asOf: AsOf): Promise<readonly FacetRecord[]>
  meetings(id: DatasetId, asOf: AsOf, page: PageAsk): Promise<Page<Meeting>>
  /** Moments at which the whole content was replaced or the stored thing deleted, oldest first. */
  epochs(id: DatasetId, asOf: AsOf): Promise<readonly Micros[]>

  jobByName(name: JobName): Promise<JobRecord | undefined>
  jobsById(ids: readonly JobId[]): Promise<ReadonlyMap<JobId, JobRecord>>
  jobDetails(id: JobId): Promise<JobDetails>
  jobFacets(id: JobId): Promise<readonly FacetRecord[]>
  /** The job's own flows; without any, those of the jobs that ran as parts of it. */
  jobFlows(id: JobId, page: PageAsk): Promise<Page<FlowRecord>>
  /** Newest start first. */
  jobRuns(id: JobId, page: PageAsk): Promise<Page<RunRecord>>

  runByRunId(runId: string): Promise<RunRecord | undefined>
  runsById(ids: readonly RunId[]): Promise<ReadonlyMap<RunId, RunRecord>>
  runFacets(id: RunId): Promise<readonly FacetRecord[]>
  /** The job's facets as they were on this run. */
  runJobFacets(id: RunId): Promise<readonly FacetRecord[]>
  runDatasets(id: RunId): Promise<readonly RunDataset[]>

  /** Who started it, as the call says that did. */
  runStarter(id: RunId): Promise<string | undefined>

  /**
   * Who did what to these datasets, under any of their names: newest hour first, then by dataset,
   * principal, action and way. Records of one action that several accounts got are counted once, for
   * the principal who is named.
   */
  accesses(ask: AccessesAsk, page: PageAsk): Promise<Page<AccessRecord>>
  /** The sessions in which that was done, sorted. */
  accessSessions(of: AccessOf): Promise<readonly string[]>
  principalIsKnown(id: string): Promise<boolean>
  /** Who is said to stand behind a principal, whichever its session. */
  principalOrigins(id: string): Promise<readonly SessionOrigin[]>
  /** Who is said to stand behind each of these sessions; nobody where none is known. */
  sessionOrigins(ids: readonly string[]): Promise<ReadonlyMap<string, readonly SessionOrigin[]>>

  /** Stored flows merged as answers show them; unknown ids are left out. */
  flows(ids: readonly FlowId[], asOf: AsOf): Promise<readonly FlowRecord[]>
  /** When data moved: runs merged, and the active times of declarations. */
  flowActive(ids: readonly FlowId[], asOf: AsOf, first: number): Promise<readonly Interval[]>
  flowRuns(ids: readonly FlowId[], asOf: AsOf, page: PageAsk): Promise<Page<RunRecord>>
  /** When the map held on these flows. */
  mapActive(
    ids: readonly FlowId[],
    map: string,
    asOf: AsOf,
    first: number,
  ): Promise<readonly Interval[]>

  /** From a whole frontier to what it meets, and on to flows and datasets, in one call. */
  expand(
    frontier: readonly FrontierItem[],
    direction: Direction,
    when: Expansion,
  ): Promise<readonly Step[]>
  columnEdges(flows: readonly FlowId[], asOf: AsOf): Promise<readonly ColumnEdge[]>

  namespaces(page: PageAsk): Promise<Page<string>>
  datasets(
    namespace: string | undefined,
    filter: DatasetFilter,
    page: PageAsk,
  ): Promise<Page<Dataset>>
  jobs(namespace: string | undefined, page: PageAsk): Promise<Page<JobRecord>>
  /** Whole words and prefixes of names, columns, descriptions and aliases, best first. */
  search(
    text: string,
    kinds: readonly NodeKind[],
    filter: DatasetFilter,
    page: PageAsk,
  ): Promise<Page<Found>>
  /** Known names nearest to one that is not there, for an error message. */
  nearestNames(name: DatasetName, first: number): Promise<readonly DatasetName[]>

  /** Newest first. */
  evidence(of: EvidenceOf, asOf: AsOf, page: PageAsk): Promise<Page<EntryKey>>
  /**
   * Dead letters, redacted commands and unparsed statements that name one of these datasets, or are of
   * a job that reads or writes one of them by then, or of one that runs on the same thing.
   */
  unresolved(datasets: readonly DatasetId[], asOf: AsOf): Promise<number>
  /** The sources that said something about these flows or datasets. */
  sourcesOf(flows: readonly FlowId[], datasets: readonly DatasetId[]): Promise<readonly string[]>
  /** Ids that lead to no dataset are left out; no order. */
  governed(ids: readonly DatasetId[], asOf: AsOf): Promise<readonly GovernedDataset[]>
  /** Of these stored flows, each move that the events up to `asOf` tell of. */
  moves(flows: readonly FlowId[], asOf: AsOf): Promise<readonly Move[]>
  /** What changed since this was asked last; all of it at first. There is one who asks. */
  changes(): Promise<Changes>
  /** What leaked in events in effect, by detector, job and source. */
  exposures(): Promise<readonly ExposureRecord[]>
  /** Every statement of governance, by time and entry. */
  statements(): Promise<readonly StatementRecord[]>
  deadLetters(page: PageAsk): Promise<Page<DeadLetterRecord>>
  /** Those of these ids that there are, in no order. */
  deadLettersOf(ids: readonly string[]): Promise<readonly DeadLetterRecord[]>
  deadLetterCount(): Promise<number>
  sources(): Promise<readonly SourceCount[]>
  /**
   * What no translator knows, by source and name: how many entries in effect, and when the last
   * happened. The most frequent first, then by source and name.
   */
  unknownEvents(first: number): Promise<readonly EventCount[]>
  /** What a table knows to be irrelevant, by the tallies in effect; in the same order. */
  irrelevantEvents(first: number): Promise<readonly EventCount[]>

  /** How many marks are left to derive. Settled means: none, and the watermark at the chain's head. */
  marksLeft(): Promise<number>
  /** Over the settled logical state in canonical order, without positions or receipts. */
  digest(): Promise<string>
}

export type Readiness = Readonly<{ ready: true } | { ready: false; reason: string }>

export interface GraphStore extends GraphReader, GraphWriter, AsyncDisposable {
  ready(): Promise<Readiness>
}
