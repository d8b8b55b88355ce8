import type { CertificateState } from '../../../governance/index.ts'
import type { CertificateMethod, DatasetPart, Micros, Statement } from '../../../model/index.ts'
import type { Maybe } from '../args.ts'
import type { CertificateView } from '../certificate-view.ts'
import type { ApiContext } from '../context.ts'
import type { DatasetRef, JobRef } from '../names.ts'
import { LinewardError } from '../../../errors.ts'
import { digestId, formatTime, isSamePerson } from '../../../model/index.ts'
import { listWithin, reasonIn, textWithin } from '../args.ts'
import { certificateAsked } from '../certificate-view.ts'
import { personIn } from '../person.ts'
import { jobAsked, datasetAsked } from '../names.ts'
import { changingRoles, requireRole } from '../roles.ts'
import { state, upToDate } from '../state.ts'
import { partMeant } from '../subject.ts'

type CertifyArgs = Readonly<{
  job: JobRef
  outputs: readonly DatasetRef[]
  method: CertificateMethod
  signer: string
  validFrom?: Maybe<Micros>
  expires: Micros
  statement: string
}>
type DecideArgs = Readonly<{ id: string; reason: string }>

const outputsMax = 1000
const signerCharactersMax = 500
const statementCharactersMax = 20_000

/**
 * What `Mutation` in schema.graphql says of certificates: one person asks, another approves.
 *
 * @throws LinewardError FORBIDDEN by `changingRoles`, REFUSED for a token without a person, for an
 *   approval by the person who asked, and for what can no longer be, NOT_FOUND for a job, dataset or
 *   certificate that is not there, ARGUMENT_INVALID and LIMIT_EXCEEDED for what cannot be used, and
 *   those of `state`.
 */
export const certificateStatementResolvers = {
  Mutation: {
    async certify(_root: unknown, args: CertifyArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.certify)
      const person = personIn(context.caller, 'asks for a certificate')
      const times = timesIn(args, context)
      const signer = textWithin(signerCharactersMax, 'signer', { value: args.signer })
      const given = { value: args.statement }
      const statement = textWithin(statementCharactersMax, 'statement', given)
      const { name: job } = await jobAsked(args.job, context)
      const outputs = await outputsIn(args, context)
      const { method } = args
      const said = { job, outputs, method, signer, ...times, statement } as const
      const asked = formatTime(context.acceptedAt())
      // It tells two requests apart that say the same: the one that was revoked stays revoked.
      const id = digestId('certificate', JSON.stringify(said), person, asked)
      await state({ says: 'certificate', id, ...said }, context)
      return certificateAsked(id, context)
    },

    approveCertificate: (_root: unknown, args: DecideArgs, context: ApiContext) => {
      requireRole(context.caller, changingRoles.approveCertificate)
      const reason = reasonIn(args)
      return decided(args, context, ({ record }) => {
        const person = personIn(context.caller, 'approves a certificate')
        if (isSamePerson(person, record.requestedBy)) {
          throw new LinewardError(
            'REFUSED',
            'Who asked for a certificate does not approve it: that needs a token of another person',
          )
        }
        refuseState(record.state, 'approved', ['VALID', 'EXPIRED', 'REVOKED'])
        return { says: 'approval', certificate: record.id, reason }
      })
    },

    revokeCertificate: (_root: unknown, args: DecideArgs, context: ApiContext) => {
      requireRole(context.caller, changingRoles.revokeCertificate)
      const reason = reasonIn(args)
      return decided(args, context, ({ record }) => {
        refuseState(record.state, 'revoked', ['REVOKED'])
        return { says: 'revocation', certificate: record.id, reason }
      })
    },
  },
}

function decided(
  { id }: DecideArgs,
  context: ApiContext,
  statementOf: (certificate: CertificateView) => Statement,
): Promise<CertificateView> {
  return context.alone(async () => {
    await upToDate(context)
    await state(statementOf(await certificateAsked(id, context)), context)
    return certificateAsked(id, context)
  })
}

function refuseState(
  now: CertificateState,
  what: string,
  states: readonly CertificateState[],
): void {
  if (!states.includes(now)) return
  throw new LinewardError('REFUSED', `The certificate is ${now}, and cannot be ${what}`)
}

function timesIn(
  { validFrom, expires }: CertifyArgs,
  { parts }: ApiContext,
): Readonly<{ expires: Micros; validFrom?: Micros }> {
  if (expires <= parts.clock()) {
    throw new LinewardError('ARGUMENT_INVALID', '`expires` is past: it would cover no run to come')
  }
  if (validFrom === null || validFrom === undefined) return { expires }
  if (validFrom >= expires) {
    throw new LinewardError('ARGUMENT_INVALID', '`validFrom` is not before `expires`')
  }
  return { expires, validFrom }
}

async function outputsIn(
  { outputs }: CertifyArgs,
  context: ApiContext,
): Promise<readonly DatasetPart[]> {
  if (outputs.length === 0) {
    throw new LinewardError('ARGUMENT_INVALID', '`outputs` is empty: it would cover nothing')
  }
  const parts = await Promise.all(
    listWithin(outputsMax, 'outputs', outputs).map(async (ref) =>
      partMeant(ref, await datasetAsked(ref, undefined, context), context),
    ),
  )
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()]
}
