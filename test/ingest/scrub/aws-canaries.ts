import type { Json, JsonObject } from '../../../src/model/index.ts'
import {
  activityLine,
  connectionLine,
  kinesisRecord,
  looking,
  native,
  record,
  s3Notification,
  sns,
  sqs,
  viaEventBridge,
} from '../aws-events.ts'

/** A text that must be nowhere afterwards, and the event that it came in. */
export type Planted = Readonly<{ what: string; text: string; event: Json }>

/** Put together here, so that no scanner takes this file for a leak. */
const keyIdStart = ['AK', 'IA'].join('')
const digits = (seed: number, count: number): string =>
  String(seed * 7_919 + 1_234_567)
    .padStart(count, '3')
    .slice(-count)
const letters = 'ACDEFGHJKMNPQRTUVWXY'
const lettersOf = (seed: number, count: number): string => {
  let rest = seed * 9_973 + 17
  return Array.from({ length: count }, () => {
    rest = (rest * 48_271) % 2_147_483_647
    return letters.charAt(rest % 20)
  }).join('')
}

/** Each kind of secret or identifier, as a free text holds it; the same for a seed each time. */
const kinds: Readonly<
  Record<string, (seed: number) => Readonly<{ secret: string; text: string }>>
> = {
  ssn: (seed) => {
    const secret = `5${digits(seed, 2)}-4${seed % 9}-${1000 + seed}`
    return { secret, text: `for ${secret} only` }
  },
  email: (seed) => {
    const secret = `jane.roe${seed}@hospital.example`
    return { secret, text: `ask ${secret} about it` }
  },
  phone: (seed) => {
    const secret = `(217) 555-${1000 + seed}`
    return { secret, text: `call ${secret} now` }
  },
  mbi: (seed) => {
    const [a, b, c, d] = lettersOf(seed, 4)
    const secret = `1${a}G4-T${b}5-${c}${d}${10 + (seed % 90)}`
    return { secret, text: `beneficiary ${secret}` }
  },
  mrn: (seed) => {
    const secret = `00${digits(seed, 6)}`
    return { secret, text: `MRN: ${secret} was read` }
  },
  'configured mrn': (seed) => {
    const secret = `H${digits(seed, 7)}`
    return { secret, text: `chart ${secret} was read` }
  },
  password: (seed) => {
    const secret = `orchid-${seed}-pw`
    return { secret, text: `connect with password=${secret} to it` }
  },
  'access key': (seed) => {
    const secret = `${keyIdStart}${lettersOf(seed, 16)}`
    return { secret, text: `by ${secret}` }
  },
  userinfo: (seed) => {
    const secret = `etl${seed}:lily-${seed}`
    return { secret, text: `jdbc:postgresql://${secret}@db.example/a` }
  },
  bearer: (seed) => {
    const secret = `q${seed}Zx81Qm4kTb7Rw2Yc`
    return { secret, text: `Authorization: Bearer ${secret}` }
  },
}

/** Places of events of AWS where a text stands that nobody has looked at. */
const texts: Readonly<Record<string, (text: string) => Json>> = {
  'an error message': (text) => record({ errorCode: 'ValidationException', errorMessage: text }),
  'a description': (text) => record({ requestParameters: { description: text } }),
  'a tag': (text) => record({ requestParameters: { tags: [{ key: 'note', value: text }] } }),
  'a comment of a column': (text) =>
    record({ requestParameters: { tableInput: { columns: [{ name: 'a', comment: text }] } } }),
  'an argument of a job': (text) =>
    record({ requestParameters: { arguments: { '--note': text } } }),
  'a step of a cluster': (text) =>
    record({ requestParameters: { steps: [{ hadoopJarStep: { args: ['echo', text] } }] } }),
  'JSON in a text': (text) =>
    record({ requestParameters: { policy: JSON.stringify({ Sid: text }) } }),
  'an answer': (text) => record({ responseElements: { status: { message: text } } }),
  'an envelope': (text) => viaEventBridge(record({ requestParameters: { note: text } })),
  'a native event': (text) => native({ detail: { message: text } }),
  'SNS in SQS': (text) => sqs(sns(record({ requestParameters: { note: text } }))),
  'what nobody knows': (text) => ({ hello: text }),
  'what is no JSON': (text) => sqs(`no JSON, ${text}`),
  'a statement': (text) =>
    activityLine.replace('clinic.patients', `clinic.p /* ${text.replaceAll('*', '')} */`),
  'a literal of a statement': (text) =>
    `${activityLine.slice(0, activityLine.indexOf('COPY'))}DELETE FROM p WHERE note = '${text}'`,
  'a kept call that failed': (text) => looking({ errorCode: 'AccessDenied', errorMessage: text }),
}

