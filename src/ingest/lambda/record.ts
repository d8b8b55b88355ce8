import type { Json, Micros } from '../../model/index.ts'
import type { Format, Reading } from '../format.ts'
import { formatTime, isJsonObject, micros } from '../../model/index.ts'
import { isList, memberOf, objectIn, textIn } from '../members.ts'
import { timeReading } from '../reading.ts'
import { unsaid } from '../format.ts'
import { unknownFacts } from '../unknown.ts'

/**
 * One record that a stream gave to a function (Kinesis, DynamoDB, Kafka, Firehose): that it went
 * there, and when. What it carried is data and is never kept.
 *
 * @see aws-events.md section 2.4
 */
export const awsRecord: Format = {
  name: 'aws-record',
  is: (value) => streams.test(textIn(value, 'eventSource') ?? ''),
  read: ({ value }) => readingOf(value),
  idOf(value) {
    const id = textIn(value, 'eventID')
    if (id === undefined) return undefined
    return { key: `aws-record:${arnOf(value) ?? ''}:${id}`, corrects: false }
  },
  sourceOf({ value, context }) {
    const [, , , region, account] = (arnOf(value) ?? '').split(':')
    const where = region ?? textIn(value, 'awsRegion') ?? context['region'] ?? unsaid
    return `aws-record:${account ?? context['account'] ?? unsaid}:${where}:${kindOf(value)}`
  },
  nameOf: (value) => `${kindOf(value)}:${textIn(value, 'eventName') ?? 'record'}`.slice(0, 200),
  accountOf: ({ value, context }) => (arnOf(value) ?? '').split(':')[4] ?? context['account'],
  isKnown: () => false,
  translate: (value, entry) => unknownFacts(awsRecord.nameOf(value), entry),
}

const streams = /^aws:(?:kinesis|dynamodb|kafka|firehose)$/

function kindOf(value: Json): string {
  return (textIn(value, 'eventSource') ?? '').replace(/^aws:/, '')
}

/** Kafka's events spell the member in another way. */
function arnOf(value: Json): string | undefined {
  return textIn(value, 'eventSourceARN') ?? textIn(value, 'eventSourceArn')
}

/** Streams tell times as numbers: seconds with a fraction, Kafka and Firehose milliseconds. */
function readingOf(value: Json): Reading {
  const seconds =
    memberOf(objectIn(value, 'kinesis'), 'approximateArrivalTimestamp') ??
    memberOf(objectIn(value, 'dynamodb'), 'ApproximateCreationDateTime')
  const milliseconds = memberOf(value, 'approximateArrivalTimestamp') ?? firstOfKafka(value)
  const at = timeOf(seconds, 1_000_000) ?? timeOf(milliseconds, 1_000)
  return timeReading(at === undefined ? undefined : formatTime(at), '/eventTime')
}

function firstOfKafka(value: Json): Json | undefined {
  const partitions = objectIn(value, 'records')
  const records = partitions === undefined ? undefined : Object.values(partitions)[0]
  return isList(records) && isJsonObject(records[0]) ? memberOf(records[0], 'timestamp') : undefined
}

function timeOf(value: Json | undefined, microsEach: number): Micros | undefined {
  const at = typeof value === 'number' ? Math.round(value * microsEach) : Number.NaN
  try {
    return micros(at)
  } catch {
    return undefined
  }
}
