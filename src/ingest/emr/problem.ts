import type { DatasetName, Fact, Micros } from '../../model/index.ts'
import type { Movement } from '../command/index.ts'
import { namesOf } from '../aws/moved.ts'
import { unresolvedFact } from '../aws/unresolved.ts'

type Told = Readonly<{ at: Micros; step: string; path: string }>

/** The command line of a step was hidden: what it moves is unknown. */
export function hiddenCommand({ at, step, path }: Told): Fact {
  return unresolvedFact(
    { at },
    {
      code: 'COMMAND_REDACTED',
      path: `${path}/hadoopJarStep/args`,
      reason: `${step}: its command line is not in the event`,
    },
  )
}

/** What the command line of a step does not tell, each once. */
export function untoldBy(
  movements: readonly Movement[],
  { at, step, path }: Told,
): readonly Fact[] {
  const untold = movements.flatMap(({ tool, unresolved, inputs, outputs, mentions }) =>
    unresolved.map(({ reason, what }) => ({
      text: `${step}: ${tool}: ${reasons[reason]}${what === tool ? '' : ` (${what})`}`,
      names: namesOf([...inputs, ...outputs, ...mentions]),
    })),
  )
  const byText = Map.groupBy(untold, ({ text }) => text)
  return [...byText].map(([reason, all]) =>
    unresolvedFact(
      { at },
      {
        code: 'COMMAND_UNRESOLVED',
        path: `${path}/hadoopJarStep/args`,
        reason,
        names: distinct(all.flatMap(({ names }) => names)),
      },
    ),
  )
}

const reasons: Readonly<Record<Movement['unresolved'][number]['reason'], string>> = {
  PROGRAM: 'a program of its own tells nothing of what it reads and writes',
  SCRIPT: 'the command line only names a script',
  TOOL: 'a tool that is not known here',
  OPTIONS_FILE: 'options are in a file that the command line only names',
  VALUE: 'a value that decides what is moved is not known',
  STATEMENT: 'a statement could not be read, or not wholly',
  PROCEDURE: 'a stored procedure writes what only its database knows',
  OVERRIDES: 'a saved job is run with other options than its own',
  REFUSED: 'the tool would refuse these arguments',
  SYNTAX: 'the line is no valid one, or longer or deeper than is read',
}

function distinct(names: readonly DatasetName[]): readonly DatasetName[] {
  return [...new Map(names.map((name) => [JSON.stringify(name), name])).values()]
}
