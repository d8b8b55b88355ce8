import type { Node } from './node.ts'
import type { Column, Input, Item } from './input.ts'
import type { Result } from './scope.ts'
import { addSource } from './source.ts'
import { inputsOf } from './expression.ts'
import { distinct, indirect, through } from './input.ts'
import { identifierIn, kindOf, nodeIn, nodesIn, textIn } from './node.ts'
import { Scope, columnAt } from './scope.ts'
import { starItems } from './star.ts'

const nothing: Result = { alternatives: [[]], isUnordered: false, whole: [] }

/** How a query of a kind is read. */
const readers: Readonly<Record<string, (body: Node, scope: Scope) => Result>> = {
  select: readSelect,
  union: (body, scope) => readUnion(body, scope),
  intersect: (body, scope) => readDifference(body, scope),
  except: (body, scope) => readDifference(body, scope),
  subquery: readSubquery,
  paren: (body, scope) => readQuery(body['this'], scope),
  values: readValues,
}

/** What a query gives, within the scope around it. A tree that is no query gives nothing. */
export function readQuery(query: unknown, scope: Scope): Result {
  const [kind = '', body] = kindOf(query) ?? []
  const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined
  return reader === undefined || body === undefined ? nothing : reader(body, scope)
}

function readSubquery(body: Node, parent: Scope): Result {
  const scope = new Scope(parent.shared, parent)
  addViews(body, scope)
  return readQuery(body['this'], scope)
}

/** Each query of the WITH clause knows those before it, and itself where it is recursive. */
function addViews(body: Node, scope: Scope): void {
  const clause = nodeIn(body, 'with')
  let before = new Scope(scope.shared, scope.parent)
  for (const view of nodesIn(clause?.['ctes'])) {
    const called = identifierIn(view, 'alias')
    if (called === undefined) continue
    const name = scope.fold(called)
    const columns = nodesIn(view['columns']).flatMap((column) => {
      const named = identifierIn({ column }, 'column')
      return named === undefined ? [] : [scope.fold(named)]
    })
    const around = new Scope(scope.shared, before)
    const [kind, union] = kindOf(view['this']) ?? []
    const first = kind === 'union' ? union?.['left'] : undefined
    if (clause?.['recursive'] === true && first !== undefined) {
      const anchored = before
      around.addView(name, () => renamed(readQuery(first, anchored), columns))
    }
    const read = scope.addView(name, () => renamed(readQuery(view['this'], around), columns))
    before = new Scope(scope.shared, before)
    before.addView(name, read)
  }
}

/** With the names of a list of columns, where there is one and the places are certain. */
function renamed(result: Result, columns: readonly string[]): Result {
  if (columns.length === 0 || result.isUnordered) return result
  return {
    ...result,
    alternatives: result.alternatives.map((items) =>
      items.some((item) => 'star' in item)
        ? items
        : items.map((item, place) =>
            'column' in item ? { column: { ...item.column, name: columns[place] } } : item,
          ),
    ),
  }
}

function readSelect(body: Node, parent: Scope): Result {
  const scope = new Scope(parent.shared, parent)
  addViews(body, scope)
  const whole: Input[] = []
  const joins = nodesIn(body['joins'])
  for (const source of nodesIn(nodeIn(body, 'from')?.['expressions']))
    whole.push(...addSource(source, scope))
  for (const join of joins) {
    whole.push(
      ...addSource(join['this'], scope, {
        isHidden: /semi|anti/i.test(textIn(join, 'kind') ?? ''),
      }),
    )
    whole.push(...ofUsing(join, scope))
  }
  for (const view of nodesIn(body['lateral_views']))
    whole.push(...addSource({ lateral_view: view }, scope))
  for (const window of nodesIn(body['windows'])) {
    const name = identifierIn(window, 'name')
    const spec = nodeIn(window, 'spec')
    if (name !== undefined && spec !== undefined) scope.windows.set(scope.fold(name), spec)
  }
  const { alternatives, isUnordered } = readItems(body, scope)
  whole.push(...joins.flatMap((join) => ofJoin(join, scope)))
  whole.push(...deciding(body, scope, alternatives))
  return { alternatives, isUnordered, whole: distinct(whole) }
}

