import type { Entry, Fact, Json } from '../../model/index.ts'
import type { Compact } from '../format.ts'
import type { CloudTrailEvent } from './event.ts'
import { createDeliveryStream, deleteDeliveryStream } from '../firehose/create-delivery-stream.ts'
import { deleteGlueTables, glueTable } from '../glue/table.ts'
import { ruleEnded, topicRule } from '../iot/rule.ts'
import { createStream } from '../kinesis/create-stream.ts'
import { deleteStream } from '../kinesis/delete-stream.ts'
import { objectAccessOf } from '../s3/access.ts'
import { assumeRole } from '../sts/assume-role.ts'
import { exposureFacts, unknownFacts } from '../unknown.ts'
import { accessFacts, accessPayload } from './access-format.ts'
import { eventOf } from './event.ts'
import { sessionFacts } from './identity.ts'
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
  ['sts:AssumeRole', assumeRole],
  ['sts:AssumeRoleWithSAML', assumeRole],
  ['sts:AssumeRoleWithWebIdentity', assumeRole],
])

/** Whether some translator reads this call. */
export function isTranslated(value: Json): boolean {
  return translators.has(recordName(value)) || objectAccessOf(value) !== undefined
}

/** A record of which nothing but an access is read: there are millions of them. */
export function compactRecord(value: Json): Compact | undefined {
  if (translators.has(recordName(value))) return undefined
  const access = objectAccessOf(value)
  return access && { format: 'cloudtrail-access', value: accessPayload(access) }
}

/** The facts of a record. A call that was refused changed nothing, whatever it asked for. */
export function translateRecord(value: Json, entry: Entry): readonly Fact[] {
  const translator = translators.get(recordName(value))
  const access = objectAccessOf(value)
  // A whole record of an access says the same as what would be kept of it today.
  if (translator === undefined && access !== undefined) {
    return accessFacts(accessPayload(access), entry)
  }
  if (translator === undefined) return unknownFacts(recordName(value), entry)
  const event = eventOf(value, entry)
  const said = isRefused(value) ? [] : translator(event)
  return [
    ...said,
    ...startedBy(said, entry),
    ...sessionFacts(event.at, event.identity),
    ...exposureFacts(entry),
  ]
}

/** Who started the runs of which a call speaks. */
function startedBy(said: readonly Fact[], { author: principal }: Entry): readonly Fact[] {
  if (principal === undefined) return []
  return said.flatMap((fact): readonly Fact[] =>
    fact.kind === 'run' && !ending.has(fact.event)
      ? [{ kind: 'starter', at: fact.at, run: fact.run, principal }]
      : [],
  )
}

const ending: ReadonlySet<string> = new Set(['COMPLETE', 'ABORT', 'FAIL'])
