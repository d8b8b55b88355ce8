import type { Fact, JobName, Json, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { isJsonObject } from '../../model/index.ts'
import { namespaceIn } from '../aws/arn.ts'
import { amendedFacts, declaredFacts, endedFacts, mentionFact } from '../aws/declared.ts'
import { textAt } from '../aws/members.ts'
import { unresolvedFact } from '../aws/unresolved.ts'
import { copiesOf, schemaTableOf, sinksOf } from './destination.ts'
import { sourceOf } from './source.ts'

/**
 * Firehose CreateDeliveryStream: a job that reads a Kinesis stream, a topic, tables, or what is put
 * into it directly, and delivers to one destination. Reads `requestParameters.{deliveryStreamName,
 * deliveryStreamType, *SourceConfiguration, *DestinationConfiguration}`. Each part of the destination
 * is declared by itself, so that an update can change it alone.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html
 */
export function createDeliveryStream(event: CloudTrailEvent): readonly Fact[] {
  const job = deliveryStreamIn(event)
  if (job === undefined) return []
  const source = sourceOf(event, job)
  const destinations = destinationsIn(event, 'Configuration')
  return [
    ...declaredFacts({
      at: event.at,
      job,
      type: 'DELIVERY_STREAM',
      inputs: source.inputs,
      outputs: [],
    }),
    ...(source.hidden === undefined
      ? []
      : [unknownPart(event, job, `/${source.hidden}`, 'what it reads')]),
    ...destinations.flatMap((one) =>
      destinationFacts(event, { job, inputs: source.inputs, ...one }),
    ),
    ...(destinations.length === 0 ? [unknownPart(event, job, '', 'where it delivers')] : []),
  ]
}

/**
 * Firehose UpdateDestination: parts of a destination are set anew; what the call does not name stays.
 * Reads `requestParameters.{deliveryStreamName, *DestinationUpdate}`. A part of which only something
 * else changes, or that is told in part, stays as it is known.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_UpdateDestination.html
 */
export function updateDestination(event: CloudTrailEvent): readonly Fact[] {
  const job = deliveryStreamIn(event)
  if (job === undefined) return []
  return [
    { kind: 'job', at: event.at, job, type: 'DELIVERY_STREAM' },
    ...destinationsIn(event, 'Update').flatMap((one) =>
      destinationFacts(event, { job, inputs: [], ...one }),
    ),
  ]
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

type Destination = Readonly<{ key: string; kind: string; value: Json; isUpdate: boolean }>

function destinationsIn(
  { request }: CloudTrailEvent,
  end: 'Configuration' | 'Update',
): readonly Destination[] {
  if (!isJsonObject(request)) return []
  const pattern = new RegExp(`^(.+)Destination${end}$`, 'i')
  return Object.entries(request).flatMap(([key, value]) => {
    const kind = pattern.exec(key)?.[1]
    return kind === undefined || !isJsonObject(value)
      ? []
      : [{ key, kind, value, isUpdate: end === 'Update' }]
  })
}

function destinationFacts(
  event: CloudTrailEvent,
  {
    job,
    inputs,
    key,
    kind,
    value,
    isUpdate,
  }: Destination & Readonly<{ job: JobName; inputs: readonly Spelling[] }>,
): readonly Fact[] {
  const { at } = event
  const schema = schemaTableOf(value, event)
  const facts = sinksOf({ kind, value, isUpdate }, event).flatMap(
    ({ slot, outputs, hidden }): readonly Fact[] => {
      const what = `where it writes (${kind}, ${slot})`
      const problem = hidden ? [unknownPart(event, job, `/${key}`, what)] : []
      if (outputs.length === 0) return problem
      const copies =
        slot === 'main' ? inputs.flatMap((input) => copiesOf(input, value, outputs)) : []
      // A function is handed the records and gives them back.
      const read = slot === 'processor' ? { inputs: outputs } : {}
      return [...amendedFacts({ at, job }, slot, { outputs, copies, ...read }), ...problem]
    },
  )
  return [...facts, ...(schema === undefined ? [] : [mentionFact(at, schema)])]
}

function unknownPart(event: CloudTrailEvent, job: JobName, path: string, what: string): Fact {
  return unresolvedFact(event, {
    code: 'DECLARATION_UNRESOLVED',
    path: `/requestParameters${path}`,
    reason: `${job.name}: ${what} cannot be told`,
    of: { job },
  })
}
