import type { ReadSql } from './sql.ts'

/** What the surroundings of a command line say that it does not say itself. */
export type Defaults = Readonly<{
  /** Namespace of Hive's tables: `arn:aws:glue:{r}:{a}`, or `hive://{host:port or cluster id}`. */
  metastore?: string | undefined
  /** Namespace of paths without a scheme: `hdfs://{cluster id}`. */
  hdfs?: string | undefined
  /** Namespace of HBase's tables: `hbase://{cluster id}`. */
  hbase?: string | undefined
  /** Namespace of local files: `file` where nothing is given. */
  local?: string | undefined
  /** Who runs it: relative paths of HDFS lie under `/user/{user}`; `hadoop` where it is unknown. */
  user?: string | undefined
  /** Variables of the environment. */
  variables?: Readonly<Record<string, string>> | undefined
  /** Texts of files (options, scripts, statements) by the path or URI that names them. */
  texts?: Readonly<Record<string, string>> | undefined
}>

export type CommandOptions = Readonly<{ defaults: Defaults; sql: ReadSql }>
