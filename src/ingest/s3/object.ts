import type { Json, Spelling } from '../../model/index.ts'
import { isList } from '../members.ts'

/** Where table formats keep what they say of themselves: it belongs to the table. */
const logFolder = /\/(?:_delta_log|_spark_metadata|\.hoodie|metadata)\/(?:.*\/)?$/s

/** The folder of an object: an object is never a dataset of its own. */
export function folderOf(bucket: string, key: string): Spelling {
  const folder = key.slice(0, key.lastIndexOf('/') + 1).replace(logFolder, '/')
  return { namespace: `s3://${bucket}`, name: folder === '' ? '/' : folder }
}

/**
 * The folder that `x-amz-copy-source` names: `bucket/key`, with or without a slash before it,
 * percent-encoded, and a version behind it. Older records have it in a list.
 */
export function copySourceOf(header: Json | undefined): Spelling | undefined {
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
