import type { CopiedColumns, Copy, Json, Spelling } from '../../model/index.ts'
import type { Where } from '../aws/arn.ts'
import { isJsonObject } from '../../model/index.ts'
import { bucketOfArn, namespaceIn, spellingOfArn } from '../aws/arn.ts'
import { nameOf } from '../aws/declared.ts'
import { listAt, textAt, valueAt } from '../aws/members.ts'
import { folderOfTemplate } from '../aws/template.ts'

/** A part of a destination that an update may change by itself. */
export type Slot = 'main' | 'errors' | 'staging' | 'backup' | 'processor'

/** Where one part of a destination writes. `hidden`: not all of that can be told. */
export type Sink = Readonly<{ slot: Slot; outputs: readonly Spelling[]; hidden: boolean }>

type Path = readonly string[]
type Main = Readonly<{
  /** The members that say where, all of them: an update that has none of them leaves it as it is. */
  said: readonly Path[]
  of: (destination: Json, where: Where) => readonly (Spelling | undefined)[]
}>

const s3Members: readonly Path[] = [['bucketARN'], ['prefix']]
const s3Main: Main = { said: s3Members, of: (at) => [s3Folder(at)] }
const s3Errors: Main = {
  said: [['bucketARN'], ['errorOutputPrefix']],
  of: (at) => [s3Folder(at, 'errorOutputPrefix')],
}
const searchMain: Main = { said: [['domainARN'], ['indexName']], of: (at) => [searchIndex(at)] }

/** The main sink of each kind of destination, by what stands before `DestinationConfiguration`. */
const mains: Readonly<Record<string, Main>> = {
  s3: s3Main,
  extendeds3: s3Main,
  redshift: {
    said: [['clusterJDBCURL'], ['copyCommand', 'dataTableName']],
    of: (at) => [redshiftTable(at)],
  },
  elasticsearch: searchMain,
  amazonopensearchservice: searchMain,
  amazonopensearchserverless: {
    said: [['collectionEndpoint'], ['indexName']],
    of: (at, where) => [searchCollection(at, where)],
  },
  splunk: { said: [['hECEndpoint']], of: (at) => [endpoint(textAt(at, 'hECEndpoint'))] },
  httpendpoint: {
    said: [['endpointConfiguration']],
    of: (at) => [endpoint(textAt(at, 'endpointConfiguration', 'url'))],
  },
  iceberg: {
    said: [['catalogConfiguration'], ['destinationTableConfigurationList']],
    of: icebergTables,
  },
  // All of where it is is hidden: account, database, schema and table.
  snowflake: { said: [['accountUrl'], ['database'], ['schema'], ['table']], of: () => [undefined] },
}

const unknownMain: Main = { said: [], of: () => [undefined] }

/**
 * Everywhere that a destination writes: its main sink, the copy that Redshift is loaded from, the
 * backup of raw records, the folder of those that failed, and the function that changes records on the way.
 * `kind` is as in `{kind}DestinationConfiguration` and `{kind}DestinationUpdate`. Of an update only the
 * parts are given of which it says something.
 *
 * @see aws-events.md section 7.3
 */
export function sinksOf(
  { kind, value, isUpdate }: Readonly<{ kind: string; value: Json; isUpdate: boolean }>,
  where: Where,
): readonly Sink[] {
  const main = Object.hasOwn(mains, kind.toLowerCase()) ? mains[kind.toLowerCase()] : undefined
  const functions = functionsOf(value)
  const read = isUpdate ? updated : created
  return [
    ...read('main', value, main ?? unknownMain, where),
    ...(textAt(value, 'errorOutputPrefix') === undefined
      ? []
      : read('errors', value, s3Errors, where)),
    ...[valueAt(value, 's3Configuration'), valueAt(value, 's3Update')].flatMap((at) =>
      isJsonObject(at) ? read('staging', at, s3Main, where) : [],
    ),
    ...[valueAt(value, 's3BackupConfiguration'), valueAt(value, 's3BackupUpdate')].flatMap((at) =>
      isJsonObject(at) ? read('backup', at, s3Main, where) : [],
    ),
    ...(functions.length === 0
      ? []
      : [{ slot: 'processor' as const, outputs: functions, hidden: false }]),
  ]
}

function created(slot: Slot, at: Json, { of }: Main, where: Where): readonly Sink[] {
  const found = of(at, where)
  const outputs = found.filter((one) => one !== undefined)
  return [{ slot, outputs, hidden: outputs.length < found.length }]
}

