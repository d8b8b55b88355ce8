import type { DatasetName } from '../../model/index.ts'
import type { SqlDialect } from '../sql/index.ts'
import { canonicalName } from '../../model/index.ts'
import { isUnknown, unknown } from './unknown.ts'

/** A database as a connect string tells it. `locator` is the string in a form that names are made of. */
export type Database = Readonly<{
  locator: string
  dialect: SqlDialect
  /** The schema of tables without one; undefined where the engine has no schemas, or it is unknown. */
  schema: string | undefined
  /** The form in which the engine keeps a name that is not quoted, where that is sure. */
  fold: 'upper' | undefined
}>

type Engine = Readonly<{
  dialect: SqlDialect
  /** `user` is the user's name in upper case. */
  schema?: 'user' | 'public' | 'dbo'
  fold?: 'upper'
}>

/** By the scheme behind `jdbc:`. */
const engines: ReadonlyMap<string, Engine> = new Map([
  ['oracle', { dialect: 'oracle', schema: 'user', fold: 'upper' }],
  ['mysql', { dialect: 'mysql' }],
  ['mariadb', { dialect: 'mysql' }],
  ['postgresql', { dialect: 'postgresql', schema: 'public' }],
  ['postgres', { dialect: 'postgresql', schema: 'public' }],
  ['sqlserver', { dialect: 'sqlserver', schema: 'dbo' }],
  ['mssql', { dialect: 'sqlserver', schema: 'dbo' }],
  ['db2', { dialect: 'db2', schema: 'user', fold: 'upper' }],
  ['teradata', { dialect: 'generic' }],
  ['redshift', { dialect: 'redshift', schema: 'public' }],
  ['hive2', { dialect: 'hive' }],
])

const generic: Engine = { dialect: 'generic' }

/**
 * Reads a JDBC connect string of any engine. `user` is who connects: Oracle and DB2 look up tables
 * without an owner under that name in upper case. Undefined when it is none.
 */
export function readConnectString(text: string, user: string | undefined): Database | undefined {
  const connect = text.trim()
  const [, scheme = ''] = /^jdbc:(?:jtds:|aws-wrapper:)?([a-z][a-z0-9+.-]*):/i.exec(connect) ?? []
  if (scheme === '') return undefined
  const engine = engines.get(scheme.toLowerCase()) ?? generic
  const locator = plainLocator(scheme.toLowerCase(), connect)
  return {
    locator,
    dialect: engine.dialect,
    schema: schemaIn(connect) ?? defaultSchema(engine, user),
    fold: engine.fold,
  }
}

/** Drivers that keep the database where others keep options, written as `scheme://host:port/db`. */
function plainLocator(scheme: string, connect: string): string {
  switch (scheme) {
    case 'sqlserver': {
      const [, server, path] =
        /^jdbc:jtds:sqlserver:\/\/([^/;]+)(?:\/([^;]*))?/i.exec(connect) ?? []
      return server === undefined ? connect : `jdbc:mssql://${server}/${path ?? ''}`
    }
    case 'teradata': {
      const [, host = ''] = /^jdbc:teradata:\/\/([^/,;]*)/i.exec(connect) ?? []
      const [, port = '1025'] = /[/,]DBS_PORT=(\d+)/i.exec(connect) ?? []
      const [, database = ''] = /[/,]DATABASE=([^,]*)/i.exec(connect) ?? []
      return `jdbc:teradata://${host}:${port}/${database}`
    }
    case 'db2': {
      // `//host:port/DB:user=u;password=p;`
      const [, located] = /^(jdbc:db2:\/\/[^/]+\/[^:;?]*)/i.exec(connect) ?? []
      return located ?? connect
    }
    case 'mysql':
    case 'mariadb':
      return connect.replace(
        /^jdbc:(mysql|mariadb):(?:loadbalance|replication|sequential|aurora):/i,
        'jdbc:$1:',
      )
    default:
      return connect
  }
}

/** `currentSchema` of PostgreSQL and DB2, `schema` of others; the first of a list. */
function schemaIn(connect: string): string | undefined {
  const [, schema] = /[?&;:](?:current_?schema|schema|searchpath)=([^&;,]+)/i.exec(connect) ?? []
  return schema
}

function defaultSchema({ schema }: Engine, user: string | undefined): string | undefined {
  if (schema !== 'user') return schema
  if (user === undefined) return undefined
  // A proxy user, `proxy[owner]`, is the owner; quotes keep the case.
  const [, owner = user] = /\[([^\]]+)\]$/.exec(user) ?? []
  const [, quoted] = /^"(.+)"$/.exec(owner) ?? []
  return quoted ?? owner.toUpperCase()
}

const probe = 'lineward_probe_a.lineward_probe_b.lineward_probe_c'

/** The database that the connect string itself names; undefined where it names none. */
export function databaseNameOf({ locator }: Database): string | undefined {
  // What `canonicalName` puts before a bare name.
  const { name } = canonicalName(locator, 'lineward_probe')
  const [, database] = /^(.+)\.lineward_probe$/i.exec(name) ?? []
  if (database !== undefined) return database
  // Engines of three parts keep the database in the namespace until a schema stands before the table.
  const two = canonicalName(locator, 'lineward_probe_s.lineward_probe')
  const [, outer] = /^(.+)\.lineward_probe_s\.lineward_probe$/i.exec(two.name) ?? []
  return outer
}

/** The namespace of a database, without its name, user and parameters; undefined when it is unknown. */
function namespaceOf({ locator }: Database): string | undefined {
  const { namespace } = canonicalName(locator, probe)
  return isUnknown(namespace) || /^[a-z0-9+.-]+:\/\/(?::|$)/i.test(namespace)
    ? undefined
    : namespace
}

/**
 * A table of the database by its dotted name, completed by schema and database; its parts may be
 * quoted. Undefined when a part that the name needs is unknown.
 */
export function tableIn(
  database: Database,
  table: string,
  schema = database.schema,
): DatasetName | undefined {
  const parts = dottedParts(table).map((part) => folded(part, database.fold))
  if (parts.length === 0 || namespaceOf(database) === undefined) return undefined
  const needsSchema = parts.length === 1 && schema !== undefined
  const named = needsSchema ? [...dottedParts(schema), ...parts] : parts
  // `db..table` of SQL Server means the default schema.
  const complete = named.map((part) => (part === '' ? (schema ?? unknown) : part))
  const found = canonicalName(database.locator, complete.map(quotedIfDotted).join('.'))
  return isUnknown(found.namespace) || isUnknown(found.name) ? undefined : found
}

function folded(part: string, fold: Database['fold']): string {
  const [, quoted] = /^["`[](.*)["`\]]$/s.exec(part) ?? []
  return quoted ?? (fold === 'upper' ? part.toUpperCase() : part)
}

function quotedIfDotted(part: string): string {
  return part.includes('.') ? `"${part}"` : part
}

/** The parts of a dotted name; a dot inside of quotes parts nothing. */
export function dottedParts(name: string): readonly string[] {
  const trimmed = name.trim()
  return trimmed === '' ? [] : [...trimmed.matchAll(part)].map(([, found = '']) => found.trim())
}

const part = /(?:^|\.)(\s*"[^"]*"\s*|\s*`[^`]*`\s*|\s*\[[^\]]*\]\s*|[^.]*)/g
