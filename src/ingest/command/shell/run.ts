import type { Call, Flow, Outcome } from '../call.ts'
import type { CommandOptions, Defaults } from '../defaults.ts'
import type { Budget } from './environment.ts'
import type { Expansion } from './expand.ts'
import type { Command } from './syntax.ts'
import type { Word } from './word.ts'
import { nothing, unresolved } from '../call.ts'
import { isUnknown, unknown, withUnknowns } from '../unknown.ts'
import { builtins } from './builtins.ts'
import { Environment } from './environment.ts'
import { argumentsOf, hereText, textOf, valuesOf } from './expand.ts'
import { tokensOf } from './lex.ts'
import { parseScript } from './parse.ts'
import { joinPipe, redirected } from './pipe.ts'
import { assignedNames } from './assigned.ts'
import { leadingText } from './word.ts'
import { Texts } from '../texts.ts'

/** How a tool is found; given from outside, since tools run shells again. */
type Dispatch = (call: Call) => Outcome

const textLengthMax = 1_000_000
const loopRoundsMax = 100
const flowsMax = 5_000

/** Runs the commands of one command line in order, as far as they can be told without running them. */
export class Shell {
  readonly #options: CommandOptions
  readonly #dispatch: Dispatch
  readonly #budget: Budget = { commands: 10_000, characters: 4_000_000, depth: 24 }
  readonly #texts: Texts

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
    if (text.length > textLengthMax || this.#budget.depth <= 0) {
      return unresolved('shell', 'SYNTAX')
    }
    this.#budget.depth -= 1
    const { commands, broken } = parseScript(tokensOf(text))
    const outcome = this.#all(commands, at)
    this.#budget.depth += 1
    if (!broken) return outcome
    return { ...outcome, flows: [...outcome.flows, ...unresolved('shell', 'SYNTAX').flows] }
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
        return this.#pipeline(command.commands, at)
      case 'chain':
        return this.#chain(command, at)
      case 'group': {
        const environment = command.subshell ? at.environment.copy() : at.environment
        return this.#redirected(command, { ...at, environment }, (inner) =>
          this.#all(command.body, inner),
        )
      }
      case 'each':
        return this.#redirected(command, at, (inner) => this.#each(command, inner))
      case 'repeat':
        return this.#redirected(command, at, (inner) => {
          for (const name of assignedNames([...command.condition, ...command.body])) {
            inner.environment.unset(name)
          }
          return this.#all([...command.condition, ...command.body], inner)
        })
      case 'choice':
        return this.#redirected(command, at, (inner) => this.#choice(command, inner))
      case 'function':
        at.environment.functions.set(command.name, command.body)
        return nothing
    }
  }

  #pipeline(commands: readonly Command[], at: Surroundings): Outcome {
    const flows: Flow[] = []
    let outcome: Outcome | undefined
    for (const command of commands) {
      const environment = at.environment.copy()
      const input = outcome === undefined ? at.input : outcome.text
      const next = this.#command(command, { ...at, environment, input })
      if (outcome === undefined) {
        outcome = next
      } else {
        const { kept, right } = joinPipe(outcome, next)
        for (const flow of kept) flows.push(flow)
        outcome = right
      }
    }
    return outcome === undefined ? nothing : { ...outcome, flows: [...flows, ...outcome.flows] }
  }

  #chain({ first, rest }: Extract<Command, { kind: 'chain' }>, at: Surroundings): Outcome {
    const outcomes = [this.#command(first, at)]
    // What the shell knows wherever the chain may have stopped.
    const stops: Environment[] = []
    let isSure = isAssignment(first)
    for (const { or, command } of rest) {
      if (or) {
        const environment = (stops.at(-1) ?? at.environment).copy()
        outcomes.push(this.#command(command, { ...at, environment }))
        stops.push(environment)
      } else {
        if (!isSure) stops.push(at.environment.copy())
        outcomes.push(this.#command(command, at))
      }
      isSure = isAssignment(command)
    }
    at.environment.join(stops)
    return joined(outcomes)
  }

  #each({ name, words, body }: Extract<Command, { kind: 'each' }>, at: Surroundings): Outcome {
    const { environment } = at
    const values =
      words === undefined ? environment.positional : argumentsOf(words, this.#expansion(at))
    const rounds = values === undefined || values.length > loopRoundsMax ? [unknown] : values
    const outcomes: Outcome[] = []
    for (const value of rounds) {
      environment.set(name, [value])
      outcomes.push(this.#all(body, at))
    }
    return joined(outcomes)
  }

  #choice(
    { conditions, branches }: Extract<Command, { kind: 'choice' }>,
    at: Surroundings,
  ): Outcome {
    const outcomes = [this.#all(conditions, at)]
    const environments = branches.map(() => at.environment.copy())
    for (const [index, branch] of branches.entries()) {
      const environment = environments[index] ?? at.environment
      outcomes.push(this.#all(branch, { ...at, environment }))
    }
    at.environment.join(environments)
    return joined(outcomes)
  }

  #redirected(
    { redirects }: Extract<Command, { redirects: unknown }>,
    at: Surroundings,
    run: (at: Surroundings) => Outcome,
  ): Outcome {
    if (redirects.length === 0) return run(at)
    const expansion = this.#expansion(at)
    const targets = redirects.map(({ descriptor, operator, target, here }) => ({
      descriptor,
      operator,
      text:
        here === undefined
          ? target && textOf(target, expansion)
          : here.literal
            ? here.text
            : hereText(here.text, expansion),
    }))
    const input = targets.findLast(({ operator }) => operator.startsWith('<'))
    const given =
      input === undefined
        ? at.input
        : input.operator.startsWith('<<')
          ? input.text
          : this.#texts.get(input.text ?? '')
    const outcome = run({ ...at, input: given })
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
    if (body !== undefined && this.#budget.depth > 0) {
      const outer = environment.positional
      environment.positional = rest
      this.#budget.depth -= 1
      const outcome = this.#command(body, at)
      this.#budget.depth += 1
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
        call: (inner) => this.#call(inner, at),
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
        this.#call(inner, { ...at, defaults: { ...at.defaults, ...changed } }),
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

  /** Flows of commands in `$( )`. */
  readonly substituted: Flow[] = []
}

type Surroundings = Readonly<{
  environment: Environment
  input: string | undefined
  defaults: Defaults
}>

function joined(outcomes: readonly Outcome[]): Outcome {
  return { flows: outcomes.flatMap(({ flows }) => flows), text: undefined }
}

const assignment = /^([A-Za-z_]\w*)(\[[^\]]*\])?(\+?)=/

function assignmentIn(word: Word): RegExpExecArray | undefined {
  return assignment.exec(leadingText(word)) ?? undefined
}

function assign(word: Word, environment: Environment, expansion: Expansion): void {
  const [sign = '', name = '', index, plus] = assignmentIn(word) ?? []
  const [first, ...others] = word.parts
  if (first?.kind !== 'text') return
  const parts = [{ ...first, text: first.text.slice(sign.length) }, ...others]
  const values = valuesOf(parts, expansion).map(withUnknowns)
  const before = environment.get(name)
  if (index !== undefined) environment.unset(name)
  else if (plus !== '+') environment.set(name, values)
  else if (before === undefined) environment.unset(name)
  else if (others.some(({ kind }) => kind === 'list')) environment.set(name, [...before, ...values])
  else environment.set(name, [(before[0] ?? '') + (values[0] ?? '')])
}

function isAssignment(command: Command): boolean {
  if (command.kind !== 'simple') return false
  const [first] = command.words
  if (first === undefined) return true
  return assignmentIn(first) !== undefined || /^(?:cd|export|set)$/.test(leadingText(first))
}