/** What an update says in part could only be told with what was there before. */
function updated(slot: Slot, at: Json, main: Main, where: Where): readonly Sink[] {
  const said = main.said.filter((path) => (valueAt(at, ...path) ?? null) !== null)
  if (said.length === 0 && main.said.length > 0) return []
  if (said.length < main.said.length) return [{ slot, outputs: [], hidden: true }]
  return created(slot, at, main, where)
}

/** The table of the catalog by which records are converted; it is read for its columns, not its rows. */
export function schemaTableOf(destination: Json, where: Where): Spelling | undefined {
  const schema = valueAt(destination, 'dataFormatConversionConfiguration', 'schemaConfiguration')
  const database = textAt(schema, 'databaseName')
  const table = textAt(schema, 'tableName')
  if (database === undefined || table === undefined) return undefined
  const region = textAt(schema, 'region') ?? where.region
  const account = textAt(schema, 'catalogId') ?? where.account
  const namespace = namespaceIn({ ...where, region, account }, 'glue')
  return { namespace, name: `table/${database}/${table}` }
}

/**
 * Which columns reach the main sink as they are. COPY goes by position, in formats that name columns by
 * name, and either way into those that it lists. Nothing where a function changes the records.
 */
export function copiesOf(
  input: Spelling,
  destination: Json,
  outputs: readonly Spelling[],
): readonly Copy[] {
  if (functionsOf(destination).length > 0) return []
  const columns = copiedColumns(valueAt(destination, 'copyCommand'))
  return outputs.map((output) => ({ input: nameOf(input), output: nameOf(output), columns }))
}

function copiedColumns(command: Json | undefined): CopiedColumns {
  if (!isJsonObject(command)) return { by: 'name' }
  const listed = textAt(command, 'dataTableColumns')
    ?.split(',')
    .map((one) => one.trim().replaceAll('"', ''))
  if (/\b(?:json|avro|parquet|orc)\b/i.test(textAt(command, 'copyOptions') ?? '')) {
    return { by: 'name', ...(listed === undefined ? {} : { only: listed }) }
  }
  return { by: 'position', ...(listed === undefined ? {} : { to: listed }) }
}

function s3Folder(at: Json, prefix = 'prefix'): Spelling | undefined {
  const bucket = bucketOfArn(textAt(at, 'bucketARN') ?? '')
  if (bucket === undefined) return undefined
  return { namespace: `s3://${bucket}`, name: folderOfTemplate(textAt(at, prefix) ?? '') }
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

/** `https://{collection id}.{region}.aoss.amazonaws.com` */
function searchCollection(at: Json, where: Where): Spelling | undefined {
  const index = textAt(at, 'indexName')
  const [, id] =
    /^https:\/\/([a-z0-9]+)\.[a-z0-9-]+\.aoss\.amazonaws\.com/.exec(
      textAt(at, 'collectionEndpoint') ?? '',
    ) ?? []
  if (index === undefined || id === undefined) return undefined
  return { namespace: namespaceIn(where, 'aoss'), name: `collection/${id}/${index}` }
}

/** Data that leaves for an address: Splunk, or any HTTP endpoint. */
function endpoint(url: string | undefined): Spelling | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const { host, pathname } = new URL(url)
  return { namespace: `https://${host}`, name: pathname }
}

/** Without a list of tables each record tells its own. */
function icebergTables(at: Json): readonly (Spelling | undefined)[] {
  const catalog = spellingOfArn(textAt(at, 'catalogConfiguration', 'catalogARN') ?? '')
  const tables = listAt(at, 'destinationTableConfigurationList').map((one) => {
    const database = textAt(one, 'destinationDatabaseName')
    const table = textAt(one, 'destinationTableName')
    return catalog === undefined || database === undefined || table === undefined
      ? undefined
      : { namespace: catalog.namespace, name: `table/${database}/${table}` }
  })
  return tables.length === 0 ? [undefined] : tables
}

/** The functions that records are handed to, and come back from. */
function functionsOf(destination: Json): readonly Spelling[] {
  return listAt(destination, 'processingConfiguration', 'processors').flatMap((processor) => {
    if (textAt(processor, 'type') !== 'Lambda') return []
    const arns = listAt(processor, 'parameters')
      .filter((one) => textAt(one, 'parameterName') === 'LambdaArn')
      .map((one) => textAt(one, 'parameterValue') ?? '')
    return arns.flatMap((arn) => spellingOfArn(arn.replace(/(:function:[^:]+):[^:]+$/, '$1')) ?? [])
  })
}
