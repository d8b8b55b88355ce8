import type { Json, Spelling } from '../../model/index.ts'
import type { Where } from '../aws/arn.ts'
import { isJsonObject } from '../../model/index.ts'
import { namespaceIn, partitionOf, spellingOfArn } from '../aws/arn.ts'
import { listAt, textAt } from '../aws/members.ts'
import { folderOfKey } from '../aws/template.ts'
import { streamNamed } from '../kinesis/stream.ts'

type Sink = (action: Json, where: Where) => readonly (Spelling | undefined)[]

/** Text that names something by itself; a template is decided by each message. */
function fixedAt(action: Json, ...path: readonly string[]): string | undefined {
  const text = textAt(action, ...path)
  return text?.includes('${') === true ? undefined : text
}

/** A thing of a service, by the members of the action that name it. */
function named(service: string, nameOf: (action: Json) => string | undefined): Sink {
  return (action, where) => {
    const name = nameOf(action)
    return [name === undefined ? undefined : { namespace: namespaceIn(where, service), name }]
  }
}

/** `prefix` and what one member says. */
function by(member: string, prefix: string): (action: Json) => string | undefined {
  return (action) => {
    const name = fixedAt(action, member)
    return name === undefined ? undefined : `${prefix}${name}`
  }
}

function byArn(member: string): Sink {
  return (action) => [spellingOfArn(fixedAt(action, member) ?? '')]
}

/** Data that leaves AWS, for an address. */
function endpoint(action: Json): readonly (Spelling | undefined)[] {
  const url = fixedAt(action, 'url')
  if (url === undefined || !URL.canParse(url)) return [undefined]
  const { host, pathname } = new URL(url)
  return [{ namespace: `https://${host}`, name: pathname }]
}

/** `https://search-{domain}-{id}.{region}.es.amazonaws.com`, or `vpc-` for one inside of a network. */
const searchHost = /^https:\/\/(?:search|vpc)-(.+)-[a-z0-9]{20,}\.[a-z0-9-]+\.es\.amazonaws\.com/

const searchIndex: Sink = (action, where) => {
  const [, domain] = searchHost.exec(textAt(action, 'endpoint') ?? '') ?? []
  const index = fixedAt(action, 'index')
  if (domain === undefined || index === undefined) return [undefined]
  return [{ namespace: namespaceIn(where, 'es'), name: `domain/${domain}/${index}` }]
}

const queueUrl = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(\d+)\/([^/]+)$/

/**
 * Where each kind of action writes: a dataset, or whatever else is handed what the message holds (a
 * function, a state machine, a metric). A sink that is undefined is decided by the message, or hidden.
 *
 * @see aws-events.md section 7.1
 */
const sinks: Readonly<Record<string, Sink>> = {
  cloudwatchalarm: named('cloudwatch', by('alarmName', 'alarm:')),
  cloudwatchlogs: named('logs', by('logGroupName', 'log-group:')),
  cloudwatchmetric: named('cloudwatch', (action) => {
    const space = fixedAt(action, 'metricNamespace')
    const name = fixedAt(action, 'metricName')
    return space === undefined || name === undefined ? undefined : `metric/${space}/${name}`
  }),
  dynamodb: named('dynamodb', by('tableName', 'table/')),
  dynamodbv2: named('dynamodb', (action) => {
    const table = fixedAt(action, 'putItem', 'tableName')
    return table === undefined ? undefined : `table/${table}`
  }),
  elasticsearch: searchIndex,
  firehose: named('firehose', by('deliveryStreamName', 'deliverystream/')),
  http: endpoint,
  influxdb: (action) => {
    const server = spellingOfArn(fixedAt(action, 'destinationArn') ?? '')
    const database = fixedAt(action, 'databaseName')
    const table = fixedAt(action, 'tableName')
    if (server === undefined || database === undefined) return [undefined]
    const parts = [server.name, database, ...(table === undefined ? [] : [table])]
    return [{ namespace: server.namespace, name: parts.join('/') }]
  },
  iotanalytics: (action, where) => {
    const arn = fixedAt(action, 'channelArn')
    return arn === undefined
      ? named('iotanalytics', by('channelName', 'channel/'))(action, where)
      : [spellingOfArn(arn)]
  },
  iotevents: named('iotevents', by('inputName', 'input/')),
  iotsitewise: (action, where) =>
    listAt(action, 'putAssetPropertyValueEntries').flatMap((entry) =>
      named('iotsitewise', by('assetId', 'asset/'))(entry, where),
    ),
  kafka: (action) => {
    const servers = textAt(action, 'clientProperties', 'bootstrap.servers')
    const first = servers?.split(',', 1)[0]?.trim()
    const topic = fixedAt(action, 'topic')
    if (first === undefined || topic === undefined) return [undefined]
    return [{ namespace: `kafka://${first}`, name: topic }]
  },
  kinesis: (action, where) => {
    const name = fixedAt(action, 'streamName')
    return [name === undefined ? undefined : streamNamed(name, where)]
  },
  lambda: byArn('functionArn'),
  location: named('geo', by('trackerName', 'tracker/')),
  opensearch: searchIndex,
  republish: named('iot', by('topic', 'topic/')),
  s3: (action) => {
    const bucket = fixedAt(action, 'bucketName')
    const key = textAt(action, 'key')
    if (bucket === undefined) return [undefined]
    return [{ namespace: `s3://${bucket}`, name: key === undefined ? '/' : folderOfKey(key) }]
  },
  salesforce: endpoint,
  sns: byArn('targetArn'),
  sqs: (action) => {
    const [, region, account, queue] = queueUrl.exec(fixedAt(action, 'queueUrl') ?? '') ?? []
    if (region === undefined || queue === undefined) return [undefined]
    return [{ namespace: `arn:${partitionOf(region)}:sqs:${region}:${account}`, name: queue }]
  },
  stepfunctions: named('states', by('stateMachineName', 'stateMachine:')),
  timestream: named('timestream', (action) => {
    const database = fixedAt(action, 'databaseName')
    const table = fixedAt(action, 'tableName')
    return database === undefined || table === undefined
      ? undefined
      : `database/${database}/table/${table}`
  }),
}

/** Where an action writes: `kind` as the rule says it, and what of it is known. */
export type Written = Readonly<{ kind: string; outputs: readonly Spelling[]; isWhole: boolean }>

/** What an action writes to; each has exactly one member, its kind. */
export function writtenBy(action: Json, where: Where): Written {
  const [kind = '', of = null] = isJsonObject(action) ? (Object.entries(action)[0] ?? []) : []
  const known = kind.toLowerCase()
  const sink = Object.hasOwn(sinks, known) ? sinks[known] : undefined
  const found = sink?.(of, where) ?? [undefined]
  const outputs = found.filter((spelling) => spelling !== undefined)
  return { kind, outputs, isWhole: outputs.length > 0 && outputs.length === found.length }
}
