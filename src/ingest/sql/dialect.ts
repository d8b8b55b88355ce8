import type { Dialect } from '@polyglot-sql/sdk'

/** A dialect of SQL that a statement can be in. */
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

/** How the names of a dialect are written and compared. */
export type DialectTraits = Readonly<{
  /** What the parser calls it. */
  parser: keyof typeof Dialect
  /** A text in double quotes is a name, or a literal. */
  doubleQuoted: 'name' | 'text'
  /** `[a b]` is a name. */
  brackets: boolean
  /** A backslash hides the quote after it. */
  backslashes: boolean
  /** What an unquoted name is turned to. */
  fold: Fold
  /** What a quoted name is turned to. */
  foldQuoted: Fold
  /** The schema of a name that has none, when nothing else says so. */
  schema: string | undefined
  /** How many parts a full name has, the table's own included. */
  parts: 2 | 3
  /** A name given in a select can be used behind it in the same select. */
  reusesAliases: boolean
  /** What a column without a name is called: after its function, or by this and its place. */
  unnamed: 'function' | '_c' | '_col' | undefined
}>

export type Fold = 'lower' | 'upper' | 'kept'

const common = {
  doubleQuoted: 'name',
  brackets: false,
  backslashes: false,
  fold: 'lower',
  foldQuoted: 'lower',
  schema: undefined,
  parts: 3,
  reusesAliases: false,
  unnamed: undefined,
} as const

const hive = {
  ...common,
  parser: 'Hive',
  doubleQuoted: 'text',
  backslashes: true,
  schema: 'default',
  parts: 2,
  unnamed: '_c',
} as const

/**
 * Redshift turns quoted names to lower case too, unless `enable_case_sensitive_identifier` is set;
 * Hive, Spark and the catalog behind Athena know no letter case at all.
 */
const dialects: Readonly<Record<SqlDialect, DialectTraits>> = {
  redshift: {
    ...common,
    parser: 'Redshift',
    backslashes: true,
    schema: 'public',
    reusesAliases: true,
    unnamed: 'function',
  },
  postgresql: {
    ...common,
    parser: 'PostgreSQL',
    foldQuoted: 'kept',
    schema: 'public',
    unnamed: 'function',
  },
  athena: { ...common, parser: 'Athena', schema: 'default', unnamed: '_col' },
  hive,
  spark: { ...hive, parser: 'Spark', reusesAliases: true, unnamed: undefined },
  mysql: {
    ...hive,
    parser: 'MySQL',
    fold: 'kept',
    foldQuoted: 'kept',
    schema: undefined,
    unnamed: undefined,
  },
  oracle: { ...common, parser: 'Oracle', fold: 'upper', foldQuoted: 'kept' },
  db2: { ...common, parser: 'Generic', fold: 'upper', foldQuoted: 'kept' },
  sqlserver: {
    ...common,
    parser: 'TSQL',
    brackets: true,
    fold: 'kept',
    foldQuoted: 'kept',
    schema: 'dbo',
  },
  generic: { ...common, parser: 'Generic', fold: 'kept', foldQuoted: 'kept' },
}

export function traitsOf(dialect: SqlDialect): DialectTraits {
  return dialects[dialect]
}

/** A name as the dialect compares it. */
export function folded(name: string, isQuoted: boolean, traits: DialectTraits): string {
  switch (isQuoted ? traits.foldQuoted : traits.fold) {
    case 'lower':
      return name.toLowerCase()
    case 'upper':
      return name.toUpperCase()
    case 'kept':
      return name
  }
}
