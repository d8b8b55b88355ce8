import type { DatasetName, Fact, Micros } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { digestId } from '../../model/index.ts'
import { mentionFact, nameOf } from '../aws/declared.ts'
import { textAt, valueAt } from '../aws/members.ts'
import { unresolvedFact } from '../aws/unresolved.ts'
import { copySourceOf, folderOf } from './object.ts'

/**
 * S3 CopyObject and UploadPartCopy: data went from one folder to another, by no job that is told. Reads
 * `requestParameters.{bucketName, key, x-amz-copy-source}`. A part that was copied counts, though its
 * upload may not be complete yet.
 *
 * @see aws-events.md section 7.8, naming.md "a copy seen only by its accesses"
 */
export function objectCopied(event: CloudTrailEvent): readonly Fact[] {
  const { at, request, author } = event
  const bucket = textAt(request, 'bucketName')
  const key = textAt(request, 'key')
  if (bucket === undefined || key === undefined) return []
  const target = folderOf(bucket, key)
  const source = copySourceOf(valueAt(request, 'x-amz-copy-source'))
  if (source === undefined) {
    const reason = `What was copied into ${target.namespace}/${target.name} cannot be told`
    const path = '/requestParameters/x-amz-copy-source'
    const names = [nameOf(target)]
    return [
      mentionFact(at, target),
      unresolvedFact(event, { code: 'COMMAND_UNRESOLVED', path, reason, names }),
    ]
  }
  return [
    mentionFact(at, source),
    mentionFact(at, target),
    ...copyFacts(at, { principal: author ?? '', source: nameOf(source), target: nameOf(target) }),
  ]
}

const hour = 3_600_000_000

/**
 * The flow of a copy, without a job. All that one principal copies from one folder to another within an
 * hour of the clock is one run, so that a million objects are not a million runs.
 */
export function copyFacts(
  at: Micros,
  {
    principal,
    source,
    target,
  }: Readonly<{ principal: string; source: DatasetName; target: DatasetName }>,
): readonly Fact[] {
  const folders = [source, target].flatMap(({ namespace, name }) => [namespace, name])
  const run = digestId('copy', principal, ...folders, String(Math.floor(at / hour)))
  return [
    { kind: 'io', at, run, part: '', side: 'reads', dataset: source },
    { kind: 'io', at, run, part: '', side: 'writes', dataset: target },
    {
      kind: 'copies',
      at,
      run,
      part: '',
      copy: { input: source, output: target, columns: { by: 'name' } },
    },
  ]
}
