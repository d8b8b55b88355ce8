import type { GraphQLField, GraphQLNamedType } from 'graphql'
import type { Tape } from './tape.ts'
import type { Vocabulary } from './vocabulary.ts'
import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { ValueWriter } from './value-writer.ts'
import { schema } from './vocabulary.ts'

/** What POST carries of a question. */
export type Question = Readonly<{ query: string; variables: Readonly<Record<string, unknown>> }>

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
  readonly #values: ValueWriter
  #aliases = 0

  constructor(tape: Tape, vocabulary: Vocabulary) {
    this.#tape = tape
    this.#vocabulary = vocabulary
    this.#values = new ValueWriter(tape, vocabulary)
  }

  write(): Question {
    const kind = this.#tape.chance(6) ? 'mutation' : 'query'
    const root = kind === 'mutation' ? schema.getMutationType() : schema.getQueryType()
    const selection = root ? this.#selection(root, 0) : '{ __typename }'
    const head = this.#values.declared.length === 0 ? '' : `(${this.#values.declared.join(', ')})`
    const query = [`${kind} Q${head} ${selection}`, ...this.#fragments.values()].join('\n')
    return { query, variables: this.#values.variables }
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    const parts: string[] = []
    for (let left = 1 + this.#tape.below(3); left > 0; left -= 1)
      parts.push(this.#part(type, depth))
    return `{ ${parts.join(' ')} }`
  }

  #part(type: GraphQLNamedType, depth: number): string {
    if (depth >= depthMax) return '__typename'
    if (this.#tape.chance(8)) return this.#spread(type, depth)
    if (isAbstractType(type) && !(isInterfaceType(type) && this.#tape.chance(2))) {
      const one = this.#tape.of(schema.getPossibleTypes(type))
      return `... on ${one.name} ${this.#selection(one, depth)}`
    }
    if (this.#tape.chance(150)) {
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
    } else if (!this.#tape.chance(12)) {
      return '__typename'
    }
    return `...${name}`
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const inner = getNamedType(field.type)
    if (!isLeafType(inner) && depth >= depthMax - 1) return '__typename'
    this.#aliases += 1
    const alias = this.#tape.chance(20) ? '' : `a${this.#aliases}: `
    const given = field.args.filter((arg) => isNonNullType(arg.type) || this.#tape.chance(2))
    const args = this.#values.members(given, 0)
    const list = args.length === 0 ? '' : `(${args.join(', ')})`
    const directive = this.#directive()
    const below = isLeafType(inner) ? '' : ` ${this.#selection(inner, depth + 1)}`
    return `${alias}${field.name}${list}${directive}${below}`
  }

  #directive(): string {
    if (!this.#tape.chance(20)) return ''
    return ` ${this.#tape.of(this.#tape.chance(6) ? wrongDirectives : directives)}`
  }
}
