import type { Json, Micros } from '../../model/index.ts'
import type { Format, Told } from '../format.ts'
import { formatTime } from '../../model/index.ts'
import { memberOf, objectIn, textIn } from '../members.ts'
import { timeReading } from '../reading.ts'
import { unsaid } from '../format.ts'
import { sourceIn } from './event.ts'
import { isIrrelevantNative } from './irrelevant.ts'
import { isNativeTranslated, nativeName, translateNative } from './translators.ts'

/**
 * An EventBridge envelope with an event of its own in `detail`, such as S3's or EMR's; the whole
 * envelope is the event. A CloudTrail record in an envelope is read as the record that it is.
 *
 * @see aws-events.md section 2.2
 */
export const eventbridge: Format = {
  name: 'eventbridge',
  is: isEnvelope,
  read: ({ value }) => timeReading(timeIn(value), '/time'),
  idOf(value) {
    const id = textIn(value, 'id')
    if (id === undefined) return undefined
    return { key: `eventbridge:${textIn(value, 'account') ?? ''}:${id}`, corrects: false }
  },
  sourceOf({ value, context }) {
    const account = textIn(value, 'account') ?? context['account'] ?? unsaid
    const region = textIn(value, 'region') ?? context['region'] ?? unsaid
    return `eventbridge:${account}:${region}:${sourceIn(value) ?? unsaid}`
  },
  authorOf,
  nameOf: nativeName,
  accountOf: ({ value }) => textIn(value, 'account'),
  isIrrelevant: isIrrelevantNative,
  isKnown: isNativeTranslated,
  translate: translateNative,
}

/** Whether it is an envelope, whatever lies in it. */
export function isEnvelope(value: Json): boolean {
  return (
    textIn(value, 'detail-type') !== undefined &&
    sourceIn(value) !== undefined &&
    memberOf(value, 'detail') !== undefined
  )
}

/** ISO 8601; of SageMaker's endpoints it is a text of milliseconds since 1970. */
function timeIn(value: Json): string | undefined {
  const text = textIn(value, 'time')
  return text !== undefined && /^\d{13}$/.test(text)
    ? formatTime((Number(text) * 1000) as Micros)
    : text
}

/** S3 tells an account or a service, the Data API of Redshift a principal; others tell nobody. */
function authorOf({ value }: Told): string | undefined {
  const detail = objectIn(value, 'detail')
  const requester = textIn(detail, 'requester')
  if (requester !== undefined) {
    return /^\d{12}$/.test(requester) ? `account:${requester}` : `service:${requester}`
  }
  const principal = textIn(detail, 'principal')
  return principal?.startsWith('arn:') === true ? principal : undefined
}
