import type { DialectTraits } from './dialect.ts'
import type { Parts, SqlName } from './name.ts'
import type { Meaning, Query } from './query.ts'
import { hasMarker, keyOf } from './name.ts'

/** What stands in a query for a part of a name that is put in later, or was taken out. */
export const unknownPart = '__unknown__'

/** What the statements of one text have said so far of where names lead. */
export class Session {
  readonly traits: DialectTraits
  database: string | undefined
  schema: string | undefined
  /** Whether nothing comes behind its end: a temporary table that it makes is gone then. */
  readonly isWhole: boolean
  readonly #temporary = new Map<string, Query>()
  readonly #columns = new Map<string, readonly string[]>()

  constructor(
    traits: DialectTraits,
    {
      database,
      schema,
      isWhole,
    }: Readonly<{ database: string | undefined; schema: string | undefined; isWhole: boolean }>,
  ) {
    this.traits = traits
    this.database = database
    this.schema = schema ?? traits.schema
    this.isWhole = isWhole
  }

  /** What a name in a query means. */
  meaningOf(parts: Parts): Meaning {
    if (parts.some((part) => part.includes(unknownPart) || hasMarker(part) || part === '')) {
      return { unresolved: 'A name is put in when it runs, or was taken out' }
    }
    const content = this.#temporary.get(temporaryKey(parts))
    if (content !== undefined) return { content }
    if (isSystem(parts)) return { system: true }
    return { dataset: this.nameOf(parts) }
  }

  /** The whole name of a table. */
  nameOf(parts: Parts): SqlName {
    const [first = '', second] = parts
    // Spark reads files by a name of this form: parquet.`s3://…`.
    if (parts.length === 2 && second !== undefined && isPath(second)) return { location: second }
    if (parts.length === 1 && isPath(first)) return { location: first }
    const known = parts[0] === 'spark_catalog' && parts.length > 2 ? parts.slice(1) : parts
    const defaults = this.traits.parts === 2 ? [this.schema] : [this.database, this.schema]
    const missing = Math.max(0, this.traits.parts - known.length)
    const added = defaults.slice(0, missing)
    // A schema in a database that nobody knows: what is known is kept, without a gap.
    const from = added.findLastIndex((part) => part === undefined) + 1
    const certain = added.slice(from).filter((part) => part !== undefined)
    return { parts: missing === 0 ? known : [...certain, ...known] }
  }

  /** The columns of a table that this text made. */
  columnsOf(name: SqlName): readonly string[] | undefined {
    return this.#columns.get(keyOf(name))
  }

  setColumns(name: SqlName, columns: readonly string[]): void {
    this.#columns.set(keyOf(name), columns)
  }

  temporary(parts: Parts): Query | undefined {
    return this.#temporary.get(temporaryKey(parts))
  }

  setTemporary(parts: Parts, content: Query): void {
    this.#temporary.set(temporaryKey(parts), content)
  }

  /** Whether it was one. */
  dropTemporary(parts: Parts): boolean {
    return this.#temporary.delete(temporaryKey(parts))
  }

  renameTemporary(from: Parts, to: Parts): boolean {
    const content = this.temporary(from)
    if (content === undefined) return false
    this.dropTemporary(from)
    this.setTemporary(to, content)
    return true
  }
}

function temporaryKey(parts: Parts): string {
  const last = parts.at(-1) ?? ''
  const schema = parts.at(-2)
  return schema === undefined || schema.startsWith('pg_temp') ? last : parts.join('.')
}

function isPath(part: string): boolean {
  return part.startsWith('/') || part.includes('://')
}

const systemSchemas: ReadonlySet<string> = new Set([
  'pg_catalog',
  'information_schema',
  'pg_internal',
  'pg_automv',
  'sys',
])
const systemTables = /^(?:stl_|stv_|svl_|svv_|svcs_|sys_|pg_|dual$)/

/** What a database says of itself holds no data of anybody. */
function isSystem(parts: Parts): boolean {
  const schema = parts.at(-2)?.toLowerCase()
  if (schema !== undefined) return systemSchemas.has(schema)
  return systemTables.test((parts.at(-1) ?? '').toLowerCase())
}
