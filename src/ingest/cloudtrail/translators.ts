import type { Entry, Fact, Json } from '../../model/index.ts'
import type { Translators } from '../translator.ts'
import type { CloudTrailEvent } from './event.ts'
import { emrCalls } from '../emr/translators.ts'
import { firehoseCalls } from '../firehose/translators.ts'
import { glueCalls } from '../glue/translators.ts'
import { iotCalls } from '../iot/translators.ts'
import { kinesisCalls } from '../kinesis/translators.ts'
import { redshiftCalls } from '../redshift/translators.ts'
import { readBy } from '../translator.ts'
import { s3Calls } from '../s3/translators.ts'
import { exposureFacts, unknownFacts } from '../unknown.ts'
import { eventOf } from './event.ts'
import { isRefused, recordName } from './record.ts'

/** Who reads which call that succeeded, by the name that `recordName` gives: `kinesis:CreateStream`. */
export const callTranslators: Translators<CloudTrailEvent> = {
  ...emrCalls,
  ...firehoseCalls,
  ...glueCalls,
  ...iotCalls,
  ...kinesisCalls,
  ...redshiftCalls,
  ...s3Calls,
}

const translators = new Map(Object.entries(callTranslators))

/** Whether some translator reads this call. */
export function isTranslated(value: Json): boolean {
  return translators.has(recordName(value))
}

/**
 * The facts of a record. A call that was refused changed nothing, whatever it asked for; one that
 * succeeded and names nothing (AWS leaves parameters out that are too long) is a problem.
 */
export function translateRecord(value: Json, entry: Entry): readonly Fact[] {
  const name = recordName(value)
  const translator = translators.get(name)
  if (translator === undefined) return unknownFacts(name, entry)
  if (isRefused(value)) return exposureFacts(entry)
  const event = eventOf(value, entry)
  return [
    ...readBy(translator, event, { name, path: '/requestParameters' }),
    ...exposureFacts(entry),
  ]
}
