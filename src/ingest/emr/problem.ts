import type { DatasetName, Fact, JobName, Micros } from '../../model/index.ts'
import type { Movement } from '../command/index.ts'
import { namesOf } from '../aws/moved.ts'
import { unresolvedFact } from '../aws/unresolved.ts'

/** A step's job, and its run where that has an id already. */
type Told = Readonly<{ at: Micros; job: JobName; run?: string | undefined; path: string }>

function stepOf({ job, run }: Told): string {
  return run === undefined ? job.name : `${job.name} (${run})`
}

function moverOf({ job, run }: Told): Readonly<{ run: string } | { job: JobName }> {
  return run === undefined ? { job } : { run }
}

/** The command line of a step was hidden: what it moves is unknown. */
export function hiddenCommand(told: Told): Fact {
  return unresolvedFact(told, {
    code: 'COMMAND_REDACTED',
    path: `${told.path}/hadoopJarStep/args`,
    of: moverOf(told),
    reason: `${stepOf(told)}: its command line is not in the event`,
  })
}

/** What the command line of a step does not tell, each once. */
export function untoldBy(movements: readonly Movement[], told: Told): readonly Fact[] {
  const step = stepOf(told)
  const untold = movements.flatMap(({ tool, unresolved, inputs, outputs, mentions }) =>
    unresolved.map(({ reason, what }) => ({
      text: `${step}: ${tool}: ${reasons[reason]}${what === tool ? '' : ` (${what})`}`,
      names: namesOf([...inputs, ...outputs, ...mentions]),
    })),
  )
  const byText = Map.groupBy(untold, ({ text }) => text)
  return [...byText].map(([reason, all]) =>
    unresolvedFact(told, {
      code: 'COMMAND_UNRESOLVED',
      path: `${told.path}/hadoopJarStep/args`,
      of: moverOf(told),
      reason,
      names: distinct(all.flatMap(({ names }) => names)),
    }),
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
