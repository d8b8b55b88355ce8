import type { Json, JsonObject } from '../../model/index.ts'
import type { Context } from '../format.ts'
import type { Item } from './unwrap.ts'
import { isJsonObject } from '../../model/index.ts'
import { isRecord } from '../cloudtrail/record.ts'
import { sourceIn } from '../eventbridge/event.ts'
import { isEnvelope } from '../eventbridge/format.ts'
import { isList, memberOf, objectIn, objectsIn, textIn } from '../members.ts'
import { withContext } from './with-context.ts'
import { isOfLogs, openLogs } from './cloudwatch-logs.ts'
import { openData } from './packed-data.ts'

type Told = Readonly<{ value: JsonObject; context: Context }>

/** What lies in a wrapping of this kind; undefined: it is none. */
type Open = (told: Told) => readonly Item[] | undefined

/**
 * Every wrapping that events come in, in the order in which they are tried. A wrapping says by its
 * shape alone that it is one; what it says of the delivery is added to the context.
 */
const wrappings: readonly Open[] = [
  openRecords,
  openSqsMessage,
  openSqsAnswer,
  openSnsRecord,
  openSnsNotification,
  openEnvelope,
  openLogs,
  openFirehose,
  openStreamRecord,
]

/** What lies in a value that wraps others; undefined when it is an event itself, or nothing known. */
export function openWrapping({
  value,
  context,
}: Extract<Item, { value: Json }>): readonly Item[] | undefined {
  if (typeof value === 'string') return [{ text: value, context }]
  if (isList(value)) return value.map((item) => ({ value: item, context }))
  if (!isJsonObject(value)) return undefined
  for (const open of wrappings) {
    const inner = open({ value, context })
    if (inner !== undefined) return inner
  }
  return undefined
}

/** A CloudTrail file, or what Lambda is given of a queue, a topic, a bucket or a stream. */
function openRecords({ value, context }: Told): readonly Item[] | undefined {
  const records = memberOf(value, 'Records')
  return isList(records) ? records.map((record) => ({ value: record, context })) : undefined
}

function openSqsMessage({ value, context }: Told): readonly Item[] | undefined {
  const text = textIn(value, 'body') ?? textIn(value, 'Body')
  const id = textIn(value, 'messageId') ?? textIn(value, 'MessageId')
  if (text === undefined || id === undefined) return undefined
  return [{ text, context: withContext(context, { queue: textIn(value, 'eventSourceARN') }) }]
}

/** What `aws sqs receive-message` prints. */
function openSqsAnswer({ value, context }: Told): readonly Item[] | undefined {
  const messages = objectsIn(value, 'Messages')
  const isAnswer = messages.length > 0 && messages.every((one) => textIn(one, 'Body') !== undefined)
  return isAnswer ? messages.map((message) => ({ value: message, context })) : undefined
}

function openSnsRecord({ value, context }: Told): readonly Item[] | undefined {
  const message = objectIn(value, 'Sns')
  const isRecordOfSns = textIn(value, 'EventSource') === 'aws:sns' && message !== undefined
  return isRecordOfSns ? [{ value: message, context }] : undefined
}

function openSnsNotification({ value, context }: Told): readonly Item[] | undefined {
  const topic = textIn(value, 'TopicArn')
  const text = textIn(value, 'Message')
  if (textIn(value, 'Type') !== 'Notification' || topic === undefined || text === undefined) {
    return undefined
  }
  return [{ text, context: withContext(context, { topic }) }]
}

/** A CloudTrail record is the event, and so is OpenLineage of a source that is not AWS. */
function openEnvelope({ value, context }: Told): readonly Item[] | undefined {
  const detail = objectIn(value, 'detail')
  if (detail === undefined || !isEnvelope(value)) return undefined
  const isOfAws = sourceIn(value)?.startsWith('aws.') === true
  if (!isRecord(detail) && (isOfAws || !isSureOpenLineage(detail))) return undefined
  const said = {
    envelope: textIn(value, 'id'),
    account: textIn(value, 'account'),
    region: textIn(value, 'region'),
  }
  return [{ value: detail, context: withContext(context, said) }]
}

/** What Firehose gives to a function, and what a function gives back. */
function openFirehose({ value, context }: Told): readonly Item[] | undefined {
  const stream = textIn(value, 'deliveryStreamArn')
  const records = objectsIn(value, 'records')
  if (stream === undefined || textIn(value, 'invocationId') === undefined) return undefined
  const about = { eventSource: 'aws:firehose', eventSourceARN: stream }
  return records.map((record) => ({ value: { ...record, ...about }, context }))
}

/**
 * An event that travelled through a stream. Any other data of a stream is nobody's business here: the
 * record stays closed, and its data is scrubbed away as a whole.
 */
function openStreamRecord({ value, context }: Told): readonly Item[] | undefined {
  const source = textIn(value, 'eventSource')
  const data =
    source === 'aws:kinesis' ? textIn(objectIn(value, 'kinesis'), 'data') : textIn(value, 'data')
  if (data === undefined || (source !== 'aws:kinesis' && source !== 'aws:firehose'))
    return undefined
  const inner = openData(data)
  const isEvent =
    inner !== undefined &&
    (isRecord(inner) || isEnvelope(inner) || isSureOpenLineage(inner) || isOfLogs(inner))
  return isEvent ? [{ value: inner, context }] : undefined
}

/** Told by more than the word `job`, which any data may have. */
function isSureOpenLineage(value: Json): boolean {
  const about = objectIn(value, 'job') ?? objectIn(value, 'dataset')
  return textIn(value, 'eventTime') !== undefined && textIn(about, 'namespace') !== undefined
}
