import type { Draft, Entry, EntryKey, Exposure, Json, Micros, Trust } from '../model/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Failing } from './dead-letter.ts'
import { createHmac } from 'node:crypto'
import { canonicalJson, entryKeyOf, parseJson } from '../model/index.ts'
import { contextOf, timeOfDeadLetter } from './dead-letter.ts'
import { replayDraft } from './lineward/drafts.ts'
import { isRefusal, readEvent } from './openlineage/event.ts'
import { formatOf } from './recognise.ts'
import { scrub, scrubText } from './scrub/index.ts'
import { sourceOf } from './source.ts'

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

/** A part of an accepted event that had to be left out. `path` is a JSON pointer. */
export type Warning = Readonly<{ code: 'FACET_MALFORMED'; path: string; message: string }>

export type OutcomeStatus = 'accepted' | 'duplicate' | 'refused' | 'dead-lettered'

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

export type IntakeParts = Readonly<{
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
      const read = readDeadLetter(entry)
      if ('failing' in read) {
        const { code, reason, path } = read.failing
        return { status: 'dead-lettered', code, reason, path, warnings: [], key: entry.key }
      }
      // Scrubbed already. The digest stays that of the input as it first came, so that its sender's
      // next copy is seen to be one.
      const { digest, sender, trust, exposures } = entry
      const draft: Draft = {
        ...eventDraft(read.event, { digest, sender, trust, exposures, context: {} }),
      }
      const replay = replayDraft(entry.key, { author, at: clock(), event: entryKeyOf(draft) })
      const [outcome] = await append([
        { draft, outcome: { status: 'accepted', warnings: read.event.warnings } },
        { draft: replay, outcome: { status: 'accepted', warnings: [] } },
      ])
      return outcome ?? { status: 'accepted', warnings: read.event.warnings }
    },
  }
}

const digestBytes = 16

type Judged = Readonly<{ draft: Draft | undefined; outcome: Outcome }>
type DigestOf = (text: string) => string

function judge(received: Received, digestOf: DigestOf): Judged {
  const read = 'text' in received ? { failing: notJson } : readValue(received.value)
  if ('failing' in read) {
    const { code, reason, path } = read.failing
    if (received.mode === 'refuse') {
      return { draft: undefined, outcome: { status: 'refused', code, reason, path, warnings: [] } }
    }
    const outcome = { status: 'dead-lettered', code, reason, path, warnings: [] } as const
    return { draft: deadLetterDraft(received, read.failing, digestOf), outcome }
  }
  const { sender, trust, context } = received
  const digest = digestOf(canonicalJson(read.event.value))
  const { value, finds } = scrub(read.event.value, 'openlineage')
  const event = { ...read.event, value }
  return {
    draft: eventDraft(event, { digest, sender, trust, context, exposures: finds }),
    outcome: { status: 'accepted', warnings: read.event.warnings },
  }
}

type Readable = Readonly<{ value: Json; at: Micros; warnings: readonly Warning[] }>
type Reading = Readonly<{ event: Readable }> | Readonly<{ failing: Failing }>

const notJson: Failing = { code: 'JSON_MALFORMED', reason: 'This is not JSON', path: '' }
const unknownShape: Failing = {
  code: 'EVENT_UNIDENTIFIABLE',
  reason: 'The event has none of run, job and dataset',
  path: '',
}

function readValue(value: Json): Reading {
  if (formatOf(value) === undefined) return { failing: unknownShape }
  const event = readEvent(value)
  if (isRefusal(event)) return { failing: event }
  const warnings = event.faults.map(({ path, message }): Warning => ({
    code: 'FACET_MALFORMED',
    path,
    message,
  }))
  return { event: { value, at: event.at, warnings } }
}

function readDeadLetter({ format, payload }: Entry): Reading {
  return format === 'text' ? { failing: notJson } : readValue(parseJson(payload))
}

type Carried = Pick<Draft, 'digest' | 'sender' | 'trust' | 'context' | 'exposures'>

function eventDraft({ value, at }: Readable, carried: Carried): Draft {
  return {
    kind: 'event',
    format: 'openlineage',
    eventKey: `openlineage:${carried.digest}`,
    eventTime: at,
    source: sourceOf(value),
    payload: canonicalJson(value),
    retracts: [],
    ...carried,
  }
}

function deadLetterDraft(received: Received, failing: Failing, digestOf: DigestOf): Draft {
  const { sender, trust } = received
  const context = { ...received.context, ...contextOf(failing) }
  const { digest, format, eventTime, payload, exposures, source } =
    'text' in received ? ofText(received.text, digestOf) : ofValue(received.value, digestOf)
  return {
    kind: 'dead-letter',
    format,
    eventKey: `dead-letter:${digest}`,
    digest,
    eventTime,
    source,
    sender,
    trust,
    context,
    exposures,
    payload,
    retracts: [],
  }
}

type Kept = Pick<Draft, 'digest' | 'format' | 'eventTime' | 'payload' | 'source'> &
  Readonly<{ exposures: readonly Exposure[] }>

function ofText(text: string, digestOf: DigestOf): Kept {
  const { text: payload, finds } = scrubText(text)
  return {
    digest: digestOf(text),
    format: 'text',
    eventTime: timeOfDeadLetter(undefined),
    payload,
    source: 'text:unknown',
    exposures: finds,
  }
}

function ofValue(given: Json, digestOf: DigestOf): Kept {
  const { value, finds } = scrub(given, 'openlineage')
  const format = formatOf(given)
  return {
    digest: digestOf(canonicalJson(given)),
    format: format ?? 'json',
    eventTime: timeOfDeadLetter(given),
    payload: canonicalJson(value),
    source: format === undefined ? 'json:unknown' : sourceOf(value),
    exposures: finds,
  }
}
