import type { GraphQLInputType } from 'graphql'
import { readFileSync } from 'node:fs'
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  getNamedType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'

const schema = buildSchema(
  readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'),
)

/** Every mutation of the schema by its name, with values that are of the right types. */
export function mutations(): ReadonlyMap<string, string> {
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {})
  return new Map(
    fields.map((field) => {
      const given = field.args.filter(isRequiredArgument)
      const parts = given.map(({ name, type }) => `${name}: ${valueOf(type)}`)
      const args = parts.length === 0 ? '' : `(${parts.join(', ')})`
      const selection = isObjectType(getNamedType(field.type)) ? ' { __typename }' : ''
      return [field.name, `mutation { ${field.name}${args}${selection} }`]
    }),
  )
}

function valueOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return valueOf(type.ofType)
  if (isListType(type)) return `[${valueOf(type.ofType)}]`
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (isInputObjectType(type)) {
    const given = Object.values(type.getFields()).filter(isRequiredInputField)
    return `{ ${given.map((field) => `${field.name}: ${valueOf(field.type)}`).join(', ')} }`
  }
  return scalars[type.name] ?? '"x"'
}

const scalars: Readonly<Record<string, string>> = {
  Boolean: 'true',
  DateTime: '"2026-01-01T00:00:00Z"',
  Float: '1',
  Int: '1',
  Long: '1',
}
