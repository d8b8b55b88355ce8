import type { Row } from './canary-rows.ts'
import type { Json } from '../../../src/model/index.ts'
import * as put from './aws-events.ts'
import { glue, trail } from './canary-rows.ts'

const described = (description: string) => put.call('glue', 'CreateJob', { name: 'j', description })
const tagged = (tags: Readonly<Record<string, Json>>) =>
  put.call('lambda', 'TagResource20170331v2', { tags })
const by = (userIdentity: Readonly<Record<string, Json>>) =>
  put.trailRecord('s3', 'ListBuckets', { userIdentity })

/** Identifiers in what people write: every one of these must be gone from what is stored. */
export const personMustGo: readonly Row[] = [
  trail(
    'an error',
    '219-09-9931',
    put.trailRecord('s3', 'GetObject', { errorMessage: "The value '219-09-9931' is invalid" }),
  ),
  trail('a description', 'roe.132@x.example', described('ask roe.132@x.example')),
  trail(
    'a tag',
    '217-555-0133',
    put.call('s3', 'PutBucketTagging', { tagSet: [{ Key: 'owner', Value: 'call 217-555-0133' }] }),
  ),
  trail('a session', '219-09-9934', by({ principalId: 'AROAQ3EGUZ7ML0PXBVNTA:219-09-9934' })),
  trail('a card', '4111 1111 1111 1111', described('paid by 4111 1111 1111 1111')),
  trail('an NPI', '1234567893', described('NPI 1234567893')),
  trail('an NPI by its name', '1245319599', tagged({ provider_npi: '1245319599' })),
  trail('an MBI', '1EG4TE5MK72', described('for 1EG4TE5MK72')),
  trail('a small one by its name', '2aa9aa9aa99', tagged({ mbi: '2aa9aa9aa99' })),
  trail('a record number by its form', 'MR00081140', described('for MR00081140')),
  trail('one by its name', '48141', tagged({ mrn: '48141' })),
  trail('a number by its name', '481427', tagged({ medicalRecordNumber: 481427 })),
  trail('one by a word', '4814277', described('MRN: 4814277')),
  trail(
    'a key of a map',
    'roe.143@x.example',
    put.call('sagemaker', 'CreateTrainingJob', { hyperParameters: { 'roe.143@x.example': '1' } }),
  ),
  trail(
    'a policy of a response',
    'roe.144%40x.example',
    put.trailRecord('iam', 'GetRolePolicy', {
      responseElements: { policyDocument: encodeURIComponent('{"Id":"roe.144@x.example"}') },
    }),
  ),
  trail(
    'a member that is new',
    '219-09-9945',
    put.call('newservice', 'DoIt', { whoKnows: { deep: ['x 219-09-9945'] } }),
  ),
  [
    'what a client is called',
    'redshift-connection-log',
    'roe.146@x.example',
    put.connected({ application_name: 'for roe.146@x.example' }),
  ],
  ['a user', 'redshift-user-log', '219-09-9947', put.altered({ username: '219-09-9947' })],
  [
    'a custom event',
    'eventbridge',
    '219-09-9949',
    put.bridged('clinic.intake', 'Seen', { note: '219-09-9949' }),
  ],
  ['a shape that nobody knows', 'json', 'roe.151@x.example', { a: [{ b: 'roe.151@x.example' }] }],
  ['data in one', 'json', 'Roe-152', { records: [{ NewImage: { name: { S: 'Roe-152' } } }] }],
]

