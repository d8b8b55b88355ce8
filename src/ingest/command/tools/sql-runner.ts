import type { Call, Outcome } from '../call.ts'
import type { Movement } from '../movement.ts'
import type { OptionTable } from '../options.ts'
import type { SqlDialect } from '../../sql/index.ts'
import type { ResolveName } from '../statements.ts'
import type { Client } from './clients.ts'
import type { Texts } from './sql-texts.ts'
import { nothing } from '../call.ts'
import { unresolvedMovement } from '../movement.ts'
import { lastValue, readOptions, settingsIn } from '../options.ts'
import { hadoopFileSystem, placeOfPath } from '../place.ts'
import { statementMovements } from '../statements.ts'
import { hiveTable } from '../tables.ts'
import { isUnknown, unknown } from '../unknown.ts'
import { clients } from './clients.ts'
import { substituted } from './hive-text.ts'
import { statementsOf, withScripts } from './sql-texts.ts'

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

/** Names of tables are those of the metastore; paths lie on the cluster's file system. */
function metastoreNames({ defaults }: Call, database: string | undefined): ResolveName {
  const system = hadoopFileSystem(defaults)
  return (name) =>
    'parts' in name
      ? hiveTable(defaults, name.parts.join('.'), database)
      : placeOfPath(name.location, system)
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
