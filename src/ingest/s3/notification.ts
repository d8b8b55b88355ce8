import type { Json } from '../../model/index.ts'
import type { Format } from '../format.ts'
import { objectIn, textIn } from '../members.ts'
import { timeReading } from '../reading.ts'
import { unsaid } from '../format.ts'
import { unknownFacts } from '../unknown.ts'

/**
 * One record of an S3 notification. It names a bucket and an object, and no principal that could be
 * told from another account's.
 *
 * @see aws-events.md section 2.4
 */
export const s3Notification: Format = {
  name: 's3-notification',
  is: (value) => textIn(value, 'eventSource') === 'aws:s3' && objectIn(value, 's3') !== undefined,
  read: ({ value }) => timeReading(textIn(value, 'eventTime'), '/eventTime'),
  sourceOf({ value, context }) {
    const region = textIn(value, 'awsRegion') ?? context['region'] ?? unsaid
    const bucket = textIn(objectIn(objectIn(value, 's3'), 'bucket'), 'name') ?? unsaid
    return `s3-notification:${context['account'] ?? unsaid}:${region}:${bucket}`
  },
  nameOf,
  accountOf: ({ context }) => context['account'],
  isKnown: () => false,
  translate: (value, entry) => unknownFacts(nameOf(value), entry),
}

function nameOf(value: Json): string {
  return textIn(value, 'eventName') ?? ''
}
