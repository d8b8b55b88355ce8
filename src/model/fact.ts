import type { StatedByWhom, Statement } from './governance.ts'
import type { JobName } from './job-name.ts'
import type { Json } from './json.ts'
import type { DatasetName } from './name.ts'
import type { DatasetKind } from './place.ts'
import type { Micros } from './time.ts'

/**
 * The narrow waist: what one entry says, as data. Translators give facts and know nothing of
 * stores; stores reduce facts and know nothing of formats. A fact has its event time `at`; the
 * entry, its source and its sender are those of the entry that all facts of one translation share.
 */
export type Fact = Readonly<
  | { kind: 'mention'; at: Micros; dataset: DatasetName; spelling: Spelling; touched: boolean }
  | { kind: 'datasetType'; at: Micros; dataset: DatasetName; type: DatasetKind }
  | {
      kind: 'schema'
      at: Micros
      dataset: DatasetName
      fields: readonly SchemaField[]
      by: SchemaBy
    }
  | { kind: 'description'; at: Micros; of: DatasetOrJob; text: string | null; by: StatedBy }
  | { kind: 'owners'; at: Micros; of: DatasetOrJob; owners: readonly string[] | null; by: StatedBy }
  | { kind: 'tags'; at: Micros; of: DatasetOrJob; tags: readonly string[] | null }
  | { kind: 'facet'; at: Micros; of: FacetOwner; key: string; value: Json }
  | { kind: 'alias'; at: Micros; dataset: DatasetName; other: DatasetName }
  | { kind: 'location'; at: Micros; table: DatasetName; location: DatasetName; by: LocationBy }
  | {
      kind: 'lifecycle'
      at: Micros
      dataset: DatasetName
      change: LifecycleChange
      run?: string
      whole: boolean
    }
  | { kind: 'rename'; at: Micros; by: Mover; from: DatasetName; to: DatasetName }
  | { kind: 'job'; at: Micros; job: JobName; type?: string; source?: string; parent?: JobName }
  | { kind: 'run'; at: Micros; run: string; job: JobName; event: RunEventType; continuous: boolean }
  | { kind: 'parent'; at: Micros; run: string; parent: string; parentJob: JobName | undefined }
  | { kind: 'io'; at: Micros; run: string; part: string; side: Side; dataset: DatasetName }
  | {
      kind: 'columnMap'
      at: Micros
      run: string
      part: string
      output: DatasetName
      map: ColumnMap
    }
  | { kind: 'explicit'; at: Micros; run: string; part: string; entry: ExplicitEntry }
  /** The sets are told by `io`; this tells which columns go where. Declarations have it in `moved`. */
  | { kind: 'copies'; at: Micros; run: string; part: string; copy: Copy }
  /** A saved job as it was stored at that time, and a run that executes it. */
  | { kind: 'definition'; at: Micros; key: DefinitionKey; moved: Moved }
  | { kind: 'uses'; at: Micros; run: string; part: string; key: DefinitionKey }
  /** A transaction by an id that no other one anywhere has, and a run whose writes are part of it. */
  | { kind: 'transaction'; at: Micros; id: string; event: TransactionEvent }
  | { kind: 'within'; at: Micros; run: string; transaction: string }
  /** A schema stands for another one: what either holds is in the other under the same name. */
  | { kind: 'schemaAlias'; at: Micros; schema: DatasetName; other: DatasetName }
  | { kind: 'declaration'; at: Micros; by: Declarer; moved: Moved }
  | AccessFact
  | SessionFact
  | { kind: 'starter'; at: Micros; run: string; principal: string }
  /**
   * One part of what is declared, from now until the part or the whole is declared anew: a configuration
   * that is changed in parts.
   */
  | { kind: 'amendment'; at: Micros; by: Declarer; slot: string; moved: Moved }
  /** What is declared was switched on or off; declaring it anew switches it on. */
  | { kind: 'active'; at: Micros; by: Declarer; active: boolean }
  /**
   * From now on a configuration consists of these jobs: what else it consisted of before declares
   * nothing any more.
   */
  | { kind: 'configuration'; at: Micros; key: DefinitionKey; jobs: readonly JobName[] }
  | { kind: 'join'; at: Micros; name: DatasetName; with: DatasetName; reason: string }
  | { kind: 'split'; at: Micros; name: DatasetName; reason: string }
  | {
      kind: 'exposure'
      at: Micros
      of: Mover | undefined
      detector: string
      path: string
      count: number
    }
  | {
      kind: 'problem'
      at: Micros
      code: string
      path: string
      reason: string
      names: readonly DatasetName[]
      /** What moves data there that is not told: counts wherever it, or what runs with it, takes part. */
      of?: Readonly<{ run: string } | { job: JobName }>
    }
  | { kind: 'statement'; at: Micros; statement: Statement; by: StatedByWhom }
  /** An event that no translator knows yet; `name` is what its source calls it. */
  | { kind: 'unknown'; at: Micros; name: string }
  /** Events of one name that a table knows to be irrelevant: counted, not kept. */
  | { kind: 'tally'; at: Micros; source: string; name: string; count: number }
>

export type FactKind = Fact['kind']

/**
 * A principal did something to what lies in a dataset. `id` is that of the action: what several
 * entries tell of one action counts once. `via` is the service or role through which it was done,
 * `session` the session of the principal, where it is one. `touched`: as of a mention. There is no
 * mention beside it, so that a million of them leave nothing behind that is one for each.
 */
