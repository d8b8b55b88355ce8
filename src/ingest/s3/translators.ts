import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { Translators } from '../translator.ts'
import { bucketChanged } from './bucket.ts'
import { objectCopied } from './copy.ts'
import { bucketNotReplicated, bucketReplicated } from './replication.ts'

export const s3Calls: Translators<CloudTrailEvent> = {
  's3:CopyObject': {
    gives: 'a flow from folder to folder, by no job; two accesses',
    proof: 'record',
    translate: objectCopied,
  },
  's3:CreateBucket': {
    gives: 'the bucket, and when it began',
    proof: 'record',
    translate: bucketChanged('CREATE'),
  },
  's3:DeleteBucket': {
    gives: 'when the bucket ended, with all that lay in it',
    proof: 'documentation',
    translate: bucketChanged('DROP'),
  },
  's3:DeleteBucketReplication': {
    gives: 'the end of every rule that the bucket had',
    proof: 'documentation',
    translate: bucketNotReplicated,
  },
  's3:PutBucketReplication': {
    gives:
      'each rule as a job that copies from bucket to bucket, and the end of those it had before',
    proof: 'record',
    translate: bucketReplicated,
  },
  's3:UploadPartCopy': {
    gives: 'a flow from folder to folder, by no job; two accesses',
    proof: 'inferred',
    translate: objectCopied,
  },
}
