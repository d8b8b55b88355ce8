import type { Json } from '../../model/index.ts'
import type { Format, Reading } from '../format.ts'
import { isList, memberOf, textIn } from '../members.ts'
import { timeReading } from '../reading.ts'
import { unsaid } from '../format.ts'

/** What a service that delivers says of the delivery itself, by name, and how each is told. */
const messages: ReadonlyMap<string, (value: Json) => boolean> = new Map([
  ['s3:TestEvent', (value) => textIn(value, 'Event') === 's3:TestEvent'],
  ['sns:SubscriptionConfirmation', isOfSns('SubscriptionConfirmation')],
  ['sns:UnsubscribeConfirmation', isOfSns('UnsubscribeConfirmation')],
  ['logs:ControlMessage', (value) => textIn(value, 'messageType') === 'CONTROL_MESSAGE'],
  ['cloudtrail:Notice', isNotice],
])

/**
 * Messages about a delivery and about no data: tests, confirmations, control messages. An address in
 * one is never fetched. CloudTrail's notice names files that have to be handed in themselves: it is
 * no such message, and goes to the dead letters with these words.
 *
 * @see aws-events.md section 2.4
 */
export const delivery: Format = {
  name: 'delivery',
  is: (value) => messageIn(value) !== undefined,
  read: ({ value }): Reading =>
    isNotice(value)
      ? { failing: { code: 'EVENT_UNIDENTIFIABLE', reason: noticeReason, path: '' } }
      : timeReading(textIn(value, 'Timestamp') ?? textIn(value, 'Time'), '/Timestamp'),
  sourceOf: ({ context }) =>
    `delivery:${context['account'] ?? unsaid}:${context['region'] ?? unsaid}:message`,
  nameOf: (value) => messageIn(value) ?? '',
  isIrrelevant: (value) => !isNotice(value),
  isKnown: () => true,
  translate: () => [],
}

const noticeReason =
  'This names files of CloudTrail and is none: hand the files in themselves (lineward ingest)'

function messageIn(value: Json): string | undefined {
  for (const [name, is] of messages) if (is(value)) return name
  return undefined
}

function isOfSns(type: string): (value: Json) => boolean {
  return (value) => textIn(value, 'Type') === type && textIn(value, 'TopicArn') !== undefined
}

function isNotice(value: Json): boolean {
  return textIn(value, 's3Bucket') !== undefined && isList(memberOf(value, 's3ObjectKey'))
}
