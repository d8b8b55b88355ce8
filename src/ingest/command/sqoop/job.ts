import type { Spelling } from '../../../model/index.ts'
import type { Call } from '../call.ts'
import type { Database } from '../jdbc.ts'
import type { Movement, UnresolvedReason } from '../movement.ts'
import type { FileSystem } from '../place.ts'
import type { ResolveName } from '../statements.ts'
import type { SqlTerms } from '../../sql/index.ts'
import type { SqoopArguments } from './arguments.ts'
import { databaseNameOf, readConnectString, tableIn } from '../jdbc.ts'
import { hadoopFileSystem, placeOfPath } from '../place.ts'
import { isUnknown } from '../unknown.ts'

/** One call of a tool of Sqoop, its arguments parsed. */
export class Job {
  readonly call: Call
  readonly tool: string
  readonly settings: ReadonlyMap<string, string>
  /** What stands behind `--`: arguments of the connector, or of a saved job. */
  readonly child: readonly string[]
  readonly database: Database | undefined
  readonly system: FileSystem
  readonly #args: SqoopArguments

  constructor(
    call: Call,
    parts: Readonly<{
      tool: string
      args: SqoopArguments
      settings: ReadonlyMap<string, string>
      child: readonly string[]
    }>,
  ) {
    this.call = call
    this.tool = parts.tool
    this.settings = parts.settings
    this.child = parts.child
    this.#args = parts.args
    this.system = hadoopFileSystem(call.defaults, parts.settings)
    const connect = this.value('connect')
    this.database =
      connect === undefined ? undefined : readConnectString(connect, this.value('username'))
  }

  value(name: string): string | undefined {
    return this.#args.values.get(name)
  }

  has(name: string): boolean {
    return this.#args.switches.has(name)
  }

  /** The option's path as a place. */
  place(name: string): Spelling | undefined {
    const path = this.value(name)
    return path === undefined ? undefined : placeOfPath(path, this.system)
  }

  /** `--columns a,b`; undefined for all of them, or when they are unknown. */
  get columns(): readonly string[] | undefined {
    const list = this.value('columns')
    if (list === undefined || isUnknown(list)) return undefined
    return list.split(',').map((column) => column.trim().replace(/^(["`])(.*)\1$/, '$2'))
  }

  /** The schema that PostgreSQL's and SQL Server's connectors take behind `--`. */
  get #schema(): string | undefined {
    const at = this.child.findIndex((argument) => /^--schema(?:=|$)/.test(argument))
    const argument = this.child[at]
    if (argument === undefined) return this.database?.schema
    return argument.includes('=') ? argument.slice(argument.indexOf('=') + 1) : this.child[at + 1]
  }

  /** A table of the database that the job connects to. */
  table(name: string): Spelling | undefined {
    return this.database === undefined ? undefined : tableIn(this.database, name, this.#schema)
  }

  /** How its database's statements are read. */
  get statements(): Readonly<{ sql: Call['sql']; terms: SqlTerms; resolve: ResolveName }> {
    const { database } = this
    const own = database === undefined ? undefined : databaseNameOf(database)
    return {
      sql: this.call.sql,
      terms: {
        dialect: database?.dialect ?? 'generic',
        ...(own === undefined || isUnknown(own) ? {} : { database: own }),
        ...(this.#schema === undefined || isUnknown(this.#schema) ? {} : { schema: this.#schema }),
      },
      resolve: (name) => ('parts' in name ? this.table(dotted(name.parts)) : undefined),
    }
  }

  note(reason: UnresolvedReason, what: string): Movement['unresolved'][number] {
    return { reason, what }
  }
}

function dotted(parts: readonly string[]): string {
  return parts.map((part) => (part.includes('.') ? `"${part}"` : part)).join('.')
}
