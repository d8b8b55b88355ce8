import type { CopiedColumns, Transformation } from '../../model/index.ts'

/** Reads a text of one or more statements, in their order. Never throws. */
export type ReadSql = (text: string, terms: SqlTerms) => readonly SqlStatement[]

/** `athena` is the grammar of Trino and Presto. */
export type SqlDialect =
  | 'athena'
  | 'db2'
  | 'generic'
  | 'hive'
  | 'mysql'
  | 'oracle'
  | 'postgresql'
  | 'redshift'
  | 'spark'
  | 'sqlserver'

/** What names without a database or schema belong to; of Hive and Spark `schema` is the database. */
export type SqlTerms = Readonly<{
  dialect: SqlDialect
  database?: string | undefined
  schema?: string | undefined
}>

/**
 * A table by its dotted parts, the widest first and without quotes, as many as are known; or a place
 * that a statement names itself, as it was written (`INSERT OVERWRITE DIRECTORY`, `LOAD DATA`).
 */
export type SqlName = Readonly<{ parts: readonly string[] } | { location: string }>

/** What is read here of what a statement says. */
export type SqlStatement = Readonly<{
  inputs: readonly SqlName[]
  outputs: readonly SqlName[]
  maps: readonly Readonly<{ output: SqlName; map: SqlMap }>[]
  copies: readonly Readonly<{ input: SqlName; output: SqlName; columns: CopiedColumns }>[]
  /** `whole`: all of the content is replaced, or the thing itself. */
  changes: readonly Readonly<{ dataset: SqlName; change: string; whole: boolean }>[]
  /** Why something of it could not be told. */
  unresolved?: string | undefined
}>

export type SqlMap = Readonly<{
  fields: readonly Readonly<{ column: string; inputs: readonly SqlColumn[] }>[]
  whole: readonly SqlColumn[]
}>

export type SqlColumn = Readonly<{
  dataset: SqlName
  column: string
  transformations: readonly Transformation[]
}>
