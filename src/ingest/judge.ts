import type { Entry, Json } from '../model/index.ts'
import type { Failing } from './dead-letter.ts'
import type { Tally } from './lineward/tally.ts'
import type { Read, Readable } from './readable.ts'
import type { Judged, JudgeTools, Outcome, OutcomeStatus, Received } from './received.ts'
import type { Item } from './unwrap/unwrap.ts'
import { LinewardError } from '../errors.ts'
import { canonicalJson, parseJson } from '../model/index.ts'
import { deadLetterDraft } from './dead-letter-draft.ts'
import { sentContext } from './dead-letter.ts'
import { accepted, carriedBy, irrelevant, toldOf } from './event-draft.ts'
import { irrelevantIn, otherFormat, readItem } from './readable.ts'
import { refusalOf } from './scope.ts'
import { unwrap } from './unwrap/unwrap.ts'
import { openWrapping } from './unwrap/wrappings.ts'

type Terms = Pick<Received, 'sender' | 'trust' | 'mode' | 'scope' | 'mapping'>

/**
 * The events in one item, each checked, scrubbed and keyed; the digest is that of the event before
 * scrubbing, out of its wrappings, so that it is the same however it was delivered.
 *
 * @throws LinewardError FORBIDDEN for an event that its sender may not hand in, where nothing is
 *   refused for itself.
 */
export function judge(received: Received, tools: JudgeTools): readonly Judged[] {
  if ('text' in received && received.failing !== undefined) {
    return [unusable(received, received, received.failing, tools)]
  }
  if (received.mode === 'refuse') return [judgeItem(exactly(received), received, tools)]
  const passed = 'value' in received ? unkept(received) : undefined
  if (passed !== undefined) return [judgeRead(passed, received, received, tools)]
  return unwrap(exactly(received)).map((item) => judgeItem(item, received, tools))
}

/** The tally of an event that is counted and not kept; undefined for what has to be judged. Pure. */
export function passedOver(
  received: Extract<Received, { value: Json }>,
  tools: Pick<JudgeTools, 'cleanName'>,
): Tally | undefined {
  const read = received.mode === 'refuse' ? undefined : unkept(received)
  if (read === undefined || refusalOf(read.format, received, received) !== undefined) {
    return undefined
  }
  return irrelevant(read, received.context, tools).tally
}

function unkept(item: Extract<Item, { value: Json }>): Readable | undefined {
  return openWrapping(item) === undefined ? irrelevantIn(item.value) : undefined
}

/** No number makes an event irrelevant, so that most are never asked for what was written. */
function exactly(received: Received): Item {
  const { context } = received
  if ('text' in received) return { text: received.text, context }
  return { value: received.exact?.() ?? received.value, context }
}

/**
 * A dead letter with the formats of today. It is scrubbed already. What is one event keeps the digest
 * of the input as it first came, so that its sender's next copy is seen to be one.
 */
export function judgeAgain(entry: Entry, tools: JudgeTools): readonly Judged[] {
  const { sender, trust, payload, digest, exposures } = entry
  const context = sentContext(entry.context)
  const given: Item =
    entry.format === 'text' ? { text: payload, context } : { value: parseJson(payload), context }
  const items = unwrap(given)
  return items.map((item): Judged => {
    const read = readItem(item)
    if ('failing' in read)
      return { draft: undefined, outcome: failed('dead-lettered', read.failing) }
    const text = canonicalJson(read.value)
    const told = toldOf(read.format, text, item.context)
    return accepted(read, {
      digest: items.length === 1 ? digest : tools.digestOf(told),
      payload: text,
      scrubVersion: entry.scrubVersion,
      context: item.context,
      sender,
      trust,
      exposures,
    })
  })
}

function judgeItem(item: Item, terms: Terms, tools: JudgeTools): Judged {
  return judgeRead(readItem(item), item, terms, tools)
}

function judgeRead(read: Read, item: Item, terms: Terms, tools: JudgeTools): Judged {
  const { format } = read
  if (terms.mode === 'refuse' && format !== undefined && format.name !== 'openlineage') {
    return { draft: undefined, outcome: failed('refused', otherFormat) }
  }
  const refusal =
    format === undefined || !('value' in item) ? undefined : refusalOf(format, item, terms)
  if (refusal !== undefined) {
    // Where nothing is refused for itself, a sender out of its scope is turned away as a whole.
    if (terms.mode === 'dead-letter') throw new LinewardError('FORBIDDEN', refusal)
    const failing = { code: 'FORBIDDEN', reason: refusal, path: '' }
    return { draft: undefined, outcome: failed('refused', failing) }
  }
  if ('failing' in read) return unusable(item, terms, read.failing, tools)
  if (read.isIrrelevant === true) return irrelevant(read, item.context, tools)
  return accepted(read, carriedBy(read, item.context, terms, tools))
}

function failed(status: OutcomeStatus, { code, reason, path }: Failing): Outcome {
  return { status, code, reason, path, warnings: [] }
}

/** What is lost when it is refused is what nobody could have found again. */
const returned: ReadonlySet<string> = new Set(['JSON_MALFORMED', 'EVENT_UNIDENTIFIABLE'])

function unusable(item: Item, terms: Terms, failing: Failing, tools: JudgeTools): Judged {
  if (terms.mode === 'refuse' && returned.has(failing.code)) {
    return { draft: undefined, outcome: failed('refused', failing) }
  }
  return {
    draft: deadLetterDraft(item, terms, failing, tools),
    outcome: failed('dead-lettered', failing),
  }
}
