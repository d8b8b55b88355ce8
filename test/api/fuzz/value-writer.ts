import type { GraphQLInputType } from 'graphql'
import type { Tape } from './tape.ts'
import type { Vocabulary } from './vocabulary.ts'
import { isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql'

/** An argument, or a member of an input. */
type Input = Readonly<{ name: string; type: GraphQLInputType }>

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
/** Of the members of an input: which are given for sure, and which are left out. */
type Way = Readonly<{ taken: readonly string[]; left: readonly string[] }>
// Entries of a sender that there is not: with nothing in effect there is nothing to ask about.
const neither: readonly Way[] = [{ taken: ['sender'], left: [] }]
const byIdOrName: readonly Way[] = [
  { taken: ['namespace', 'name'], left: ['id'] },
  { taken: ['id'], left: ['namespace', 'name'] },
]

/** Writes the values of a question: of the right types, now and then of others, and in variables. */
export class ValueWriter {
  readonly #tape: Tape
  readonly #vocabulary: Vocabulary
  /** `$v0: Int!`, each as what it is used for. */
  readonly declared: string[] = []
  readonly variables: Record<string, unknown> = {}

  constructor(tape: Tape, vocabulary: Vocabulary) {
    this.#tape = tape
    this.#vocabulary = vocabulary
  }

  /** Arguments or members; `namespace` and `name` together mean something that there is, mostly. */
  members(given: readonly Input[], depth: number): readonly string[] {
    const one = this.#tape.chance(6) ? {} : this.#tape.of(this.#vocabulary.nodes)
    return given.map(({ name, type }) => {
      const word = one[name]
      const value = word === undefined ? this.#value(type, depth) : JSON.stringify(word)
      return `${name}: ${value}`
    })
  }

  #value(type: GraphQLInputType, depth: number): string {
    if (this.#tape.chance(60)) return this.#tape.of(literals)
    if (depth === 0 && this.#tape.chance(10)) return this.#variable(type)
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

  #object(fields: readonly Input[], depth: number): string {
    if (depth > 3) return '{}'
    // A dataset is given by its id or by its name, and mostly not by both.
    const isRef = ['id', 'namespace'].every((word) => fields.some(({ name }) => name === word))
    const ways = isRef && !this.#tape.chance(12) ? byIdOrName : neither
    const { taken, left } = this.#tape.of(ways)
    const given = fields.filter(
      ({ name, type }) =>
        !left.includes(name) &&
        (isNonNullType(type) || taken.includes(name) || this.#tape.chance(2)),
    )
    return `{ ${this.members(given, depth + 1).join(', ')} }`
  }

  /** Declared as what it is used for; what it holds is another thing. */
  #variable(type: GraphQLInputType): string {
    const name = `v${this.declared.length}`
    this.declared.push(`$${name}: ${type.toString()}`)
    this.variables[name] = this.#tape.of([...values, ...this.#vocabulary.words.slice(0, 10)])
    return `$${name}`
  }
}
