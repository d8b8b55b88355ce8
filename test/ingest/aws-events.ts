import type { Json, JsonObject } from '../../src/model/index.ts'
import { gzipSync } from 'node:zlib'

const account = '111122223333'
const region = 'eu-west-1'
let made = 0

/** An id that no other event of the run has. */
function newId(): string {
  made += 1
  return `7d1f0000-0000-4000-8000-${String(made).padStart(12, '0')}`
}

/** A CloudTrail record of a role, of a call that no translator reads; another event each time. */
export function record(more: JsonObject = {}): JsonObject {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEID:loader',
      arn: `arn:aws:sts::${account}:assumed-role/Loader/loader`,
      accountId: account,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          arn: `arn:aws:iam::${account}:role/etl/Loader`,
          accountId: account,
          userName: 'Loader',
        },
      },
    },
    eventTime: '2026-03-02T01:00:00Z',
    eventSource: 'kinesis.amazonaws.com',
    eventName: 'MergeShards',
    awsRegion: region,
    requestParameters: { streamName: 'vitals', shardToMerge: 'shardId-000000000000' },
    responseElements: null,
    eventID: newId(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...more,
  }
}

/** A record that the table of irrelevant calls knows. */
export function looking(more: JsonObject = {}): JsonObject {
  return record({
    eventSource: 'ec2.amazonaws.com',
    eventName: 'DescribeInstances',
    readOnly: true,
    ...more,
  })
}

/** An EventBridge envelope around a CloudTrail record. */
export function viaEventBridge(detail: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    version: '0',
    id: newId(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.kinesis',
    account,
    time: '2026-03-02T01:00:00Z',
    region,
    resources: [],
    detail,
    ...more,
  }
}

/** An event that EMR itself sends, of a kind that no translator reads. */
export function native(more: JsonObject = {}): JsonObject {
  return viaEventBridge(
    { clusterId: 'j-1', instanceGroupId: 'ig-1', state: 'RUNNING' },
    { 'detail-type': 'EMR Instance Group State Change', source: 'aws.emr', ...more },
  )
}

export function sqs(body: Json): JsonObject {
  return {
    messageId: newId(),
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body: textOf(body),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${region}:${account}:trail`,
    awsRegion: region,
  }
}

export function sns(message: Json): JsonObject {
  return {
    Type: 'Notification',
    MessageId: newId(),
    TopicArn: `arn:aws:sns:${region}:${account}:trail`,
    Message: textOf(message),
    Timestamp: '2026-03-02T01:00:01.000Z',
    SignatureVersion: '1',
    Signature: 'EXAMPLEpH+DcEwjAPg8O9mY8dReBSwksfg2S7WKQcikcNKWLQjwu6A4VbeS0QHVCkhRS7fUQvi2eg',
    SigningCertURL: `https://sns.${region}.amazonaws.com/SimpleNotificationService-1.pem`,
    UnsubscribeURL: `https://sns.${region}.amazonaws.com/?Action=Unsubscribe`,
  }
}

/** What a function is given of a topic. */
export function snsRecord(message: Json): JsonObject {
  return {
    EventVersion: '1.0',
    EventSource: 'aws:sns',
    EventSubscriptionArn: `arn:aws:sns:${region}:${account}:trail:1`,
    Sns: sns(message),
  }
}

/** What a function is given of a stream. */
export function kinesisRecord(data: Json): JsonObject {
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: 'bed-7',
      sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
      data: Buffer.from(textOf(data)).toString('base64'),
      approximateArrivalTimestamp: 1_772_413_200.5,
    },
    eventSource: 'aws:kinesis',
    eventID: `shardId-000000000006:${newId()}`,
    eventName: 'aws:kinesis:record',
    eventSourceARN: `arn:aws:kinesis:${region}:${account}:stream/vitals`,
  }
}

/** A subscription of CloudWatch Logs as a function is given it. */
export function logs(logGroup: string, messages: readonly Json[]): JsonObject {
  const plain = {
    messageType: 'DATA_MESSAGE',
    owner: account,
    logGroup,
    logStream: 'one',
    subscriptionFilters: ['all'],
    logEvents: messages.map((message, id) => ({
      id: String(id),
      timestamp: 1_772_413_200_000,
      message: textOf(message),
    })),
  }
  return { awslogs: { data: gzipSync(JSON.stringify(plain)).toString('base64') } }
}

