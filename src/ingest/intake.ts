import type { Ledger } from '../ledger/index.ts'
import type { Draft, Entry, Json, Micros } from '../model/index.ts'
import type { Tally } from './lineward/tally.ts'
import type { Judged, Outcome, Received } from './received.ts'
import type { Scrub } from './scrub/index.ts'
import { createHmac } from 'node:crypto'
import { compactFormatNames, entryKeyOf } from '../model/index.ts'
import { cleanNames } from './clean-name.ts'
import { judge, judgeAgain, passedOver } from './judge.ts'
import { replayDraft } from './lineward/drafts.ts'
import { tallyDraft } from './lineward/tally.ts'

/** What became of one event. `item` is the index in the batch of what it came in. */
export type ItemOutcome = Outcome & Readonly<{ item: number }>

export type Intake = Readonly<{
  /**
   * One outcome for each event of the batch, in order; an item that wraps several has several, and
   * an empty list none. When it resolves, everything accepted, dead-lettered or tallied is on disk,
   * written in one append. One bad event never costs another. The batch is gone through once, and what
   * is not kept of an event is let go before the next one is asked for. `before`: what was passed over
   * of the same delivery, which is tallied with the batch.
   *
   * @throws LinewardError NOT_DURABLE when the disk refuses: nothing of the batch was accepted.
   * FORBIDDEN as `judge` says, also before anything was.
   */
  accept(
    batch: Iterable<Received>,
    before?: Readonly<{ sender: string; tallies: readonly Tally[] }>,
  ): Promise<readonly ItemOutcome[]>
  /** The tally of what would be counted and not kept, so that it need not be in a batch. Pure. */
  passedOver(received: Extract<Received, { value: Json }>): Tally | undefined
  /**
   * Tries a dead letter again with the translators of today. When it now reads, its events are
   * appended together with a `replay` entry that takes the dead letter out of effect. Every other
   * entry is a duplicate: a rebuild reads it again anyway.
   */
  replay(entry: Entry, author: string): Promise<Outcome>
}>

type IntakeParts = Readonly<{
  ledger: Ledger
  /** Permanent, 32 bytes: another key would make other names for the same content. */
  digestKey: Buffer
  scrub: Scrub
  clock: () => Micros
}>

/** The way into the ledger: recognise, check, scrub, digest, append. Reasons never quote a body. */
export function createIntake({ ledger, digestKey, scrub, clock }: IntakeParts): Intake {
  const digestOf = (text: string): string =>
    createHmac('sha256', digestKey).update(text).digest().toString('base64url', 0, digestBytes)
  const tools = { digestOf, scrub, cleanName: cleanNames(scrub) }

  const append = async <Of extends Judged>(
    judged: readonly Of[],
    more: readonly Draft[],
  ): Promise<readonly Readonly<{ of: Of; outcome: Outcome }>[]> => {
    const drafts = inBlocks([...judged.flatMap(({ draft }) => draft ?? []), ...more])
    const receipts = drafts.length === 0 ? [] : await ledger.append(drafts)
    const receiptOf = new Map(drafts.map((draft, at) => [draft, receipts[at]]))
    return judged.map((of) => {
      const { draft, outcome } = of
      if (draft === undefined) return { of, outcome }
      const receipt = receiptOf.get(draft)
      const key = receipt?.key ?? entryKeyOf(draft)
      const isCopy = receipt?.duplicate === true && draft.kind === 'event'
      return {
        of,
        outcome: { ...outcome, ...(isCopy ? { status: 'duplicate' as const } : {}), key },
      }
    })
  }

  return {
    passedOver: (received) => passedOver(received, tools),

    async accept(batch, before) {
      const judged: (Judged & { readonly item: number })[] = []
      const tallies = [...(before?.tallies ?? [])]
      let sender = before?.sender ?? ''
      let item = 0
      for (const received of batch) {
        if (item === 0) sender = received.sender
        for (const one of judge(received, tools)) {
          if (one.tally !== undefined) tallies.push(one.tally)
          judged.push({ ...one, item })
        }
        item += 1
      }
      const tally =
        tallies.length === 0 ? [] : [tallyDraft(summed(tallies), { sender, at: clock() })]
      const appended = await append(judged, tally)
      return appended.map(({ of, outcome }) => ({ ...outcome, item: of.item }))
    },

    async replay(entry, author) {
      if (entry.kind !== 'dead-letter') {
        return { status: 'duplicate', warnings: [], key: entry.key }
      }
      const judged = judgeAgain(entry, tools)
      const failed = judged.find(({ draft }) => draft === undefined)
      if (failed !== undefined) return { ...failed.outcome, key: entry.key }
      const events = judged.flatMap(({ draft }) => (draft === undefined ? [] : [entryKeyOf(draft)]))
      const replay = replayDraft(entry.key, { author, at: clock(), events })
      const [first] = await append(judged, [replay])
      return first?.outcome ?? { status: 'accepted', warnings: [] }
    },
  }
}

/**
 * Accesses behind everything else: they stand in blocks of their own, and a file has them in between.
 * Nothing that intake writes says anything of the order of events.
 */
function inBlocks(drafts: readonly Draft[]): readonly Draft[] {
  const isCompact = ({ format }: Draft): boolean => compactFormats.has(format)
  return [...drafts.filter((draft) => !isCompact(draft)), ...drafts.filter(isCompact)]
}

const compactFormats: ReadonlySet<string> = new Set(compactFormatNames)

const digestBytes = 16

/** One tally for each name of a source. */
function summed(tallies: readonly Tally[]): readonly Tally[] {
  const sources = new Map<string, Map<string, number>>()
  for (const { source, name, count } of tallies) {
    const names = sources.get(source) ?? new Map<string, number>()
    sources.set(source, names.set(name, (names.get(name) ?? 0) + count))
  }
  return [...sources].flatMap(([source, names]) =>
    [...names].map(([name, count]) => ({ source, name, count })),
  )
}
