import type { Node } from './node.ts'
import type { Parts } from '../name.ts'
import type { Input } from './input.ts'
import type { Scope } from './scope.ts'
import {
  aggregateOf,
  argumentsWithUnit,
  isByName,
  maskingOf,
  notColumns,
  timeUnits,
} from './functions.ts'
import { aggregated, distinct, identity, indirect, through, transformed } from './input.ts'
import { identifierIn, isNode, kindOf, nodeIn, nodesIn, textIn } from './node.ts'

/** How an expression of a kind is read. What has no row is made of all that is in it. */
const readers: Readonly<Record<string, (body: Node, scope: Scope) => readonly Input[]>> = {
  column: readColumn,
  dot: readField,
  identifier: () => [],
  literal: () => [],
  parameter: () => [],
  placeholder: () => [],
  star: () => [],
  data_type: () => [],
  alias: (body, scope) => inputsOf(body['this'], scope),
  paren: (body, scope) => inputsOf(body['this'], scope),
  annotated: (body, scope) => inputsOf(body['this'], scope),
  select: (body, scope) => ofQuery({ select: body }, scope),
  union: (body, scope) => ofQuery({ union: body }, scope),
  intersect: (body, scope) => ofQuery({ intersect: body }, scope),
  except: (body, scope) => ofQuery({ except: body }, scope),
  subquery: (body, scope) => ofQuery({ subquery: body }, scope),
  case: readCase,
  if_func: (body, scope) => conditional(body, scope, ['condition']),
  nvl2: (body, scope) => conditional(body, scope, ['this']),
  null_if: (body, scope) => conditional(body, scope, ['expression']),
  exists: (body, scope) => through(indirect('CONDITIONAL'), inputsOf(body['this'], scope)),
  window_function: readWindow,
  within_group: readWithinGroup,
  filter: (body, scope) => [
    ...inputsOf(body['this'], scope),
    ...through(indirect('FILTER'), inputsOf(body['expression'], scope)),
  ],
  lambda: readLambda,
}

/** The columns that make the value of an expression, and those that decide it. */
export function inputsOf(expression: unknown, scope: Scope): readonly Input[] {
  if (Array.isArray(expression)) return expression.flatMap((part) => inputsOf(part, scope))
  if (!isNode(expression)) return []
  const found = kindOf(expression)
  if (found === undefined) return inputsIn(expression, scope)
  const [kind, body] = found
  const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined
  return reader === undefined ? ofCall(kind, body, scope) : reader(body, scope)
}

function inputsIn(body: Node, scope: Scope): readonly Input[] {
  return Object.values(body).flatMap((part) => inputsOf(part, scope))
}

function readColumn(body: Node, scope: Scope): readonly Input[] {
  const name = identifierIn(body, 'name')
  if (name === undefined) return []
  const qualifier = identifierIn(body, 'table')
  if (qualifier === undefined && !name.isQuoted && notColumns.has(name.name.toLowerCase()))
    return []
  const path = [...(qualifier === undefined ? [] : [scope.fold(qualifier)]), scope.fold(name)]
  return ofPath(path, scope)
}

/** `a.b.c`: as much of it as names a table, then a column, then fields within it. */
function ofPath(path: Parts, scope: Scope): readonly Input[] {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const qualifier = path.slice(0, length)
    const [column, ...fields] = path.slice(length)
    if (column === undefined || scope.source(qualifier) === undefined) continue
    return within(scope.column(qualifier, column) ?? [], fields)
  }
  const [column = '', ...fields] = path
  return within(scope.column([], column) ?? [], fields)
}

/** A field of a column is a column of its own by dotted path, where it is taken as it is. */
function within(inputs: readonly Input[], fields: Parts): readonly Input[] {
  if (fields.length === 0) return inputs
  return inputs.map((input) =>
    input.done === identity
      ? { ...input, column: [input.column, ...fields].join('.') }
      : { ...input, done: input.done },
  )
}

function readField(body: Node, scope: Scope): readonly Input[] {
  const path = pathOf({ dot: body }, scope)
  return path === undefined
    ? through(transformed(), inputsOf(body['this'], scope))
    : ofPath(path, scope)
}

function pathOf(expression: unknown, scope: Scope): Parts | undefined {
  const [kind, body] = kindOf(expression) ?? []
  if (body === undefined) return undefined
  const name = identifierIn(body, kind === 'dot' ? 'field' : 'name')
  if (name === undefined) return undefined
  if (kind === 'column') {
    const qualifier = identifierIn(body, 'table')
    return [...(qualifier === undefined ? [] : [scope.fold(qualifier)]), scope.fold(name)]
  }
  const before = kind === 'dot' ? pathOf(body['this'], scope) : undefined
  return before === undefined ? undefined : [...before, scope.fold(name)]
}

/** The one value of a query: its columns, and what decides which row it is. */
function ofQuery(query: Node, scope: Scope): readonly Input[] {
  const { alternatives, whole } = scope.shared.read(query, scope)
  const columns = alternatives
    .flat()
    .flatMap((item) => ('column' in item ? item.column.inputs : []))
  return distinct([...columns, ...whole])
}

