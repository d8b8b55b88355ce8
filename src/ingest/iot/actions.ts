import type { Json, Spelling } from '../../model/index.ts'
import type { Where } from '../aws/arn.ts'
import { isJsonObject } from '../../model/index.ts'
import { namespaceIn, spellingOfArn } from '../aws/arn.ts'
import { textAt } from '../aws/members.ts'
import { folderOfKey } from '../aws/template.ts'
import { streamNamed } from '../kinesis/stream.ts'

type Sink = (action: Json, where: Where) => Spelling | undefined

/** A thing of a service by a member of the action that names it; a template names none. */
function named(service: string, member: string, prefix: string): Sink {
  return (action, where) => {
    const name = textAt(action, member)
    if (name === undefined || name.includes('${')) return undefined
    return { namespace: namespaceIn(where, service), name: `${prefix}${name}` }
  }
}

function byArn(member: string): Sink {
  return (action) => {
    const arn = textAt(action, member)
    return arn === undefined ? undefined : spellingOfArn(arn)
  }
}

/**
 * Where each kind of action writes. Actions that are in no row (alarms, metrics, state machines) start
 * something or count something; what they carry is data all the same, and the rule's flow says so only
 * where a sink is a dataset.
 *
 * @see aws-events.md section 7.1
 */
const sinks: Readonly<Record<string, Sink>> = {
  kinesis: (action, where) => {
    const name = textAt(action, 'streamName')
    return name === undefined ? undefined : streamNamed(name, where)
  },
  firehose: named('firehose', 'deliveryStreamName', 'deliverystream/'),
  s3: (action) => {
    const bucket = textAt(action, 'bucketName')
    const key = textAt(action, 'key')
    if (bucket === undefined) return undefined
    return { namespace: `s3://${bucket}`, name: key === undefined ? '/' : folderOfKey(key) }
  },
  dynamodb: named('dynamodb', 'tableName', 'table/'),
  dynamodbv2: (action, where) => {
    const table = textAt(action, 'putItem', 'tableName')
    return table === undefined
      ? undefined
      : { namespace: namespaceIn(where, 'dynamodb'), name: `table/${table}` }
  },
  sqs: (action) => {
    const [, region, account, queue] =
      /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(\d+)\/([^/]+)$/.exec(
        textAt(action, 'queueUrl') ?? '',
      ) ?? []
    return queue === undefined
      ? undefined
      : { namespace: `arn:aws:sqs:${region}:${account}`, name: queue }
  },
  sns: byArn('targetArn'),
  lambda: byArn('functionArn'),
  republish: named('iot', 'topic', 'topic/'),
  iotanalytics: named('iotanalytics', 'channelName', 'channel/'),
  timestream: (action, where) => {
    const database = textAt(action, 'databaseName')
    const table = textAt(action, 'tableName')
    return database === undefined || table === undefined
      ? undefined
      : {
          namespace: namespaceIn(where, 'timestream'),
          name: `database/${database}/table/${table}`,
        }
  },
  kafka: (action) => {
    const servers = textAt(action, 'clientProperties', 'bootstrap.servers')
    const topic = textAt(action, 'topic')
    const first = servers?.split(',', 1)[0]?.trim()
    if (first === undefined || topic === undefined || topic.includes('${')) return undefined
    return { namespace: `kafka://${first}`, name: topic }
  },
  http: (action) => {
    const url = textAt(action, 'url')
    if (url === undefined || !URL.canParse(url)) return undefined
    const { host, pathname } = new URL(url)
    return { namespace: `https://${host}`, name: pathname }
  },
  cloudwatchlogs: named('logs', 'logGroupName', 'log-group:'),
}

/** The dataset that an action writes to; each action has exactly one member, its kind. */
export function sinkOf(action: Json, where: Where): Spelling | undefined {
  if (!isJsonObject(action)) return undefined
  const [kind = '', of = null] = Object.entries(action)[0] ?? []
  const known = kind.toLowerCase()
  return Object.hasOwn(sinks, known) ? sinks[known]?.(of, where) : undefined
}
