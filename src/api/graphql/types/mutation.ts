import type { EntryRange } from '../../../ledger/index.ts'
import type { Entry, Json, Micros, Position, SpelledName } from '../../../model/index.ts'
import type { Maybe } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { DatasetRef } from '../names.ts'
import type { DatasetView } from '../view.ts'
import { LinewardError } from '../../../errors.ts'
import { canonicalName, formatTime } from '../../../model/index.ts'
import { listWithin, quoted, textWithin } from '../args.ts'
import { append, authorIn, decide, settled } from '../decide.ts'
import { datasetAsked, datasetNamed } from '../names.ts'
import { changingRoles, requireRole } from '../roles.ts'
import { findsAt, scrubbed, scrubbedOwner } from '../scrubbed.ts'
import { isLimited, sees } from '../visible.ts'

type OwnersArgs = Readonly<{ of: DatasetRef; owners: readonly string[] }>
type DescribeArgs = Readonly<{ of: DatasetRef; description: string }>
type JoinArgs = Readonly<{ name: SpelledName; with: SpelledName; reason: string }>
type SplitArgs = Readonly<{ name: SpelledName; reason: string }>
type RetractArgs = Readonly<{
  entries: Readonly<{
    positions?: Maybe<readonly Position[]>
    sender?: Maybe<string>
    since?: Maybe<Micros>
    until?: Maybe<Micros>
  }>
  reason: string
}>
type ReplayArgs = Readonly<{ ids?: Maybe<readonly string[]> }>

const reasonCharactersMax = 2000
const descriptionCharactersMax = 20_000
const ownersMax = 100
const ownerCharactersMax = 500
const nameCharactersMax = 20_000
const senderCharactersMax = 1000
const positionsMax = 10_000
const replayAtOnce = 100

/**
 * `Mutation` in schema.graphql: each is an entry of the ledger with its author, and is answered when
 * the graph shows it.
 *
 * @throws LinewardError FORBIDDEN by `changingRoles`, NOT_FOUND for a dataset that is not there,
 *   ARGUMENT_INVALID and LIMIT_EXCEEDED for what cannot be used, and those of `decide`.
 */
export const mutationResolvers = {
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

    async retract(_root: unknown, args: RetractArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.retract)
      refuseLimited(context)
      const range = rangeIn(args)
      const reason = reasonIn(args)
      const { ledger, decisions } = context.parts
      const keys = await ledger.keysIn(range)
      if (keys.length === 0) return { entries: 0 }
      const by = { ...authorIn(context), reason, range: inJson(range) }
      await append(decisions.retractionDraft(keys, by), context)
      return { entries: keys.length }
    },

    async replayDeadLetters(_root: unknown, { ids }: ReplayArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.replayDeadLetters)
      refuseLimited(context)
      const letters = await lettersAsked(ids ?? undefined, context)
      let replayed = 0
      for (let start = 0; start < letters.length; start += replayAtOnce) {
        const some = letters.slice(start, start + replayAtOnce)
        const outcomes = await Promise.all(some.map((entry) => isReplayed(entry, context)))
        replayed += outcomes.filter(Boolean).length
      }
      if (replayed > 0) await settled(context)
      return { replayed, stillDead: letters.length - replayed }
    },
  },
}

async function wholeDataset(of: DatasetRef, context: ApiContext): Promise<DatasetView> {
  if (typeof of.column === 'string') {
    throw new LinewardError('ARGUMENT_INVALID', 'This is said of a dataset, not of one column')
  }
  return datasetAsked(of, undefined, context)
}

/** A decision keeps the name that the person meant, whatever the dataset is called later. */
function nameMeant({ namespace, name }: DatasetRef, dataset: DatasetView): SpelledName {
  return typeof namespace === 'string' && typeof name === 'string'
    ? canonicalName(namespace, name)
    : dataset.name
}

