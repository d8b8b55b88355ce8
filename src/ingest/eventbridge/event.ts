import type { Entry, Json, Micros } from '../../model/index.ts'
import { isList, memberOf, textIn } from '../members.ts'
import { partitionOf } from '../aws/arn.ts'
import { listAt } from '../aws/members.ts'

/** An event of a service's own as its translators read it. */
export type NativeEvent = Readonly<{
  at: Micros
  /** Where it happened: what a bare name in it means. */
  account: string
  region: string
  partition: string
  /** ARNs of what it is about. */
  resources: readonly string[]
  detail: Json
}>

/** An envelope, scrubbed, with what its entry says of it. */
export function nativeEventOf(
  value: Json,
  { eventTime: at, context }: Pick<Entry, 'eventTime' | 'context'>,
): NativeEvent {
  const region = textIn(value, 'region') ?? context['region'] ?? ''
  return {
    at,
    account: textIn(value, 'account') ?? context['account'] ?? '',
    region,
    partition: partitionOf(region),
    resources: listAt(value, 'resources').filter((arn) => typeof arn === 'string'),
    detail: memberOf(value, 'detail') ?? null,
  }
}

/** Who sent it: SageMaker's model packages have it in a list of one, as a rule's pattern does. */
export function sourceIn(value: Json): string | undefined {
  const source = memberOf(value, 'source')
  const [only, ...more] = isList(source) ? source : [source]
  return typeof only === 'string' && only !== '' && more.length === 0 ? only : undefined
}
