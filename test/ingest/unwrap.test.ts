import type { Json } from '../../src/model/index.ts'
import { describe, expect, it } from 'vitest'
import { unwrap } from '../../src/ingest/unwrap/unwrap.ts'
import {
  activityLine,
  kinesisRecord,
  logs,
  native,
  record,
  s3Notification,
  sns,
  snsRecord,
  sqs,
  viaEventBridge,
} from './aws-events.ts'

const openLineage = {
  eventTime: '2026-03-02T01:00:00Z',
  job: { namespace: 'n', name: 'j' },
  run: { runId: 'r' },
}
const inner = (value: Json, context = {}) => [...unwrap({ value, context })]
const valuesIn = (value: Json) =>
  inner(value).map((item) => ('value' in item ? item.value : item.text))

describe('an event comes out of', () => {
  const event = record()
  it.each<readonly [string, Json]>([
    ['nothing at all', event],
    ['a list', [event]],
    ['a list of lists', [[event]]],
    ['a file of CloudTrail', { Records: [event] }],
    ['EventBridge', viaEventBridge(event)],
    ['a message of SQS', sqs(event)],
    ['SQS as a function is given it', { Records: [sqs(event)] }],
    ['SQS as a command prints it', { Messages: [{ MessageId: '1', Body: JSON.stringify(event) }] }],
    ['SNS', sns(event)],
    ['SNS as a function is given it', { Records: [snsRecord(event)] }],
    ['SNS in SQS', { Records: [sqs(sns(event))] }],
    ['EventBridge in SNS in SQS', { Records: [sqs(sns(viaEventBridge(event)))] }],
    ['a file of CloudTrail in SQS', sqs({ Records: [event] })],
    ['Kinesis', { Records: [kinesisRecord(event)] }],
    ['EventBridge in Kinesis', { Records: [kinesisRecord(viaEventBridge(event))] }],
    ['CloudWatch Logs', logs('/trail', [event])],
    ['a text', JSON.stringify(event)],
    ['a text in a text', JSON.stringify(JSON.stringify([event]))],
  ])('%s', (_, wrapped) => {
    expect(valuesIn(wrapped)).toEqual([event])
  })

  it('OpenLineage out of each of them, too, but for an envelope that says it is of AWS', () => {
    const wrapped = [
      sqs(sns(openLineage)),
      { Records: [kinesisRecord(openLineage)] },
      viaEventBridge(openLineage, { source: 'etl.hospital', 'detail-type': 'OpenLineage' }),
      logs('/spark', [openLineage]),
    ]
    expect(wrapped.flatMap(valuesIn)).toEqual(wrapped.map(() => openLineage))
    const ofAws = viaEventBridge(openLineage, { source: 'aws.batch' })
    expect(valuesIn(ofAws)).toEqual([ofAws])
  })
})

describe('what is an event itself stays as it is', () => {
  it.each<readonly [string, Json]>([
    ['of a service by EventBridge', native()],
    ['of a bucket', s3Notification()],
    ['of OpenLineage', openLineage],
    ['a word', 7],
    ['an object that nobody knows', { hello: 'world' }],
  ])('%s', (_, value) => {
    expect(valuesIn(value)).toEqual([value])
  })

  it('a record of a stream that carries no event: its data is not looked at', () => {
    const patients = [{ mrn: '00123456', job: 'nurse' }, 'Hello World', '{"half":']
    for (const data of patients) {
      const wrapped = kinesisRecord(data)
      expect(valuesIn({ Records: [wrapped] })).toEqual([wrapped])
    }
  })
})

describe('several events', () => {
  it('come out in their order, whatever wraps which', () => {
    const [a, b, c, d] = [record(), record(), record(), native()]
    const mixed = [{ Records: [a, sqs(sns([b]))] }, [viaEventBridge(c), d]]
    expect(valuesIn(mixed)).toEqual([a, b, c, d])
    expect(valuesIn({ Records: [] })).toEqual([])
  })
})

describe('what the wrappings say', () => {
  const contextsOf = (value: Json, context = {}) => inner(value, context).map((one) => one.context)

  it('goes along with the event, beside what the sender said', () => {
    const [context] = contextsOf({ Records: [sqs(sns(viaEventBridge(record())))] }, { team: 'etl' })
    expect(context).toMatchObject({
      team: 'etl',
      queue: 'arn:aws:sqs:eu-west-1:111122223333:trail',
      topic: 'arn:aws:sns:eu-west-1:111122223333:trail',
      account: '111122223333',
      region: 'eu-west-1',
    })
    expect(context?.['envelope']).toMatch(/^7d1f0000-/)
  })

  it('tells a cluster or workgroup by the log group, and beats what the sender said', () => {
    const cluster = logs('/aws/redshift/cluster/dwh/useractivitylog', [activityLine])
    expect(contextsOf(cluster, { cluster: 'wrong', region: 'eu-west-1' })).toEqual([
      {
        account: '111122223333',
        cluster: 'dwh',
        logGroup: '/aws/redshift/cluster/dwh/useractivitylog',
        logStream: 'one',
        region: 'eu-west-1',
      },
    ])
    expect(contextsOf(logs('/aws/redshift/reports/connectionlog', ['x']))[0]).toMatchObject({
      workgroup: 'reports',
    })
  })
})

describe('what cannot be opened', () => {
  it('is a text of its own, with the context of what it lay in', () => {
    expect(inner(sqs('Message Body'))).toEqual([
      { text: 'Message Body', context: { queue: 'arn:aws:sqs:eu-west-1:111122223333:trail' } },
    ])
    expect(inner(sns('{"cut off'))).toMatchObject([{ text: '{"cut off' }])
  })

  it('is left closed when it unpacks to more than anyone would pack', () => {
    const bomb = logs('/x', ['0'.repeat(40 * 1024 * 1024)])
    expect(valuesIn(bomb)).toEqual([bomb])
  })

  it('is left closed when it is wrapped deeper than anyone would wrap', () => {
    let wrapped: Json = record()
    for (let depth = 0; depth < 20; depth += 1) wrapped = sqs(wrapped)
    expect(inner(wrapped)).toHaveLength(1)
  })
})