function readItems(body: Node, scope: Scope): Pick<Result, 'alternatives' | 'isUnordered'> {
  const expressions = nodesIn(body['expressions'])
  const [only] = expressions
  if (only !== undefined && expressions.length === 1 && kindOf(only)?.[0] === 'star') {
    // `SELECT * FROM (a query)` is that query.
    const [source, another] = scope.sources.filter(({ isHidden }) => isHidden !== true)
    const star = kindOf(only)?.[1] ?? {}
    const isPlain = ['except', 'replace', 'rename'].every((key) => nodesIn(star[key]).length === 0)
    if (isPlain && another === undefined && source?.kind === 'derived') {
      const { alternatives, isUnordered } = renamed(source.result, source.columns)
      return { alternatives, isUnordered }
    }
  }
  const items: Item[] = []
  let isUnordered = false
  for (const [place, expression] of expressions.entries()) {
    const [kind, star] = kindOf(expression) ?? []
    if (kind === 'star' && star !== undefined) {
      const expanded = starItems(star, scope)
      isUnordered ||= expanded.isUnordered
      items.push(...expanded.items)
      continue
    }
    for (const column of columnsFor(expression, place, scope)) {
      if (column.name !== undefined) scope.aliases.set(column.name, column.inputs)
      items.push({ column })
    }
  }
  return { alternatives: [items], isUnordered }
}

/** One column; several where a function of Hive or Spark makes them: `stack(…) AS (a, b)`. */
function columnsFor(expression: unknown, place: number, scope: Scope): readonly Column[] {
  const inputs = distinct(inputsOf(expression, scope))
  const [kind, alias] = kindOf(expression) ?? []
  const names = kind === 'alias' && alias !== undefined ? nodesIn(alias['column_aliases']) : []
  if (names.length === 0) return [{ name: nameFor(expression, place, scope), inputs }]
  return names.map((column) => {
    const name = identifierIn({ column }, 'column')
    return { name: name === undefined ? undefined : scope.fold(name), inputs }
  })
}

/** What is called by what it wraps. */
const wrapping: ReadonlySet<string> = new Set([
  'cast',
  'paren',
  'subscript',
  'window_function',
  'within_group',
  'filter',
])
/** @see https://www.postgresql.org/docs/8.0/sql-select.html, SELECT List */
const operators: ReadonlySet<string> = new Set(
  (
    'add sub mul div mod neg concat and or not eq neq lt lte gt gte like i_like similar_to in between ' +
    'is_null is_true is_false is bitwise_and bitwise_or bitwise_xor bitwise_not interval tuple'
  ).split(' '),
)
/** What has no name of a function to be called by. */
const values: ReadonlySet<string> = new Set([
  'literal',
  'null',
  'boolean',
  'parameter',
  'placeholder',
])

function nameFor(expression: unknown, place: number, scope: Scope): string | undefined {
  const [kind = '', body] = kindOf(expression) ?? []
  if (body === undefined) return undefined
  const key = { alias: 'alias', column: 'name', dot: 'field' }[kind]
  const named = key === undefined ? undefined : identifierIn(body, key)
  if (named !== undefined) return scope.fold(named)
  const { unnamed } = scope.shared.traits
  if (unnamed === 'function') {
    if (wrapping.has(kind)) return nameFor(body['this'], place, scope)
    if (values.has(kind)) return undefined
    if (operators.has(kind)) return '?column?'
    if (kind === 'case') return kind
    return (textIn(body, 'original_name') ?? textIn(body, 'name') ?? kind).toLowerCase()
  }
  return unnamed === undefined ? undefined : `${unnamed}${place}`
}

function ofJoin(join: Node, scope: Scope): readonly Input[] {
  return through(indirect('JOIN'), inputsOf(join['on'], scope))
}

