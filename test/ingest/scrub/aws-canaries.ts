import type { Row } from './canary-rows.ts'
import * as put from './aws-events.ts'
import { execution, glue, trail } from './canary-rows.ts'

const accessKeyId = ['AS', 'IA', 'V7KDP2WQ9LMXTRBD'].join('')
const sessionToken = ['IQoJ', 'b3JpZ2lu', 'X2VjE7c5'.repeat(8)].join('')
const secretAccessKey = 'kJ8/xQ2mN5pR7tVwYzA1bC3dE4fG6hI9jK0lM+n1'

/** Secrets and data in events of AWS: every one of these must be gone from what is stored. */
export const awsMustGo: readonly Row[] = [
  // Credentials in requests and responses.
  trail(
    'a session token',
    sessionToken,
    put.trailRecord('sts', 'AssumeRole', {
      responseElements: { credentials: { accessKeyId, sessionToken, expiration: 'x' } },
    }),
  ),
  trail(
    'a secret key',
    secretAccessKey,
    put.trailRecord('iam', 'CreateAccessKey', {
      responseElements: { accessKey: { userName: 'etl', secretAccessKey } },
    }),
  ),
  trail(
    'the id of a key',
    accessKeyId,
    put.trailRecord('s3', 'ListBuckets', { userIdentity: { type: 'IAMUser', accessKeyId } }),
  ),
  trail(
    'the signature of a presigned call',
    'c0ffee12ab34',
    put.call('s3', 'GetObject', { bucketName: 'lake', 'X-Amz-Signature': 'c0ffee12ab34' }),
  ),
  trail(
    'a key that a customer holds',
    'cust-key-11',
    put.call('s3', 'PutObject', {
      bucketName: 'lake',
      'x-amz-server-side-encryption-customer-key': 'cust-key-11',
    }),
  ),
  trail(
    'a token of Splunk',
    'splunk-hec-12',
    put.call('firehose', 'CreateDeliveryStream', {
      splunkDestinationConfiguration: { hECEndpoint: 'https://s:8088', hECToken: 'splunk-hec-12' },
    }),
  ),
  trail(
    'a token of Salesforce',
    'sf-token-13',
    put.rule("SELECT * FROM 'v'", [{ salesforce: { url: 'https://sf', token: 'sf-token-13' } }]),
  ),
  trail(
    'a password in other letters',
    'rds-pw-14',
    put.call('rds', 'CreateDBInstance', { MasterUserPassword: 'rds-pw-14' }),
  ),
  trail(
    'a password in a JDBC URL',
    'jdbc-pw-15',
    put.call('firehose', 'CreateDeliveryStream', {
      redshiftDestinationConfiguration: { clusterJDBCURL: 'jdbc:redshift://u:jdbc-pw-15@h:5439/d' },
    }),
  ),
  trail('a code of MFA', '491827', put.call('sts', 'GetSessionToken', { tokenCode: '491827' })),
  trail(
    'an assertion of SAML',
    'saml-16',
    put.call('sts', 'AssumeRoleWithSAML', { sAMLAssertion: 'saml-16' }),
  ),
  trail(
    'a secret',
    'secret-17',
    put.call('secretsmanager', 'PutSecretValue', { secretId: 's', secretString: 'secret-17' }),
  ),

  // Command lines.
  trail('--password', 'emr-pw-21', put.step('sqoop', 'import', '--password', 'emr-pw-21')),
  trail('--password=', 'emr-pw-22', put.step('sqoop', 'import', '--password=emr-pw-22')),
  trail('--hs2-password', 'emr-pw-23', put.step('sqoop', '--hs2-password', 'emr-pw-23')),
  trail('--meta-password', 'emr-pw-24', put.step('sqoop', 'job', '--meta-password=emr-pw-24')),
  trail('-Dfs.s3a.secret.key', 'emr-sk-25', put.step('-Dfs.s3a.secret.key=emr-sk-25')),
  trail('-Dfs.s3a.access.key', 'emr-ak-26', put.step('-Dfs.s3a.access.key=emr-ak-26')),
  trail(
    'a parameter of JDBC',
    'emr-pw-27',
    put.step('sqoop', '--connect', 'jdbc:mysql://h/c?user=u&password=emr-pw-27'),
  ),
  trail(
    'another form of it',
    'emr-pw-28',
    put.step('sqoop', '--connect', 'jdbc:sqlserver://h;user=u;password=emr-pw-28;'),
  ),
  trail(
    'one string for a shell',
    'emr-pw-29',
    put.step('bash', '-c', 'sqoop import --password emr-pw-29 --table t && hdfs dfs -rm /x'),
  ),
  trail(
    'a literal of a query',
    'Mary Roe-30',
    put.step('sqoop', '--query', "select id from p where name = 'Mary Roe-30' and $CONDITIONS"),
  ),
  trail(
    'an argument of Glue',
    'glue-pw-31',
    glue('StartJobRun', { jobName: 'j', arguments: { '--db_password': 'glue-pw-31' } }),
  ),
  trail(
    'a setting among some',
    'glue-sk-32',
    glue('CreateJob', {
      name: 'j',
      defaultArguments: { '--conf': 'a.b=c --conf spark.hadoop.fs.s3a.secret.key=glue-sk-32' },
    }),
  ),
  trail(
    'a setting of a cluster',
    'emr-sk-33',
    put.call('elasticmapreduce', 'RunJobFlow', {
      name: 'c',
      configurations: [
        { classification: 'core', properties: { 'fs.s3a.secret.key': 'emr-sk-33' } },
      ],
    }),
  ),
  trail(
    'a variable of a job',
    'sm-pw-34',
    put.call('sagemaker', 'CreateTrainingJob', { environment: { DB_PASSWORD: 'sm-pw-34' } }),
  ),
  trail(
    'JSON in a string',
    'dms-pw-35',
    put.call('dms', 'ModifyEndpoint', { settings: '{"Password":"dms-pw-35","Port":1}' }),
  ),

  // Data that goes whole.
  trail(
    'a key of DynamoDB',
    'Jane Roe-41',
    put.call('dynamodb', 'GetItem', { tableName: 'visits', key: { patient: 'Jane Roe-41' } }),
  ),
  trail(
    'a key that is a number',
    '73912468',
    put.call('dynamodb', 'GetItem', { tableName: 'visits', key: { visit: 73912468 } }),
  ),
  trail(
    'keys of some tables',
    'Jane Roe-42',
    put.call('dynamodb', 'BatchGetItem', {
      requestItems: { visits: { keys: [{ patient: { S: 'Jane Roe-42' } }] } },
    }),
  ),
  trail(
    'a key of a transaction',
    'Jane Roe-43',
    put.call('dynamodb', 'TransactWriteItems', {
      requestItems: [{ operation: 'Put', TableName: 'visits', Key: { patient: 'Jane Roe-43' } }],
    }),
  ),
  trail(
    'a predicate of PartiQL',
    'Jane Roe-44',
    put.call('dynamodb', 'ExecuteStatement', {
      statement: `SELECT * FROM "visits" WHERE "patient" = 'Jane Roe-44'`,
    }),
  ),
  trail(
    'an item of PartiQL',
    'Jane Roe-45',
    put.call('dynamodb', 'ExecuteStatement', {
      statement: `INSERT INTO "visits" VALUE {'patient': 'Jane Roe-45'}`,
    }),
  ),
  trail(
    'values of an expression',
    'Jane Roe-46',
    put.call('dynamodb', 'Query', { expressionAttributeValues: { ':p': { S: 'Jane Roe-46' } } }),
  ),
  trail(
    'the input of an execution',
    'Jane Roe-47',
    put.call('states', 'StartExecution', { name: 'n', input: '{"patient":"Jane Roe-47"}' }),
  ),
  trail(
    'a cause',
    'Jane Roe-48',
    put.call('states', 'SendTaskFailure', { cause: 'no bed for Jane Roe-48' }),
  ),
  trail(
    'a message of SNS',
    'Jane Roe-49',
    put.call('sns', 'Publish', { topicArn: 'arn:aws:sns:us-east-1:1:t', message: 'Jane Roe-49' }),
  ),
  trail('its subject', 'Jane Roe-50', put.call('sns', 'Publish', { subject: 'Jane Roe-50' })),
  trail(
    'a message of SQS',
    'Jane Roe-51',
    put.call('sqs', 'SendMessage', { queueUrl: 'https://q', messageBody: 'Jane Roe-51' }),
  ),
  trail(
    'an address that is told',
    'sub.52@clinic.example',
    put.call('sns', 'Subscribe', { protocol: 'email', endpoint: 'sub.52@clinic.example' }),
  ),
  trail(
    'a telephone that is told',
    '+12175550153',
    put.call('sns', 'Subscribe', { protocol: 'sms', endpoint: '+12175550153' }),
  ),
  trail(
    'a payload of Lambda',
    'Jane Roe-54',
    put.call('lambda', 'Invoke', { functionName: 'f', payload: '{"name":"Jane Roe-54"}' }),
  ),
  trail(
    'a client context',
    'Jane Roe-55',
    put.call('lambda', 'Invoke', { functionName: 'f', clientContext: 'Jane Roe-55' }),
  ),
  trail(
    'a variable of a function',
    'var-56',
    put.call('lambda', 'CreateFunction20150331', {
      environment: { variables: { WARD: 'var-56' } },
    }),
  ),
  trail(
    'a parameter of SSM',
    'param-57',
    put.call('ssm', 'PutParameter', { name: '/clinic/x', value: 'param-57' }),
  ),
  trail(
    'a record of Firehose',
    'c3RyZWFtLTU4',
    put.call('firehose', 'PutRecord', { record: { data: 'c3RyZWFtLTU4' } }),
  ),
  trail(
    'a record of Kinesis',
    'c3RyZWFtLTU5',
    put.call('kinesis', 'PutRecord', { streamName: 'v', data: 'c3RyZWFtLTU5' }),
  ),
  trail(
    'whose record it is',
    'device-60',
    put.call('kinesis', 'PutRecord', { streamName: 'v', partitionKey: 'device-60' }),
  ),
  trail(
    'what an instance starts with',
    'I2Jhc2gtNjE=',
    put.call('ec2', 'RunInstances', { userData: 'I2Jhc2gtNjE=' }),
  ),
  trail(
    'a text about a patient',
    'Jane Roe-62',
    put.call('comprehendmedical', 'DetectEntitiesV2', { text: 'Jane Roe-62 has a cough' }),
  ),
  trail(
    'a parameter of a query',
    'Jane Roe-63',
    put.call('athena', 'StartQueryExecution', { executionParameters: ["'Jane Roe-63'"] }),
  ),
  execution('input', 'Jane Roe-64', '{"patient":"Jane Roe-64"}'),
  execution('output', 'Jane Roe-65', '["Jane Roe-65"]'),
  [
    'data of a stream',
    'aws-record',
    'a2luZXNpcy02Ng==',
    put.streamed({ data: 'a2luZXNpcy02Ng==' }),
  ],
  ['whose data', 'aws-record', 'patient-67', put.streamed({ partitionKey: 'patient-67' })],
  ['a new image', 'aws-record', 'Roe-68', put.changed({ NewImage: { name: { S: 'Roe-68' } } })],
  [
    'an old image',
    'aws-record',
    'Roe-69',
    put.changed({ OldImage: { a: { M: { b: { S: 'Roe-69' } } } } }),
  ],
  ['keys', 'aws-record', '731970', put.changed({ Keys: { visit: { N: '731970' } } })],
  [
    'an image of no kind',
    'aws-record',
    'Roe-71',
    put.changed({ NewImage: { n: { 'Roe-71': 1 } } }),
  ],
  ['a value of a topic', 'aws-record', 'a2Fma2EtNzI=', put.produced({ value: 'a2Fma2EtNzI=' })],
  ['a key of a topic', 'aws-record', 'a2Fma2EtNzM=', put.produced({ key: 'a2Fma2EtNzM=' })],
  [
    'a header of a topic',
    'aws-record',
    '116,107,110',
    put.produced({ headers: [{ who: [116, 107, 110] }] }),
  ],
]
