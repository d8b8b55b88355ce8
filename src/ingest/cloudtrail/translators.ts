import type { Entry, Fact, Json } from '../../model/index.ts'
import type { CloudTrailEvent } from './event.ts'
import { createDeliveryStream, deleteDeliveryStream } from '../firehose/create-delivery-stream.ts'
import { deleteGlueTables, glueTable } from '../glue/table.ts'
import { ruleEnded, topicRule } from '../iot/rule.ts'
import { createStream } from '../kinesis/create-stream.ts'
import { deleteStream } from '../kinesis/delete-stream.ts'
import { exposureFacts, unknownFacts } from '../unknown.ts'
import { eventOf } from './event.ts'
import { isRefused, recordName } from './record.ts'

/** What a call that succeeded says. */
export type Translator = (event: CloudTrailEvent) => readonly Fact[]

/** Who reads which call, by the name that `recordName` gives: `kinesis:CreateStream`. */
const translators: ReadonlyMap<string, Translator> = new Map<string, Translator>([
  ['firehose:CreateDeliveryStream', createDeliveryStream],
  ['firehose:DeleteDeliveryStream', deleteDeliveryStream],
  ['glue:BatchDeleteTable', deleteGlueTables],
  ['glue:CreateTable', glueTable('CREATE')],
  ['glue:DeleteTable', deleteGlueTables],
  ['glue:UpdateTable', glueTable('ALTER')],
  ['iot:CreateTopicRule', topicRule],
  ['iot:DeleteTopicRule', ruleEnded],
  ['iot:DisableTopicRule', ruleEnded],
  ['iot:ReplaceTopicRule', topicRule],
  ['kinesis:CreateStream', createStream],
  ['kinesis:DeleteStream', deleteStream],
])

/** Whether some translator reads this call. */
export function isTranslated(value: Json): boolean {
  return translators.has(recordName(value))
}

/** The facts of a record. A call that was refused changed nothing, whatever it asked for. */
export function translateRecord(value: Json, entry: Entry): readonly Fact[] {
  const translator = translators.get(recordName(value))
  if (translator === undefined) return unknownFacts(recordName(value), entry)
  return [...(isRefused(value) ? [] : translator(eventOf(value, entry))), ...exposureFacts(entry)]
}