export function s3Notification(more: JsonObject = {}): JsonObject {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: '2026-03-02T01:00:00.000Z',
    eventName: 'ObjectCreated:Put',
    userIdentity: { principalId: 'AWS:AROAEXAMPLEID:loader' },
    requestParameters: { sourceIPAddress: '192.0.2.7' },
    responseElements: { 'x-amz-request-id': newId() },
    s3: {
      s3SchemaVersion: '1.0',
      bucket: { name: 'lake', arn: 'arn:aws:s3:::lake' },
      object: { key: 'raw/vitals/2026/03/02/part-0.json', size: 7, sequencer: '0055AED6DCD9' },
    },
    ...more,
  }
}

/** The digest of an hour in which nothing was written. */
export function digestFile(): JsonObject {
  return {
    awsAccountId: account,
    digestStartTime: '2026-03-02T00:00:00Z',
    digestEndTime: '2026-03-02T01:00:00Z',
    digestS3Bucket: 'trail',
    digestS3Object: `AWSLogs/${account}/CloudTrail-Digest/${region}/2026/03/02/${newId()}.json.gz`,
    digestPublicKeyFingerprint: '31e8b5433410dfb61a9dc45cc65b22ff',
    digestSignatureAlgorithm: 'SHA256withRSA',
    newestEventTime: null,
    oldestEventTime: null,
    logFiles: [],
  }
}

export const activityLine =
  "'2026-03-02T06:00:09Z UTC [ db=dwh user=etl pid=99753 userid=95 xid=6728324 ]' LOG: COPY clinic.patients\n FROM 's3://lake/curated/patients/' IAM_ROLE 'arn:aws:iam::111122223333:role/copy'"

export const connectionLine =
  'authenticated |Mon, 02 Mar 2026 01:38:01:601|::ffff:192.0.2.7 |51532 |16871 |dwh |IAM:ana |password |0|TLSv1.2 |ECDHE-RSA-AES128-GCM-SHA256 |0| | |6c3a1e8d |psql |Linux |ODBC |none |3 |e2a1'

export const userLine = '100 |nurse |  |create |0|0|0|  |1234|5678|Mon, 02 Mar 2026 01:38:01:601'

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Who calls: a user, or a session of a role by the id of its key. */
type Caller = Readonly<{ user: string } | { role: string; key: string }>

function identity(by: Caller): JsonObject {
  if ('user' in by) {
    const arn = `arn:aws:iam::${account}:user/${by.user}`
    return { type: 'IAMUser', arn, accountId: account, userName: by.user, accessKeyId: 'AKIAUSER' }
  }
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${account}:assumed-role/${by.role}/session`,
    accountId: account,
    accessKeyId: by.key,
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${account}:role/${by.role}` },
    },
  }
}

/** A session of a role begins, under the id of a key. */
export function assumed({
  role,
  key,
  by,
  more = {},
}: Readonly<{ role: string; key: string; by: Caller; more?: JsonObject }>): JsonObject {
  return record({
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    eventTime: '2026-03-01T09:00:00Z',
    userIdentity: identity(by),
    requestParameters: { roleArn: `arn:aws:iam::${account}:role/${role}`, roleSessionName: 'one' },
    responseElements: {
      credentials: {
        accessKeyId: key,
        sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLE',
        expiration: 'soon',
      },
      assumedRoleUser: { arn: `arn:aws:sts::${account}:assumed-role/${role}/one` },
    },
    readOnly: true,
    ...more,
  })
}

/** A data event of S3, on an object of the bucket `lake`, by a session of the role `etl`. */
export function objectCall(call: string, key: string, more: JsonObject = {}): JsonObject {
  return record({
    eventSource: 's3.amazonaws.com',
    eventName: call,
    userIdentity: identity({ role: 'etl', key: 'ASIASECONDSECONDSECO' }),
    requestParameters: { bucketName: 'lake', key, Host: 'lake.s3.amazonaws.com' },
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::lake/${key}` },
      { accountId: account, type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::lake' },
    ],
    additionalEventData: { AuthenticationMethod: 'AuthHeader', SSEApplied: 'SSE_KMS' },
    tlsDetails: { tlsVersion: 'TLSv1.3' },
    userAgent: '[aws-sdk-java/2.31 Linux/5.10]',
    sourceIPAddress: '10.0.1.17',
    eventCategory: 'Data',
    managementEvent: false,
    ...more,
  })
}
