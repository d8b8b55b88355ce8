import { createHash } from 'node:crypto'

const account = '111122223333'
const roles = ['etl/Loader', 'analyst', 'service-role/AWSGlueServiceRole', 'ward-app', 'reporting']
const folders = ['raw/visits', 'raw/vitals', 'curated/visits', 'curated/labs', 'marts/risk', 'tmp']
const calls = ['GetObject', 'GetObject', 'GetObject', 'HeadObject', 'PutObject', 'ListObjects']

/** Data events of S3 as CloudTrail writes them: few roles and folders, many objects, over some days. */
export function* accessEvents(count: number): Generator<object> {
  for (let number = 0; number < count; number += 1) yield eventOf(number, count)
}

function eventOf(number: number, count: number): object {
  const hex = createHash('md5').update(String(number)).digest('hex')
  const role = roles[number % roles.length] ?? ''
  const call = calls[parseInt(hex.slice(0, 2), 16) % calls.length] ?? ''
  const folder = folders[parseInt(hex.slice(2, 4), 16) % folders.length] ?? ''
  const second = Math.floor((number / count) * 3 * 86_400)
  const eventTime = new Date(Date.UTC(2026, 2, 1) + second * 1000).toISOString().replace('.000', '')
  const day = eventTime.slice(0, 10)
  const key = `${folder}/dt=${day}/part-${hex.slice(0, 8)}.parquet`
  const session = createHash('md5')
    .update(`${role}${Math.floor(second / 3600)}`)
    .digest('hex')
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROA5FLZVX4OAMSW6BCRH:session',
      arn: `arn:aws:sts::${account}:assumed-role/${role.split('/').at(-1)}/session`,
      accountId: account,
      accessKeyId: `ASIA${session.slice(0, 16).toUpperCase()}`,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROA5FLZVX4OAMSW6BCRH',
          arn: `arn:aws:iam::${account}:role/${role}`,
          accountId: account,
          userName: role.split('/').at(-1),
        },
        attributes: { creationDate: `${day}T00:00:00Z`, mfaAuthenticated: 'false' },
      },
    },
    eventTime,
    eventSource: 's3.amazonaws.com',
    eventName: call,
    awsRegion: 'eu-west-1',
    sourceIPAddress: `10.0.${number % 4}.${parseInt(hex.slice(4, 6), 16) % 40}`,
    userAgent: '[aws-sdk-java/2.31.1 Linux/5.10 Java/17]',
    requestParameters:
      call === 'ListObjects'
        ? { bucketName: 'lake', prefix: `${folder}/`, Host: 'lake.s3.eu-west-1.amazonaws.com' }
        : { bucketName: 'lake', key, Host: 'lake.s3.eu-west-1.amazonaws.com' },
    responseElements: null,
    additionalEventData: {
      SignatureVersion: 'SigV4',
      CipherSuite: 'TLS_AES_128_GCM_SHA256',
      bytesTransferredIn: 0,
      AuthenticationMethod: 'AuthHeader',
      'x-amz-id-2': Buffer.from(hex.repeat(2), 'hex').toString('base64'),
      bytesTransferredOut: parseInt(hex.slice(8, 13), 16),
    },
    requestID: hex.slice(0, 16).toUpperCase(),
    eventID: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`,
    readOnly: call !== 'PutObject',
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::lake/${key}` },
      { accountId: account, type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::lake' },
    ],
    eventType: 'AwsApiCall',
    managementEvent: false,
    recipientAccountId: account,
    eventCategory: 'Data',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: 'lake.s3.eu-west-1.amazonaws.com',
    },
  }
}
