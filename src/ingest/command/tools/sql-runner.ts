import type { Call, Outcome } from '../call.ts'
import type { Movement } from '../movement.ts'
import type { OptionTable } from '../options.ts'
import type { ResolveName } from '../statements.ts'
import type { SqlDialect } from '../sql.ts'
import { moved, nothing, unresolved } from '../call.ts'
import { unresolvedMovement } from '../movement.ts'
import { lastValue, readOptions, settingsIn } from '../options.ts'
import { hadoopFileSystem, placeOfPath } from '../place.ts'
import { statementMovements } from '../statements.ts'
import { hiveTable } from '../tables.ts'
import { isUnknown, unknown } from '../unknown.ts'
import { substituted } from './hive-text.ts'

/** How a client of the metastore is called: the names of its options for each thing that matters. */
type Client = Readonly<{
  dialect: SqlDialect
  statement: readonly string[]
  file: readonly string[]
  database: readonly string[]
  variables: readonly string[]
  /** Options with a value that say nothing of data. */
  others: readonly string[]
  /** Without a statement, operands are one: `trino`'s server URL is not. */
  url?: readonly string[]
  letters?: string
}>

const hiveVariables = ['hivevar', 'hiveconf', 'define', 'd']

const sparkOptions = [
  'master',
  'deploy-mode',
  'class',
  'name',
  'jars',
  'packages',
  'exclude-packages',
  'repositories',
  'py-files',
  'files',
  'archives',
  'conf',
  'c',
  'properties-file',
  'driver-memory',
  'driver-java-options',
  'driver-library-path',
  'driver-class-path',
  'executor-memory',
  'proxy-user',
  'driver-cores',
  'total-executor-cores',
  'executor-cores',
  'num-executors',
  'principal',
  'keytab',
  'queue',
]

const clients: ReadonlyMap<string, Client> = new Map<string, Client>([
  [
    'hive',
    {
      dialect: 'hive',
      statement: ['e'],
      file: ['f'],
      database: ['database'],
      variables: hiveVariables,
      others: ['i', 'p', 'h', 'service', 'auxpath', 'config'],
    },
  ],
  [
    'beeline',
    {
      dialect: 'hive',
      statement: ['e'],
      file: ['f'],
      database: [],
      variables: hiveVariables,
      url: ['u'],
      others: [
        'n',
        'p',
        'w',
        'i',
        'c',
        'a',
        'property-file',
        'password-file',
        'outputformat',
        'showHeader',
        'silent',
      ],
    },
  ],
  [
    'spark-sql',
    {
      dialect: 'spark',
      statement: ['e'],
      file: ['f'],
      database: ['database'],
      variables: hiveVariables,
      others: ['i', ...sparkOptions],
    },
  ],
  [
    'impala-shell',
    {
      dialect: 'hive',
      statement: ['q', 'query'],
      file: ['f', 'query_file'],
      database: ['d', 'database'],
      variables: ['var'],
      others: [
        'i',
        'impalad',
        'u',
        'user',
        'o',
        'output_file',
        'output_delimiter',
        'ca_cert',
        's',
        'b',
      ],
    },
  ],
])

/** `hive`, `beeline`, `spark-sql` and `impala-shell`: statements on the tables of the metastore. */
export function sqlRunner(call: Call): Outcome {
  const client = clients.get(call.name)
  if (client === undefined) return nothing
  const options = readOptions(call.args, tableOf(client))
  const given = [...settingsIn(options, ...client.variables), ...settingsIn(options, 'conf', 'c')]
  const variables = new Map(given)
  const url = client.url === undefined ? undefined : lastValue(options, ...client.url)
  const [, inUrl] = /^jdbc:hive2:\/\/[^/]*\/([^;?#]*)/i.exec(url ?? '') ?? []
  const database = lastValue(options, ...client.database) ?? (inUrl === '' ? undefined : inUrl)
  const texts = statementsOf(call, {
    statements: client.statement.flatMap((name) => options.values.get(name) ?? []),
    files: client.file.flatMap((name) => options.values.get(name) ?? []),
  })
  return runTexts(call, texts, { dialect: client.dialect, database, variables })
}

function tableOf(client: Client): OptionTable {
  const { statement, file, database, variables, others, url = [] } = client
  return {
    values: new Set([...statement, ...file, ...database, ...variables, ...others, ...url]),
    letters: new Set(['S', 'v']),
  }
}

type Texts = Readonly<{
  texts: readonly string[]
  /** Files of statements of which only the name is known. */
  unseen: readonly string[]
}>

function statementsOf(
  call: Call,
  given: Readonly<{ statements: readonly string[]; files: readonly string[] }>,
): Texts {
  const files = given.files.filter((file) => file !== '-' && file !== '/dev/stdin')
  const seen = files.map((file) => call.texts.get(file))
  const isPiped = given.statements.length === 0 && files.length === 0
  return {
    texts: [
      ...given.statements,
      ...seen.filter((text) => text !== undefined),
      ...(isPiped && call.input !== undefined ? [call.input] : []),
    ],
    unseen: files.filter((_file, index) => seen[index] === undefined),
  }
}

type Session = Readonly<{
  dialect: SqlDialect
  database: string | undefined
  variables: ReadonlyMap<string, string>
}>

function runTexts(call: Call, { texts, unseen }: Texts, session: Session): Outcome {
  const { dialect, database, variables } = session
  const schema = database === undefined || isUnknown(database) ? undefined : database
  const resolve = metastoreNames(call, database)
  const movements = texts.flatMap((text): readonly Movement[] => {
    const statements = substituted(text, variables)
    if (statements === unknown) return [unresolvedMovement(call.name, 'VALUE', 'the statement')]
    return statementMovements(call.name, statements, {
      sql: call.sql,
      terms: { dialect, schema },
      resolve,
    })
  })
  return withScripts(call, movements, { texts, unseen })
}

/** What was read, and a note for each text that was not at hand: a file, or what a pipe brings. */
function withScripts(
  call: Call,
  movements: readonly Movement[],
  { texts, unseen }: Texts,
): Outcome {
  const isAdministration = call.args.some((argument) => administration.test(argument))
  const isSilent = texts.length === 0 && unseen.length === 0 && !isAdministration
  const names = isSilent ? ['standard input'] : unseen.map(shown)
  const notes = names.flatMap((name) => unresolved(call.name, 'SCRIPT', name).flows)
  return { flows: [...moved(...movements).flows, ...notes], text: undefined }
}

const administration = /^--?(?:service|version|help|H)(?:=|$)/

/** Names of tables are those of the metastore; paths lie on the cluster's file system. */
function metastoreNames({ defaults }: Call, database: string | undefined): ResolveName {
  const system = hadoopFileSystem(defaults)
  return (name) =>
    'parts' in name
      ? hiveTable(defaults, name.parts.join('.'), database)
      : placeOfPath(name.location, system)
}

/** A path for people, with a question mark for what is unknown. */
export function shown(path: string): string {
  return path.replaceAll(unknown, '?')
}

/**
 * EMR's `hive-script --run-hive-script --args -f s3://…q -d K=V`: a script and its variables. What
 * the variables name, the script may read or write.
 */
export function hiveScript(call: Call): Outcome {
  const at = call.args.indexOf('--args')
  if (at === -1) return nothing
  return sqlRunner({ ...call, name: 'hive', args: call.args.slice(at + 1) })
}

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
