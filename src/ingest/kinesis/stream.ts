import type { Spelling } from '../../model/index.ts'
import type { Where } from '../aws/arn.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { namespaceIn, spellingOfArn } from '../aws/arn.ts'
import { textAt } from '../aws/members.ts'

/** A stream by the ARN of itself, or of a consumer of it. */
export function streamOfArn(arn: string): Spelling | undefined {
  const spelling = spellingOfArn(arn)
  const name = /^stream\/[^/]+/.exec(spelling?.name ?? '')?.[0]
  return spelling === undefined || name === undefined ? undefined : { ...spelling, name }
}

/** A stream by its bare name, which means the account and region of whoever says it. */
export function streamNamed(name: string, where: Where): Spelling {
  return { namespace: namespaceIn(where, 'kinesis'), name: `stream/${name}` }
}

/** The stream that a call is about: newer clients send its ARN, older ones its name. */
export function streamIn(event: CloudTrailEvent): Spelling | undefined {
  const arn = textAt(event.request, 'streamARN')
  const name = textAt(event.request, 'streamName')
  if (arn !== undefined) return streamOfArn(arn)
  return name === undefined ? undefined : streamNamed(name, event)
}
