import type { Json, Spelling } from '../../model/index.ts'
import { bucketOfArn, spellingOfArn } from '../aws/arn.ts'
import { textAt, valueAt } from '../aws/members.ts'
import { folderOfTemplate } from '../aws/template.ts'

/**
 * The outputs of a destination: where it delivers, and where it leaves copies in S3 on the way
 * (staging for Redshift, backups, records that failed). What is hidden is left out.
 *
 * @see aws-events.md section 7.3
 */
export function outputsOf(destination: Json): readonly Spelling[] {
  return [
    s3Folder(destination),
    s3Folder(valueAt(destination, 's3Configuration')),
    s3Folder(valueAt(destination, 's3Update')),
    s3Folder(valueAt(destination, 's3BackupConfiguration')),
    s3Folder(valueAt(destination, 's3BackupUpdate')),
    redshiftTable(destination),
    searchIndex(destination),
    endpoint(destination),
  ].filter((spelling) => spelling !== undefined)
}

function s3Folder(at: Json | undefined): Spelling | undefined {
  const bucket = bucketOfArn(textAt(at, 'bucketARN') ?? '')
  if (bucket === undefined) return undefined
  return { namespace: `s3://${bucket}`, name: folderOfTemplate(textAt(at, 'prefix') ?? '') }
}

/** A table without a schema lies in `public`. */
function redshiftTable(at: Json): Spelling | undefined {
  const [, host = '', database] =
    /^jdbc:redshift:(?:iam:)?\/\/([^/]+)\/([^?;]+)/.exec(textAt(at, 'clusterJDBCURL') ?? '') ?? []
  const table = textAt(at, 'copyCommand', 'dataTableName')
  if (database === undefined || table === undefined) return undefined
  const name = table.includes('.') ? table : `public.${table}`
  return { namespace: `redshift://${host}`, name: `${database}.${name}` }
}

function searchIndex(at: Json): Spelling | undefined {
  const index = textAt(at, 'indexName')
  const domain = spellingOfArn(textAt(at, 'domainARN') ?? '')
  if (index === undefined || domain === undefined) return undefined
  return { namespace: domain.namespace, name: `${domain.name}/${index}` }
}

/** Data that leaves for an address: Splunk, or any HTTP endpoint. */
function endpoint(at: Json): Spelling | undefined {
  const url = textAt(at, 'hECEndpoint') ?? textAt(at, 'endpointConfiguration', 'url')
  if (url === undefined || !URL.canParse(url)) return undefined
  const { host, pathname } = new URL(url)
  return { namespace: `https://${host}`, name: pathname }
}
