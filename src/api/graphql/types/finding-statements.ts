import type { FindingStatus, Micros, Statement } from '../../../model/index.ts'
import type { Maybe } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { FindingView } from '../view.ts'
import { LinewardError } from '../../../errors.ts'
import { quoted, reasonIn, textWithin } from '../args.ts'
import { findingById } from '../finding-view.ts'
import { changingRoles, requireRole } from '../roles.ts'
import { findsAt, scrubbedOwner } from '../scrubbed.ts'
import { state, upToDate } from '../state.ts'

type DecideArgs = Readonly<{
  id: string
  status: FindingStatus
  reason: string
  until?: Maybe<Micros>
}>
type AssignArgs = Readonly<{ id: string; assignee?: Maybe<string>; comment?: Maybe<string> }>

const assigneeCharactersMax = 500
const commentCharactersMax = 2000

/**
 * What `Mutation` in schema.graphql says of findings.
 *
 * @throws LinewardError FORBIDDEN by `changingRoles` and for a finding of which a part is hidden from
 *   the caller, NOT_FOUND for one that is not there, ARGUMENT_INVALID and LIMIT_EXCEEDED for what
 *   cannot be used, and those of `state`.
 */
export const findingStatementResolvers = {
  Mutation: {
    async decideFinding(_root: unknown, args: DecideArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.decideFinding)
      const reason = reasonIn(args)
      const until = untilIn(args, context)
      await upToDate(context)
      const { record } = await findingAsked(args.id, context)
      const statement: Statement = {
        says: 'decision',
        finding: record.id,
        status: args.status,
        reason,
        ...(until === undefined ? {} : { until }),
      }
      await state(statement, context)
      return findingAsked(record.id, context)
    },

    async assignFinding(_root: unknown, args: AssignArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.assignFinding)
      const name = textIn('assignee', assigneeCharactersMax, args.assignee)
      const comment = textIn('comment', commentCharactersMax, args.comment)
      const assignee = name === undefined ? undefined : scrubbedOwner(name, context)
      await upToDate(context)
      const { record } = await findingAsked(args.id, context)
      const statement: Statement = {
        says: 'assignment',
        finding: record.id,
        ...(assignee === undefined ? {} : { assignee: assignee.text }),
        ...(comment === undefined ? {} : { comment }),
      }
      const finds = findsAt('/statement/assignee', assignee === undefined ? [] : [assignee])
      await state(statement, context, finds)
      return findingAsked(record.id, context)
    },
  },
}

async function findingAsked(id: string, context: ApiContext): Promise<FindingView> {
  const found = await findingById(id, context)
  if (found === undefined) {
    throw new LinewardError(
      'NOT_FOUND',
      `No finding has the id ${quoted(id)}: \`findings\` lists those that there are`,
    )
  }
  if (found.isWhole) return found
  throw new LinewardError('FORBIDDEN', 'A part of this finding is not yours to see, nor to decide')
}

function untilIn({ status, until }: DecideArgs, { parts }: ApiContext): Micros | undefined {
  if (until === null || until === undefined) return undefined
  if (status !== 'ACCEPTED') {
    throw new LinewardError('ARGUMENT_INVALID', '`until` goes with ACCEPTED only')
  }
  if (until <= parts.clock()) throw new LinewardError('ARGUMENT_INVALID', '`until` is past')
  return until
}

function textIn(name: string, charactersMax: number, given: Maybe<string>): string | undefined {
  return typeof given === 'string' ? textWithin(charactersMax, name, { value: given }) : undefined
}
