import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { Translators } from '../translator.ts'
import { kinesisChannel } from './channel.ts'
import { createStream } from './create-stream.ts'
import { deleteStream } from './delete-stream.ts'

export const kinesisCalls: Translators<CloudTrailEvent> = {
  'kinesis:CreateChannel': {
    gives: 'the channel as a job: its streams, the folder and the tables that it delivers to',
    proof: 'inferred',
    translate: kinesisChannel(false),
  },
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
  'kinesis:UpdateChannel': {
    gives: 'the parts of the channel that are set anew; the others stay',
    proof: 'inferred',
    translate: kinesisChannel(true),
  },
}
