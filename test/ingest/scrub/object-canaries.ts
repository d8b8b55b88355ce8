import type { Row } from './canary-rows.ts'
import * as put from './aws-events.ts'
import { glue, trail } from './canary-rows.ts'

const part = 'part-00000-0a1b2c3d-1111-4111-8111-111111111111.c000.snappy.parquet'
const logFile =
  'AWSLogs/123456789012/CloudTrail/us-east-1/2026/02/03/123456789012_CloudTrail_us-east-1_20260203T1000Z_a.json.gz'
const copied = (source: string) =>
  put.call('s3', 'CopyObject', { bucketName: 'b', key: 'x/', 'x-amz-copy-source': source })
const decrypted = (encryptionContext: Readonly<Record<string, string>>) =>
  put.call('kms', 'Decrypt', { encryptionContext })
const partitioned = (location: string) =>
  glue('BatchCreatePartition', { partitionInputList: [{ storageDescriptor: { location } }] })

/** Keys of objects: every one of these must be gone from what is stored. */
export const objectMustGo: readonly Row[] = [
  trail('a file', 'john.doe', put.objectRead('raw/2026/03/john.doe.pdf')),
  trail('a file without an ending', 'jane.roe-81', put.objectRead('raw/jane.roe-81')),
  trail('a folder with an SSN', '219-09-9982', put.objectRead('in/219-09-9982/x.csv')),
  trail('a folder with an address', 'jane.83@x.example', put.objectRead('in/jane.83@x.example/')),
  trail('a folder of digits', '4819284', put.objectRead('in/4819284/_SUCCESS')),
  trail(
    'a folder with a UUID',
    '0a1b2c3d-85',
    put.objectRead('in/0a1b2c3d-8585-4111-8111-111111111111/'),
  ),
  trail(
    'a partition by patient',
    'roe-86',
    put.objectRead('t/patient_id=roe-86/part-00000.parquet'),
  ),
  trail('a partition by record', 'A-87', put.objectRead('t/mrn=A-87/')),
  trail('a partition with an SSN', '219-09-9988', put.objectRead('t/who=219-09-9988/')),
  trail('a record number', 'MR00081234', put.objectRead('in/MR00081234/x.csv')),
  trail('an MBI', '1EG4-TE5-MK73', put.objectRead('in/1EG4-TE5-MK73/x.csv')),
  trail('the source of a copy', 'john.roe-89', copied('lake/in/john.roe-89.pdf')),
  trail('an encoded one', 'john%20roe-90', copied('/lake/in/john%20roe-90.pdf?versionId=3')),
  trail(
    'a context',
    'john.roe-91',
    decrypted({ 'aws:s3:arn': 'arn:aws:s3:::lake/in/john.roe-91.pdf' }),
  ),
  trail('the context of a caller', 'roe.92@x.example', decrypted({ who: 'roe.92@x.example' })),
  trail(
    'what is listed',
    '4819293',
    put.call('s3', 'ListObjects', { bucketName: 'b', prefix: 'in/4819293/' }),
  ),
  trail(
    'an object through an access point',
    'john.roe-94',
    put.trailRecord('s3', 'GetObject', {
      resources: [
        { ARN: 'arn:aws:s3:us-east-1:123456789012:accesspoint/ap/object/in/john.roe-94.pdf' },
      ],
    }),
  ),
  trail(
    'a partition of Glue',
    '219-09-9995',
    glue('BatchCreatePartition', { partitionInputList: [{ values: ['219-09-9995'] }] }),
  ),
  trail('where it lies', 'roe-96', partitioned('s3://lake/t/patient_id=roe-96/')),
  ['a file in EventBridge', 'eventbridge', 'john.roe-97', put.objectCreated('in/john.roe-97.pdf')],
  ['a folder in EventBridge', 'eventbridge', '219-09-9978', put.objectCreated('in/219-09-9978/')],
  ['an encoded file', 's3-notification', 'john+roe-99', put.notified('in/john+roe-99.pdf')],
  [
    'an encoded address',
    's3-notification',
    'roe.7%40x.example',
    put.notified('in/roe.7%40x.example/'),
  ],
  [
    'a record in an envelope',
    'eventbridge',
    'john.roe-100',
    put.bridged('aws.s3', 'AWS API Call via CloudTrail', put.objectRead('in/john.roe-100.pdf')),
  ],
]

