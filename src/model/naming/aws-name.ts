import type { Arn } from './arn.ts'
import type { DatasetKind } from './dataset-kind.ts'
import { trimPartitions } from './partition.ts'
import { decodeSegment } from './percent.ts'
import { segmentsOf } from './uri.ts'

export type AwsName = Readonly<{ namespace: string; name: string; partition?: string | undefined }>

/**
 * The one spelling of what an AWS service holds, where the service leaves several: Glue folds case
 * and was reported as `db.table`, a stream or index of DynamoDB is its table, and DataZone names
 * Redshift tables by ARNs of its own.
 *
 * @see naming.md; openlineage.md sections 5 and 10
 */
export function awsNameOf(namespace: string, arn: Arn, name: string): AwsName {
  switch (arn.service) {
    case 'glue':
      return { namespace, name: glueName(name) }
    case 'dynamodb':
      return { namespace, name: name.replace(/^(table\/[^/]+)\/(?:stream|index)\/.*$/s, '$1') }
    case 'redshift':
    case 'redshift-serverless':
      return redshiftTable(arn, name) ?? { namespace, name }
    default:
      return isFileSystem(arn, name) ? { namespace, ...fileSystemName(name) } : { namespace, name }
  }
}

const fileServices: ReadonlySet<string> = new Set(['elasticfilesystem', 'fsx', 'storagegateway'])

/** Whether the name is a file system (or a share) and a path in it. */
export function isFileSystem({ service }: Arn, name: string): boolean {
  return fileServices.has(service) && /^\/*(?:file-system|share)\/+[^/]/.test(name)
}

function fileSystemName(reported: string): { name: string; partition: string | undefined } {
  const [kind = '', id = '', ...path] = segmentsOf(reported).map(decodeSegment)
  const { segments, partition } = trimPartitions(path)
  return { name: [kind, id, ...segments].join('/'), partition }
}

function glueName(reported: string): string {
  const name = reported.replace(/^\/+|\/+$/g, '')
  if (/^(?:table|database)\//i.test(name)) return name.toLowerCase()
  const [, database, table] = /^([^./]+)\.([^./]+)$/.exec(name) ?? []
  return database === undefined ? name : `table/${database}/${table}`.toLowerCase()
}

const redshiftPort = 5439

/** `table/{cluster or workgroup}/{db}/{schema}/{table}`, which tells no port: the default it is. */
function redshiftTable({ service, region, account }: Arn, name: string): AwsName | undefined {
  const [, server, database, schema, table] =
    /^table\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(name) ?? []
  if (server === undefined) return undefined
  const place = service === 'redshift' ? region : `${account}.${region}`
  return {
    namespace: `redshift://${server}.${place}:${redshiftPort}`.toLowerCase(),
    name: `${database}.${schema}.${table}`.toLowerCase(),
  }
}

type KindRow = readonly [service: string, name: RegExp, kind: DatasetKind]

/** By service and the form of the name; the first row that fits. */
const kinds: readonly KindRow[] = [
  ['glue', /^table\//, 'TABLE'],
  ['glue', /^database\//, 'DATABASE'],
  ['rds', /^db:/, 'DATABASE'],
  ['rds', /^cluster:/, 'DATABASE'],
  ['rds', /^snapshot:/, 'SNAPSHOT'],
  ['rds', /^cluster-snapshot:/, 'SNAPSHOT'],
  ['kinesis', /^stream\//, 'STREAM'],
  ['firehose', /^deliverystream\//, 'STREAM'],
  ['iot', /^topic\//, 'TOPIC'],
  ['dynamodb', /^table\//, 'TABLE'],
  ['timestream', /^database\/[^/]+\/table\/./, 'TABLE'],
  ['timestream', /^database\/[^/]+$/, 'DATABASE'],
  ['sqs', /./, 'QUEUE'],
  ['sns', /./, 'TOPIC'],
  ['kafka', /^topic\//, 'TOPIC'],
  ['elasticfilesystem', /^file-system\//, 'PREFIX'],
  ['fsx', /^file-system\//, 'PREFIX'],
  ['storagegateway', /./, 'PREFIX'],
  ['snowball', /^job\//, 'DEVICE'],
  ['sagemaker', /^model\//, 'MODEL'],
  ['sagemaker', /^model-package\//, 'MODEL'],
  ['sagemaker', /^feature-group\//, 'TABLE'],
  ['sagemaker', /^endpoint\//, 'ENDPOINT'],
  ['quicksight', /^dashboard\//, 'DASHBOARD'],
  ['s3tables', /^bucket\/[^/]+\/[^/]+\/./, 'TABLE'],
]

/** What kind of dataset a service's name is, by the table of naming.md. */
export function awsKindOf({ service }: Arn, name: string): DatasetKind {
  const row = kinds.find(([of, form]) => of === service && form.test(name))
  return row?.[2] ?? 'DATASET'
}