/** Asked before further sources are added: they are no part of it. */
function ofUsing(join: Node, scope: Scope): readonly Input[] {
  const using = nodesIn(join['using']).flatMap((column) => {
    const name = identifierIn({ column }, 'column')
    return name === undefined ? [] : (scope.column([], scope.fold(name)) ?? [])
  })
  return through(indirect('JOIN'), using)
}

const filters = ['where_clause', 'having', 'qualify', 'prewhere', 'connect']
const orders = ['order_by', 'sort_by', 'cluster_by', 'distribute_by', 'distinct_on']

function deciding(
  body: Node,
  scope: Scope,
  alternatives: readonly (readonly Item[])[],
): readonly Input[] {
  const items = alternatives[0] ?? []
  // Groups and orders can name a column of the result, or say its place.
  const named = (expression: unknown): readonly Input[] => {
    const [kind, inner] = kindOf(expression) ?? []
    if (inner !== undefined && kind === 'this') return named(inner)
    if (inner !== undefined && kind === 'literal' && textIn(inner, 'literal_type') === 'number') {
      return columnAt(items, Number(textIn(inner, 'value')) - 1)?.inputs ?? []
    }
    if (inner !== undefined && kind === 'column' && inner['table'] === null) {
      const name = identifierIn(inner, 'name')
      const alias = name === undefined ? undefined : scope.aliases.get(scope.fold(name))
      if (alias !== undefined) return alias
    }
    return inputsOf(expression, scope)
  }
  const group = nodesIn(nodeIn(body, 'group_by')?.['expressions']).flatMap(named)
  const sorts = orders.flatMap((key) => {
    const value = body[key]
    const listed = Array.isArray(value)
      ? nodesIn(value)
      : nodesIn(nodeIn(body, key)?.['expressions'])
    return listed.flatMap((ordered) => named(ordered['this'] ?? ordered))
  })
  return [
    ...through(
      indirect('FILTER'),
      filters.flatMap((key) => inputsOf(body[key], scope)),
    ),
    ...through(indirect('GROUP_BY'), group),
    ...through(indirect('SORT'), sorts),
  ]
}

function readUnion(body: Node, parent: Scope): Result {
  const scope = new Scope(parent.shared, parent)
  addViews(body, scope)
  const [left, right] = [readQuery(body['left'], scope), readQuery(body['right'], scope)]
  const whole = distinct([...left.whole, ...right.whole])
  const isUnordered = left.isUnordered || right.isUnordered
  const alternatives = [...left.alternatives, ...right.alternatives]
  const [first = []] = alternatives
  const isPlain = alternatives.every(
    (items) => items.length === first.length && items.every((item) => 'column' in item),
  )
  if (!isPlain || isUnordered) return { alternatives, isUnordered, whole }
  const merged = first.map((_item, place) => {
    const columns = alternatives.map((items) => columnAt(items, place))
    const inputs = distinct(columns.flatMap((column) => column?.inputs ?? []))
    return { column: { name: columns[0]?.name, inputs } }
  })
  return { alternatives: [merged], isUnordered, whole }
}

/** The right side only decides what stays of the left one. */
function readDifference(body: Node, parent: Scope): Result {
  const scope = new Scope(parent.shared, parent)
  addViews(body, scope)
  const [left, right] = [readQuery(body['left'], scope), readQuery(body['right'], scope)]
  const columns = right.alternatives
    .flat()
    .flatMap((item) => ('column' in item ? item.column.inputs : []))
  const filter = through(indirect('FILTER'), [...columns, ...right.whole])
  return { ...left, whole: distinct([...left.whole, ...filter]) }
}

function readValues(body: Node, scope: Scope): Result {
  const rows = nodesIn(body['expressions']).map((row) => nodesIn(row['expressions']))
  const width = Math.max(0, ...rows.map((row) => row.length))
  const items = Array.from({ length: width }, (_unused, place): Item => {
    const inputs = distinct(rows.flatMap((row) => inputsOf(row[place], scope)))
    return { column: { name: `col${place + 1}`, inputs } }
  })
  return { alternatives: [items], isUnordered: false, whole: [] }
}
