import type { Spelling } from '../../model/index.ts'
import type { Defaults } from './defaults.ts'
import type { Movement, UnresolvedReason } from './movement.ts'
import type { ReadSql } from './sql.ts'
import type { Texts } from './texts.ts'
import { movementOf, unresolvedMovement } from './movement.ts'

/** One command with its arguments worked out, and what surrounds it. */
export type Call = Readonly<{
  /** The command's name without its folder. */
  name: string
  args: readonly string[]
  /** The text of its standard input, where it is known. */
  input: string | undefined
  /** The working directory; undefined when it is unknown. */
  directory: string | undefined
  defaults: Defaults
  /** Texts of files by the path or URI that names them: given, or written by a command before. */
  texts: Texts
  sql: ReadSql
  /** Runs another command in its place, in the same surroundings or those given. */
  run: (args: readonly string[], changed?: Partial<Defaults>) => Outcome
  /** Runs a text as a shell of its own, with these arguments as `$1` and on. */
  shell: (text: string, positional: readonly string[]) => Outcome
}>

/** A movement that may go on along a pipe or to a redirection. */
export type Flow = Readonly<{
  movement: Movement
  /** Its standard input is among its inputs. */
  reads: boolean
  /** What it reads goes to its standard output. */
  prints: boolean
}>

export type Outcome = Readonly<{
  flows: readonly Flow[]
  /** What it prints, where that is known. */
  text: string | undefined
}>

export type Tool = (call: Call) => Outcome

/** A command that moves no data. */
export const nothing: Outcome = { flows: [], text: undefined }

export function moved(...movements: readonly Movement[]): Outcome {
  return {
    flows: movements.map((movement) => ({ movement, reads: false, prints: false })),
    text: undefined,
  }
}

export function unresolved(tool: string, reason: UnresolvedReason, what = tool): Outcome {
  return moved(unresolvedMovement(tool, reason, what))
}

/** One movement that reads or writes along a pipe beside what it names. */
export function piped(
  movement: Movement,
  { reads = false, prints = false }: Partial<Pick<Flow, 'reads' | 'prints'>>,
): Outcome {
  return { flows: [{ movement, reads, prints }], text: undefined }
}

/** A filter: what comes in goes out. */
export function filter(tool: string): Outcome {
  return piped(movementOf(tool, {}), { reads: true, prints: true })
}

/** Those of the places that are known. */
export function known(places: readonly (Spelling | undefined)[]): readonly Spelling[] {
  return places.filter((place) => place !== undefined)
}

/** A note for each place that a path should have given and did not. */
export function unknownPlaces(
  places: readonly (Spelling | undefined)[],
  what: string,
): Movement['unresolved'] {
  return places.includes(undefined) ? [{ reason: 'VALUE', what }] : []
}
