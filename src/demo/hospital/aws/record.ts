import type { JsonObject } from '../event.ts'
import type { Micros } from '../time.ts'
import type { Identity } from './account.ts'
import { capitalsOf, uuidOf } from '../random.ts'
import { secondTime } from '../time.ts'
import { account, arnOf, region } from './account.ts'

/** A call as CloudTrail records it. `more` are members that only some records have. */
type Call = Readonly<{
  at: Micros
  /** `{service}:{operation}`, such as `kinesis:CreateStream`. */
  call: `${string}:${string}`
  by: Identity
  request: JsonObject | null
  response?: JsonObject | null
  readOnly?: boolean
  more?: JsonObject
}>

/** A record of CloudTrail: one call of the hospital's account. */
export function recordOf(told: Call): JsonObject {
  const { at, by, request, response = null, readOnly = false } = told
  const [service = '', eventName = ''] = told.call.split(':')
  const key = `${told.call}/${at}/${JSON.stringify(request)}`
  return {
    eventVersion: '1.11',
    userIdentity: by,
    eventTime: secondTime(at),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: region,
    sourceIPAddress: '192.0.2.24',
    userAgent: 'aws-sdk-java/2.31.8',
    requestParameters: request,
    responseElements: response,
    requestID: uuidOf(`request/${key}`),
    eventID: uuidOf(`event/${key}`),
    readOnly,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${service}.${region}.amazonaws.com`,
    },
    ...told.more,
  }
}

/** One read or write of an object, as a trail records it that selects objects of S3. */
export function objectCall(
  told: Readonly<{
    at: Micros
    operation: 'GetObject' | 'PutObject'
    bucket: string
    key: string
    by: Identity
    bytes: number
    more?: JsonObject
  }>,
): JsonObject {
  const { at, operation, bucket, key, by, bytes } = told
  const host = `${bucket}.s3.${region}.amazonaws.com`
  const isRead = operation === 'GetObject'
  return recordOf({
    at,
    call: `s3:${operation}`,
    by,
    request: { bucketName: bucket, Host: host, key },
    response: isRead ? null : { 'x-amz-server-side-encryption': 'aws:kms' },
    readOnly: isRead,
    more: {
      additionalEventData: {
        SignatureVersion: 'SigV4',
        CipherSuite: 'TLS_AES_128_GCM_SHA256',
        bytesTransferredIn: isRead ? 0 : bytes,
        AuthenticationMethod: 'AuthHeader',
        'x-amz-id-2': capitalsOf(`id-2/${at}/${key}`, 40),
        bytesTransferredOut: isRead ? bytes : 0,
        ...(isRead ? {} : { SSEApplied: 'SSE_KMS' }),
      },
      resources: [
        { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket}/${key}` },
        { accountId: account, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` },
      ],
      managementEvent: false,
      eventCategory: 'Data',
      ...told.more,
    },
  })
}

/** The envelope in which EventBridge hands on a record of CloudTrail. */
export function envelopeOf(record: JsonObject, at: Micros): JsonObject {
  const source = String(record['eventSource']).split('.', 1)[0]
  return enveloped(at, `aws.${source}`, 'AWS API Call via CloudTrail', record)
}

/** An event that a service itself puts on the bus, with a shape of its own. */
export function enveloped(
  at: Micros,
  source: string,
  detailType: string,
  detail: JsonObject,
  resources: readonly string[] = [],
): JsonObject {
  return {
    version: '0',
    id: uuidOf(`envelope/${detailType}/${at}/${JSON.stringify(detail)}`),
    'detail-type': detailType,
    source,
    account,
    time: secondTime(at),
    region,
    resources,
    detail,
  }
}

/** A message of a queue that holds what a topic had notified of an event. */
export function queued(event: JsonObject, at: Micros): JsonObject {
  const id = uuidOf(`notification/${JSON.stringify(event)}`)
  const notification = {
    Type: 'Notification',
    MessageId: id,
    TopicArn: arnOf('sns', 'larkmere-platform-events'),
    Message: JSON.stringify(event),
    Timestamp: secondTime(at).replace('Z', '.412Z'),
    SignatureVersion: '2',
    Signature: Buffer.from(capitalsOf(`signature/${id}`, 60)).toString('base64'),
    SigningCertURL: `https://sns.${region}.amazonaws.com/SimpleNotificationService-0000.pem`,
    UnsubscribeURL: `https://sns.${region}.amazonaws.com/?Action=Unsubscribe`,
  }
  return {
    MessageId: uuidOf(`message/${id}`),
    ReceiptHandle: capitalsOf(`receipt/${id}`, 60),
    MD5OfBody: capitalsOf(`md5/${id}`, 32).toLowerCase(),
    Body: JSON.stringify(notification),
  }
}
