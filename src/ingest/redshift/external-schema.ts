import type { DatasetName, Fact, Micros } from '../../model/index.ts'
import type { Context } from '../format.ts'
import type { ExternalSchema } from '../sql/index.ts'
import { canonicalName, kindByName, schemaOf } from '../../model/index.ts'
import { namespaceIn, partitionOf } from '../aws/arn.ts'
import { quoted } from './place.ts'

type Where = Readonly<{ namespace: string; context: Context }>

/**
 * An external schema stands for a schema elsewhere: what it holds are the tables there. A catalog and
 * streams are those of the cluster's own account and region unless the statement names others.
 * Undefined where the statement does not tell, or what is there has no schemas here (Kafka).
 *
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_EXTERNAL_SCHEMA.html
 */
export function externalSchemaFacts(
  at: Micros,
  external: ExternalSchema,
  where: Where,
): readonly Fact[] | undefined {
  const schema = schemaNamed(where.namespace, external.schema)
  const other = readers[external.kind]?.(external, where)
  if (external.schema.length < 2 || schema === undefined || other === undefined) return undefined
  return [
    ...(kindByName(other) === 'DATABASE'
      ? [{ kind: 'mention', at, dataset: other, spelling: other, touched: false } as const]
      : []),
    { kind: 'schemaAlias', at, schema, other },
  ]
}

type Reader = (external: ExternalSchema, where: Where) => DatasetName | undefined

const readers: Readonly<Partial<Record<ExternalSchema['kind'], Reader>>> = {
  glue({ database, region, catalogId }, { context }) {
    const catalog = inAccount('glue', { region, account: catalogId }, context)
    if (catalog === undefined || database === undefined) return undefined
    return schemaOf(canonicalName(catalog, `table/${database}/${any}`))?.schema
  },
  kinesis({ region }, { context }) {
    const streams = inAccount('kinesis', { region, account: undefined }, context)
    return streams === undefined ? undefined : { namespace: streams, name: 'stream' }
  },
  hive: ({ uri, port = '9083', database = 'default' }) => onServer('hive', uri, port, [database]),
  postgres: ({ uri, port = '5432', database, schemaThere = 'public' }) =>
    database === undefined ? undefined : onServer('postgres', uri, port, [database, schemaThere]),
  mysql: ({ uri, port = '3306', database }) =>
    database === undefined ? undefined : onServer('mysql', uri, port, [database]),
  redshift: ({ database, schemaThere = 'public' }, { namespace }) =>
    database === undefined ? undefined : schemaNamed(namespace, [database, schemaThere]),
}

function inAccount(
  service: string,
  said: Readonly<{ region: string | undefined; account: string | undefined }>,
  context: Context,
): string | undefined {
  const { region = context['region'], account = context['account'] } = said
  if (region === undefined || account === undefined || !/^\d{12}$/.test(account)) return undefined
  return namespaceIn({ partition: partitionOf(region), region, account }, service)
}

function onServer(
  scheme: string,
  uri: string | undefined,
  port: string,
  parts: readonly string[],
): DatasetName | undefined {
  return uri === undefined || uri === ''
    ? undefined
    : schemaNamed(`${scheme}://${uri}:${port}`, parts)
}

/** Stands for any table: a schema is spelled as the names in it are. */
const any = 'any'

function schemaNamed(namespace: string, parts: readonly string[]): DatasetName | undefined {
  return schemaOf(canonicalName(namespace, [...parts.map(quoted), any].join('.')))?.schema
}
