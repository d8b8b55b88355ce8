import type { Call, Flow, Outcome } from '../call.ts'
import type { CommandOptions } from '../defaults.ts'
import type { Interpreter, Surroundings } from './control.ts'
import type { Budget } from './environment.ts'
import type { Expansion } from './expand.ts'
import type { Command } from './syntax.ts'
import { nothing, unresolved } from '../call.ts'
import { Texts } from '../texts.ts'
import { isUnknown, withUnknowns } from '../unknown.ts'
import { assign, assignmentIn } from './assignment.ts'
import { builtins } from './builtins.ts'
import { chain, choice, each, pipeline, repeat } from './control.ts'
import { Environment } from './environment.ts'
import { argumentsOf } from './expand.ts'
import { tokensOf } from './lex.ts'
import { parseScript } from './parse.ts'
import { redirected } from './pipe.ts'
import { inputOf, targetsOf } from './redirects.ts'

/** How a tool is found; given from outside, since tools run shells again. */
type Dispatch = (call: Call) => Outcome

const flowsMax = 5_000

/** Runs the commands of one command line in order, as far as they can be told without running them. */
export class Shell {
  readonly #options: CommandOptions
  readonly #dispatch: Dispatch
  readonly #budget: Budget = {
    commands: 10_000,
    characters: 4_000_000,
    script: 600_000,
    depth: 24,
  }
  readonly #texts: Texts
  readonly #interpreter: Interpreter = {
    command: (command, at) => this.#command(command, at),
    all: (commands, at) => this.#all(commands, at),
    expansion: (at) => this.#expansion(at),
  }
  /** What the commands in `$( )` move, which print into others. */
  readonly substituted: Flow[] = []

  constructor(options: CommandOptions, dispatch: Dispatch) {
    this.#options = options
    this.#dispatch = dispatch
    this.#texts = new Texts(options.defaults.texts)
  }

  /** Runs a text in an environment of its own. */
  runText(text: string, positional: readonly string[] | undefined): Outcome {
    const environment = this.#surroundings()
    environment.positional = positional
    return this.#script(text, { environment, input: undefined, defaults: this.#options.defaults })
  }

  /** Runs a command whose arguments are worked out already. */
  runArguments(args: readonly string[]): Outcome {
    const environment = this.#surroundings()
    return this.#call(args.map(withUnknowns), {
      environment,
      input: undefined,
      defaults: this.#options.defaults,
    })
  }

  #surroundings(): Environment {
    const variables = Object.entries(this.#options.defaults.variables ?? {})
    return new Environment(variables.map(([name, value]) => [name, [withUnknowns(value)]] as const))
  }

  #script(text: string, at: Surroundings): Outcome {
    this.#budget.script -= text.length
    if (this.#budget.script < 0) return unresolved('shell', 'SYNTAX')
    const { commands, broken } = parseScript(tokensOf(text))
    const outcome = this.#deeper(() => this.#all(commands, at))
    if (!broken) return outcome
    return { ...outcome, flows: [...outcome.flows, ...unresolved('shell', 'SYNTAX').flows] }
  }

  /** Runs what is inside of another command, as deep as is read. */
  #deeper(run: () => Outcome): Outcome {
    if (this.#budget.depth <= 0) return unresolved('shell', 'SYNTAX')
    this.#budget.depth -= 1
    const outcome = run()
    this.#budget.depth += 1
    return outcome
  }

  #all(commands: readonly Command[], at: Surroundings): Outcome {
    const flows: Flow[] = []
    let texts: string | undefined = ''
    for (const command of commands) {
      const outcome = this.#command(command, at)
      for (const flow of outcome.flows) if (flows.length < flowsMax) flows.push(flow)
      texts = outcome.text === undefined || texts === undefined ? undefined : texts + outcome.text
    }
    return { flows, text: texts === '' ? undefined : texts }
  }

  #command(command: Command, at: Surroundings): Outcome {
    this.#budget.commands -= 1
    if (this.#budget.commands < 0) {
      return this.#budget.commands === -1 ? unresolved('shell', 'SYNTAX') : nothing
    }
    switch (command.kind) {
      case 'simple':
        return this.#simple(command, at)
      case 'pipeline':
        return pipeline(this.#interpreter, command.commands, at)
      case 'chain':
        return chain(this.#interpreter, command, at)
      case 'group': {
        const environment = command.subshell ? at.environment.copy() : at.environment
        return this.#redirected(command, { ...at, environment }, (inner) =>
          this.#all(command.body, inner),
        )
      }
      case 'each':
        return this.#redirected(command, at, (inner) => each(this.#interpreter, command, inner))
      case 'repeat':
        return this.#redirected(command, at, (inner) => repeat(this.#interpreter, command, inner))
      case 'choice':
        return this.#redirected(command, at, (inner) => choice(this.#interpreter, command, inner))
      case 'function':
        at.environment.functions.set(command.name, command.body)
        return nothing
    }
  }

  #redirected(
    { redirects }: Extract<Command, { redirects: unknown }>,
    at: Surroundings,
    run: (at: Surroundings) => Outcome,
  ): Outcome {
    if (redirects.length === 0) return run(at)
    const targets = targetsOf(redirects, this.#expansion(at))
    const outcome = run({ ...at, input: inputOf(targets, this.#texts, at.input) })
    return redirected(outcome, targets, {
      directory: at.environment.directory,
      defaults: at.defaults,
      texts: this.#texts,
    })
  }

  #simple(command: Extract<Command, { kind: 'simple' }>, at: Surroundings): Outcome {
    return this.#redirected(command, at, (inner) => {
      const expansion = this.#expansion(inner)
      const count = command.words.findIndex((word) => assignmentIn(word) === undefined)
      const assignments = count === -1 ? command.words : command.words.slice(0, count)
      const rest = command.words.slice(assignments.length)
      if (rest.length === 0) {
        for (const word of assignments) assign(word, inner.environment, expansion)
        return nothing
      }
      const args = argumentsOf(rest, expansion)
      if (assignments.length === 0) return this.#call(args, inner)
      const environment = inner.environment.copy()
      for (const word of assignments) assign(word, environment, expansion)
      return this.#call(args, { ...inner, environment })
    })
  }

  #call(args: readonly string[], at: Surroundings): Outcome {
    const [written, ...rest] = args
    if (written === undefined) return nothing
    const name = written.slice(written.lastIndexOf('/') + 1)
    const { environment } = at
    const body = environment.functions.get(name)
    if (body !== undefined) {
      const outer = environment.positional
      environment.positional = rest
      const outcome = this.#deeper(() => this.#command(body, at))
      environment.positional = outer
      return outcome
    }
    if (name === '' || isUnknown(name)) return unresolved('shell', 'VALUE', 'the command itself')
    const builtin = builtins.get(name)
    if (builtin !== undefined) {
      return builtin(rest, {
        environment,
        input: at.input,
        texts: this.#texts,
        evaluate: (text) => this.#script(text, at),
        call: (inner) => this.#deeper(() => this.#call(inner, at)),
      })
    }
    return this.#dispatch(this.#callOf(written === name ? name : written, rest, at))
  }

  #callOf(written: string, args: readonly string[], at: Surroundings): Call {
    const { environment } = at
    const user = environment.get('HADOOP_USER_NAME')?.[0] ?? at.defaults.user
    const defaults = { ...at.defaults, user }
    return {
      name: written,
      args,
      input: at.input,
      directory: environment.directory,
      defaults,
      texts: this.#texts,
      sql: this.#options.sql,
      run: (inner, changed = {}) =>
        this.#deeper(() => this.#call(inner, { ...at, defaults: { ...at.defaults, ...changed } })),
      shell: (text, positional) => {
        const inner = environment.copy()
        inner.positional = positional
        return this.#script(text, { ...at, environment: inner })
      },
    }
  }

  #expansion(at: Surroundings): Expansion {
    return {
      environment: at.environment,
      budget: this.#budget,
      run: (text) => this.#substitute(text, at),
    }
  }

  /** What a `$( )` moves is kept aside until its command has run. */
  #substitute(text: string, at: Surroundings): string | undefined {
    const environment = at.environment.copy()
    const { flows, text: printed } = this.#script(text, { ...at, environment, input: undefined })
    this.substituted.push(...flows.slice(0, Math.max(0, flowsMax - this.substituted.length)))
    return printed?.replace(/\n+$/, '')
  }
}
