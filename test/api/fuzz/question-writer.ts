import type { GraphQLField, GraphQLInputType, GraphQLNamedType } from 'graphql'
import type { Tape } from './tape.ts'
import type { Vocabulary } from './vocabulary.ts'
import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { schema } from './vocabulary.ts'

/** What POST carries of a question. */
export type Question = Readonly<{ query: string; variables: Readonly<Record<string, unknown>> }>

const literals: readonly string[] = [
  'null',
  'true',
  '-1',
  '2147483648',
  '99999999999999999999999999',
  '1e400',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"""block \\""" text"""',
  `"${'x'.repeat(3000)}"`,
  'NO_SUCH_VALUE',
  '[[[[]]]]',
  '{}',
  '{ __proto__: 1, constructor: 2 }',
  '$missing',
]
const values: readonly unknown[] = [
  null,
  true,
  -1,
  3,
  1e308,
  '',
  'x'.repeat(3000),
  '\u0000\ud800',
  '2026-03-01T00:00:00Z',
  [],
  [[null]],
  {},
  { namespace: 1, name: [] },
]
const directives = ['@skip(if: false)', '@include(if: true)', '@skip(if: true)']
const wrongDirectives = ['@nowhere', '@skip', '@deprecated', '@include(if: "x")']
const depthMax = 8

/**
 * Writes a question of the schema by chance: fields that there are, with values of the right types and
 * now and then of others, through aliases, fragments (in circles too), directives and variables whose
 * values may be of any type. The tape decides all of it.
 */
export class QuestionWriter {
  readonly #tape: Tape
  readonly #vocabulary: Vocabulary
  readonly #fragments = new Map<string, string>()
  readonly #declared: string[] = []
  readonly #variables: Record<string, unknown> = {}
  #aliases = 0

  constructor(tape: Tape, vocabulary: Vocabulary) {
    this.#tape = tape
    this.#vocabulary = vocabulary
  }

  write(): Question {
    const kind = this.#chance(6) ? 'mutation' : 'query'
    const root = kind === 'mutation' ? schema.getMutationType() : schema.getQueryType()
    const selection = root ? this.#selection(root, 0) : '{ __typename }'
    const head = this.#declared.length === 0 ? '' : `(${this.#declared.join(', ')})`
    const query = [`${kind} Q${head} ${selection}`, ...this.#fragments.values()].join('\n')
    return { query, variables: this.#variables }
  }

  /** True once in so many times. */
  #chance(times: number): boolean {
    return this.#tape.below(times) === times - 1
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    const parts: string[] = []
    for (let left = 1 + this.#tape.below(3); left > 0; left -= 1)
      parts.push(this.#part(type, depth))
    return `{ ${parts.join(' ')} }`
  }

  #part(type: GraphQLNamedType, depth: number): string {
    if (depth >= depthMax) return '__typename'
    if (this.#chance(8)) return this.#spread(type, depth)
    if (isAbstractType(type) && !(isInterfaceType(type) && this.#chance(2))) {
      const one = this.#tape.of(schema.getPossibleTypes(type))
      return `... on ${one.name} ${this.#selection(one, depth)}`
    }
    if (this.#chance(150)) {
      const other = this.#tape.of(this.#vocabulary.types)
      return `... on ${other.name} ${this.#selection(other, depth + 1)}`
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return '__typename'
    return this.#field(this.#tape.of(Object.values(type.getFields())), depth)
  }

  /** One fragment for each type, which may spread itself. */
  #spread(type: GraphQLNamedType, depth: number): string {
    const name = `Of${type.name}`
    if (!this.#fragments.has(name)) {
      this.#fragments.set(name, '')
      const inner = this.#selection(type, Math.max(depth, depthMax - 3))
      this.#fragments.set(name, `fragment ${name} on ${type.name} ${inner}`)
    } else if (!this.#chance(12)) {
      return '__typename'
    }
    return `...${name}`
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const inner = getNamedType(field.type)
    if (!isLeafType(inner) && depth >= depthMax - 1) return '__typename'
    this.#aliases += 1
    const alias = this.#chance(20) ? '' : `a${this.#aliases}: `
    const given = field.args.filter((arg) => isNonNullType(arg.type) || this.#chance(2))
    const args = this.#members(given, 0)
    const list = args.length === 0 ? '' : `(${args.join(', ')})`
    const directive = this.#directive()
    const below = isLeafType(inner) ? '' : ` ${this.#selection(inner, depth + 1)}`
    return `${alias}${field.name}${list}${directive}${below}`
  }

  #value(type: GraphQLInputType, depth: number): string {
    if (this.#chance(60)) return this.#tape.of(literals)
    if (depth === 0 && this.#chance(10)) return this.#variable(type)
    if (isNonNullType(type)) return this.#value(type.ofType, depth + 1)
    if (isListType(type)) {
      const items = Array.from({ length: this.#tape.below(3) }, () =>
        this.#value(type.ofType, depth + 1),
      )
      return `[${items.join(', ')}]`
    }
    if (isEnumType(type)) return this.#tape.of(type.getValues()).name
    if (isInputObjectType(type)) return this.#object(Object.values(type.getFields()), depth)
    switch (type.name) {
      case 'Boolean':
        return this.#tape.of(['true', 'false'])
      case 'Int':
      case 'Long':
        return this.#tape.of(['1', '3', '10', '0', '100', '1001'])
      case 'DateTime':
        return this.#tape.of(['"2026-03-01T00:00:00Z"', '"2030-01-01"', '"1999-12-31"', '"x"'])
      default:
        return JSON.stringify(this.#tape.of(this.#vocabulary.words))
    }
  }

  #object(
    fields: readonly Readonly<{ name: string; type: GraphQLInputType }>[],
    depth: number,
  ): string {
    if (depth > 3) return '{}'
    const given = fields.filter((field) => isNonNullType(field.type) || this.#chance(2))
    return `{ ${this.#members(given, depth + 1).join(', ')} }`
  }

  /** Arguments or members; `namespace` and `name` together mean something that there is, mostly. */
  #members(
    given: readonly Readonly<{ name: string; type: GraphQLInputType }>[],
    depth: number,
  ): readonly string[] {
    const one = this.#chance(6) ? {} : this.#tape.of(this.#vocabulary.nodes)
    return given.map(({ name, type }) => {
      const word = one[name]
      const value = word === undefined ? this.#value(type, depth) : JSON.stringify(word)
      return `${name}: ${value}`
    })
  }

  #directive(): string {
    if (!this.#chance(20)) return ''
    return ` ${this.#tape.of(this.#chance(6) ? wrongDirectives : directives)}`
  }

  /** Declared as what it is used for; what it holds is another thing. */
  #variable(type: GraphQLInputType): string {
    const name = `v${this.#declared.length}`
    this.#declared.push(`$${name}: ${type.toString()}`)
    this.#variables[name] = this.#tape.of([...values, ...this.#vocabulary.words.slice(0, 10)])
    return `$${name}`
  }
}
