import type { SpelledName } from '../../../model/index.ts'
import type { ApiContext } from '../context.ts'
import type { DatasetRef } from '../names.ts'
import { LinewardError } from '../../../errors.ts'
import { canonicalName } from '../../../model/index.ts'
import { listWithin, reasonIn, textWithin } from '../args.ts'
import { decide } from '../decide.ts'
import { changingRoles, requireRole } from '../roles.ts'
import { findsAt, refuseSecret, scrubbedOwner } from '../scrubbed.ts'
import { datasetNow, nameMeant, wholeDataset } from '../subject.ts'
import { sees } from '../visible.ts'

type OwnersArgs = Readonly<{ of: DatasetRef; owners: readonly string[] }>
type DescribeArgs = Readonly<{ of: DatasetRef; description: string }>
type JoinArgs = Readonly<{ name: SpelledName; with: SpelledName; reason: string }>
type SplitArgs = Readonly<{ name: SpelledName; reason: string }>

const descriptionCharactersMax = 20_000
const ownersMax = 100
const ownerCharactersMax = 500
const nameCharactersMax = 20_000

/**
 * What `Mutation` in schema.graphql says of datasets and their names: each is an entry of the ledger
 * with its author, and is answered when the graph shows it.
 *
 * @throws LinewardError FORBIDDEN by `changingRoles`, NOT_FOUND for a dataset that is not there,
 *   ARGUMENT_INVALID and LIMIT_EXCEEDED for what cannot be used, and those of `decide`.
 */
export const decisionResolvers = {
  Mutation: {
    async setOwners(_root: unknown, { of, owners }: OwnersArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.setOwners)
      const dataset = await wholeDataset(of, context)
      const texts = listWithin(ownersMax, 'owners', owners).map((owner) =>
        scrubbedOwner(textWithin(ownerCharactersMax, 'owners', { value: owner }), context),
      )
      const name = nameMeant(of, dataset)
      const values = [...new Set(texts.map(({ text }) => text))]
      const payload = { decision: 'setOwners', of: name, owners: values } as const
      await decide(payload, findsAt('/owners', texts), context)
      return datasetNow(name, context)
    },

    async describe(_root: unknown, { of, description }: DescribeArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.describe)
      const dataset = await wholeDataset(of, context)
      const given = { value: description, blank: true }
      const text = textWithin(descriptionCharactersMax, 'description', given)
      const name = nameMeant(of, dataset)
      const payload = { decision: 'describe', of: name, description: text } as const
      await decide(payload, [], context)
      return datasetNow(name, context)
    },

    async joinNames(_root: unknown, args: JoinArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.joinNames)
      const name = await spelledName('name', args.name, context)
      const other = await spelledName('with', args.with, context)
      if (isSameName(name, other)) {
        throw new LinewardError('ARGUMENT_INVALID', '`name` and `with` are the same name')
      }
      const reason = reasonIn(args)
      const payload = { decision: 'joinNames', name, with: other, reason } as const
      await decide(payload, [], context)
      return datasetNow(name, context)
    },

    async splitNames(_root: unknown, args: SplitArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.splitNames)
      const name = await spelledName('name', args.name, context)
      const reason = reasonIn(args)
      const payload = { decision: 'splitNames', name, reason } as const
      await decide(payload, [], context)
      return datasetNow(name, context)
    },
  },
}

/**
 * A name that may be new, canonical where it is known. One that is not known is kept as it is
 * spelled, unless that would write down what looks like a secret: names of events are scrubbed
 * before they get anywhere, so it could be none of theirs.
 */
async function spelledName(
  argument: string,
  { namespace, name }: SpelledName,
  context: ApiContext,
): Promise<SpelledName> {
  textWithin(nameCharactersMax, `${argument}.namespace`, { value: namespace })
  textWithin(nameCharactersMax, `${argument}.name`, { value: name })
  const canonical = canonicalName(namespace, name)
  if (!sees(context.caller, canonical.namespace)) {
    throw new LinewardError('FORBIDDEN', `The namespace of \`${argument}\` is not yours to change`)
  }
  if ((await context.graph.datasetByName(canonical)) !== undefined) return canonical
  for (const text of [namespace, name]) refuseSecret(argument, text, context)
  return { namespace, name }
}

function isSameName(one: SpelledName, other: SpelledName): boolean {
  const [a, b] = [one, other].map(({ namespace, name }) => canonicalName(namespace, name))
  return a?.namespace === b?.namespace && a?.name === b?.name
}
