import type { DialectTraits } from '../dialect.ts'
import type { Parts } from '../name.ts'
import type { Identifier, Node } from './node.ts'
import type { Column, Input, Item } from './input.ts'
import { folded } from '../dialect.ts'
import { distinct, identity } from './input.ts'

/**
 * What a query gives. Queries joined by UNION whose columns cannot be told one by one (`SELECT *`)
 * stay alternatives, each with the columns of the whole. `isUnordered`: names are right, places not.
 */
export type Result = Readonly<{
  alternatives: readonly (readonly Item[])[]
  isUnordered: boolean
  /** What decides all of it: filters, joins, groups, the order. */
  whole: readonly Input[]
}>

/** What all scopes of one statement share. */
export type Shared = Readonly<{
  traits: DialectTraits
  /** The number of a table, the same for the same name; asking for it says that it is read. */
  tableOf: (parts: Parts) => number
  read: (query: unknown, scope: Scope) => Result
  /** Counts columns that were found. @throws TooLargeError once there are too many. */
  spend: (columns: number) => void
}>

/** A query whose columns come from too many others to be told. */
export class TooLargeError extends Error {}

/** What columns can come from. `isHidden`: it is compared with and gives nothing. */
export type Source = Readonly<
  { isHidden?: boolean } & (
    | { kind: 'table'; names: Parts; table: number }
    | { kind: 'derived'; names: Parts; result: Result; columns: readonly string[] }
    | { kind: 'function'; names: Parts; inputs: readonly Input[]; columns: readonly string[] }
  )
>

/** Where a name of a query is looked up: its own sources, then those of the query around it. */
export class Scope {
  readonly shared: Shared
  readonly parent: Scope | undefined
  readonly sources: Source[] = []
  readonly aliases = new Map<string, readonly Input[]>()
  readonly windows = new Map<string, Node>()
  readonly hidden = new Set<string>()
  readonly #views = new Map<string, () => Result>()

  constructor(shared: Shared, parent?: Scope) {
    this.shared = shared
    this.parent = parent
  }

  fold({ name, isQuoted }: Identifier): string {
    return folded(name, isQuoted, this.shared.traits)
  }

  /** A query of the WITH clause; read when it is first asked for, since only then its tables are. */
  addView(name: string, read: () => Result): () => Result {
    let result: Result | undefined
    const once = (): Result => (result ??= read())
    this.#views.set(name, once)
    return once
  }

  view(name: string): (() => Result) | undefined {
    return this.#views.get(name) ?? this.parent?.view(name)
  }

  source(names: Parts): Source | undefined {
    return (
      this.sources.find((source) => endsWith(source.names, names)) ?? this.parent?.source(names)
    )
  }

  /** The columns that a name stands for; undefined when no source can have it. */
  column(qualifier: Parts, name: string): readonly Input[] | undefined {
    const found = this.#found(qualifier, name)
    this.shared.spend(1 + (found?.length ?? 0))
    return found
  }

  #found(qualifier: Parts, name: string): readonly Input[] | undefined {
    if (qualifier.length > 0) {
      const source = this.source(qualifier)
      return source === undefined ? undefined : columnOf(source, name)
    }
    if (this.hidden.has(name)) return []
    const known = this.sources.find((source) => isKnownIn(source, name))
    if (known !== undefined) return columnOf(known, name)
    const alias = this.shared.traits.reusesAliases ? this.aliases.get(name) : undefined
    if (alias !== undefined && !alias.some(({ column }) => column === name)) return alias
    // Any of them can have it: one edge too many is better than one too few.
    for (const isHidden of [false, true]) {
      const sources = this.sources.filter((source) => (source.isHidden === true) === isHidden)
      const found = sources.flatMap((source) => columnOf(source, name) ?? [])
      if (found.length > 0) return distinct(found)
    }
    return this.parent?.column(qualifier, name) ?? alias
  }
}

/** `t`, `s.t` and `d.s.t` all name the table d.s.t. */
function endsWith(names: Parts, asked: Parts): boolean {
  const from = names.length - asked.length
  return from >= 0 && asked.every((part, index) => names[from + index] === part)
}

function isKnownIn(source: Source, name: string): boolean {
  if (source.kind === 'table') return false
  if (source.columns.length > 0) return source.columns.includes(name)
  if (source.kind === 'function') return false
  return source.result.alternatives.some((items) => items.some((item) => nameOf(item) === name))
}

function columnOf(source: Source, name: string): readonly Input[] | undefined {
  switch (source.kind) {
    case 'table':
      return [{ table: source.table, column: name, done: identity }]
    case 'function':
      return source.columns.length === 0 || source.columns.includes(name)
        ? source.inputs
        : undefined
    case 'derived':
      return derivedColumn(source, name)
  }
}

function derivedColumn(
  { result, columns }: Extract<Source, { kind: 'derived' }>,
  name: string,
): readonly Input[] | undefined {
  const found: Input[] = []
  let isFound = false
  for (const items of result.alternatives) {
    const place = columns.indexOf(name)
    const hasStar = items.some((item) => 'star' in item)
    if (place >= 0 && !hasStar) {
      isFound = true
      found.push(...(columnAt(items, place)?.inputs ?? []))
      continue
    }
    const named = items.filter((item) => nameOf(item) === name)
    isFound ||= named.length > 0
    for (const item of named) if ('column' in item) found.push(...item.column.inputs)
    if (named.length > 0) continue
    for (const item of items) {
      // One without a name may have any: columns that a PIVOT makes.
      if ('column' in item && item.column.name === undefined) found.push(...item.column.inputs)
      if (!('star' in item) || item.star.except.includes(name)) continue
      isFound = true
      found.push({ table: item.star.table, column: name, done: identity })
    }
  }
  return isFound ? distinct(found) : undefined
}

export function nameOf(item: Item): string | undefined {
  return 'column' in item ? item.column.name : undefined
}

export function columnAt(items: readonly Item[], place: number): Column | undefined {
  const item = items[place]
  return item !== undefined && 'column' in item ? item.column : undefined
}
