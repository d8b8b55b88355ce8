import type {
  CopiedColumns,
  LifecycleChange,
  TransactionEvent,
  Transformation,
} from '../../model/index.ts'
import type { SqlName } from './name.ts'

/** One column of a dataset that goes into something, and all that is done to it on the way. */
export type SqlColumnInput = Readonly<{
  dataset: SqlName
  column: string
  transformations: readonly Transformation[]
}>

/** `ColumnMap` of the model with the names of the statement; sorted, without duplicates. */
export type SqlColumnMap = Readonly<{
  fields: readonly Readonly<{ column: string; inputs: readonly SqlColumnInput[] }>[]
  whole: readonly SqlColumnInput[]
}>

/** `Copy` of the model with the names of the statement. */
export type SqlCopy = Readonly<{ input: SqlName; output: SqlName; columns: CopiedColumns }>

/** What a schema of the database stands for outside of it. Members that were not said are absent. */
export type ExternalSchema = Readonly<{
  /** Database, if known, and schema. */
  schema: readonly string[]
  kind: 'glue' | 'hive' | 'kafka' | 'kinesis' | 'mysql' | 'postgres' | 'redshift'
  database?: string
  schemaThere?: string
  region?: string
  catalogId?: string
  uri?: string
  port?: string
}>

/** What one statement says. The names are whole as far as the dialect and the session tell them. */
export type Statement = Readonly<{
  /** What it does, in upper case: `INSERT`, `COPY`, `ALTER TABLE APPEND`. */
  verb: string
  /** First 12 hex digits of the SHA-256 of the statement as it is printed, without its literals. */
  digest: string
  inputs: readonly SqlName[]
  outputs: readonly SqlName[]
  maps: readonly Readonly<{ output: SqlName; map: SqlColumnMap }>[]
  copies: readonly SqlCopy[]
  /** `whole`: it replaces all of the content, or the thing itself. */
  changes: readonly Readonly<{ dataset: SqlName; change: LifecycleChange; whole: boolean }>[]
  renames: readonly Readonly<{ from: SqlName; to: SqlName }>[]
  /** Columns that the statement gives a table. */
  schemas: readonly Readonly<{ dataset: SqlName; fields: readonly SqlField[] }>[]
  /** Where a table's files are, as it was written. */
  locations: readonly Readonly<{ table: SqlName; location: string }>[]
  externalSchema?: ExternalSchema
  transaction?: TransactionEvent
  /** Why something of it could not be told; what could is in the other members all the same. */
  unresolved?: string
}>

export type SqlField = Readonly<{ name: string; type?: string }>

/** What a reader of one kind of statement gives: what it does not mention is empty. */
export type Draft = Partial<Omit<Statement, 'digest'>>

export function statementOf(draft: Draft, verb: string, digest: string): Statement {
  return {
    verb,
    digest,
    inputs: [],
    outputs: [],
    maps: [],
    copies: [],
    changes: [],
    renames: [],
    schemas: [],
    locations: [],
    ...draft,
  }
}
