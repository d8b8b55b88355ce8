import type { DatasetKind } from './dataset-kind.ts'

/**
 * What the scheme of a namespace says about it.
 *
 * - `objects`: a bucket; names are keys without a slash in front.
 * - `files`: a file system; names are absolute paths.
 * - `tables`: a server; names are dotted parts.
 * - `server`: a server; names are what they are.
 * - `web`: a host; names are paths of a URL.
 * - `other`: nothing is known of the names; the namespace's own path belongs to it.
 */
export type Family = Readonly<{
  scheme: string
  aliases?: readonly string[]
  store: 'objects' | 'files' | 'tables' | 'server' | 'web' | 'other'
  kind: DatasetKind
  /** Added where a namespace has none. */
  port?: number
  /** Taken away, since the spelling without it is the usual one. */
  impliedPort?: number
  /** How many parts a whole table name has. */
  parts?: number
  /** For engines to which the case of a table's name means nothing. */
  fold?: 'lower' | 'upper'
}>

const objects = { store: 'objects', kind: 'PREFIX' } as const
const files = { store: 'files', kind: 'PREFIX' } as const
const tables = { store: 'tables', kind: 'TABLE' } as const

/**
 * One row per kind of store, under its canonical scheme.
 *
 * @see openlineage.md section 5 for schemes, parts and ports; naming.md for kinds
 */
const families: readonly Family[] = [
  { scheme: 's3', aliases: ['s3a', 's3n'], ...objects },
  { scheme: 'gs', aliases: ['gcs'], ...objects },
  { scheme: 'abfss', aliases: ['abfs'], ...objects },
  { scheme: 'wasbs', aliases: ['wasb'], ...objects },
  { scheme: 'adl', ...objects },
  { scheme: 'dbfs', ...objects },
  { scheme: 'oss', ...objects },

  { scheme: 'file', ...files },
  { scheme: 'hdfs', ...files },
  { scheme: 'viewfs', ...files },
  { scheme: 'nfs', ...files },
  { scheme: 'smb', aliases: ['cifs'], ...files },
  { scheme: 'sftp', ...files },
  { scheme: 'ftp', ...files },
  { scheme: 'ftps', ...files },

  {
    scheme: 'postgres',
    aliases: ['postgresql'],
    ...tables,
    port: 5432,
    parts: 3,
    fold: 'lower',
  },
  { scheme: 'mysql', ...tables, port: 3306, parts: 2 },
  { scheme: 'mariadb', ...tables, port: 3306, parts: 2 },
  { scheme: 'oracle', ...tables, port: 1521, parts: 3 },
  { scheme: 'mssql', aliases: ['sqlserver'], ...tables, port: 1433, parts: 3 },
  { scheme: 'db2', ...tables, port: 50000, parts: 3 },
  { scheme: 'teradata', ...tables, port: 1025, parts: 2 },
  { scheme: 'oceanbase', ...tables, port: 2881, parts: 2 },
  { scheme: 'starrocks', ...tables, port: 9030 },
  { scheme: 'crate', ...tables, parts: 3 },
  { scheme: 'clickhouse', ...tables, port: 8123, parts: 2 },
  { scheme: 'cassandra', ...tables, port: 9042, parts: 2 },
  { scheme: 'milvus', ...tables, port: 19530, parts: 2 },
  { scheme: 'mongodb', ...tables, port: 27017, parts: 2 },
  { scheme: 'redshift', ...tables, port: 5439, parts: 3, fold: 'lower' },
  { scheme: 'trino', ...tables, port: 443, parts: 3, fold: 'lower' },
  { scheme: 'hive', aliases: ['hive2'], ...tables, parts: 2, fold: 'lower' },
  { scheme: 'hbase', store: 'server', kind: 'TABLE' },
  { scheme: 'spark', ...tables },
  { scheme: 'snowflake', ...tables, impliedPort: 443, parts: 3, fold: 'upper' },
  {
    scheme: 'unitycatalog',
    aliases: ['databricks'],
    ...tables,
    impliedPort: 443,
    parts: 3,
    fold: 'lower',
  },
  {
    scheme: 'awsathena',
    aliases: ['athena'],
    ...tables,
    impliedPort: 443,
    parts: 3,
    fold: 'lower',
  },
  { scheme: 'bigquery', ...tables, parts: 3 },
  { scheme: 'duckdb', store: 'other', kind: 'TABLE' },
  { scheme: 'sqlite', store: 'other', kind: 'TABLE' },
  { scheme: 'spanner', store: 'other', kind: 'TABLE' },

  { scheme: 'kafka', store: 'server', kind: 'TOPIC', port: 9092 },
  { scheme: 'kinesis', store: 'server', kind: 'STREAM', impliedPort: 443 },
  { scheme: 'pubsub', store: 'other', kind: 'TOPIC' },

  { scheme: 'https', store: 'web', kind: 'ENDPOINT', impliedPort: 443 },
  { scheme: 'http', store: 'web', kind: 'ENDPOINT', impliedPort: 80 },
]

/** Azure Synapse keeps the scheme that any other SQL Server gives up: its host tells it apart. */
export const synapse: Family = { scheme: 'sqlserver', ...tables, port: 1433, parts: 2 }

const byScheme: ReadonlyMap<string, Family> = new Map(
  families.flatMap((family) =>
    [family.scheme, ...(family.aliases ?? [])].map((scheme) => [scheme, family] as const),
  ),
)

/** The family of a scheme or of another name for it, in any case; undefined for one that no row knows. */
export function familyOf(scheme: string): Family | undefined {
  return byScheme.get(scheme.toLowerCase())
}
