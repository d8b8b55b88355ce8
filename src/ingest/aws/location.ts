import type { Fact, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { mentionFact, nameOf } from './declared.ts'
import { spellingOfArn } from './arn.ts'

/**
 * The place that a URI names: an S3 prefix, a path of HDFS or of another store, or the thing of an
 * ARN. Undefined for text that is neither, and for addresses of databases.
 */
export function placeOfUri(uri: string): Spelling | undefined {
  const [, bucket, key = ''] = /^s3[an]?:\/\/([^/?#\s]+)\/?(.*)$/is.exec(uri) ?? []
  if (bucket !== undefined) return { namespace: `s3://${bucket}`, name: key === '' ? '/' : key }
  const [, scheme, authority, path] =
    /^((?:hdfs|wasbs?|abfss?|gs|viewfs|alluxio|file)):\/\/([^/\s]*)(\/.*)?$/is.exec(uri) ?? []
  if (scheme !== undefined && authority !== undefined) {
    const space = scheme.toLowerCase()
    return { namespace: authority === '' ? space : `${space}://${authority}`, name: path ?? '/' }
  }
  return spellingOfArn(uri)
}

/** That a table or database lies at a location, as its catalog says; nothing for one that is no place. */
export function locationFacts(
  { at }: Pick<CloudTrailEvent, 'at'>,
  table: Spelling,
  uri: string | undefined,
): readonly Fact[] {
  const place = uri === undefined ? undefined : placeOfUri(uri)
  if (place === undefined || place.namespace.startsWith('arn:')) return []
  return [
    mentionFact(at, place),
    { kind: 'location', at, table: nameOf(table), location: nameOf(place), by: 'catalog' },
  ]
}
