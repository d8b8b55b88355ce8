import type { CommandOptions } from './defaults.ts'
import type { Movement } from './movement.ts'
import { dispatch } from './tools/table.ts'
import { Shell } from './shell/run.ts'

/**
 * What a command line moves, one movement for each command that moves something or may, in their
 * order. A text is read as a shell's; a list of arguments is one command, whose words are as they are.
 *
 * Unknown is what only running would tell: an unset variable, what `$( )` prints, what the scrubber or
 * AWS took out. A path ends at the folder before it, a table with it is unresolved. Every branch of
 * `if`, `case`, `&&` and `||` is read; loops are run over the words that are known. Never throws, and
 * costs what the text is long.
 *
 * @see aws-events.md section 7.11
 */
export function readCommand(
  command: readonly string[] | string,
  options: CommandOptions,
): readonly Movement[] {
  const shell = new Shell(options, dispatch)
  const outcome =
    typeof command === 'string' ? shell.runText(command, undefined) : shell.runArguments(command)
  return [...shell.substituted, ...outcome.flows]
    .map(({ movement }) => movement)
    .filter(saysSomething)
}

function saysSomething(movement: Movement): boolean {
  const { inputs, outputs, mentions, saves, uses, unresolved } = movement
  return (
    saves !== undefined ||
    uses !== undefined ||
    inputs.length + outputs.length + mentions.length + unresolved.length > 0
  )
}
