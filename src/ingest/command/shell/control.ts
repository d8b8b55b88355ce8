import type { Flow, Outcome } from '../call.ts'
import type { Defaults } from '../defaults.ts'
import type { Environment } from './environment.ts'
import type { Expansion } from './expand.ts'
import type { Command } from './syntax.ts'
import { nothing } from '../call.ts'
import { unknown } from '../unknown.ts'
import { assignedNames } from './assigned.ts'
import { isAssignment } from './assignment.ts'
import { argumentsOf } from './expand.ts'
import { joinPipe } from './pipe.ts'

/** What surrounds a command as it runs. */
export type Surroundings = Readonly<{
  environment: Environment
  input: string | undefined
  defaults: Defaults
}>

/** What runs the commands inside of others. */
export type Interpreter = Readonly<{
  command: (command: Command, at: Surroundings) => Outcome
  all: (commands: readonly Command[], at: Surroundings) => Outcome
  expansion: (at: Surroundings) => Expansion
}>

/** More words than this are not gone through one by one. */
const loopRoundsMax = 100

/** Commands joined by pipes, each in a shell of its own. */
export function pipeline(
  interpreter: Interpreter,
  commands: readonly Command[],
  at: Surroundings,
): Outcome {
  const flows: Flow[] = []
  let outcome: Outcome | undefined
  for (const command of commands) {
    const environment = at.environment.copy()
    const input = outcome === undefined ? at.input : outcome.text
    const next = interpreter.command(command, { ...at, environment, input })
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

/** Commands joined by `&&` and `||`: all are read, though some may not be run. */
export function chain(
  interpreter: Interpreter,
  { first, rest }: Extract<Command, { kind: 'chain' }>,
  at: Surroundings,
): Outcome {
  const outcomes = [interpreter.command(first, at)]
  // What the shell knows wherever the chain may have stopped.
  const stops: Environment[] = []
  let isSure = isAssignment(first)
  for (const { or, command } of rest) {
    if (or) {
      const environment = (stops.at(-1) ?? at.environment).copy()
      outcomes.push(interpreter.command(command, { ...at, environment }))
      stops.push(environment)
    } else {
      if (!isSure) stops.push(at.environment.copy())
      outcomes.push(interpreter.command(command, at))
    }
    isSure = isAssignment(command)
  }
  at.environment.join(stops)
  return joined(outcomes)
}

/** A loop over words that are known, round by round; else one round of which the word is unknown. */
export function each(
  interpreter: Interpreter,
  { name, words, body }: Extract<Command, { kind: 'each' }>,
  at: Surroundings,
): Outcome {
  const { environment } = at
  const values =
    words === undefined ? environment.positional : argumentsOf(words, interpreter.expansion(at))
  const rounds = values === undefined || values.length > loopRoundsMax ? [unknown] : values
  const outcomes: Outcome[] = []
  for (const value of rounds) {
    environment.set(name, [value])
    outcomes.push(interpreter.all(body, at))
  }
  return joined(outcomes)
}

/** A loop over a condition: what it sets is unknown, since a round before may have set it. */
export function repeat(
  interpreter: Interpreter,
  { condition, body }: Extract<Command, { kind: 'repeat' }>,
  at: Surroundings,
): Outcome {
  const commands = [...condition, ...body]
  for (const name of assignedNames(commands)) at.environment.unset(name)
  return interpreter.all(commands, at)
}

/** Branches of which one or none is run: all are read. */
export function choice(
  interpreter: Interpreter,

  { conditions, branches }: Extract<Command, { kind: 'choice' }>,
  at: Surroundings,
): Outcome {
  const outcomes = [interpreter.all(conditions, at)]
  const environments = branches.map(() => at.environment.copy())
  for (const [index, branch] of branches.entries()) {
    const environment = environments[index] ?? at.environment
    outcomes.push(interpreter.all(branch, { ...at, environment }))
  }
  at.environment.join(environments)
  return joined(outcomes)
}

function joined(outcomes: readonly Outcome[]): Outcome {
  return { flows: outcomes.flatMap(({ flows }) => flows), text: undefined }
}