export type AccessFact = Readonly<{
  kind: 'access'
  at: Micros
  dataset: DatasetName
  principal: string
  action: string
  touched: boolean
  id: string
  via?: string
  session?: string
}>

/**
 * A principal stands behind a session of a role (`of`), or, where the session is not told, behind the
 * role. A principal that acted in a session of its own is named with that: `by` is a link of a chain.
 */
export type SessionFact = Readonly<{
  kind: 'session'
  at: Micros
  session?: string
  of: string
  by: SessionOrigin
}>

export type SessionOrigin = Readonly<{ principal: string; session?: string }>

/** A dataset's name as the sender wrote it. */
export type Spelling = Readonly<{ namespace: string; name: string }>

export type DatasetOrJob = Readonly<{ dataset: DatasetName } | { job: JobName }>

/** Who stated it: a steward beats a producer, whatever the times. */
export type StatedBy = 'producer' | 'steward'

/** Who showed the schema: a writer beats a statement about it, and that beats a reader. */
export type SchemaBy = 'reader' | 'statement' | 'writer'

/**
 * A location given by a symlink ends with a split; one given by the catalog itself does not. Where a
 * catalog put a partition, a table lies from then on beside wherever else it does.
 */
export type LocationBy = 'symlink' | 'catalog' | 'partition'

export type LifecycleChange = 'ALTER' | 'CREATE' | 'DROP' | 'OVERWRITE' | 'RENAME' | 'TRUNCATE'

/** The event types of OpenLineage; NONE is an event without one. */
export type RunEventType = 'START' | 'RUNNING' | 'COMPLETE' | 'ABORT' | 'FAIL' | 'OTHER' | 'NONE'

export type Side = 'reads' | 'writes'

/** Nested fields by `fields`; `type` and `description` as the sender wrote them. */
export type SchemaField = Readonly<{
  name: string
  type?: string
  description?: string
  fields?: readonly SchemaField[]
}>

/** Where a facet belongs. A value of null is its tombstone (`_deleted`). `io` is (run, dataset) only. */
export type FacetOwner = Readonly<
  | { dataset: DatasetName }
  | { job: JobName }
  | { run: string }
  /** The job's facets as they were on this run. */
  | { jobOfRun: string }
  /** `facets` of a dataset as they were on this run, or its `inputFacets` and `outputFacets`. */
  | { run: string; side: Side; dataset: DatasetName; group: 'facets' | 'ioFacets' }
>

/** What moves data: a run, or a declaration of a job or of a dataset. */
export type Mover = Readonly<{ run: string } | Declarer>
export type Declarer = Readonly<{ job: JobName } | { dataset: DatasetName }>

/** What a declaration says that a job moves. `null` inputs of an entry mean that it gives fields only. */
export type Moved = Readonly<{
  inputs: readonly DatasetName[]
  outputs: readonly DatasetName[]
  maps: readonly Readonly<{ output: DatasetName; map: ColumnMap }>[]
  explicit: readonly ExplicitEntry[]
  copies?: readonly Copy[]
}>

/** Columns of `input` that reach `output` as they are. Which they are the schemas of that time tell. */
export type Copy = Readonly<{ input: DatasetName; output: DatasetName; columns: CopiedColumns }>

/**
 * `name`: each column to the one of its name (`SELECT *` into a new table, a Sqoop import); only
 * those listed in `only`, as the job spells them, where it lists them.
 *
 * `position`: the first to the first (`COPY t (a, b) FROM …`, `INSERT INTO t SELECT * FROM s`). `from`
 * and `to` are columns of the input and of the output in that order; a side without a list is in the
 * order of its schema. `skip`: so many columns of that order of the output are filled by others first.
 */
export type CopiedColumns = Readonly<
  | { by: 'name'; only?: readonly string[] }
  | { by: 'position'; from?: readonly string[]; to?: readonly string[]; skip?: number }
>

/**
 * A saved job, or what jobs are set up together, by its name where it is saved: a metastore, a cluster,
 * an account and region.
 */
export type DefinitionKey = Readonly<{ scope: string; name: string }>

/** ROLLBACK is also what ABORT and an undoing server mean. */
export type TransactionEvent = 'BEGIN' | 'COMMIT' | 'ROLLBACK'

/**
 * One entry of the `lineage` facet. A null target is the job itself: its inputs end there. `inputs`
 * are datasets only; an input of type JOB contributes nothing here.
 */
export type ExplicitEntry = Readonly<{
  target: DatasetName | null
  inputs: readonly DatasetName[]
  map: ColumnMap
}>

/**
 * Which input columns make which output columns. `fields` by output column; `whole` are the inputs
 * that decide every column (a filter, a join). Sorted, without duplicates: equal maps are equal text.
 */
export type ColumnMap = Readonly<{
  fields: readonly Readonly<{ column: string; inputs: readonly ColumnInput[] }>[]
  whole: readonly ColumnInput[]
}>

export type ColumnInput = Readonly<{
  dataset: DatasetName
  column: string
  transformations: readonly Transformation[]
}>

export type TransformationType = 'DIRECT' | 'INDIRECT'

export type Transformation = Readonly<{
  type: TransformationType
  subtype?: string
  description?: string
  masking: boolean
}>
