import type { Draft, Entry, EntryKey, Json, Micros, Trust } from '../model/index.ts'
import type { Failing } from './dead-letter.ts'
import type { Format, Warning } from './recognise.ts'
import { canonicalJson, parseJson } from '../model/index.ts'
import { contextOf, timeOfDeadLetter } from './dead-letter.ts'
import { recognise } from './recognise.ts'
import { scrub, scrubContext, scrubText } from './scrub/index.ts'

/** What came in, and how: `text` is what was no JSON. */
export type Received = Readonly<{ value: Json } | { text: string }> &
  Readonly<{
    sender: string
    trust: Trust
    /** What the bytes do not say: an object key, a log group, a cluster. */
    context: Readonly<Record<string, string>>
    /**
     * Whether a sender who can mend it gets unidentifiable input back, or it is kept for later. An
     * event that names what it is about and cannot be used is kept in either mode.
     */
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

/** What becomes of one item: the entry to append, if any, and what its sender is told. */
export type Judged = Readonly<{ draft: Draft | undefined; outcome: Outcome }>
type DigestOf = (text: string) => string

/** One item checked, scrubbed and keyed; the digest is that of the item before scrubbing. */
export function judge(received: Received, digestOf: DigestOf): Judged {
  const read = 'text' in received ? { failing: notJson } : readValue(received.value)
  if ('failing' in read) {
    return received.mode === 'refuse' && returned.has(read.failing.code)
      ? { draft: undefined, outcome: failed('refused', read.failing) }
      : {
          draft: deadLetterDraft(received, read.failing, digestOf),
          outcome: failed('dead-lettered', read.failing),
        }
  }
  const { sender, trust } = received
  const beside = scrubContext(received.context)
  const text = canonicalJson(read.value)
  const { value, finds: found } = scrub(read.value, read.format.name)
  // The scrubber hands back what it did not change: most events are written out once.
  const payload = value === read.value ? text : canonicalJson(value)
  const exposures = [...found, ...beside.finds]
  const { context } = beside
  const carried = { digest: digestOf(text), payload, sender, trust, context, exposures }
  return {
    draft: eventDraft({ ...read, value }, carried),
    outcome: { status: 'accepted', warnings: read.warnings },
  }
}

/**
 * A dead letter with the formats of today. It is scrubbed already, and keeps the digest of the input
 * as it first came, so that its sender's next copy is seen to be one.
 */
export function judgeAgain(entry: Entry): Judged {
  const read = entry.format === 'text' ? { failing: notJson } : readValue(parseJson(entry.payload))
  if ('failing' in read) return { draft: undefined, outcome: failed('dead-lettered', read.failing) }
  const { digest, payload, sender, trust, exposures } = entry
  return {
    draft: eventDraft(read, { digest, payload, sender, trust, exposures, context: {} }),
    outcome: { status: 'accepted', warnings: read.warnings },
  }
}

function failed(status: OutcomeStatus, { code, reason, path }: Failing): Outcome {
  return { status, code, reason, path, warnings: [] }
}

/** What is lost when it is refused is what nobody could have found again. */
const returned: ReadonlySet<string> = new Set(['JSON_MALFORMED', 'EVENT_UNIDENTIFIABLE'])

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

type Carried = Pick<Draft, 'digest' | 'payload' | 'sender' | 'trust' | 'context' | 'exposures'>

function eventDraft({ format, value, at }: Readable, carried: Carried): Draft {
  return {
    kind: 'event',
    format: format.name,
    eventKey: `${format.name}:${carried.digest}`,
    eventTime: at,
    source: format.sourceOf(value),
    retracts: [],
    ...carried,
  }
}

function deadLetterDraft(received: Received, failing: Failing, digestOf: DigestOf): Draft {
  const kept =
    'text' in received ? ofText(received.text, digestOf) : ofValue(received.value, digestOf)
  const beside = scrubContext(received.context)
  return {
    kind: 'dead-letter',
    eventKey: `dead-letter:${kept.digest}`,
    sender: received.sender,
    trust: received.trust,
    context: { ...beside.context, ...contextOf(failing) },
    retracts: [],
    ...kept,
    exposures: [...kept.exposures, ...beside.finds],
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
