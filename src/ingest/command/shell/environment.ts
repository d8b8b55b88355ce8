import type { Command } from './syntax.ts'
import { unknown } from '../unknown.ts'

/** The values of a variable: one, or those of a list. */
type Values = readonly string[]

/** What one run of a script may cost: it stops at whatever is used up first. */
export type Budget = {
  /** Commands, counting those of loops each time. */
  commands: number
  /** Characters of values that were put together. */
  characters: number
  /** Characters of scripts, counting those of scripts inside of them again. */
  script: number
  /** Shells within shells, and functions within functions. */
  depth: number
}

/** What a shell knows at one point of a script. Copies are made where the script may go two ways. */
export class Environment {
  directory: string | undefined
  positional: readonly string[] | undefined
  readonly functions: Map<string, Command>
  readonly #variables: Map<string, Values>

  constructor(
    variables: Iterable<readonly [string, Values]>,
    from?: Readonly<Pick<Environment, 'directory' | 'positional' | 'functions'>>,
  ) {
    this.#variables = new Map(variables)
    this.directory = from?.directory
    this.positional = from?.positional
    this.functions = new Map(from?.functions)
  }

  /** The variable's values; undefined for one that the script has not set. */
  get(name: string): Values | undefined {
    return this.#variables.get(name)
  }

  set(name: string, values: Values): void {
    if (this.#variables.size < variablesMax || this.#variables.has(name)) {
      this.#variables.set(name, values)
    }
  }

  unset(name: string): void {
    this.set(name, [unknown])
  }

  copy(): Environment {
    return new Environment(this.#variables, this)
  }

  /** Of what differs between here and any of the others, nothing is known any more. */
  join(others: readonly Environment[]): void {
    for (const other of others) {
      for (const name of new Set([...this.#variables.keys(), ...other.#variables.keys()])) {
        if (!sameValues(this.get(name), other.get(name))) this.unset(name)
      }
      if (other.directory !== this.directory) this.directory = undefined
      for (const [name, body] of other.functions) {
        if (!this.functions.has(name)) this.functions.set(name, body)
      }
    }
  }
}

const variablesMax = 1_000

function sameValues(a: Values | undefined, b: Values | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.length === b.length && a.every((value, index) => value === b[index])
}
