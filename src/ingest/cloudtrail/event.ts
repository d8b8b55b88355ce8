import type { Entry, Json, Micros } from '../../model/index.ts'
import type { Identity } from './identity.ts'
import { partitionOf } from '../aws/arn.ts'
import { memberOf, textIn } from '../members.ts'
import { identityOf } from './identity.ts'
import { accountOfRecord } from './record.ts'

/** A record as its translators read it. `request` and `response` are null where AWS left them out. */
export type CloudTrailEvent = Readonly<{
  at: Micros
  /** In whose trail it stands, and where it happened: what a bare name in it means. */
  account: string
  region: string
  /** `aws`, `aws-us-gov`, `aws-cn` … */
  partition: string
  request: Json
  response: Json
  /** `additionalEventData` */
  more: Json
  /** Who did it, as the entry has it. */
  author: string | undefined
  identity: Identity
  context: Entry['context']
}>

/** A record, scrubbed, with what its entry says of it. */
export function eventOf(
  value: Json,
  { eventTime: at, author, context }: Pick<Entry, 'eventTime' | 'author' | 'context'>,
): CloudTrailEvent {
  const region = textIn(value, 'awsRegion') ?? context['region'] ?? ''
  return {
    at,
    account: accountOfRecord(value) ?? context['account'] ?? '',
    region,
    partition: partitionOf(region),
    request: memberOf(value, 'requestParameters') ?? null,
    response: memberOf(value, 'responseElements') ?? null,
    more: memberOf(value, 'additionalEventData') ?? null,
    author,
    identity: identityOf(value),
    context,
  }
}
