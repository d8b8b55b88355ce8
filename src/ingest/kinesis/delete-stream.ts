import type { Fact } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { mentionFact, nameOf } from '../aws/declared.ts'
import { streamIn } from './stream.ts'

/**
 * Kinesis DeleteStream: a stream ends, with all that lay in it. Reads `requestParameters.streamName`
 * (or `streamARN`).
 *
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html
 */
export function deleteStream(event: CloudTrailEvent): readonly Fact[] {
  const { at } = event
  const stream = streamIn(event)
  if (stream === undefined) return []
  return [
    mentionFact(at, stream),
    { kind: 'lifecycle', at, dataset: nameOf(stream), change: 'DROP', whole: true },
  ]
}