async function datasetNow(name: SpelledName, context: ApiContext): Promise<DatasetView> {
  const found = await datasetNamed(name, undefined, context)
  if (found !== undefined) return found
  // A join can bring the name into a dataset that goes by a name which the caller may not see.
  throw new LinewardError('FORBIDDEN', 'It was accepted; the dataset is not yours to see')
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
  if ([namespace, name].some((text) => scrubbed(text, context).finds.length > 0)) {
    throw new LinewardError(
      'ARGUMENT_INVALID',
      `\`${argument}\` holds what looks like a secret; use the name as Lineward shows it`,
    )
  }
  return { namespace, name }
}

function isSameName(one: SpelledName, other: SpelledName): boolean {
  const [a, b] = [one, other].map(({ namespace, name }) => canonicalName(namespace, name))
  return a?.namespace === b?.namespace && a?.name === b?.name
}

function reasonIn({ reason }: Readonly<{ reason: string }>): string {
  return textWithin(reasonCharactersMax, 'reason', { value: reason })
}

/** What takes entries of everybody cannot be asked for by who may see only some. */
function refuseLimited({ caller }: ApiContext): void {
  if (!isLimited(caller)) return
  throw new LinewardError('FORBIDDEN', 'This needs a token that is not limited to namespaces')
}

function rangeIn({ entries }: RetractArgs): EntryRange {
  const range = {
    positions: entries.positions ?? undefined,
    sender: entries.sender ?? undefined,
    since: entries.since ?? undefined,
    until: entries.until ?? undefined,
  }
  if (Object.values(range).every((value) => value === undefined)) {
    throw new LinewardError('ARGUMENT_INVALID', '`entries` names nothing: give at least one part')
  }
  if (range.sender !== undefined) {
    textWithin(senderCharactersMax, 'entries.sender', { value: range.sender })
  }
  listWithin(positionsMax, 'entries.positions', range.positions ?? [])
  if (range.since !== undefined && range.until !== undefined && range.since >= range.until) {
    throw new LinewardError('ARGUMENT_INVALID', '`since` is not before `until`')
  }
  return range
}

function inJson({ positions, sender, since, until }: EntryRange): Json {
  return {
    ...(positions === undefined ? {} : { positions }),
    ...(sender === undefined ? {} : { sender }),
    ...(since === undefined ? {} : { since: formatTime(since) }),
    ...(until === undefined ? {} : { until: formatTime(until) }),
  }
}

/** The entries of the dead letters, one for each id that was asked for or that there is. */
async function lettersAsked(
  ids: readonly string[] | undefined,
  context: ApiContext,
): Promise<readonly Entry[]> {
  const asked = ids === undefined ? undefined : new Set(listWithin(positionsMax, 'ids', ids))
  const found = new Map<string, DeadLetter['entry']>()
  const { graph, config, load } = context
  let after: string | undefined
  for (;;) {
    const page: DeadLetters = await graph.deadLetters({ first: config.pageSizeMax, after })
    for (const { node } of page.items) {
      if (asked === undefined || asked.has(node.id)) found.set(node.id, node.entry)
    }
    after = page.items.at(-1)?.cursor
    const isWhole = asked !== undefined && found.size === asked.size
    if (!page.hasNextPage || after === undefined || isWhole) break
  }
  const missing = [...(asked ?? [])].find((id) => !found.has(id))
  if (missing !== undefined) {
    throw new LinewardError('NOT_FOUND', `No dead letter has the id ${quoted(missing)}`)
  }
  return load.entries([...found.values()])
}

type DeadLetters = Awaited<ReturnType<ApiContext['graph']['deadLetters']>>
type DeadLetter = DeadLetters['items'][number]['node']

/** A part of an event that was kept is read again by a rebuild; until then it is dead still. */
async function isReplayed(entry: Entry, context: ApiContext): Promise<boolean> {
  if (entry.kind !== 'dead-letter') return false
  const { status } = await context.parts.decisions.replay(entry, authorIn(context).author)
  return status === 'accepted' || status === 'duplicate'
}
