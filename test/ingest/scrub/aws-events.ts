import type { Json, JsonObject } from '../../../src/model/index.ts'

type Parts = Readonly<Record<string, Json>>

const account = '123456789012'

/** A record of CloudTrail of the usual members with something put in. */
export function trailRecord(service: string, eventName: string, parts: Parts): JsonObject {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAQ3EGUZ7ML0PXBVNTA:etl',
      arn: `arn:aws:sts::${account}:assumed-role/etl/etl`,
      accountId: account,
    },
    eventTime: '2026-02-03T10:00:00Z',
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.17.0',
    requestParameters: null,
    responseElements: null,
    eventID: '11111111-1111-4111-8111-111111111111',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...parts,
  }
}

/** A call of a service with these parameters. */
export const call = (service: string, eventName: string, requestParameters: Parts) =>
  trailRecord(service, eventName, { requestParameters })

/** A read of an object, which the record names twice. */
export const objectRead = (key: string) =>
  trailRecord('s3', 'GetObject', {
    requestParameters: { bucketName: 'lake', key, Host: 'lake.s3.amazonaws.com' },
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::lake/${key}` },
      { accountId: account, type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::lake' },
    ],
    managementEvent: false,
    eventCategory: 'Data',
  })

/** An event of a service as EventBridge sends it. */
export const bridged = (source: string, type: string, detail: Json): JsonObject => ({
  version: '0',
  id: '22222222-2222-4222-8222-222222222222',
  'detail-type': type,
  source,
  account,
  time: '2026-02-03T10:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail,
})

export const objectCreated = (key: string) =>
  bridged('aws.s3', 'Object Created', {
    version: '0',
    bucket: { name: 'lake' },
    object: { key, size: 12, etag: 'd41d8cd98f00b204e9800998ecf8427e', sequencer: '0062E99A88DC' },
    'request-id': 'C3D13FE58DE4C810',
    requester: account,
    'source-ip-address': '198.51.100.7',
    reason: 'PutObject',
  })

/** One record of a notification of S3; the key as it is sent, encoded. */
export const notified = (key: string): JsonObject => ({
  eventVersion: '2.1',
  eventSource: 'aws:s3',
  awsRegion: 'us-east-1',
  eventTime: '2026-02-03T10:00:00.000Z',
  eventName: 'ObjectCreated:Put',
  userIdentity: { principalId: 'AWS:AROAQ3EGUZ7ML0PXBVNTA:etl' },
  requestParameters: { sourceIPAddress: '198.51.100.7' },
  responseElements: { 'x-amz-request-id': 'C3D13FE58DE4C810' },
  s3: {
    s3SchemaVersion: '1.0',
    configurationId: 'all',
    bucket: { name: 'lake', arn: 'arn:aws:s3:::lake' },
    object: { key, size: 12, eTag: 'd41d8cd98f00b204e9800998ecf8427e', sequencer: '0062E99A88' },
  },
})

export const streamed = (kinesis: Parts): JsonObject => ({
  eventID: 'shardId-000000000006:49590338271490256608559692538361571095921575989136588898',
  eventName: 'aws:kinesis:record',
  eventVersion: '1.0',
  eventSource: 'aws:kinesis',
  eventSourceARN: `arn:aws:kinesis:us-east-1:${account}:stream/vitals`,
  awsRegion: 'us-east-1',
  invokeIdentityArn: `arn:aws:iam::${account}:role/fn`,
  kinesis: {
    kinesisSchemaVersion: '1.0',
    partitionKey: 'p',
    sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
    data: 'eA==',
    approximateArrivalTimestamp: 1545084650.987,
    ...kinesis,
  },
})

export const changed = (dynamodb: Parts): JsonObject => ({
  eventID: 'f07f8ca4b0b26cb9c4e5e77e69f274ee',
  eventName: 'INSERT',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'us-east-1',
  eventSourceARN: `arn:aws:dynamodb:us-east-1:${account}:table/visits/stream/2026-01-01T00:00:00.000`,
  dynamodb: {
    ApproximateCreationDateTime: 1770112800,
    SequenceNumber: '1405400000000002063282832',
    SizeBytes: 54,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
    ...dynamodb,
  },
})

export const produced = (message: Parts): JsonObject => ({
  eventSource: 'aws:kafka',
  eventSourceArn: `arn:aws:kafka:us-east-1:${account}:cluster/clinic/e9f754c6-2`,
  topic: 'vitals',
  partition: 0,
  offset: 15,
  timestamp: 1545084650987,
  timestampType: 'CREATE_TIME',
  ...message,
})

export const activity = (query: string, user = 'etl'): JsonObject => ({
  recordtime: '2026-02-03T10:00:00Z',
  db: 'clinic',
  user,
  pid: '99753',
  userid: '95',
  xid: '6728324',
  query,
})

export const connected = (parts: Parts): JsonObject => ({
  event: 'authenticated',
  recordtime: 'Tue, 03 Feb 2026 10:00:00:601',
  remotehost: '198.51.100.7',
  remoteport: '41234',
  pid: '99753',
  dbname: 'clinic',
  username: 'IAM:etl',
  authmethod: 'IAM',
  duration: '0',
  sslversion: 'TLSv1.2',
  sslcipher: 'ECDHE-RSA-AES128-GCM-SHA256',
  ...parts,
})

export const altered = (parts: Parts): JsonObject => ({
  userid: '95',
  username: 'etl',
  oldusername: '',
  action: 'create',
  pid: '99753',
  xid: '6728324',
  recordtime: '2026-02-03T10:00:00Z',
  ...parts,
})

/** A step of a cluster that runs these arguments. */
export const step = (...args: readonly string[]) =>
  call('elasticmapreduce', 'AddJobFlowSteps', {
    jobFlowId: 'j-2E1G6JJE6X1MQ',
    steps: [{ name: 'nightly', hadoopJarStep: { jar: 'command-runner.jar', args } }],
  })

export const rule = (sql: string, actions: readonly Json[] = []) =>
  call('iot', 'CreateTopicRule', {
    ruleName: 'vitals',
    topicRulePayload: { sql, awsIotSqlVersion: '2016-03-23', ruleDisabled: false, actions },
  })
