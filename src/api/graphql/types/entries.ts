import type { DeadLetterRecord } from '../../../graph/index.ts'
import type { EntryRange } from '../../../ledger/index.ts'
import type { Entry, Json, Micros, Position } from '../../../model/index.ts'
import type { Maybe } from '../args.ts'
import type { ApiContext } from '../context.ts'
import { LinewardError } from '../../../errors.ts'
import { formatTime } from '../../../model/index.ts'
import { listWithin, quoted, reasonIn, textWithin } from '../args.ts'
import { append, authorIn, settled } from '../decide.ts'
import { changingRoles, requireRole } from '../roles.ts'
import { refuseLimited } from '../visible.ts'

type RetractArgs = Readonly<{
  entries: Readonly<{
    positions?: Maybe<readonly Position[]>
    sender?: Maybe<string>
    since?: Maybe<Micros>
    until?: Maybe<Micros>
  }>
  reason: string
}>
type ReplayArgs = Readonly<{ ids?: Maybe<readonly string[]>; after?: Maybe<string> }>

const senderCharactersMax = 1000
const positionsMax = 10_000

/**
 * What `Mutation` in schema.graphql does with entries as a whole.
 *
 * @throws LinewardError FORBIDDEN by `changingRoles` and for callers who may see only some
 *   namespaces, ARGUMENT_INVALID and LIMIT_EXCEEDED for what cannot be used, NOT_FOUND for a dead
 *   letter that is none, and those of `append`.
 */
export const entryResolvers = {
  Mutation: {
    async retract(_root: unknown, args: RetractArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.retract)
      refuseLimited(context.caller)
      const range = rangeIn(args)
      const reason = reasonIn(args)
      const { ledger, decisions } = context.parts
      const keys = await ledger.keysIn(range)
      if (keys.length === 0) return { entries: 0 }
      const by = { ...authorIn(context), reason, range: inJson(range) }
      await append(decisions.retractionDraft(keys, by), context)
      return { entries: keys.length }
    },

    async replayDeadLetters(_root: unknown, args: ReplayArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.replayDeadLetters)
      refuseLimited(context.caller)
      const { letters, endCursor } = await lettersAsked(args, context)
      const entries = await context.parts.ledger.find(letters.map(({ entry }) => entry))
      const outcomes = await Promise.all(
        letters.map(({ entry }) => isReplayed(entries.get(entry), context)),
      )
      const replayed = outcomes.filter(Boolean).length
      if (replayed > 0) await settled(context)
      return { replayed, stillDead: letters.length - replayed, endCursor }
    },
  },
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

/**
 * The dead letters that were asked for, or the next of all, as many as the request may still try;
 * and where to go on when there are more.
 */
async function lettersAsked(
  { ids, after }: ReplayArgs,
  context: ApiContext,
): Promise<Readonly<{ letters: readonly DeadLetterRecord[]; endCursor?: string | undefined }>> {
  const { graph, tries } = context
  if (ids === null || ids === undefined) {
    const { items, hasNextPage } = await graph.deadLetters({
      first: tries.take(),
      after: after ?? undefined,
    })
    return {
      letters: items.map(({ node }) => node),
      endCursor: hasNextPage ? items.at(-1)?.cursor : undefined,
    }
  }
  if (after !== null && after !== undefined) {
    throw new LinewardError('ARGUMENT_INVALID', '`after` goes through all of them: leave out `ids`')
  }
  const asked = new Set(ids)
  tries.take(asked.size)
  const letters = await graph.deadLettersOf([...asked])
  const found = new Set(letters.map(({ id }) => id))
  const missing = [...asked].find((id) => !found.has(id))
  if (missing !== undefined) {
    throw new LinewardError('NOT_FOUND', `No dead letter has the id ${quoted(missing)}`)
  }
  return { letters }
}

/** A part of an event that was kept is read again by a rebuild; until then it is dead still. */
async function isReplayed(entry: Entry | undefined, context: ApiContext): Promise<boolean> {
  if (entry === undefined) {
    throw new LinewardError('LEDGER_BROKEN', 'The ledger lacks the entry of a dead letter')
  }
  if (entry.kind !== 'dead-letter' || entry.erased === true) return false
  const { status } = await context.parts.decisions.replay(entry, authorIn(context).author)
  return status === 'accepted' || status === 'duplicate'
}
