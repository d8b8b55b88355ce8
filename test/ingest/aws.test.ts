import type { Received } from '../../src/ingest/index.ts'
import type { Ledger } from '../../src/ledger/index.ts'
import type { Json, Micros } from '../../src/model/index.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIntake, translate } from '../../src/ingest/index.ts'
import { openLedger } from '../../src/ledger/index.ts'
import { formatsRead } from '../../src/ingest/recognise.ts'
import { formatNames, parseJson, parseTime } from '../../src/model/index.ts'
import { scrub } from '../scrub.ts'
import {
  activityLine,
  connectionLine,
  digestFile,
  kinesisRecord,
  logs,
  looking,
  native,
  record,
  s3Notification,
  sns,
  sqs,
  userLine,
  viaEventBridge,
} from './aws-events.ts'

const now = parseTime('2026-03-03T00:00:00Z') as Micros
const dwh = { account: '111122223333', region: 'eu-west-1', cluster: 'dwh' }

let folder: string
let ledger: Ledger

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lineward-aws-'))
  ledger = await openLedger({ file: join(folder, 'ledger.db'), clock: () => now })
})

afterEach(async () => {
  await ledger[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const take = async (values: readonly Json[], more: Partial<Received> = {}) => {
  const digestKey = Buffer.alloc(32, 7)
  const intake = createIntake({ ledger, digestKey, scrub, clock: () => now })
  const how = { sender: 's', trust: 'SELF_REPORTED', context: {}, mode: 'dead-letter' } as const
  return await intake.accept(values.map((value): Received => ({ ...how, value, ...more })))
}
const statuses = async (values: readonly Json[], more: Partial<Received> = {}) =>
  (await take(values, more)).map(({ status }) => status)
const entries = () => ledger.read(0, 1000)

describe('an event of AWS', () => {
  it.each<readonly [string, Json, object, object]>([
    [
      'of CloudTrail',
      record({ eventID: 'e-1' }),
      {},
      {
        format: 'cloudtrail',
        eventKey: 'cloudtrail:111122223333:e-1',
        eventTime: parseTime('2026-03-02T01:00:00Z'),
        source: 'cloudtrail:111122223333:eu-west-1:management',
        author: 'arn:aws:iam::111122223333:role/etl/Loader',
      },
    ],
    [
      'of CloudTrail about data',
      record({
        eventCategory: 'Data',
        resources: [{ type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::lake/a' }],
      }),
      {},
      { source: 'cloudtrail:111122223333:eu-west-1:AWS::S3::Object' },
    ],
    [
      'of EMR by EventBridge',
      native({ id: 'n-1' }),
      {},
      {
        format: 'eventbridge',
        eventKey: 'eventbridge:111122223333:n-1',
        source: 'eventbridge:111122223333:eu-west-1:aws.emr',
      },
    ],
    [
      'of SageMaker, which has its source in a list and its time in milliseconds',
      native({ id: 'n-2', source: ['aws.sagemaker'], time: '1583831889050' }),
      {},
      {
        format: 'eventbridge',
        source: 'eventbridge:111122223333:eu-west-1:aws.sagemaker',
        eventTime: parseTime('2020-03-10T09:18:09.05Z'),
      },
    ],
    [
      'of a bucket',
      s3Notification(),
      { account: '111122223333' },
      { format: 's3-notification', source: 's3-notification:111122223333:eu-west-1:lake' },
    ],
    [
      'of a stream',
      kinesisRecord('x'),
      {},
      {
        format: 'aws-record',
        source: 'aws-record:111122223333:eu-west-1:kinesis',
        eventTime: parseTime('2026-03-02T01:00:00.5Z'),
      },
    ],
    [
      'of a digest',
      digestFile(),
      {},
      { format: 'cloudtrail-digest', source: 'cloudtrail-digest:111122223333:eu-west-1:digest' },
    ],
    [
      'of a statement',
      activityLine,
      dwh,
      {
        format: 'redshift-user-activity-log',
        source: 'redshift-user-activity-log:111122223333:eu-west-1:dwh',
        author: 'redshift://dwh.eu-west-1:5439/user/etl',
        eventTime: parseTime('2026-03-02T06:00:09Z'),
      },
    ],
    [
      'of a connection',
      connectionLine,
      dwh,
      {
        format: 'redshift-connection-log',
        author: 'redshift://dwh.eu-west-1:5439/user/IAM:ana',
        eventTime: parseTime('2026-03-02T01:38:01.601Z'),
      },
    ],
    ['of a user', userLine, dwh, { format: 'redshift-user-log' }],
  ])('%s is kept with what it says of itself', async (_, value, context, expected) => {
    const [status] = await statuses([value], { context: { ...context } })
    const [entry] = await entries()
    expect(entry).toMatchObject({ kind: 'event', context, ...expected })
    const facts = entry === undefined ? [] : translate(entry)
    // The logs of Redshift are all read; of the others here only what they are is known.
    const isRead = entry?.format.startsWith('redshift-') === true
    expect(status).toBe(isRead ? 'accepted' : 'unknown')
    expect(facts.filter(({ kind }) => kind === 'unknown')).toHaveLength(isRead ? 0 : 1)
  })

  it('is one event however it is delivered', async () => {
    const event = record()
    const ways = [event, viaEventBridge(event), sqs(sns(event)), logs('/trail', [event])]
    expect(await statuses([...ways, { Records: [event, event] }])).toEqual([
      'unknown',
      ...Array.from({ length: 5 }, () => 'duplicate'),
    ])
    expect(await entries()).toHaveLength(1)
  })

  it('is kept with its correction, under one id', async () => {
    const event = record({ eventID: 'first' })
    const addendum = { reason: 'UPDATED_DATA', updatedFields: 'readOnly', originalEventID: 'first' }
    const late = record({ eventID: 'second', addendum })
    expect(await statuses([event, late])).toEqual(['unknown', 'unknown'])
    const [one, other] = await entries()
    expect(other?.eventKey).toBe(one?.eventKey)
    const delayed = record({ eventID: 'third', addendum: { reason: 'DELIVERY_DELAY' } })
    await take([delayed])
    expect((await entries()).at(-1)?.eventKey).toBe('cloudtrail:111122223333:third')
  })

  it('is known by its content where it has no id', async () => {
    const event = record({ eventID: null })
    expect(await statuses([event, event, { ...event, awsRegion: 'eu-central-1' }])).toEqual([
      'unknown',
      'duplicate',
      'unknown',
    ])
  })

  it('and by its cluster where it is a line of a log, however the line was delivered', async () => {
    const isCopy = async (context: Readonly<Record<string, string>>): Promise<boolean> => {
      const [outcome] = await take([activityLine], { context })
      return outcome?.status === 'duplicate'
    }
    const { cluster, region } = dwh
    expect(await isCopy(dwh)).toBe(false)
    expect(await isCopy({ cluster, region, objectKey: 'a.gz' })).toBe(true)
    expect(await isCopy({ ...dwh, cluster: 'other' })).toBe(false)
    expect(await isCopy({ ...dwh, region: 'eu-central-1' })).toBe(false)
    expect(await isCopy({})).toBe(false)
  })

  it('is a dead letter without a time, and its statement of a log keeps all its lines', async () => {
    const [outcome] = await take([record({ eventTime: 'timestamp' })])
    expect(outcome).toMatchObject({ status: 'dead-lettered', code: 'EVENT_MALFORMED' })
    await take([activityLine], { context: dwh })
    const payload = parseJson((await entries()).at(-1)?.payload ?? '')
    expect(payload).toMatchObject({ db: 'dwh', user: 'etl', pid: '99753', xid: '6728324' })
    expect(JSON.stringify(payload)).toContain('COPY clinic.patients\\n FROM')
  })
})

it('every format has a row, and a token can be limited to it', () => {
  expect(formatsRead.toSorted()).toEqual([...formatNames].toSorted())
})

describe('an event that is known to be irrelevant', () => {
  it('is counted and not kept, by source and name', async () => {
    const values = [
      looking(),
      looking(),
      looking({ eventName: 'ListStreams', eventSource: 'kinesis.amazonaws.com' }),
      record(),
    ]
    expect(await statuses([{ Records: values }])).toEqual([
      'irrelevant',
      'irrelevant',
      'irrelevant',
      'unknown',
    ])
    const kept = await entries()
    expect(kept.map(({ kind }) => kind)).toEqual(['event', 'tally'])
    expect(kept.flatMap(translate).filter(({ kind }) => kind === 'tally')).toMatchObject([
      {
        source: 'cloudtrail:111122223333:eu-west-1:management',
        name: 'ec2:DescribeInstances',
        count: 2,
      },
      { name: 'kinesis:ListStreams', count: 1 },
    ])
  })

  it.each<readonly [string, Json]>([
    ['a call that was refused', looking({ errorCode: 'AccessDenied' })],
    ['a call that changes something', looking({ readOnly: false })],
    [
      'a look at data',
      looking({ eventCategory: 'Data', eventSource: 's3.amazonaws.com', eventName: 'GetObject' }),
    ],
    ['a look at a table', looking({ eventSource: 'glue.amazonaws.com', eventName: 'GetTable' })],
    [
      'a grant of Lake Formation',
      looking({ eventSource: 'lakeformation.amazonaws.com', eventName: 'GetDataAccess' }),
    ],
    ['a key at work', looking({ eventSource: 'kms.amazonaws.com', eventName: 'Decrypt' })],
    ['a call of a service that is not in the table', looking({ eventSource: 'new.amazonaws.com' })],
  ])('is never %s', async (_, value) => {
    expect(await statuses([value])).toEqual(['unknown'])
  })

  it('leaves nothing of a secret or a person in the names that are counted', async () => {
    const value = looking({ awsRegion: 'password=hunter2', recipientAccountId: '561-22-4477' })
    await take([value], { context: { account: 'jane.roe@example.org' } })
    const [tally] = await entries()
    expect(tally?.kind).toBe('tally')
    expect(JSON.stringify(tally)).not.toMatch(/hunter2|4477|jane/)
  })

  it('is also what a delivery says of itself', async () => {
    const confirmation = {
      ...sns('x'),
      Type: 'SubscriptionConfirmation',
      SubscribeURL: 'https://x',
    }
    const test = {
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Time: '2026-03-02T01:00:00Z',
      Bucket: 'b',
    }
    expect(await statuses([sqs(test), confirmation])).toEqual(['irrelevant', 'irrelevant'])
    const notice = { s3Bucket: 'trail', s3ObjectKey: ['AWSLogs/1/CloudTrail/a.json.gz'] }
    const [outcome] = await take([notice])
    expect(outcome).toMatchObject({ status: 'dead-lettered' })
    expect(outcome?.reason).toContain('lineward ingest')
  })
})

describe('a log of Redshift without its cluster', () => {
  it('is kept, and says what is missing', async () => {
    const [outcome] = await take([activityLine])
    expect(outcome).toMatchObject({ status: 'accepted', warnings: [{ code: 'CONTEXT_MISSING' }] })
    const [entry] = await entries()
    expect(entry?.author).toBeUndefined()
    const problems = (entry === undefined ? [] : translate(entry)).filter(
      ({ kind }) => kind === 'problem',
    )
    expect(problems).toMatchObject([{ code: 'CONTEXT_MISSING' }])
  })
})

describe('a sender that is limited', () => {
  const account = (recipientAccountId: string) => record({ recipientAccountId })
  const openLineage = { eventTime: '2026-03-02T01:00:00Z', job: { namespace: 'n', name: 'j' } }

  it.each<readonly [string, NonNullable<Received['scope']>, Json, boolean]>([
    ['to an account may speak for it', { accounts: ['1'] }, account('1'), true],
    ['to an account may not speak for another', { accounts: ['1'] }, account('2'), false],
    ['to an account may not speak for a namespace', { accounts: ['1'] }, openLineage, false],
    ['to a namespace may speak for it', { namespaces: ['n'] }, openLineage, true],
    ['to a namespace may not speak for an account', { namespaces: ['n'] }, account('1'), false],
    ['to both may speak for both', { namespaces: ['n'], accounts: ['1'] }, account('1'), true],
    ['to a format may send it', { formats: ['cloudtrail'] }, account('1'), true],
    ['to a format may not send another', { formats: ['openlineage'] }, account('1'), false],
    [
      'to an account may not hide another in a wrapping',
      { accounts: ['1'] },
      sqs(sns(account('2'))),
      false,
    ],
  ])('%s', async (_, scope, value, isAllowed) => {
    if (isAllowed) {
      expect(await take([value], { scope })).toHaveLength(1)
      return
    }
    await expect(take([account('1'), value], { scope })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(ledger.head().entries).toBe(0)
  })

  it('to an account has it from the context where the event says none', async () => {
    const scope = { accounts: [dwh.account] }
    expect(await statuses([activityLine], { scope, context: dwh })).toEqual(['accepted'])
    await expect(take([activityLine], { scope })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const other = logs('/aws/redshift/cluster/dwh/useractivitylog', [activityLine])
    const context = { account: '999999999999', region: 'eu-west-1' }
    await expect(
      take([other], { scope: { accounts: ['999999999999'] }, context }),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})

describe('the namespaces of a sender', () => {
  const event = {
    eventTime: '2026-03-02T01:00:00Z',
    run: { runId: 'r' },
    job: { namespace: 'default', name: 'j' },
    inputs: [{ namespace: 'file', name: '/in' }],
    outputs: [{ namespace: 's3://lake', name: 'out' }],
  }
  const mapping = { default: 'airflow-a', file: 'file://etl-7', localhost: 'elsewhere' }

  it('are called what its token says, and the event stays as it was sent', async () => {
    expect(await statuses([event], { mapping })).toEqual(['accepted'])
    const [entry] = await entries()
    if (entry === undefined) throw new Error('there is no entry')
    expect(parseJson(entry.payload)).toEqual(event)
    expect(entry.context).toEqual({
      'lineward.namespace.default': 'airflow-a',
      'lineward.namespace.file': 'file://etl-7',
    })
    const facts = JSON.stringify(translate(entry))
    expect(facts).toContain('"airflow-a"')
    expect(facts).toContain('file://etl-7')
    expect(facts).not.toMatch(/"namespace":"(?:default|file)"/)
  })

  it('count for what a token may speak for as they are called here', async () => {
    const scope = { namespaces: ['airflow-a'] }
    expect(await statuses([event], { mapping, scope })).toEqual(['accepted'])
    await expect(take([event], { scope })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const named = { ...event, job: { namespace: 'airflow-a', name: 'j' } }
    const away = { 'airflow-a': 'airflow-b' }
    await expect(take([named], { scope, mapping: away })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  it('make another event of what another sender means by the same words', async () => {
    expect(await statuses([event], { mapping })).toEqual(['accepted'])
    expect(await statuses([event], { mapping: { default: 'airflow-b' } })).toEqual(['accepted'])
    expect(await statuses([event])).toEqual(['accepted'])
    // What an event does not use makes no difference to it.
    expect(await statuses([event], { mapping: { ...mapping, other: 'x' } })).toEqual(['duplicate'])
  })
})
