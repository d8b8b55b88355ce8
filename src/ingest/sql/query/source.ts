import type { Input, Item } from './input.ts'
import type { Node } from './node.ts'
import { inputsOf } from './expression.ts'
import { distinct, indirect, through, transformed } from './input.ts'
import { identifierIn, kindOf, nodesIn } from './node.ts'
import { Scope } from './scope.ts'

type Naming = Readonly<{
  alias?: string | undefined
  columns?: readonly string[]
  isHidden?: boolean
}>

/** Kinds that stand around a source and say no more than how it is sampled or called. */
const around: ReadonlySet<string> = new Set([
  'paren',
  'table_sample',
  'pre_where',
  'final',
  'annotated',
])

/**
 * Adds what stands in FROM or JOIN to the scope: a table, a query, a function of columns. Gives what
 * decides all of it: the filters of a query in brackets.
 */
export function addSource(
  expression: unknown,
  scope: Scope,
  naming: Naming = {},
): readonly Input[] {
  const [kind = '', body] = kindOf(expression) ?? []
  if (body === undefined) return []
  const own = namingIn(body, scope, naming)
  if (around.has(kind)) return addSource(body['this'], scope, own)
  switch (kind) {
    case 'table':
      return addTable(body, scope, own)
    case 'alias':
      return addSource(body['this'], scope, own)
    case 'subquery':
      return addSubquery(body, scope, own)
    case 'select':
    case 'union':
    case 'intersect':
    case 'except':
    case 'values':
      return addQuery({ [kind]: body }, scope, own)
    case 'joined_table':
      return addJoined(body, scope, own)
    case 'pivot':
    case 'unpivot':
      return addPivot(body, scope, own)
    case 'lateral':
      if (kindOf(body['this'])?.[0] === 'subquery') return addSource(body['this'], scope, own)
      return addFunction(body['this'], scope, own)
    case 'lateral_view':
      return addFunction(body['this'], scope, own)
    default:
      return addFunction(expression, scope, own)
  }
}

function namingIn(body: Node, scope: Scope, given: Naming): Naming {
  const alias = identifierIn(body, 'alias') ?? identifierIn(body, 'table_alias')
  const columns = nodesIn(body['column_aliases']).flatMap((column) => {
    const name = identifierIn({ column }, 'column')
    return name === undefined ? [] : [scope.fold(name)]
  })
  return {
    alias: given.alias ?? (alias === undefined ? undefined : scope.fold(alias)),
    columns: given.columns !== undefined && given.columns.length > 0 ? given.columns : columns,
    ...(given.isHidden === undefined ? {} : { isHidden: given.isHidden }),
  }
}

function addTable(
  body: Node,
  scope: Scope,
  { alias, columns = [], ...rest }: Naming,
): readonly Input[] {
  const parts = ['catalog', 'schema', 'name'].flatMap((key) => {
    const part = identifierIn(body, key)
    return part === undefined ? [] : [scope.fold(part)]
  })
  const names = alias === undefined ? parts : [alias]
  const [first = '', ...others] = parts
  const view = others.length === 0 ? scope.view(first) : undefined
  if (view !== undefined) {
    const result = view()
    scope.sources.push({ kind: 'derived', names, result, columns, ...rest })
    return result.whole
  }
  // `FROM t, t.items AS i`: the elements of a column of a source before it.
  const column =
    others.length > 0 ? scope.sources.find((source) => source.names.at(-1) === first) : undefined
  if (column !== undefined && alias !== undefined && others.length === 1) {
    const inputs = through(transformed(), scope.column([first], others[0] ?? '') ?? [])
    scope.sources.push({ kind: 'function', names, inputs, columns, ...rest })
    return []
  }
  scope.sources.push({ kind: 'table', names, table: scope.shared.tableOf(parts), ...rest })
  return []
}

function addSubquery(body: Node, scope: Scope, naming: Naming): readonly Input[] {
  const [kind = ''] = kindOf(body['this']) ?? []
  // `FROM (a JOIN b ON …)`
  if (kind === 'joined_table' || kind === 'table') return addSource(body['this'], scope, naming)
  return addQuery({ subquery: body }, scope, naming)
}

function addQuery(query: Node, scope: Scope, naming: Naming): readonly Input[] {
  const { alias, columns = [], ...rest } = naming
  const result = scope.shared.read(query, scope)
  scope.sources.push({
    kind: 'derived',
    names: alias === undefined ? [] : [alias],
    result,
    columns,
    ...rest,
  })
  return result.whole
}

/** Rows become columns, of names that are values: all columns, and some of which nobody knows. */
function addPivot(body: Node, scope: Scope, naming: Naming): readonly Input[] {
  const { this: source, ...rest } = body
  const inner = new Scope(scope.shared, scope)
  const whole = addSource(source, inner)
  const inputs = distinct(through(transformed(), inputsOf(Object.values(rest), inner)))
  const { alias, isHidden } = naming
  const names = alias === undefined ? (inner.sources[0]?.names ?? []) : [alias]
  const stars = inner.sources.flatMap((from): readonly Item[] => {
    if (from.kind === 'table') return [{ star: { table: from.table, except: [] } }]
    return from.kind === 'derived' ? from.result.alternatives.flat() : []
  })
  const items: readonly Item[] = [...stars, { column: { name: undefined, inputs } }]
  const result = { alternatives: [items], isUnordered: true, whole: [] }
  scope.sources.push({
    kind: 'derived',
    names,
    result,
    columns: [],
    ...(isHidden === undefined ? {} : { isHidden }),
  })
  return whole
}

function addJoined(body: Node, scope: Scope, naming: Naming): readonly Input[] {
  const rest = naming.isHidden === undefined ? {} : { isHidden: naming.isHidden }
  const whole = [...addSource(body['left'], scope, rest)]
  for (const join of nodesIn(body['joins'])) {
    whole.push(
      ...addSource(join['this'], scope, rest),
      ...through(indirect('JOIN'), inputsOf(join['on'], scope)),
    )
  }
  return whole
}

/** A function of columns gives rows that are made of them. */
function addFunction(expression: unknown, scope: Scope, naming: Naming): readonly Input[] {
  const { alias, columns = [], ...rest } = naming
  const inputs = distinct(through(transformed(), inputsOf(expression, scope)))
  // In Athena `UNNEST(a) AS u (x)`; in PostgreSQL the alias of a function is its one column too.
  const names = alias === undefined ? [] : [alias]
  const named = columns.length > 0 || alias === undefined ? columns : [alias]
  scope.sources.push({ kind: 'function', names, inputs, columns: named, ...rest })
  return []
}
