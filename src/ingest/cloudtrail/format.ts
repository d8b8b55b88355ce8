import type { Json } from '../../model/index.ts'
import type { EventId, Format } from '../format.ts'
import { memberOf, objectIn, textIn } from '../members.ts'
import { timeReading } from '../reading.ts'
import { unsaid } from '../format.ts'
import { isIrrelevantRecord } from './irrelevant.ts'
import { principalOf } from './principal.ts'
import { accountOfRecord, isRecord, recordName, resourceTypeOf } from './record.ts'
import { compactRecord, isTranslated, translateRecord } from './translators.ts'

/** One CloudTrail record, however it came: from a file, by EventBridge, in a log. */
export const cloudtrail: Format = {
  name: 'cloudtrail',
  is: isRecord,
  // Logstash moves the time to a member of its own when it carries records.
  read: ({ value }) =>
    timeReading(textIn(value, 'eventTime') ?? textIn(value, '@timestamp'), '/eventTime'),
  idOf: idOfRecord,
  sourceOf({ value, context }) {
    const account = accountOfRecord(value) ?? context['account'] ?? unsaid
    const region = textIn(value, 'awsRegion') ?? context['region'] ?? unsaid
    return `cloudtrail:${account}:${region}:${resourceTypeOf(value)}`
  },
  authorOf: ({ value }) => principalOf(memberOf(value, 'userIdentity')),
  nameOf: recordName,
  accountOf: ({ value }) => accountOfRecord(value),
  isIrrelevant: isIrrelevantRecord,
  compactOf: compactRecord,
  isKnown: isTranslated,
  translate: translateRecord,
}

/**
 * A record is the same event in every delivery by its `eventID` in the account of the trail. A late
 * correction has the id of what it corrects.
 */
function idOfRecord(value: Json): EventId | undefined {
  const account = accountOfRecord(value) ?? ''
  const addendum = objectIn(value, 'addendum')
  const corrected =
    textIn(addendum, 'reason') === 'UPDATED_DATA' ? textIn(addendum, 'originalEventID') : undefined
  const id = corrected ?? textIn(value, 'eventID')
  if (id === undefined) return undefined
  return { key: `cloudtrail:${account}:${id}`, corrects: corrected !== undefined }
}
