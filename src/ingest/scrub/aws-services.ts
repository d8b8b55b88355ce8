import type { Place } from './place.ts'
import { attributes, each, service } from './aws-members.ts'
import { byName, payload, text } from './place.ts'

/** What a service's own requests hold beside the members that all share, by its name in `eventSource`. */
const s3 = service((read) => ({
  ...each('key s3Key fileKey', read('key')),
  ...each('prefix start-after startAfter marker key-marker keyMarker beginMarker', read('prefix')),
  'x-amz-copy-source': read('copy-source'),
  'x-amz-rename-source': read('copy-source'),
}))

const dynamodb = service((read) => ({
  ...each('key keys exclusiveStartKey lastEvaluatedKey expected', attributes),
  ...each('keyConditions queryFilter scanFilter attributeUpdates parameters', attributes),
  // Lists of attributes' names in CloudTrail; a map would be the item itself.
  ...each('item items', { ...attributes, items: read('name') }),
}))

const kinesis = service((read) => ({
  data: payload,
  partitionKey: read('token'),
  blob: payload,
}))

const states = service((read) => ({
  ...each('input output cause', payload),
  error: read('text'),
  executionArn: read('actor'),
}))

const messages = service((read) => ({
  ...each('message subject messageBody messageAttributes body', payload),
  ...each('phoneNumber', payload),
  endpoint: read('endpoint'),
}))

const lambda = service(() => ({
  ...each('payload invokeArgs logResult event', payload),
  variables: byName(payload),
}))

const ssm = service(() => ({
  ...each('value values output standardOutputContent', payload),
  parameters: { ...byName(payload), items: byName(payload) },
}))

const statements = service(() => ({
  parameters: {
    ...text,
    items: { ...text, fields: new Map([['value', payload]]), isFolded: true },
  },
  ...each('parameterSets records', payload),
}))

/** Services whose requests are texts about people. */
const texts = service(() =>
  each(
    'text textList inputText body prompt messages content document documents dicom image bytes',
    payload,
  ),
)

const glue = service((read) => ({
  ...each('values partitionValues partitionValueList changedPartitions', read('value')),
  parameters: text,
}))

/** An object of this name holds the id of a key; elsewhere it is a key. */
const iam = service((read) => ({ accessKey: read('text') }))
const signIn = service((read) => ({ getSigninToken: read('name') }))

const kms = service(() => each('message mac signature', payload))
const events = service(() => each('detail', payload))
const logs = service(() => ({ ...each('message logEvents', payload) }))
const ec2 = service(() => ({ ...each('userData', payload) }))
const mail = service(() => each('content rawMessage template templateData body subject', payload))

const services: Readonly<Record<string, Place>> = {
  s3,
  s3express: s3,
  's3-outposts': s3,
  's3-object-lambda': s3,
  snowball: s3,
  kinesisanalytics: s3,
  comprehendmedical: texts,
  comprehend: texts,
  bedrock: texts,
  'bedrock-runtime': texts,
  healthlake: texts,
  translate: texts,
  polly: texts,
  textract: texts,
  lex: texts,
  dynamodb,
  dynamodbstreams: dynamodb,
  dax: dynamodb,
  kinesis,
  firehose: kinesis,
  states,
  sns: messages,
  sqs: messages,
  lambda,
  ssm,
  'redshift-data': statements,
  rdsdata: statements,
  rdsdataapi: statements,
  athena: statements,
  glue,
  kms,
  events,
  logs,
  ec2,
  ses: mail,
  iam,
  signin: signIn,
}
const anyService = service()
const bySource = new Map<string, Place>()
/** AWS has a few hundred. */
const sourcesMax = 1000

/** The members of a service by how CloudTrail or EventBridge name it. */
export function placeOfService(source: unknown): Place {
  if (typeof source !== 'string') return anyService
  const known = bySource.get(source)
  if (known !== undefined) return known
  if (bySource.size >= sourcesMax) bySource.clear()
  const place = placeNamed(source)
  bySource.set(source, place)
  return place
}

function placeNamed(source: string): Place {
  const name = source.replace(/^aws\./, '').replace(/\.amazonaws\.com$/, '')
  return (Object.hasOwn(services, name) ? services[name] : undefined) ?? anyService
}
