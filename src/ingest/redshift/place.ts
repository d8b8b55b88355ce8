import type { Spelling } from '../../model/index.ts'
import type { Context } from '../format.ts'
import type { SqlName } from '../sql/index.ts'
import { namespaceIn, partitionOf } from '../aws/arn.ts'

/**
 * The dataset that a statement names: a table of the cluster's, or what a COPY or UNLOAD says by its
 * address. Undefined for one that cannot be told.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-source.html
 */
export function placeOf(
  name: SqlName,
  { namespace, context }: Readonly<{ namespace: string; context: Context }>,
): Spelling | undefined {
  if ('parts' in name) return { namespace, name: name.parts.map(quoted).join('.') }
  return placeOfAddress(name.location, context)
}

function placeOfAddress(address: string, context: Context): Spelling | undefined {
  const [, scheme = '', authority = '', path = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/]*)(\/.*)?$/is.exec(address) ?? []
  if (authority === '') return undefined
  switch (scheme.toLowerCase()) {
    case 's3':
    case 's3a':
    case 's3n':
      return { namespace: `s3://${authority}`, name: path === '' ? '/' : path }
    case 'emr':
      return { namespace: `hdfs://${authority}`, name: path === '' ? '/' : path }
    case 'dynamodb': {
      const { region, account } = context
      if (region === undefined || account === undefined) return undefined
      return {
        namespace: namespaceIn({ partition: partitionOf(region), region, account }, 'dynamodb'),
        name: `table/${authority}`,
      }
    }
    default:
      return undefined
  }
}

/** A part that holds a dot or a quote stays one part. */
export function quoted(part: string): string {
  return /[."`[\]]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part
}
