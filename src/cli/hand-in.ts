import type { IntakeTerms, PassedOver } from '../api/index.ts'
import type { Json } from '../model/index.ts'
import type { Door } from './door.ts'
import type { Context } from './file-context.ts'
import { checkContext, localName } from '../api/index.ts'
import { errorCodes, LinewardError } from '../errors.ts'
import { isRecord, problemIn, textOf } from './door.ts'

export const countNames = [
  'received',
  'accepted',
  'duplicates',
  'irrelevant',
  'unknown',
  'deadLettered',
] as const
export type Counts = Readonly<Record<(typeof countNames)[number], number>>

/** Events that go in together: their texts, and what was passed over of their source. */
export type Delivery = Readonly<{
  events: readonly string[]
  passedOver: readonly PassedOver[]
  context: Context
}>

/** What became of events, or why none was taken just now. */
type HandedIn = Counts | Readonly<{ problem: LinewardError; retryAfterSeconds: number | undefined }>

const ndjson = 'application/x-ndjson'
const unavailable = 503

/**
 * Hands events in through a door: to the service of this process as they are, to any other over HTTP.
 * When it resolves with counts, what was accepted is on disk.
 *
 * @throws LinewardError as the events were refused, and for what does not pass by itself.
 */
export async function handIn(delivery: Delivery, door: Door): Promise<HandedIn> {
  // An event is one line here: line ends between its tokens mean nothing, and where they mean
  // something it comes out the same through every door.
  const events = delivery.events.map((text) => text.replaceAll(/[\r\n]+/g, ' '))
  return door.service === undefined
    ? await send({ ...delivery, events }, door)
    : await take({ ...delivery, events }, door.service)
}

/**
 * What is to be counted of an event that nothing is kept of, where that is decided in this process;
 * else undefined, as for every other event.
 */
export function passedOverOf(
  { service }: Door,
  context: Context,
): (text: string, rounded: Json) => PassedOver | undefined {
  if (service === undefined) return () => undefined
  const terms = termsOf(context)
  return (text, rounded) => service.intake.passedOver(text, rounded, terms)
}

function termsOf(context: Context): IntakeTerms {
  return {
    sender: localName,
    trust: 'SELF_REPORTED',
    mode: 'dead-letter',
    context: checkContext(Object.entries(context)),
  }
}

async function take(
  { events, passedOver, context }: Delivery,
  { intake }: NonNullable<Door['service']>,
): Promise<HandedIn> {
  try {
    return await intake.accept(events, termsOf(context), passedOver)
  } catch (error) {
    const passes = error instanceof LinewardError && errorCodes[error.code].status === unavailable
    if (!passes) throw error
    return { problem: error, retryAfterSeconds: undefined }
  }
}

async function send({ events, context }: Delivery, door: Door): Promise<HandedIn> {
  // The empty text that tells of an array which breaks off is sent as such an array.
  const body = events.map((text) => text || '[').join('\n')
  const path = `/api/v1/events${queryOf(context)}`
  const answer = await door.send({ method: 'POST', path, body, type: ndjson }, 'producer')
  const text = await textOf(answer.body)
  if (answer.status === 200) return countsIn(text)
  const problem = problemIn(text, answer.status)
  if (answer.status !== unavailable) throw problem
  return { problem, retryAfterSeconds: answer.retryAfterSeconds }
}

function queryOf(context: Context): string {
  const pairs = Object.entries(context).map(([key, value]) => [`context.${key}`, value])
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

function countsIn(text: string): Counts {
  const said: unknown = JSON.parse(text)
  const counted = isRecord(said) ? said : {}
  return Object.fromEntries(countNames.map((name) => [name, Number(counted[name])])) as Counts
}
