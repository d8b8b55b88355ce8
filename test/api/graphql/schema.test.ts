import type { GraphQLNamedType, GraphQLSchema } from 'graphql'
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  parse,
  validateSchema,
  visit,
} from 'graphql'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resolvers } from '../../../src/api/graphql/resolvers.ts'

const text = readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8')
const schema = buildSchema(text)

/** Everything that a schema promises to its users, one line each: names, types, defaults, members. */
function promisesOf(of: GraphQLSchema): readonly string[] {
  return Object.values(of.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .flatMap((type) => [`${kindOf(type)} ${type.name}`, ...membersOf(type)])
}

function kindOf(type: GraphQLNamedType): string {
  return type.constructor.name
}

function membersOf(type: GraphQLNamedType): readonly string[] {
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields()).flatMap((field) => [
      `${type.name}.${field.name}: ${String(field.type)}`,
      ...field.args.map(
        (arg) =>
          `${type.name}.${field.name}(${arg.name}: ${String(arg.type)} = ${JSON.stringify(arg.defaultValue)})`,
      ),
    ])
    return [...fields, ...type.getInterfaces().map((one) => `${type.name} implements ${one.name}`)]
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map(
      (field) =>
        `${type.name}.${field.name}: ${String(field.type)} = ${JSON.stringify(field.defaultValue)}`,
    )
  }
  if (isEnumType(type)) return type.getValues().map(({ name }) => `${type.name}.${name}`)
  if (isUnionType(type)) return type.getTypes().map(({ name }) => `${type.name} = ${name}`)
  return []
}

describe('schema.graphql', () => {
  it('is valid', () => {
    expect(validateSchema(schema)).toEqual([])
  })

  it('has all that others rely on', () => {
    const contract = readFileSync(new URL('contract.graphql', import.meta.url), 'utf8')
    const promised = promisesOf(buildSchema(contract))
    const kept = new Set(promisesOf(schema))
    expect(promised.length).toBeGreaterThan(300)
    expect(promised.filter((promise) => !kept.has(promise))).toEqual([])
  })

  it('adds no argument and no input field that has to be given to what others rely on', () => {
    const contract = buildSchema(readFileSync(new URL('contract.graphql', import.meta.url), 'utf8'))
    const promised = new Set(promisesOf(contract))
    const demanded = promisesOf(schema).filter(
      (promise) => !promised.has(promise) && /! = undefined\)?$/.test(promise),
    )
    expect(demanded).toEqual([])
  })

  it('describes every type, field, argument and value', () => {
    const silent: string[] = []
    let described = 0
    const look = (node: { name: { value: string }; description?: unknown }, path: string): void => {
      if (node.description === undefined) silent.push(`${path}${node.name.value}`)
      else described += 1
    }
    visit(parse(text), {
      enter(node, _key, _parent, _path, ancestors) {
        if (!('name' in node) || node.name === undefined) return
        if (!node.kind.endsWith('Definition')) return
        const above = ancestors
          .flatMap((one) => ('name' in one && one.name ? [one.name.value] : []))
          .map((name) => `${name}.`)
        look(node as Parameters<typeof look>[0], above.join(''))
      },
    })
    expect(silent).toEqual([])
    expect(described).toBeGreaterThan(400)
  })
})

describe('the resolvers', () => {
  const table = Object.entries(resolvers).map(
    ([type, fields]) => [type, Object.keys(fields ?? {})] as const,
  )

  it('name types and fields of the schema', () => {
    const strangers = table.flatMap(([name, fields]) => {
      const type = schema.getType(name)
      if (isScalarType(type)) return []
      const known = isObjectType(type) ? type.getFields() : {}
      return fields.filter((field) => !Object.hasOwn(known, field)).map((f) => `${name}.${f}`)
    })
    expect(table.length).toBeGreaterThan(15)
    expect(strangers).toEqual([])
  })

  it('are there for every field that takes an argument, and for every scalar of our own', () => {
    const known = new Map(table)
    const missing = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (isScalarType(type) && !isSpecifiedScalarType(type)) {
        return known.has(type.name) ? [] : [type.name]
      }
      if (!isObjectType(type) || type.name.startsWith('__')) return []
      return Object.values(type.getFields())
        .filter(({ name, args }) => args.length > 0 && !known.get(type.name)?.includes(name))
        .map(({ name }) => `${type.name}.${name}`)
    })
    // No source that is read so far tells of a time in which it was blind: there is none to open. A
    // subscription has a source, and what that gives is the answer.
    expect(missing).toEqual(['BlindSpot.evidence', 'Subscription.findingRaised'])
  })
})
