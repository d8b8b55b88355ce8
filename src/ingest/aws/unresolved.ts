import type { DatasetName, Fact, JobName, Micros } from '../../model/index.ts'
import type { ErrorCode } from '../../errors.ts'

type Unresolved = Readonly<{
  code: Extract<ErrorCode, 'DECLARATION_UNRESOLVED' | 'COMMAND_UNRESOLVED' | 'COMMAND_REDACTED'>
  /** A JSON pointer to what does not tell. */
  path: string
  /** Names the job, and what of it is not known. */
  reason: string
  /** Datasets that may be part of what is not known. */
  names?: readonly DatasetName[]
  /** What moves data there. Absent where nothing that is known by a name does. */
  of?: Readonly<{ run: string } | { job: JobName }>
}>

/** Something moves that cannot be told from the event: said, so that no answer passes it in silence. */
export function unresolvedFact(
  { at }: Readonly<{ at: Micros }>,
  { code, path, reason, names = [], of }: Unresolved,
): Fact {
  return { kind: 'problem', at, code, path, reason, names, ...(of === undefined ? {} : { of }) }
}