/** Names, references, markers of AWS and what only looks alike: these must still be there. */
export const awsMustStay: readonly Row[] = [
  trail(
    'a bucket like a telephone',
    '217-555-0199',
    put.call('s3', 'GetBucketAcl', { bucketName: '217-555-0199' }),
  ),
  trail('a table called so', '"tableName":"ssn"', glue('GetTable', { tableName: 'ssn' })),
  trail(
    'a column called so',
    '"name":"password"',
    glue('CreateTable', {
      tableInput: {
        name: 't',
        storageDescriptor: { columns: [{ name: 'password', type: 'string' }] },
      },
    }),
  ),
  trail(
    'a stream',
    '219-09-9901',
    put.call('kinesis', 'CreateStream', { streamName: '219-09-9901' }),
  ),
  trail(
    'a key of a partition',
    '${deviceId}',
    put.rule("SELECT * FROM 'v'", [{ kinesis: { streamName: 'v', partitionKey: '${deviceId}' } }]),
  ),
  trail(
    'a template of a key',
    '${topic(2)}/${timestamp()}.json',
    put.rule("SELECT * FROM 'v'", [
      { s3: { bucketName: 'b', key: '${topic(2)}/${timestamp()}.json' } },
    ]),
  ),
  trail(
    'a user by address',
    'jane.roe@x.example',
    by({ type: 'IAMUser', userName: 'jane.roe@x.example' }),
  ),
  trail(
    'a session by address',
    'role/x/jane.roe@x.example',
    by({ arn: 'arn:aws:sts::123456789012:assumed-role/x/role/x/jane.roe@x.example' }),
  ),
  trail(
    'a role',
    'arn:aws:iam::123456789012:role/etl',
    put.call('sts', 'AssumeRole', { roleArn: 'arn:aws:iam::123456789012:role/etl' }),
  ),
  trail('an id of a principal', 'AROAQ3EGUZ7ML0PXBVNTA:etl', put.objectRead('x/')),
  trail(
    'a redacted password',
    '"****"',
    put.call('rds', 'CreateDBInstance', { masterUserPassword: '****' }),
  ),
  trail(
    'a redacted value',
    'HIDDEN_DUE_TO_SECURITY_REASONS',
    put.call('ssm', 'PutParameter', { value: 'HIDDEN_DUE_TO_SECURITY_REASONS' }),
  ),
  trail(
    'a redacted token',
    'Value hidden due to security reasons.',
    put.trailRecord('ssm', 'StartSession', {
      responseElements: { tokenValue: 'Value hidden due to security reasons.' },
    }),
  ),
  trail(
    'a redacted start',
    '<sensitiveDataRemoved>',
    put.call('ec2', 'RunInstances', { userData: '<sensitiveDataRemoved>' }),
  ),
  trail(
    'an attribute',
    '"patient"',
    put.call('dynamodb', 'GetItem', { tableName: 'visits', key: { patient: 'x' } }),
  ),
  trail(
    'attributes that are written',
    '["patient","visit"]',
    put.call('dynamodb', 'PutItem', { tableName: 'visits', item: ['patient', 'visit'] }),
  ),
  trail(
    '--password-file',
    's3://cfg/sqoop.pwd',
    put.step('sqoop', '--password-file', 's3://cfg/sqoop.pwd'),
  ),
  trail('--password-alias', 'clinic.alias', put.step('sqoop', '--password-alias', 'clinic.alias')),
  trail(
    'a URL of JDBC',
    'jdbc:mysql://h:3306/clinic?useSSL=true',
    put.step('sqoop', '--connect', 'jdbc:mysql://h:3306/clinic?useSSL=true'),
  ),
  trail(
    'a place of a copy',
    '--src=s3://lake/in/',
    put.step('s3-dist-cp', '--src=s3://lake/in/', '--dest', 'hdfs:///x'),
  ),
  trail(
    'a query of Sqoop',
    'SELECT id, dob FROM patient WHERE $CONDITIONS',
    put.step('sqoop', '--query', 'SELECT id, dob FROM patient WHERE $CONDITIONS AND active = 1'),
  ),
  trail(
    'folders of Glue',
    's3://lake/tmp/',
    glue('StartJobRun', {
      arguments: { '--TempDir': 's3://lake/tmp/', '--source_path': 's3://lake/raw/' },
    }),
  ),
  trail(
    'a setting of security',
    'SSE-KMS',
    put.call('elasticmapreduce', 'CreateSecurityConfiguration', {
      name: 'sc',
      securityConfiguration:
        '{"EncryptionConfiguration":{"S3EncryptionConfiguration":{"EncryptionMode":"SSE-KMS"}}}',
    }),
  ),
  trail(
    'a mapping of tables',
    '{"rules":[{"object-locator":{"schema-name":"clinic","table-name":"%"}}]}',
    put.call('dms', 'CreateReplicationTask', {
      tableMappings: '{"rules":[{"object-locator":{"schema-name":"clinic","table-name":"%"}}]}',
    }),
  ),
  trail(
    'a host that is told',
    'http://clinic.example/hook',
    put.call('sns', 'Subscribe', { protocol: 'http', endpoint: 'http://clinic.example/hook' }),
  ),
  trail(
    'a queue that is told',
    'arn:aws:sqs:us-east-1:123456789012:q',
    put.call('sns', 'Subscribe', {
      protocol: 'sqs',
      endpoint: 'arn:aws:sqs:us-east-1:123456789012:q',
    }),
  ),
  trail('ten digits', '1234567890', described('job 1234567890 of the night')),
  trail('a shape of no MBI', '1SG4TE5MK73', described('for 1SG4TE5MK73')),
  trail(
    'a key of KMS',
    'alias/aws/kinesis',
    put.call('kinesis', 'StartStreamEncryption', { streamName: 'v', keyId: 'alias/aws/kinesis' }),
  ),
  trail(
    'an id of a request',
    '11112222-3333',
    put.call('athena', 'StartQueryExecution', {
      clientRequestToken: '11112222-3333',
      queryString: 'select 1',
    }),
  ),
  [
    'who ran it',
    'redshift-user-activity-log',
    'jane.roe@x.example',
    put.activity('select 1', 'jane.roe@x.example'),
  ],
  [
    'who came',
    'redshift-connection-log',
    'IAM:jane.roe@x.example',
    put.connected({ username: 'IAM:jane.roe@x.example' }),
  ],
  ['from where', 'redshift-connection-log', '198.51.100.7', put.connected({})],
  [
    'who was made',
    'redshift-user-log',
    'jane.roe@x.example',
    put.altered({ username: 'jane.roe@x.example' }),
  ],
  [
    'an execution',
    'eventbridge',
    'arn:aws:states:us-east-1:1:execution:m:n',
    put.bridged('aws.states', 'x', {
      executionArn: 'arn:aws:states:us-east-1:1:execution:m:n',
      input: '{}',
    }),
  ],
  ['empty input', 'eventbridge', '"input":"{}"', put.bridged('aws.states', 'x', { input: '{}' })],
  ['a stream that is read', 'aws-record', 'stream/vitals', put.streamed({})],
  [
    'attributes that changed',
    'aws-record',
    '"visit":{"N":',
    put.changed({ Keys: { visit: { N: '1' } } }),
  ],
  ['a topic that is read', 'aws-record', '"topic":"vitals"', put.produced({})],
]
