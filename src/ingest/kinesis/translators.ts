import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { Translators } from '../translator.ts'
import { createStream } from './create-stream.ts'
import { deleteStream } from './delete-stream.ts'

export const kinesisCalls: Translators<CloudTrailEvent> = {
  'kinesis:CreateStream': {
    gives: 'the stream, and when it began',
    proof: 'documentation',
    translate: createStream,
  },
  'kinesis:DeleteStream': {
    gives: 'when the stream ended, with all that lay in it',
    proof: 'documentation',
    translate: deleteStream,
  },
}