function readCase(body: Node, scope: Scope): readonly Input[] {
  const whens = Array.isArray(body['whens']) ? body['whens'] : []
  const conditions = whens.map((when: unknown) => (Array.isArray(when) ? when[0] : undefined))
  const values = whens.map((when: unknown) => (Array.isArray(when) ? when[1] : undefined))
  return distinct([
    ...through(indirect('CONDITIONAL'), inputsOf([body['operand'], ...conditions], scope)),
    ...through(transformed(), inputsOf([...values, body['else_']], scope)),
  ])
}

function conditional(body: Node, scope: Scope, deciding: readonly string[]): readonly Input[] {
  const [decides, makes]: [unknown[], unknown[]] = [[], []]
  for (const [key, part] of Object.entries(body))
    (deciding.includes(key) ? decides : makes).push(part)
  return distinct([
    ...through(indirect('CONDITIONAL'), inputsOf(decides, scope)),
    ...through(transformed(), inputsOf(makes, scope)),
  ])
}

function readWindow(body: Node, scope: Scope): readonly Input[] {
  const over = nodeIn(body, 'over') ?? {}
  const called = identifierIn(over, 'window_name')
  const window = called === undefined ? undefined : scope.windows.get(scope.fold(called))
  const deciding = [over, window].flatMap((spec) => [spec?.['partition_by'], spec?.['order_by']])
  return distinct([
    ...inputsOf(body['this'], scope),
    ...through(indirect('WINDOW'), inputsOf(deciding, scope)),
  ])
}

/** `listagg(a) within group (order by b)`; what a percentile is made of stands in the order alone. */
function readWithinGroup(body: Node, scope: Scope): readonly Input[] {
  const [kind = '', call] = kindOf(body['this']) ?? []
  const made = inputsOf(body['this'], scope)
  const ordered = inputsOf(body['order_by'], scope)
  const name = aggregateOf(kind, call === undefined ? undefined : textIn(call, 'name'))
  return made.length > 0 || name === undefined
    ? distinct([...made, ...through(indirect('SORT'), ordered)])
    : through(aggregated(name), ordered)
}

function readLambda(body: Node, scope: Scope): readonly Input[] {
  const parameters = nodesIn(body['parameters']).flatMap((parameter) => {
    const name = identifierIn({ parameter }, 'parameter')
    return name === undefined ? [] : [scope.fold(name)]
  })
  const added = parameters.filter((name) => !scope.hidden.has(name))
  for (const name of added) scope.hidden.add(name)
  const inputs = inputsOf(body['body'], scope)
  for (const name of added) scope.hidden.delete(name)
  return inputs
}

/** A function, an operator: made of its arguments. */
function ofCall(kind: string, body: Node, scope: Scope): readonly Input[] {
  const called = textIn(body, 'original_name') ?? textIn(body, 'name')
  const aggregate = aggregateOf(kind, called)
  if (aggregate !== undefined) return ofAggregate(aggregate, body, scope)
  const name = isByName(kind) ? (called ?? '') : kind
  if (name.toLowerCase() === 'decode') return ofDecode(body, scope)
  return through(transformed(maskingOf(kind, called)), inputsIn(withoutUnit(name, body), scope))
}

function ofAggregate(name: string, body: Node, scope: Scope): readonly Input[] {
  const { filter, order_by: order, ...made } = body
  return distinct([
    ...through(aggregated(name), inputsIn(made, scope)),
    ...through(indirect('FILTER'), inputsOf(filter, scope)),
    ...through(indirect('SORT'), inputsOf(order, scope)),
  ])
}

/** `decode(value, search, result, search, result, otherwise)` */
function ofDecode(body: Node, scope: Scope): readonly Input[] {
  const args = Array.isArray(body['args']) ? body['args'] : []
  if (args.length < 3) return through(transformed(), inputsIn(body, scope))
  const isDeciding = (place: number): boolean =>
    place === 0 || (place % 2 === 1 && place < args.length - 1)
  return distinct([
    ...through(
      indirect('CONDITIONAL'),
      inputsOf(
        args.filter((_arg, place) => isDeciding(place)),
        scope,
      ),
    ),
    ...through(
      transformed(),
      inputsOf(
        args.filter((_arg, place) => !isDeciding(place)),
        scope,
      ),
    ),
  ])
}

function withoutUnit(name: string, body: Node): Node {
  const args: unknown = body['args']
  const least = argumentsWithUnit(name)
  if (least === undefined || !Array.isArray(args) || args.length < least) return body
  return isUnit(args[0]) ? { ...body, args: args.slice(1) } : body
}

function isUnit(arg: unknown): boolean {
  const [kind, body] = kindOf(arg) ?? []
  if (kind !== 'column' || body === undefined || isNode(body['table'])) return false
  return timeUnits.test(identifierIn(body, 'name')?.name ?? '')
}
