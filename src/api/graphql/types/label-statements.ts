import type { AppliedLabel } from '../../../governance/index.ts'
import type { Attestation, DatasetPart, DatasetStatus } from '../../../model/index.ts'
import type { Maybe } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { DatasetRef } from '../names.ts'
import { LinewardError } from '../../../errors.ts'
import { quoted, reasonIn } from '../args.ts'
import { governedOf } from '../governed.ts'
import { categoryIn } from '../label-asked.ts'
import { datasetAsked } from '../names.ts'
import { changingRoles, requireRole } from '../roles.ts'
import { state, upToDate } from '../state.ts'
import { datasetNow, nameMeant, partMeant, wholeDataset } from '../subject.ts'

type LabelArgs = Readonly<{ of: DatasetRef; label: string; reason: string }>
type StatusArgs = Readonly<{ of: DatasetRef; status: DatasetStatus; reason: string }>
type AttestArgs = Readonly<{
  of: DatasetRef
  attestation: Readonly<{ [Key in keyof Attestation]: Maybe<Attestation[Key]> }>
  reason: string
}>

/**
 * What `Mutation` in schema.graphql states of a dataset or a column.
 *
 * @throws LinewardError FORBIDDEN by `changingRoles`, NOT_FOUND for a dataset that was never seen or a
 *   label that is not there, LABEL_UNKNOWN for what is no category, REFUSED for a label that flowed
 *   in, ARGUMENT_INVALID and LIMIT_EXCEEDED for what cannot be used, and those of `state`.
 */
export const labelStatementResolvers = {
  Mutation: {
    async assertLabel(_root: unknown, args: LabelArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.assertLabel)
      const label = categoryIn(args.label)
      const reason = reasonIn(args)
      const dataset = await datasetAsked(args.of, undefined, context)
      const of = await partMeant(args.of, dataset, context)
      await state({ says: 'label', of, label, holds: true, reason }, context)
      return datasetNow(of.dataset, context)
    },

    async withdrawLabel(_root: unknown, args: LabelArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.withdrawLabel)
      const label = categoryIn(args.label)
      const reason = reasonIn(args)
      await upToDate(context)
      const dataset = await datasetAsked(args.of, undefined, context)
      const of = await partMeant(args.of, dataset, context)
      const { labels } = await governedOf(dataset, context)
      refuseUnlessOurs(labels, { label, of, context })
      await state({ says: 'label', of, label, holds: false, reason }, context)
      return datasetNow(of.dataset, context)
    },

    async assertStatus(_root: unknown, args: StatusArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.assertStatus)
      const reason = reasonIn(args)
      const dataset = nameMeant(args.of, await wholeDataset(args.of, context))
      await state({ says: 'status', of: { dataset }, status: args.status, reason }, context)
      return datasetNow(dataset, context)
    },

    async attest(_root: unknown, args: AttestArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.attest)
      const attestation = attestationIn(args)
      const reason = reasonIn(args)
      const dataset = await datasetAsked(args.of, undefined, context)
      const of = await partMeant(args.of, dataset, context)
      await state({ says: 'attestation', of, attestation, reason }, context)
      return datasetNow(of.dataset, context)
    },
  },
}

const waysToEnd =
  'PHI ends in four ways only: a certificate for this output, approved by a second person; a column that is a constant; ' +
  'an aggregate of which somebody attests the smallest cell; or the whole content replaced by what is not PHI. ' +
  'Where the label is wrong, withdraw it where `explainLabel` says that it was first stated'

/**
 * What a person stated can be taken back and what a detector said rejected, on the very part that
 * carries it. What came from elsewhere stays as long as it does there.
 */
function refuseUnlessOurs(
  labels: readonly AppliedLabel[],
  {
    label,
    of: { column },
    context,
  }: Readonly<{ label: string; of: DatasetPart; context: ApiContext }>,
): void {
  const same = labels.filter((one) => one.label === label)
  const here = same.filter((one) => one.column === column)
  const isOurs = here.some(({ origin }) => origin === 'ASSERTED' || origin === 'DETECTED')
  const fromElsewhere = here.find(({ origin }) => origin === 'PROPAGATED' || origin === 'COMPOSED')
  if (isOurs && fromElsewhere === undefined) return
  if (isOurs) {
    context.warn({
      code: 'REFUSED',
      path: 'label',
      message: `${label} is taken back here and stays, since it also comes from elsewhere. ${waysToEnd}`,
    })
    return
  }
  if (fromElsewhere !== undefined) {
    const how = fromElsewhere.origin === 'PROPAGATED' ? 'flowed in' : 'follows from other labels'
    throw new LinewardError('REFUSED', `${label} ${how} and was not stated here. ${waysToEnd}`)
  }
  const places = same.map((one) => one.column ?? 'the dataset as a whole').map(quoted)
  const offer = places.length === 0 ? '' : `; it is on ${places.slice(0, 5).join(', ')}`
  throw new LinewardError('NOT_FOUND', `${label} is not on what was named${offer}`)
}

/** What is said of a whole dataset is not said of a column. */
const ofDatasets = ['grain', 'healthSource'] as const satisfies readonly (keyof Attestation)[]

function attestationIn({ attestation, of }: AttestArgs): Attestation {
  const given = Object.fromEntries(
    Object.entries(attestation).filter(([, value]) => value !== null && value !== undefined),
  ) as Attestation
  if (Object.keys(given).length === 0) {
    throw new LinewardError('ARGUMENT_INVALID', '`attestation` says nothing: give one thing')
  }
  if (given.smallestCell !== undefined && given.smallestCell < 1) {
    throw new LinewardError('ARGUMENT_INVALID', '`smallestCell` is 1 or more')
  }
  const whole = ofDatasets.find((key) => given[key] !== undefined)
  if (whole !== undefined && typeof of.column === 'string') {
    throw new LinewardError(
      'ARGUMENT_INVALID',
      `\`${whole}\` is said of a dataset, not of one column`,
    )
  }
  return given
}