/** Places whose whole content is data: any word there must go. */
const data: Readonly<Record<string, (word: string) => Json>> = {
  'a record of Kinesis': (word) => kinesisRecord(`{"name":"${word}"}`),
  'a partition key': (word) => {
    const one = kinesisRecord('x')
    return { ...one, kinesis: { ...(one['kinesis'] as JsonObject), partitionKey: word } }
  },
  'a key of DynamoDB': (word) =>
    record({
      eventSource: 'dynamodb.amazonaws.com',
      eventName: 'GetItem',
      requestParameters: { tableName: 'patients', key: { patient: { S: word } } },
    }),
  'an image of DynamoDB': (word) => ({
    eventSource: 'aws:dynamodb',
    eventName: 'INSERT',
    eventID: `image ${word.length} ${word.charCodeAt(word.length - 1)}`,
    eventSourceARN: 'arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/x',
    dynamodb: {
      ApproximateCreationDateTime: 1_772_413_200,
      Keys: { id: { S: word } },
      NewImage: { name: { S: word } },
    },
  }),
  'the input of a state machine': (word) =>
    record({
      eventSource: 'states.amazonaws.com',
      eventName: 'StartExecution',
      requestParameters: { input: `{"patient":"${word}"}` },
    }),
  'a message of SNS': (word) =>
    record({
      eventSource: 'sns.amazonaws.com',
      eventName: 'Publish',
      requestParameters: { topicArn: 'arn:aws:sns:eu-west-1:1:t', message: word, subject: word },
    }),
  'a message of SQS': (word) =>
    record({
      eventSource: 'sqs.amazonaws.com',
      eventName: 'SendMessage',
      requestParameters: { messageBody: word },
    }),
  'the environment of a function': (word) =>
    record({
      eventSource: 'lambda.amazonaws.com',
      eventName: 'CreateFunction20150331',
      requestParameters: { environment: { variables: { NOTE: word } } },
    }),
  'a parameter': (word) =>
    record({
      eventSource: 'ssm.amazonaws.com',
      eventName: 'PutParameter',
      requestParameters: { name: '/a/b', value: word },
    }),
  'a file name': (word) =>
    record({
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      eventCategory: 'Data',
      requestParameters: { bucketName: 'lake', key: `charts/${word}.pdf` },
      resources: [{ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::lake/charts/${word}.pdf` }],
    }),
  'the source of a copy': (word) =>
    record({
      eventSource: 's3.amazonaws.com',
      eventName: 'CopyObject',
      eventCategory: 'Data',
      requestParameters: { bucketName: 'lake', key: 'x/', 'x-amz-copy-source': `lake/a/${word}` },
    }),
  'a file name of a notification': (word) =>
    s3Notification({ s3: { bucket: { name: 'lake' }, object: { key: `charts/${word}.pdf` } } }),
  'a file name by EventBridge': (word) =>
    native({
      source: 'aws.s3',
      'detail-type': 'Object Created',
      detail: { bucket: { name: 'lake' }, object: { key: `charts/${word}.pdf`, size: 1 } },
    }),
  'a value that a statement asked for': (word) =>
    `${activityLine.slice(0, activityLine.indexOf('COPY'))}SELECT a FROM p WHERE name = '${word}'`,
  'a value that a statement wrote': (word) =>
    `${activityLine.slice(0, activityLine.indexOf('COPY'))}INSERT INTO p VALUES ('${word}', 7)`,
  'a session token': (word) =>
    record({
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      responseElements: { credentials: { sessionToken: word, expiration: 'soon' } },
    }),
  'a token of Splunk': (word) =>
    record({ requestParameters: { splunkDestinationConfiguration: { hECToken: word } } }),
}

/** Every kind at every place, each with a text of its own. */
export const plantedInAws: readonly Planted[] = [
  ...Object.entries(texts).flatMap(([place, at], row) =>
    Object.entries(kinds).map(([kind, make], column) => {
      const { secret, text } = make(100 + row * 20 + column)
      return { what: `${kind} in ${place}`, text: secret, event: at(text) }
    }),
  ),
  ...Object.entries(data).flatMap(([place, at], row) =>
    ['Quillfeather', 'Marrowsby'].map((surname) => {
      const text = `${surname}${row}`
      return { what: `a name in ${place}`, text, event: at(text) }
    }),
  ),
]

/** Folders that say whose they are, as they must not be shown; beside them stays what is a data set. */
export const foldersThatHide: readonly Readonly<{ key: string; hides: string; shows: string }>[] = [
  { key: 'raw/mrn=00123456/a.json', hides: '00123456', shows: 'raw/mrn=' },
  { key: 'raw/patient_id=7/a.json', hides: 'patient_id=7', shows: 'raw/patient_id=~' },
  { key: 'visits/98765432/part-0.parquet', hides: '98765432', shows: '/part-0.parquet' },
  { key: 'x/219-09-9998/y/', hides: '219-09-9998', shows: '/y/' },
  { key: 'u/jane.roe@h.example/f/', hides: 'jane.roe', shows: 'u/~' },
  {
    key: 'p/5f1c0f5e-6c1e-4a44-8d5e-2f6a1c0b7e31/x/',
    hides: '5f1c0f5e',
    shows: 'p/~',
  },
]

/** What lineage needs, whatever it looks like: a text and the event in which it must still stand. */
export const staysInAws: readonly Planted[] = [
  [
    'a bucket like a telephone',
    '217-555-0199',
    record({ requestParameters: { bucketName: '217-555-0199' } }),
  ],
  [
    'a table named ssn',
    'ssn',
    record({ requestParameters: { databaseName: 'd', tableName: 'ssn' } }),
  ],
  [
    'a stream like an SSN',
    '219-09-9998',
    record({ requestParameters: { streamName: '219-09-9998' } }),
  ],
  [
    'a setting that is no secret',
    'partitionKey',
    record({ requestParameters: { partitionKey: 'bed' } }),
  ],
  [
    'the name of a partition key of a table',
    'patient_id',
    record({ requestParameters: { partitionKeys: [{ name: 'patient_id' }] } }),
  ],
  ['an account', '111122223333', record()],
  ['an ARN of a role', 'arn:aws:iam::111122223333:role/etl/Loader', record()],
  [
    'a session that is an address',
    'ana@hospital.example',
    record({
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::111122223333:assumed-role/R/ana@hospital.example',
      },
    }),
  ],
  [
    'a folder',
    'curated/patients/dt=2026-03-02',
    record({
      eventSource: 's3.amazonaws.com',
      requestParameters: { bucketName: 'b', key: 'curated/patients/dt=2026-03-02/part-0.parquet' },
    }),
  ],
  [
    'a part file',
    'part-00000-abc.snappy.parquet',
    record({
      eventSource: 's3.amazonaws.com',
      requestParameters: { key: 'a/part-00000-abc.snappy.parquet' },
    }),
  ],
  [
    'a location',
    's3://lake/curated/patients/',
    record({
      requestParameters: {
        tableInput: { storageDescriptor: { location: 's3://lake/curated/patients/' } },
      },
    }),
  ],
  [
    'a prefix of Firehose',
    'raw/vitals/!{timestamp:yyyy/MM/dd}/',
    record({
      eventSource: 'firehose.amazonaws.com',
      requestParameters: {
        extendedS3DestinationConfiguration: { prefix: 'raw/vitals/!{timestamp:yyyy/MM/dd}/' },
      },
    }),
  ],
  [
    'a topic filter',
    "'ward/+/vitals'",
    record({
      eventSource: 'iot.amazonaws.com',
      requestParameters: { topicRulePayload: { sql: "SELECT hr FROM 'ward/+/vitals'" } },
    }),
  ],
  [
    'a key template',
    '${newuuid()}',
    record({
      eventSource: 'iot.amazonaws.com',
      requestParameters: {
        topicRulePayload: { actions: [{ s3: { bucketName: 'b', key: '${newuuid()}' } }] },
      },
    }),
  ],
  [
    'a file with a password',
    's3://config/sqoop.pwd',
    record({
      requestParameters: {
        steps: [{ hadoopJarStep: { args: ['sqoop', '--password-file', 's3://config/sqoop.pwd'] } }],
      },
    }),
  ],
  [
    'a JDBC address',
    'jdbc:oracle:thin:@//ehr.hospital.internal:1521/EHRPRD',
    record({
      requestParameters: {
        args: ['--connect', 'jdbc:oracle:thin:@//ehr.hospital.internal:1521/EHRPRD'],
      },
    }),
  ],
  [
    'what AWS hides',
    'HIDDEN_DUE_TO_SECURITY_REASONS',
    record({
      eventSource: 'ssm.amazonaws.com',
      requestParameters: { parameters: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    }),
  ],
  [
    'what AWS omits',
    '***OMITTED***',
    record({ requestParameters: { queryString: '***OMITTED***' } }),
  ],
  [
    'attributes that were written',
    'AlbumTitle',
    record({
      eventSource: 'dynamodb.amazonaws.com',
      requestParameters: { tableName: 'Music', item: ['Artist', 'AlbumTitle'] },
    }),
  ],
  ['the tables of a statement', 'COPY clinic.patients', activityLine],
  ['the place of a statement', "'s3://lake/curated/patients/'", activityLine],
  ['the role of a statement', "'arn:aws:iam::111122223333:role/copy'", activityLine],
  ['the user of a log', 'IAM:ana', connectionLine],
  ['the host of a log', '::ffff:192.0.2.7', connectionLine],
  [
    'an ID of a key',
    'alias/aws/kinesis',
    record({ requestParameters: { keyId: 'alias/aws/kinesis' } }),
  ],
  ['a state of a step', 'COMPLETED', native()],
].map(([what, text, event]) => ({ what: String(what), text: String(text), event: event as Json }))
