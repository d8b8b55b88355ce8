import type { JsonObject } from '../event.ts'
import type { HospitalRequest } from '../posting.ts'
import type { Day, Micros } from '../time.ts'
import { capitalsOf, drawn } from '../random.ts'
import { dayMicros, minuteMicros, secondMicros, secondTime } from '../time.ts'
import { account, region } from './account.ts'
import { envelopeOf, queued } from './record.ts'

/**
 * What AWS tells, by the way on which it comes: a call in a file of the trail, or pushed by
 * EventBridge as well; a service's own event pushed, or by a topic into a queue; a line of a log.
 */
export type Told = Readonly<{ at: Micros }> &
  (
    | Readonly<{ way: 'trail'; record: JsonObject }>
    | Readonly<{ way: 'bus'; record: JsonObject }>
    | Readonly<{ way: 'event'; event: JsonObject }>
    | Readonly<{ way: 'queue'; event: JsonObject }>
    | Readonly<{ way: 'log'; line: string }>
  )

/** The warehouse whose log it is, which no line of it says. */
const cluster = 'larkmere-dwh'

const batchMessagesMax = 10
const filesOfADay = 4

/** The requests by which what was told on a day is handed in. */
export function deliveriesOf(day: Day, told: readonly Told[]): readonly HospitalRequest[] {
  return [
    ...trailFiles(day, told),
    ...told.flatMap((one) => pushed(one)),
    ...queueBatches(told),
    ...logText(day, told),
  ]
}

/** A file holds the calls of some hours, in no order, and comes minutes after them. */
function trailFiles(day: Day, told: readonly Told[]): readonly HospitalRequest[] {
  const window = dayMicros / filesOfADay
  return Array.from({ length: filesOfADay }, (_, index) => index).flatMap((index) => {
    const from = day.midnight + index * window
    const records = told
      .filter(({ at }) => at >= from && at < from + window)
      .flatMap((one) => ('record' in one ? [one.record] : []))
    if (records.length === 0) return []
    const postedAt = from + window + drawn(`trail/${from}`, 2, 14) * minuteMicros
    const time = secondTime(postedAt).replaceAll(/[-:]/g, '').slice(0, 13)
    const folder = `AWSLogs/${account}/CloudTrail/${region}/${day.date.replaceAll('-', '/')}`
    const file = `${account}_CloudTrail_${region}_${time}Z_${capitalsOf(`file/${from}`, 16)}.json.gz`
    const body = JSON.stringify({ Records: records.toReversed() })
    return [{ postedAt, path: eventsPath({ object: `${folder}/${file}` }), type: json, body }]
  })
}

function pushed(told: Told): readonly HospitalRequest[] {
  const { at, way } = told
  if (way !== 'bus' && way !== 'event') return []
  const body = JSON.stringify(way === 'bus' ? envelopeOf(told.record, at) : told.event)
  const delay = drawn(`push/${at}/${body.length}`, 1, way === 'bus' ? 240 : 20)
  return [{ postedAt: at + delay * secondMicros, path: eventsPath({}), type: json, body }]
}

/** A queue gives so many messages at once; it is read once they are there. */
function queueBatches(told: readonly Told[]): readonly HospitalRequest[] {
  const messages = told.flatMap((one) =>
    one.way === 'queue' ? [{ at: one.at, message: queued(one.event, one.at) }] : [],
  )
  const batches = Array.from({ length: Math.ceil(messages.length / batchMessagesMax) }, (_, at) =>
    messages.slice(at * batchMessagesMax, (at + 1) * batchMessagesMax),
  )
  return batches.map((batch) => ({
    postedAt: Math.max(...batch.map(({ at }) => at)) + minuteMicros,
    path: eventsPath({}),
    type: json,
    body: JSON.stringify({ Messages: batch.map(({ message }) => message) }),
  }))
}

/** The activity log of the warehouse: statements of a day as a text, in the order of their times. */
function logText(day: Day, told: readonly Told[]): readonly HospitalRequest[] {
  const lines = told
    .flatMap((one) => (one.way === 'log' ? [one] : []))
    .toSorted((one, other) => one.at - other.at)
    .map(({ line }) => line)
  if (lines.length === 0) return []
  return [
    {
      postedAt: day.midnight + dayMicros + 40 * minuteMicros,
      path: eventsPath({ account, region, cluster }),
      type: 'text/plain',
      body: `${lines.join('\n')}\n`,
    },
  ]
}

const json = 'application/json'

/** The door for every format, with what is known beside the bytes. */
function eventsPath(context: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(context).map(
    ([key, value]) => [`context.${key}`, value] satisfies [string, string],
  )
  return pairs.length === 0
    ? '/api/v1/events'
    : `/api/v1/events?${new URLSearchParams(pairs).toString()}`
}
