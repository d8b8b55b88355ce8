import type { Json } from '../../model/index.ts'
import { memberOf, objectIn, objectsIn, textIn } from '../members.ts'

/** Times and names in records are short; what is longer is no name. */
const nameCharactersMax = 200

/**
 * Whether a value is a CloudTrail record: an event of a service, with what every version of the
 * format has. Records of Lambda batches look like it, but their source begins with `aws:`.
 *
 * @see aws-events.md section 3.1
 */
export function isRecord(value: Json): boolean {
  const type = textIn(value, 'eventType')
  const isTyped = type?.startsWith('Aws') === true
  const source = textIn(value, 'eventSource')
  if (source === undefined || textIn(value, 'eventName') === undefined) {
    return isTyped && textIn(value, 'eventTime') !== undefined
  }
  if (source.startsWith('aws:')) return false
  return (
    isTyped ||
    objectIn(value, 'userIdentity') !== undefined ||
    ['eventVersion', 'eventID'].some((key) => textIn(value, key) !== undefined)
  )
}

/** The service as IAM names it: `kinesis` of `kinesis.amazonaws.com`. */
export function serviceOf(value: Json): string | undefined {
  return textIn(value, 'eventSource')?.split('.', 1)[0]
}

/** The name of the call, without the API date that Lambda puts behind it. */
export function callOf(value: Json): string | undefined {
  const name = textIn(value, 'eventName')
  return name === undefined || !/\d$/.test(name) ? name : name.replace(/(?<=.)\d{8}(?:v\d+)?$/, '')
}

/** `kinesis:CreateStream`; an insight by what it is about. */
export function recordName(value: Json): string {
  const insight = objectIn(value, 'insightDetails')
  if (insight !== undefined) {
    return `insight:${textIn(insight, 'eventName') ?? ''}`.slice(0, nameCharactersMax)
  }
  const name = `${serviceOf(value) ?? ''}:${callOf(value) ?? textIn(value, 'eventType') ?? ''}`
  return name.slice(0, nameCharactersMax)
}

/** The account in whose trail it stands; older records tell only who called. */
export function accountOfRecord(value: Json): string | undefined {
  return textIn(value, 'recipientAccountId') ?? textIn(objectIn(value, 'userIdentity'), 'accountId')
}

/** Whether the call failed, for whatever reason. */
export function isRefused(value: Json): boolean {
  return (memberOf(value, 'errorCode') ?? null) !== null
}

/** Whether somebody's data was touched, and not how a service is set up. */
export function isDataEvent(value: Json): boolean {
  const category = textIn(value, 'eventCategory')
  return category === undefined ? memberOf(value, 'managementEvent') === false : category === 'Data'
}

/** What a trail has to select to see such an event: `management`, or a type of resource. */
export function resourceTypeOf(value: Json): string {
  if (isDataEvent(value)) {
    return (
      objectsIn(value, 'resources')
        .map((one) => textIn(one, 'type'))
        .find(isText) ?? 'data'
    )
  }
  switch (textIn(value, 'eventCategory')) {
    case 'Insight':
      return 'insight'
    case 'NetworkActivity':
      return 'network-activity'
    case 'Aggregated':
      return 'aggregated'
    default:
      return 'management'
  }
}

function isText(value: string | undefined): value is string {
  return value !== undefined
}
