import type { Fact, JobName, Json, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { activeFact, declaredFacts } from '../aws/declared.ts'
import { bucketOfArn } from '../aws/arn.ts'
import { listAt, textAt } from '../aws/members.ts'
import { unresolvedFact } from '../aws/unresolved.ts'

/**
 * S3 PutBucketReplication: what is written to a bucket is copied to another. Reads
 * `requestParameters.{bucketName, ReplicationConfiguration.Rule}`, one rule or several, each with `ID`,
 * `Status`, `Filter.Prefix` or `Prefix`, and `Destination.Bucket`. They are all the rules of the bucket:
 * what it had before and is not named any more has ended.
 *
 * @see aws-events.md section 7.8
 */
export function bucketReplicated(event: CloudTrailEvent): readonly Fact[] {
  const { request } = event
  const bucket = textAt(request, 'bucketName')
  if (bucket === undefined) return []
  const rules = [
    ...listAt(request, 'ReplicationConfiguration', 'Rule'),
    ...listAt(request, 'ReplicationConfiguration', 'Rules'),
  ]
  return [
    ...rules.flatMap((rule) => ruleFacts(event, bucket, rule)),
    // Without a rule the request was cut or hidden: no bucket has a configuration of none.
    ...(rules.length === 0 ? [] : [configuration(event, bucket, rules)]),
  ]
}

/**
 * S3 DeleteBucketReplication: nothing is copied from the bucket any more. Reads
 * `requestParameters.bucketName`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketReplication.html
 */
export function bucketNotReplicated(event: CloudTrailEvent): readonly Fact[] {
  const bucket = textAt(event.request, 'bucketName')
  return bucket === undefined ? [] : [configuration(event, bucket, [])]
}

function configuration({ at }: CloudTrailEvent, bucket: string, rules: readonly Json[]): Fact {
  const key = { scope: 's3 replication', name: bucket }
  return { kind: 'configuration', at, key, jobs: rules.map((rule) => jobOf(bucket, rule)) }
}

function prefixOf(rule: Json): string | undefined {
  return (
    textAt(rule, 'Filter', 'Prefix') ??
    textAt(rule, 'Filter', 'And', 'Prefix') ??
    textAt(rule, 'Prefix')
  )
}

/** A rule without an id is told from the others by what it is for. */
function jobOf(bucket: string, rule: Json): JobName {
  const id = textAt(rule, 'ID') ?? prefixOf(rule) ?? ''
  return { namespace: `s3://${bucket}`, name: `replication/${id}` }
}

function ruleFacts(event: CloudTrailEvent, bucket: string, rule: Json): readonly Fact[] {
  const { at } = event
  const prefix = prefixOf(rule)
  const job = jobOf(bucket, rule)
  const target = bucketOfArn(textAt(rule, 'Destination', 'Bucket') ?? '')
  const placeIn = (owner: string): Spelling => ({ namespace: `s3://${owner}`, name: prefix ?? '/' })
  const input = placeIn(bucket)
  const outputs = target === undefined ? [] : [placeIn(target)]
  const isOff = textAt(rule, 'Status')?.toLowerCase() === 'disabled'
  return [
    ...declaredFacts({ at, job, type: 'S3_REPLICATION', inputs: [input], outputs }),
    ...(isOff ? [activeFact(at, job, false)] : []),
    ...(target === undefined
      ? [
          unresolvedFact(event, {
            code: 'DECLARATION_UNRESOLVED',
            path: '/requestParameters/ReplicationConfiguration',
            reason: `${job.name} of ${bucket}: where it copies to cannot be told`,
            of: { job },
          }),
        ]
      : []),
  ]
}