/** What says which dataset an object belongs to: every one of these must still be there. */
export const objectMustStay: readonly Row[] = [
  trail(
    'folders and a partition',
    '"raw/visits/dt=2026-03-02/',
    put.objectRead(`raw/visits/dt=2026-03-02/${part}`),
  ),
  trail('a part of a table', part, put.objectRead(`raw/${part}`)),
  trail('a mark of success', 'raw/_SUCCESS', put.objectRead('raw/_SUCCESS')),
  trail(
    'a log of a table',
    '_delta_log/00000000000000000010.json',
    put.objectRead('t/_delta_log/00000000000000000010.json'),
  ),
  trail('a file of Hive', 't/000000_0', put.objectRead('t/000000_0')),
  trail('a manifest', 't/manifest', put.objectRead('t/manifest')),
  trail(
    'a year and a month',
    '/year=2026/month=03/',
    put.objectRead('t/year=2026/month=03/_SUCCESS'),
  ),
  trail('a day', '/20260302/', put.objectRead('raw/20260302/_SUCCESS')),
  trail('a moment', '/2026-03-02T10-00-00Z/', put.objectRead('raw/2026-03-02T10-00-00Z/_SUCCESS')),
  trail('an ending', '.csv.gz"', put.objectRead('raw/john.doe.csv.gz')),
  trail(
    'an account of logs',
    'AWSLogs/123456789012/CloudTrail/',
    put.objectRead('AWSLogs/123456789012/CloudTrail/'),
  ),
  trail('a bucket of an object', 'arn:aws:s3:::lake/raw/', put.objectRead('raw/x.csv')),
  trail('a bucket of a copy', '"lake/raw/', copied('lake/raw/x.csv')),
  trail(
    'a context of a table',
    '"aws:dynamodb:tableName":"visits"',
    decrypted({ 'aws:dynamodb:tableName': 'visits' }),
  ),
  trail(
    'a context of a bucket',
    'arn:aws:s3:::lake"',
    decrypted({ 'aws:s3:arn': 'arn:aws:s3:::lake' }),
  ),
  trail('where a table lies', 's3://lake/d1/t1/1234567/', partitioned('s3://lake/d1/t1/1234567/')),
  trail(
    'a partition',
    '"2026-03-02"',
    glue('BatchCreatePartition', { partitionInputList: [{ values: ['2026-03-02'] }] }),
  ),
  trail(
    'a rule of a policy',
    'arn:aws:s3:::lake/in/*',
    put.call('s3', 'PutBucketPolicy', {
      bucketName: 'lake',
      bucketPolicy: { Statement: [{ Effect: 'Deny', Resource: 'arn:aws:s3:::lake/in/*' }] },
    }),
  ),
  [
    'a bucket in EventBridge',
    'eventbridge',
    '217-555-0198',
    put.bridged('aws.s3', 'Object Created', {
      bucket: { name: '217-555-0198' },
      object: { key: 'x/' },
    }),
  ],
  ['folders in EventBridge', 'eventbridge', 'raw/visits/', put.objectCreated('raw/visits/x.csv')],
  [
    'folders in a notification',
    's3-notification',
    'raw/visits+2026/',
    put.notified('raw/visits+2026/x.csv'),
  ],
  [
    'a partition, encoded',
    's3-notification',
    'dt%3D2026-03-02/_SUCCESS',
    put.notified('dt%3D2026-03-02/_SUCCESS'),
  ],
  [
    'a file of a trail',
    'cloudtrail-digest',
    logFile,
    {
      digestS3Bucket: 'trail',
      logFiles: [{ s3Bucket: 'trail', s3Object: logFile, hashValue: 'ab' }],
    },
  ],
]
