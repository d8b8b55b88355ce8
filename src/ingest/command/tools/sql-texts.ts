import type { Call, Outcome } from '../call.ts'
import type { Movement } from '../movement.ts'
import { unresolved } from '../call.ts'
import { shown } from '../unknown.ts'

/** What a client was told to run. */
export type Texts = Readonly<{
  texts: readonly string[]
  /** Files of statements of which only the name is known. */
  unseen: readonly string[]
}>

/** The statements on the command line, in files whose text is known, or on the standard input. */
export function statementsOf(
  call: Call,
  given: Readonly<{ statements: readonly string[]; files: readonly string[] }>,
): Texts {
  const files = given.files.filter((file) => file !== '-' && file !== '/dev/stdin')
  const seen = files.map((file) => call.texts.get(file))
  const isPiped = given.statements.length === 0 && files.length === 0
  return {
    texts: [
      ...given.statements,
      ...seen.filter((text) => text !== undefined),
      ...(isPiped && call.input !== undefined ? [call.input] : []),
    ],
    unseen: files.filter((_file, index) => seen[index] === undefined),
  }
}

/** What was read, and a note for each text that was not at hand: a file, or what a pipe brings. */
export function withScripts(
  call: Call,
  movements: readonly Movement[],
  { texts, unseen }: Texts,
): Outcome {
  const isAdministration = call.args.some((argument) => administration.test(argument))
  const isSilent = texts.length === 0 && unseen.length === 0 && !isAdministration
  const names = isSilent ? ['standard input'] : unseen.map(shown)
  const notes = names.flatMap((name) => unresolved(call.name, 'SCRIPT', name).flows)
  const flows = movements.map((movement) => ({
    movement,
    reads: false,
    // The answer of a query that goes nowhere else is printed.
    prints: movement.outputs.length === 0,
  }))
  return { flows: [...flows, ...notes], text: undefined }
}

const administration = /^--?(?:service|version|help|H)(?:=|$)/
