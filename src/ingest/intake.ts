import type { Draft, Entry, EntryKey, Json, Micros, Trust } from '../model/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Failing } from './dead-letter.ts'
import type { Format, Warning } from './recognise.ts'
import { createHmac } from 'node:crypto'
import { canonicalJson, entryKeyOf, parseJson } from '../model/index.ts'
import { contextOf, timeOfDeadLetter } from './dead-letter.ts'
import { replayDraft } from './lineward/drafts.ts'
import { recognise } from './recognise.ts'
import { scrub, scrubText } from './scrub/index.ts'

/** What came in, and how: `text` is what was no JSON. */
export type Received = Readonly<{ value: Json } | { text: string }> &
  Readonly<{
    sender: string
    trust: Trust
    /** What the bytes do not say: an object key, a log group, a cluster. */
    context: Readonly<Record<string, string>>
    /** Whether a sender who can mend it gets unidentifiable input back, or it is kept for later. */
    mode: 'refuse' | 'dead-letter'
  }>

type OutcomeStatus = 'accepted' | 'duplicate' | 'refused' | 'dead-lettered'

/** `key` is the entry that now holds it; a refused event has none. */
export type Outcome = Readonly<{
  status: OutcomeStatus
  code?: string
  reason?: string
  path?: string
  warnings: readonly Warning[]
  key?: EntryKey
}>

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
      const read =
        entry.format === 'text' ? { failing: notJson } : readValue(parseJson(entry.payload))
      if ('failing' in read) {
        return { ...failed('dead-lettered', read.failing), key: entry.key }
      }
      // Scrubbed already. The digest stays that of the input as it first came, so that its sender's
      // next copy is seen to be one.
      const { digest, sender, trust, exposures } = entry
      const draft = eventDraft(read, { digest, sender, trust, exposures, context: {} })
      const replay = replayDraft(entry.key, { author, at: clock(), event: entryKeyOf(draft) })
      const accepted: Outcome = { status: 'accepted', warnings: read.warnings }
      const [outcome = accepted] = await append([
        { draft, outcome: accepted },
        { draft: replay, outcome: { status: 'accepted', warnings: [] } },
      ])
      return outcome
    },
  }
}

const digestBytes = 16

type Judged = Readonly<{ draft: Draft | undefined; outcome: Outcome }>
type DigestOf = (text: string) => string

function judge(received: Received, digestOf: DigestOf): Judged {
  const read = 'text' in received ? { failing: notJson } : readValue(received.value)
  if ('failing' in read) {
    return received.mode === 'refuse'
      ? { draft: undefined, outcome: failed('refused', read.failing) }
      : {
          draft: deadLetterDraft(received, read.failing, digestOf),
          outcome: failed('dead-lettered', read.failing),
        }
  }
  const { sender, trust, context } = received
  const digest = digestOf(canonicalJson(read.value))
  const { value, finds: exposures } = scrub(read.value, read.format.name)
  return {
    draft: eventDraft({ ...read, value }, { digest, sender, trust, context, exposures }),
    outcome: { status: 'accepted', warnings: read.warnings },
  }
}

function failed(status: OutcomeStatus, { code, reason, path }: Failing): Outcome {
  return { status, code, reason, path, warnings: [] }
}

const notJson: Failing = { code: 'JSON_MALFORMED', reason: 'This is not JSON', path: '' }
const unknownShape: Failing = {
  code: 'EVENT_UNIDENTIFIABLE',
  reason: 'The event has none of run, job and dataset',
  path: '',
}

/** An event that can be used, in the format that it has. */
type Readable = Readonly<{
  format: Format
  value: Json
  at: Micros
  warnings: readonly Warning[]
}>

function readValue(value: Json): Readable | Readonly<{ failing: Failing }> {
  const format = recognise(value)
  if (format === undefined) return { failing: unknownShape }
  const read = format.read(value)
  return 'failing' in read ? read : { format, value, ...read }
}

type Carried = Pick<Draft, 'digest' | 'sender' | 'trust' | 'context' | 'exposures'>

function eventDraft({ format, value, at }: Readable, carried: Carried): Draft {
  return {
    kind: 'event',
    format: format.name,
    eventKey: `${format.name}:${carried.digest}`,
    eventTime: at,
    source: format.sourceOf(value),
    payload: canonicalJson(value),
    retracts: [],
    ...carried,
  }
}

function deadLetterDraft(received: Received, failing: Failing, digestOf: DigestOf): Draft {
  const kept =
    'text' in received ? ofText(received.text, digestOf) : ofValue(received.value, digestOf)
  return {
    kind: 'dead-letter',
    eventKey: `dead-letter:${kept.digest}`,
    sender: received.sender,
    trust: received.trust,
    context: { ...received.context, ...contextOf(failing) },
    retracts: [],
    ...kept,
  }
}

type Kept = Pick<Draft, 'digest' | 'format' | 'eventTime' | 'payload' | 'source' | 'exposures'>

function ofText(text: string, digestOf: DigestOf): Kept {
  const { text: payload, finds: exposures } = scrubText(text)
  return {
    digest: digestOf(text),
    format: 'text',
    eventTime: timeOfDeadLetter(undefined),
    payload,
    source: 'text:unknown',
    exposures,
  }
}

/** What no format knows is scrubbed as the one that looks everywhere. */
function ofValue(given: Json, digestOf: DigestOf): Kept {
  const format = recognise(given)
  const { value, finds: exposures } = scrub(given, format?.name ?? 'openlineage')
  return {
    digest: digestOf(canonicalJson(given)),
    format: format?.name ?? 'json',
    eventTime: timeOfDeadLetter(given),
    payload: canonicalJson(value),
    source: format?.sourceOf(value) ?? 'json:unknown',
    exposures,
  }
}
