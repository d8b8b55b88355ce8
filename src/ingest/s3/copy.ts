import type { DatasetName, Fact, Json, Micros, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { digestId } from '../../model/index.ts'
import { mentionFact, nameOf } from '../aws/declared.ts'
import { textAt, valueAt } from '../aws/members.ts'
import { unresolvedFact } from '../aws/unresolved.ts'
import { isList } from '../members.ts'

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
  const source = sourceOf(valueAt(request, 'x-amz-copy-source'))
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
function copyFacts(
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

/** `bucket/key`, with or without a slash before it, percent-encoded, and a version behind it. */
function sourceOf(header: Json | undefined): Spelling | undefined {
  const text = isList(header) ? header[0] : header
  if (typeof text !== 'string') return undefined
  const [path = ''] = text.split('?versionId=', 1)
  const [, bucket, key] = /^\/?([^/:]+)\/(.+)$/s.exec(decoded(path)) ?? []
  return bucket === undefined || key === undefined ? undefined : folderOf(bucket, key)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Where table formats keep what they say of themselves: it belongs to the table. */
const logFolder = /\/(?:_delta_log|_spark_metadata|\.hoodie|metadata)\/(?:.*\/)?$/s

/** The folder of an object, as accesses are kept. */
function folderOf(bucket: string, key: string): Spelling {
  const folder = key.slice(0, key.lastIndexOf('/') + 1).replace(logFolder, '/')
  return { namespace: `s3://${bucket}`, name: folder === '' ? '/' : folder }
}
