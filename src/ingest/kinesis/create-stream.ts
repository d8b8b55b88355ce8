import type { Fact } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { mentionFact, nameOf } from '../aws/declared.ts'
import { streamIn } from './stream.ts'

/**
 * Kinesis CreateStream: a stream begins. Reads `requestParameters.streamName` (or `streamARN`).
 *
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html
 */
export function createStream(event: CloudTrailEvent): readonly Fact[] {
  const { at } = event
  const stream = streamIn(event)
  if (stream === undefined) return []
  const dataset = nameOf(stream)
  return [
    mentionFact(at, stream),
    { kind: 'lifecycle', at, dataset, change: 'CREATE', whole: false },
  ]
}
