import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { Translators } from '../translator.ts'
import { createDeliveryStream, deleteDeliveryStream, updateDestination } from './delivery-stream.ts'

export const firehoseCalls: Translators<CloudTrailEvent> = {
  'firehose:CreateDeliveryStream': {
    gives:
      'the delivery stream as a job: its source, its destination, the copies it leaves in S3, the function that changes records, columns where they are listed',
    proof: 'documentation',
    translate: createDeliveryStream,
  },
  'firehose:DeleteDeliveryStream': {
    gives: 'the end of what it delivers',
    proof: 'documentation',
    translate: deleteDeliveryStream,
  },
  'firehose:UpdateDestination': {
    gives: 'the parts of the destination that are set anew; the others stay',
    proof: 'documentation',
    translate: updateDestination,
  },
}
