import type { Call, Outcome } from '../call.ts'
import type { Options } from '../options.ts'
import type { ResolveName } from '../statements.ts'
import { databaseNameOf, readConnectString, tableIn } from '../jdbc.ts'
import { lastValue, readOptions } from '../options.ts'
import { localFileSystem, placeOfPath } from '../place.ts'
import { statementMovements } from '../statements.ts'
import { isUnknown } from '../unknown.ts'
import { statementsOf, withScripts } from './sql-texts.ts'

type Client = Readonly<{
  values: ReadonlySet<string>
  statement: readonly string[]
  file: readonly string[]
  /** The connect string that the options make. */
  locator: (options: Options, host: string) => string
}>

const words = (text: string): readonly string[] => text.split(/\s+/)

const clients: ReadonlyMap<string, Client> = new Map([
  [
    'psql',
    {
      values: new Set(
        words(`h host p port d dbname U username c command f file v set variable P pset F R o
        output L T`),
      ),
      statement: ['c', 'command'],
      file: ['f', 'file'],
      locator: postgresLocator,
    },
  ],
  [
    'mysql',
    {
      values: new Set(
        words(`h host P port D database u user e execute S socket defaults-file
        defaults-extra-file default-character-set ssl-ca ssl-mode`),
      ),
      statement: ['e', 'execute'],
      file: [],
      locator: mysqlLocator,
    },
  ],
])

/** A URL as database counts whole; else Redshift is told by its host. */
function postgresLocator(options: Options, host: string): string {
  const database = lastValue(options, 'd', 'dbname') ?? options.operands[0] ?? ''
  if (/^postgres(?:ql)?:\/\//.test(database))
    return engineOf(database.replace(/^\w+:/, ''), database)
  const [, inText] = /(?:^|\s)dbname=(\S+)/.exec(database) ?? []
  const [, hostInText] = /(?:^|\s)host=(\S+)/.exec(database) ?? []
  const [, portInText] = /(?:^|\s)port=(\d+)/.exec(database) ?? []
  const port = lastValue(options, 'p', 'port') ?? portInText
  const at = `//${hostInText ?? host}${port === undefined ? '' : `:${port}`}/${inText ?? database}`
  return engineOf(at, at)
}

function engineOf(located: string, told: string): string {
  const isRedshift = /\.redshift(?:-serverless)?\.amazonaws\.com/i.test(told)
  return `jdbc:${isRedshift ? 'redshift' : 'postgresql'}:${located}`
}

function mysqlLocator(options: Options, host: string): string {
  const port = lastValue(options, 'P', 'port') ?? '3306'
  const database = lastValue(options, 'D', 'database') ?? options.operands[0] ?? ''
  return `jdbc:mysql://${host}:${port}/${database}`
}

/** `psql` and `mysql`: statements on a server; without a host it is whichever machine that runs it, so not known. */
export function databaseClient(call: Call): Outcome {
  const client = clients.get(call.name)
  if (client === undefined) return { flows: [], text: undefined }
  const options = readOptions(call.args, { values: client.values, letters: new Set('qtAXwNBsr') })
  const locator = client.locator(options, lastValue(options, 'h', 'host') ?? '')
  const database = readConnectString(locator, undefined)
  const system = localFileSystem(call.defaults, call.directory)
  const resolve: ResolveName = (name) => {
    if (!('parts' in name)) return placeOfPath(name.location, system)
    return database === undefined ? undefined : tableIn(database, name.parts.join('.'))
  }
  const texts = statementsOf(call, {
    statements: client.statement.flatMap((name) => options.values.get(name) ?? []),
    files: client.file.flatMap((name) => options.values.get(name) ?? []),
  })
  const known = (text: string | undefined) =>
    text === undefined || isUnknown(text) ? undefined : text
  const movements = texts.texts.flatMap((text) =>
    statementMovements(call.name, text, {
      sql: call.sql,
      terms: {
        dialect: database?.dialect ?? 'generic',
        database: known(database === undefined ? undefined : databaseNameOf(database)),
        schema: known(database?.schema),
      },
      resolve,
    }),
  )
  return withScripts(call, movements, texts)
}
