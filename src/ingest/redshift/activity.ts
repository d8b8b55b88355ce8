import type { Entry, Fact, Json } from '../../model/index.ts'
import type { SqlName, Statement } from '../sql/index.ts'
import { createHash } from 'node:crypto'
import { textIn } from '../members.ts'
import { readSql } from '../sql/index.ts'
import { exposureFacts } from '../unknown.ts'
import { databaseOf } from './database.ts'
import { externalSchemaFacts } from './external-schema.ts'
import { placeOf } from './place.ts'
import { statementFacts } from './statement.ts'

/**
 * A line of the user activity log: each of its statements is a run of the job `sql/{db}/{digest}`, and
 * its tables are those of the cluster that the log's context names. A line is written before the
 * statement is executed, so that it says when a run began and not how it ended. The same text again
 * with the same `xid` (drivers log a statement twice) is the same run. What is between a BEGIN and a
 * COMMIT counts only if the latter is there: runs are `within` their transaction.
 *
 * @see aws-events.md section 7.14
 */
export function activityFacts(value: Json, entry: Entry): readonly Fact[] {
  const { eventTime: at, context } = entry
  const namespace = databaseOf(context)
  const query = textIn(value, 'query')
  const [db, xid] = [textIn(value, 'db'), textIn(value, 'xid')]
  if (namespace === undefined || query === undefined || db === undefined || xid === undefined) {
    return exposureFacts(entry)
  }
  const database = db.toLowerCase()
  const host = namespace.slice('redshift://'.length)
  const statements = readSql(query, { dialect: 'redshift', database, isWholeSession: false })
  const textDigest = createHash('sha256').update(query).digest('hex').slice(0, 12)
  const facts = statements.flatMap((statement, place) =>
    statementFacts(statement, {
      at,
      job: { namespace, name: `sql/${database}/${statement.digest}` },
      // A transaction's number is one of its cluster, and it can hold a statement with other literals.
      run: `xid:${xid}@${host}/${database}/${statement.digest}-${textDigest}`,
      part: partOf(statements, place),
      path: '/query',
      transaction: `${namespace} xid:${xid}`,
      source: query,
      placeOf: (name: SqlName) => placeOf(name, { namespace, context }),
      externalSchema: (external) => externalSchemaFacts(at, external, { namespace, context }),
    }),
  )
  return [...facts, ...exposureFacts(entry)]
}

/** Statements of one digest (a multi-insert) are parts of one run. */
function partOf(statements: readonly Statement[], place: number): string {
  const same = statements.filter(({ digest }) => digest === statements[place]?.digest)
  return same.length > 1 ? String(same.indexOf(statements[place] as Statement)) : ''
}
