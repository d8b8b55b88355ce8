import type { Intake as Door, IntakeNote, IntakeResult, IntakeTerms } from '../api/index.ts'
import type { Intake, Outcome, Received } from '../ingest/index.ts'
import type { Json, JsonObject } from '../model/index.ts'
import { LinewardError } from '../errors.ts'
import { isJsonObject, parseJson } from '../model/index.ts'

/** What can be said of an event before it is handed in. */
type Judged = Readonly<{ received: Received } | { failed: Omit<IntakeNote, 'index'> }>

/** The intake as the doors know it: texts in, counts and coded notes out. */
export function intakeDoor(intake: Pick<Intake, 'accept'>): Door {
  return {
    async accept(events, terms) {
      const judged = events.map((text) => judge(text, terms))
      const received = judged.flatMap((one) => ('received' in one ? one.received : []))
      const outcomes = received.length === 0 ? [] : await intake.accept(received)
      let next = 0
      return counted(judged.map((one) => ('failed' in one ? one : { outcome: outcomes[next++] })))
    },
  }
}

function judge(text: string, terms: IntakeTerms): Judged {
  const { sender, trust, context, mode } = terms
  const how = { sender, trust, context, mode }
  try {
    const value = parseJson(text)
    const refusal = refusalOf(value, terms)
    if (refusal === undefined) return { received: { ...how, value } }
    // Where nothing is refused for itself, a sender out of its scope is turned away as a whole.
    if (mode === 'dead-letter') throw new LinewardError('FORBIDDEN', refusal)
    return { failed: { code: 'FORBIDDEN', path: '', message: refusal } }
  } catch (error) {
    if (!(error instanceof LinewardError) || error.code !== 'JSON_MALFORMED') throw error
    if (mode === 'dead-letter') return { received: { ...how, text } }
    return { failed: { code: error.code, path: '', message: error.message } }
  }
}

/** Why a token that is limited to formats or namespaces may not send this. */
function refusalOf(value: Json, { formats, namespaces }: IntakeTerms): string | undefined {
  if (formats !== undefined && !formats.includes('openlineage')) {
    return 'This token may not send OpenLineage'
  }
  if (namespaces === undefined) return undefined
  // Which of the two an event is about depends on what else is in it: both have to be allowed.
  const subjects = [namespaceIn(value, 'job'), namespaceIn(value, 'dataset')]
  const isAllowed = subjects.every((one) => one === undefined || namespaces.includes(one))
  return isAllowed ? undefined : 'This token may not speak for this namespace'
}

function namespaceIn(value: Json, key: string): string | undefined {
  const namespace = member(member(value, key), 'namespace')
  return typeof namespace === 'string' ? namespace : undefined
}

function member(value: Json | undefined, key: string): Json | undefined {
  if (!isJsonObject(value)) return undefined
  const object: JsonObject = value
  return Object.hasOwn(object, key) ? object[key] : undefined
}

type Decided = Readonly<{ outcome: Outcome | undefined } | { failed: Omit<IntakeNote, 'index'> }>

function counted(decided: readonly Decided[]): IntakeResult {
  const counts = { accepted: 0, duplicates: 0, deadLettered: 0 }
  const warnings: IntakeNote[] = []
  const failed: IntakeResult['failed'][number][] = []
  for (const [index, one] of decided.entries()) {
    if ('failed' in one) {
      failed.push({ index, ...one.failed, kept: false })
      continue
    }
    const { status, code = 'INTERNAL', path = '', reason = '' } = one.outcome ?? missing
    if (status === 'accepted') counts.accepted += 1
    else if (status === 'duplicate') counts.duplicates += 1
    else failed.push({ index, code, path, message: reason, kept: status === 'dead-lettered' })
    if (status === 'dead-lettered') counts.deadLettered += 1
    for (const warning of one.outcome?.warnings ?? []) warnings.push({ index, ...warning })
  }
  return { received: decided.length, ...counts, irrelevant: 0, unknown: 0, warnings, failed }
}

const missing = { status: 'refused', code: 'INTERNAL', path: '', reason: 'No outcome was given' }
