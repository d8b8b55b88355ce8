import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { Translators } from '../translator.ts'
import { createDeliveryStream, deleteDeliveryStream } from './create-delivery-stream.ts'

export const firehoseCalls: Translators<CloudTrailEvent> = {
  'firehose:CreateDeliveryStream': {
    gives:
      'the delivery stream as a job: its source, its destination, and the copies it leaves in S3',
    proof: 'documentation',
    translate: createDeliveryStream,
  },
  'firehose:DeleteDeliveryStream': {
    gives: 'the end of what it delivers',
    proof: 'documentation',
    translate: deleteDeliveryStream,
  },
}
