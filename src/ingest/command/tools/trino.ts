import type { Call, Outcome } from '../call.ts'
import type { ResolveName } from '../statements.ts'
import { lastValue, readOptions } from '../options.ts'
import { hadoopFileSystem, placeOfPath } from '../place.ts'
import { statementMovements } from '../statements.ts'
import { hiveTable } from '../tables.ts'
import { isUnknown } from '../unknown.ts'
import { statementsOf, withScripts } from './sql-texts.ts'

const trinoTable = {
  values: new Set([
    'server',
    'catalog',
    'schema',
    'execute',
    'file',
    'f',
    'user',
    'output-format',
    'session',
    'source',
    'client-tags',
    'keystore-path',
    'keystore-password',
    'truststore-path',
    'krb5-principal',
    'krb5-config-path',
    'timezone',
    'access-token',
  ]),
}

/**
 * `trino`, `presto` and their `-cli`: tables of the catalog `hive` (or the Glue catalog under any usual
 * name) are those of the metastore, others belong to the server.
 */
export function trino(call: Call): Outcome {
  const options = readOptions(call.args, trinoTable)
  const catalog = lastValue(options, 'catalog')
  const schema = lastValue(options, 'schema')
  const server = lastValue(options, 'server') ?? options.operands.find((one) => /:\d+/.test(one))
  const { texts, unseen } = statementsOf(call, {
    statements: options.values.get('execute') ?? [],
    files: [...(options.values.get('file') ?? []), ...(options.values.get('f') ?? [])],
  })
  const resolve = trinoNames(call, { catalog, schema, server })
  const movements = texts.flatMap((text) =>
    statementMovements(call.name, text, {
      sql: call.sql,
      terms: { dialect: 'athena', ...(schema === undefined ? {} : { schema }) },
      resolve,
    }),
  )
  return withScripts(call, movements, { texts, unseen })
}

const metastoreCatalogs: ReadonlySet<string> = new Set([
  'hive',
  'awsdatacatalog',
  'glue',
  'iceberg',
  'delta',
  'hudi',
])

function trinoNames(
  { defaults }: Call,
  session: Readonly<{
    catalog: string | undefined
    schema: string | undefined
    server: string | undefined
  }>,
): ResolveName {
  const host = session.server?.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
  return (name) => {
    if (!('parts' in name)) return placeOfPath(name.location, hadoopFileSystem(defaults))
    const [table = '', schema = session.schema ?? 'default', catalog = session.catalog ?? 'hive'] =
      name.parts.toReversed()
    if (metastoreCatalogs.has(catalog.toLowerCase())) return hiveTable(defaults, table, schema)
    const full = [catalog, schema, table].join('.')
    if (host === undefined || isUnknown(host) || isUnknown(full)) return undefined
    return { namespace: `trino://${host.toLowerCase()}`, name: full.toLowerCase() }
  }
}
