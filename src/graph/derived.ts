import type {
  Basis,
  DatasetId,
  DatasetName,
  FlowId,
  FlowKind,
  JobGroupId,
  JobId,
  LocationBy,
  Micros,
  RunId,
  RunState,
} from '../model/index.ts'
import type { Cell, StoredMap } from './cells.ts'

/*
 * What derivations work out and stores keep. The functions themselves stand in `src/derive`, know
 * no store, and are handed to a store when it is opened.
 */

/** A column map of one output of a member. Equal maps have equal keys and are stored once. */
export type KeyedMap = Readonly<{ output: DatasetId; key: string; map: StoredMap }>

/**
 * A run or a version of a declaration as a member of a flow. `shownFrom` to `shownUntil` is when, in
 * event time, this is what was known of it: a run of which only START was seen is a member of what
 * START said. `start` to `end` is when it moved data; no end means that it still does.
 */
export type Member = Readonly<{
  flow: FlowId
  job: JobId | undefined
  kind: FlowKind
  inputs: readonly DatasetId[]
  outputs: readonly DatasetId[]
  basis: Basis
  maps: readonly KeyedMap[]
  shownFrom: Micros
  shownUntil: Micros | undefined
  start: Micros
  end: Micros | undefined
  /** The last event that said so. */
  lastSeen: Micros
}>

/** A run as worked out from everything that was said about it. */
export type RunOutcome = Readonly<{
  job: JobId | undefined
  state: RunState
  startedAt: Micros | undefined
  endedAt: Micros | undefined
  parent: RunId | undefined
  members: readonly Member[]
  /** Datasets whose whole content this run replaced, and when: the boundaries of epochs. */
  replaced: readonly Readonly<{ dataset: DatasetId; at: Micros }>[]
  /** Entries that speak of others and are evidence of its flows: a saved job, its transaction's end. */
  relied: readonly string[]
  /** What of it nobody told, for the group that its job is in. */
  unresolved: readonly Readonly<{
    group: JobGroupId
    entry: string
    at: Micros
    member: string
  }>[]
  /** It was rolled back: what it created, dropped and renamed is as it was before. */
  undone: boolean
}>

/** Everything that was said about one name that bears on which dataset it is and where that lies. */
export type IdentityCells = Readonly<{
  id: DatasetId
  name: DatasetName
  /** Symlinks, in either direction. */
  aliases: readonly DatasetId[]
  locations: readonly Readonly<{
    at: Micros
    rank: number
    entry: string
    location: DatasetId
    by: LocationBy
  }>[]
  located: readonly Readonly<{ table: DatasetId; by: LocationBy }>[]
  joins: readonly Readonly<{ with: DatasetId; at: Micros }>[]
  /** What its schema stands for, as names; those may be names that nobody speaks of. */
  stands: readonly Readonly<{ at: Micros; rank: number; entry: string; for: DatasetId }>[]
  /** Names, as of `stands`, in schemas that stand for its own. */
  stoodFor: readonly DatasetId[]
  /** Names, as of `stands`, in other schemas that stand for what its own does. */
  beside: readonly DatasetId[]
  splitAt: Micros | undefined
  /** The names of the class that it is stored in now. */
  classNow: readonly DatasetId[]
}>

export interface IdentityReader {
  /** Unknown ids are absent. */
  identityCells(ids: readonly DatasetId[]): Promise<ReadonlyMap<DatasetId, IdentityCells>>
}

/** Where a dataset's content lay for a time, because a catalog or a symlink said so. */
export type Footprint = Readonly<{
  location: DatasetId
  from: Micros | undefined
  until: Micros | undefined
  entry: string
}>

/** A class of names. `leader` is its least name; the dataset's id is that of the leader. */
export type NameClass = Readonly<{
  leader: DatasetId
  names: readonly DatasetId[]
  footprints: readonly Footprint[]
}>

/** The table of derivations, as a store calls them. */
export type Derivations = Readonly<{
  /** `shared` gives the cells of a saved job or of a transaction by its id. */
  run: (cells: readonly Cell[], shared: (id: string) => readonly Cell[]) => RunOutcome
  /** `shared` gives what was said of a configuration that the job is part of, by its id. */
  declaration: (
    job: JobId | undefined,
    cells: readonly Cell[],
    shared: (id: string) => readonly Cell[],
  ) => readonly Member[]
  identity: (changed: readonly DatasetId[], reader: IdentityReader) => Promise<readonly NameClass[]>
}>
