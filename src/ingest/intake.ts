import type { Ledger } from '../ledger/index.ts'
import type { Entry, Micros } from '../model/index.ts'
import type { Judged, Outcome, Received } from './judge.ts'
import { createHmac } from 'node:crypto'
import { entryKeyOf } from '../model/index.ts'
import { judge, judgeAgain } from './judge.ts'
import { replayDraft } from './lineward/drafts.ts'

export type Intake = Readonly<{
  /**
   * One outcome for each item, in order. When it resolves, everything accepted or dead-lettered is
   * on disk, written in one append. One bad item never costs another.
   *
   * @throws LinewardError NOT_DURABLE when the disk refuses: nothing of the batch was accepted.
   */
  accept(batch: readonly Received[]): Promise<readonly Outcome[]>
  /**
   * Tries a dead letter again with the translators of today. When it now reads, the event is
   * appended together with a `replay` entry that takes the dead letter out of effect. Every other
   * entry is a duplicate: a rebuild reads it again anyway.
   */
  replay(entry: Entry, author: string): Promise<Outcome>
}>

type IntakeParts = Readonly<{
  ledger: Ledger
  /** Permanent, 32 bytes: another key would make other names for the same content. */
  digestKey: Buffer
  clock: () => Micros
}>

/** The way into the ledger: recognise, check, scrub, digest, append. Reasons never quote a body. */
export function createIntake({ ledger, digestKey, clock }: IntakeParts): Intake {
  const digestOf = (text: string): string =>
    createHmac('sha256', digestKey).update(text).digest().toString('base64url', 0, digestBytes)

  const append = async (judged: readonly Judged[]): Promise<readonly Outcome[]> => {
    const drafts = judged.flatMap(({ draft }) => (draft === undefined ? [] : [draft]))
    const receipts = drafts.length === 0 ? [] : await ledger.append(drafts)
    let next = 0
    return judged.map(({ draft, outcome }) => {
      if (draft === undefined) return outcome
      const receipt = receipts[next++]
      const key = receipt?.key ?? entryKeyOf(draft)
      const isCopy = receipt?.duplicate === true && outcome.status === 'accepted'
      return { ...outcome, ...(isCopy ? { status: 'duplicate' as const } : {}), key }
    })
  }

  return {
    accept: (batch) => append(batch.map((received) => judge(received, digestOf))),

    async replay(entry, author) {
      if (entry.kind !== 'dead-letter') {
        return { status: 'duplicate', warnings: [], key: entry.key }
      }
      const { draft, outcome } = judgeAgain(entry)
      if (draft === undefined) return { ...outcome, key: entry.key }
      const replay = replayDraft(entry.key, { author, at: clock(), event: entryKeyOf(draft) })
      const [replayed = outcome] = await append([
        { draft, outcome },
        { draft: replay, outcome: { status: 'accepted', warnings: [] } },
      ])
      return replayed
    },
  }
}

const digestBytes = 16
