import type { Fact, JobName, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { isJsonObject } from '../../model/index.ts'
import { namespaceIn } from '../aws/arn.ts'
import { declaredFacts, endedFacts } from '../aws/declared.ts'
import { textAt, valueAt } from '../aws/members.ts'
import { streamOfArn } from '../kinesis/stream.ts'
import { outputsOf } from './sinks.ts'

/**
 * Firehose CreateDeliveryStream: a job that reads a Kinesis stream, a topic, or what is put into it
 * directly, and delivers to one destination. Reads `requestParameters.{deliveryStreamName,
 * kinesisStreamSourceConfiguration, mSKSourceConfiguration, *DestinationConfiguration}`.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html
 */
export function createDeliveryStream(event: CloudTrailEvent): readonly Fact[] {
  const job = deliveryStreamIn(event)
  if (job === undefined) return []
  const outputs = isJsonObject(event.request)
    ? Object.entries(event.request)
        .filter(([key]) => /DestinationConfiguration$/i.test(key))
        .flatMap(([, destination]) => outputsOf(destination))
    : []
  const { at } = event
  return declaredFacts({
    at,
    job,
    type: 'DELIVERY_STREAM',
    inputs: [sourceOf(event, job)],
    outputs,
  })
}

/** Firehose DeleteDeliveryStream: it delivers nothing from now on. */
export function deleteDeliveryStream(event: CloudTrailEvent): readonly Fact[] {
  const job = deliveryStreamIn(event)
  return job === undefined ? [] : endedFacts(event.at, job)
}

function deliveryStreamIn(event: CloudTrailEvent): JobName | undefined {
  const name = textAt(event.request, 'deliveryStreamName')
  return name === undefined
    ? undefined
    : { namespace: namespaceIn(event, 'firehose'), name: `deliverystream/${name}` }
}

/** What is put into it directly is a stream of its own, under the name of the job. */
function sourceOf(event: CloudTrailEvent, job: JobName): Spelling {
  const stream = textAt(event.request, 'kinesisStreamSourceConfiguration', 'kinesisStreamARN')
  const kinesis = stream === undefined ? undefined : streamOfArn(stream)
  if (kinesis !== undefined) return kinesis
  const source = valueAt(event.request, 'mSKSourceConfiguration')
  const [, namespace, cluster] =
    /^(arn:aws[a-z-]*:kafka:[^:]*:[^:]*):cluster\/(.+)$/.exec(
      textAt(source, 'mSKClusterARN') ?? '',
    ) ?? []
  const topic = textAt(source, 'topicName')
  return namespace === undefined || topic === undefined
    ? job
    : { namespace, name: `topic/${cluster}/${topic}` }
}
