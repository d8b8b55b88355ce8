import type {
  ArgumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLNamedType,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql'
import type { Bound, Parsed } from './bound.ts'
import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isIntrospectionType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql'
import { fragmentsOf } from './measure.ts'

/** How long a list is taken to be that has no argument for its length. */
const listAssumed = 100
/** The schema is small, and a tool that reads it goes through three such lists. */
const introspectionListAssumed = 16

/** Arguments that say how long a list may be. */
const lengthArguments: readonly string[] = ['first', 'last']

/**
 * How many fields an answer could have if every page were full: what is below a list counts once
 * for each of its items. A connection hands its `first` on to its edges.
 */
export const costBound: Bound = {
  unit: 'fields to answer, by the pages that it asks for,',
  max: ({ queryCostMax }) => queryCostMax,
  of: (parsed) => {
    const costs = parsed.document.definitions.map((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? costOfOperation(node, parsed) : 0,
    )
    return Math.max(0, ...costs)
  },
}

type Scope = Readonly<{
  parsed: Parsed
  operation: OperationDefinitionNode
  fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** By fragment and the length that it is handed: a spread costs the same wherever it stands. */
  known: Map<string, number>
}>

function costOfOperation(operation: OperationDefinitionNode, parsed: Parsed): number {
  const fragments = fragmentsOf(parsed.document)
  const type = parsed.schema.getRootType(operation.operation) ?? undefined
  const scope = { parsed, operation, fragments, known: new Map<string, number>() }
  return costOfSet(operation.selectionSet, type, undefined, scope)
}

function costOfSet(
  set: SelectionSetNode | undefined,
  type: GraphQLNamedType | undefined,
  length: number | undefined,
  scope: Scope,
): number {
  let cost = 0
  for (const node of set?.selections ?? []) {
    if (node.kind === Kind.FIELD) {
      cost += costOfField(node, type, length, scope)
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      const narrowed = node.typeCondition?.name.value
      const inner = narrowed === undefined ? type : scope.parsed.schema.getType(narrowed)
      cost += costOfSet(node.selectionSet, inner, length, scope)
    } else {
      cost += costOfFragment(node.name.value, length, scope)
    }
  }
  return cost
}

function costOfFragment(name: string, length: number | undefined, scope: Scope): number {
  const key = `${name} ${length}`
  const before = scope.known.get(key)
  if (before !== undefined) return before
  scope.known.set(key, 0)
  const fragment = scope.fragments.get(name)
  const type = scope.parsed.schema.getType(fragment?.typeCondition.name.value ?? '')
  const cost = costOfSet(fragment?.selectionSet, type, length, scope)
  scope.known.set(key, cost)
  return cost
}

function costOfField(
  node: FieldNode,
  parent: GraphQLNamedType | undefined,
  length: number | undefined,
  scope: Scope,
): number {
  const field = fieldOf(parent, node.name.value, scope)
  // What the schema does not know is refused by validation.
  if (field === undefined) return 1
  const type = getNamedType(field.type)
  const own = lengthAsked(field, node, scope)
  if (!isListType(getNullableType(field.type))) {
    return 1 + costOfSet(node.selectionSet, type, own, scope)
  }
  if (isLeafType(type)) return 1
  const assumed = isIntrospectionType(type) ? introspectionListAssumed : listAssumed
  return 1 + (own ?? length ?? assumed) * costOfSet(node.selectionSet, type, undefined, scope)
}

function fieldOf(
  parent: GraphQLNamedType | undefined,
  name: string,
  { parsed }: Scope,
): GraphQLField<unknown, unknown> | undefined {
  if (parent === parsed.schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef
  }
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined
}

function lengthAsked(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  scope: Scope,
): number | undefined {
  const argument = field.args.find(({ name }) => lengthArguments.includes(name))
  if (argument === undefined) return undefined
  const given = node.arguments?.find(({ name }) => name.value === argument.name)
  const value = given === undefined ? undefined : valueOf(given, scope)
  const length = value ?? argument.defaultValue
  // Anything else is refused before it runs.
  return typeof length === 'number' && length > 0 ? length : 0
}

function valueOf({ value }: ArgumentNode, { operation, parsed }: Scope): unknown {
  if (value.kind === Kind.INT) return Number(value.value)
  if (value.kind !== Kind.VARIABLE) return undefined
  const name = value.name.value
  if (Object.hasOwn(parsed.variables, name)) return parsed.variables[name]
  const declared = operation.variableDefinitions?.find((node) => node.variable.name.value === name)
  return declared?.defaultValue?.kind === Kind.INT ? Number(declared.defaultValue.value) : undefined
}
