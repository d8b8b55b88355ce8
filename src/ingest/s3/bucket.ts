import type { Fact } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { mentionFact, nameOf } from '../aws/declared.ts'
import { textAt } from '../aws/members.ts'

/** S3 CreateBucket and DeleteBucket, which has to be empty. Reads `requestParameters.bucketName`. */
export function bucketChanged(
  change: 'CREATE' | 'DROP',
): (event: CloudTrailEvent) => readonly Fact[] {
  return ({ at, request }) => {
    const name = textAt(request, 'bucketName')
    if (name === undefined) return []
    const bucket = { namespace: `s3://${name}`, name: '/' }
    return [
      mentionFact(at, bucket),
      { kind: 'lifecycle', at, dataset: nameOf(bucket), change, whole: change === 'DROP' },
    ]
  }
}
