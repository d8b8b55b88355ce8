import type { Fact, JobName, RunEventType } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { NativeEvent } from '../eventbridge/event.ts'
import { listAt, textAt } from '../aws/members.ts'
import { isRedacted } from '../aws/redacted.ts'
import { readSql } from '../sql/index.ts'
import { databaseOf } from './database.ts'
import { externalSchemaFacts } from './external-schema.ts'
import { placeOf } from './place.ts'
import { statementFacts } from './statement.ts'

const type = 'SQL'

/**
 * A statement that goes through the Data API: it is known by the name that its caller gave it, since
 * its text, and with it the digest by which others are known, is hidden.
 */
function statementJob(namespace: string, name: string | undefined): JobName {
  return { namespace, name: name === undefined ? 'statement' : `statement/${name}` }
}

/**
 * Redshift Data API ExecuteStatement and BatchExecuteStatement: a run of a statement is asked for. Reads
 * `requestParameters.{clusterIdentifier | workgroupName, database, statementName, sql | sqls[]}` and
 * `responseElements.id`. The SQL is hidden, so that what moved is unresolved; the cluster's own activity
 * log tells it.
 *
 * @see aws-events.md section 7.14, Data API
 */
export function executeStatement(event: CloudTrailEvent): readonly Fact[] {
  const { at, request, response, account, region } = event
  const cluster = textAt(request, 'clusterIdentifier') ?? textAt(response, 'clusterIdentifier')
  const workgroup = textAt(request, 'workgroupName') ?? textAt(response, 'workgroupName')
  const context = {
    account,
    region,
    ...(cluster === undefined ? {} : { cluster }),
    ...(workgroup === undefined ? {} : { workgroup }),
  }
  const namespace = databaseOf(context)
  if (namespace === undefined) return []
  const job = statementJob(namespace, textAt(request, 'statementName'))
  const run = textAt(response, 'id')
  const database = (textAt(request, 'database') ?? textAt(response, 'database'))?.toLowerCase()
  const texts = [textAt(request, 'sql'), ...listAt(request, 'sqls')].filter(
    (text) => typeof text === 'string' && !isRedacted(text),
  )
  const shown: readonly Fact[] = [
    { kind: 'job', at, job, type },
    ...(run === undefined
      ? []
      : [{ kind: 'run', at, run, job, event: 'START', continuous: false } as const]),
  ]
  if (run === undefined || database === undefined || texts.length === 0) {
    const reason = `The SQL of ${run ?? job.name} is hidden: what it reads and writes is not known`
    const path = '/requestParameters/sql'
    return [
      ...shown,
      {
        kind: 'problem',
        at,
        code: 'STATEMENT_UNRESOLVED',
        path,
        reason,
        names: [],
        of: run === undefined ? { job } : { run },
      },
    ]
  }
  const source = texts.join(';\n')
  const statements = readSql(source, { dialect: 'redshift', database })
  return [
    ...shown,
    ...statements.flatMap((statement, place) =>
      statementFacts(statement, {
        at,
        job,
        run,
        part: String(place),
        path: '/requestParameters/sql',
        source,
        placeOf: (name) => placeOf(name, { namespace, context }),
        externalSchema: (external) => externalSchemaFacts(at, external, { namespace, context }),
      }),
    ),
  ]
}

const states: ReadonlyMap<string, RunEventType> = new Map([
  ['SUBMITTED', 'OTHER'],
  ['PICKED', 'OTHER'],
  ['STARTED', 'RUNNING'],
  ['FINISHED', 'COMPLETE'],
  ['FAILED', 'FAIL'],
  ['ABORTED', 'ABORT'],
])

/**
 * Redshift Data Statement Status Change: how far a statement is. Reads `resources[]` (the cluster or the
 * workgroup) and `detail.{statementName, statementId, state}`.
 *
 * @see aws-events.md section 7.14, Data API
 */
export function statementChanged(event: NativeEvent): readonly Fact[] {
  const { at, detail, account, region, resources } = event
  const [cluster] = resources.flatMap(
    (arn) => /:redshift:[^:]*:\d*:cluster:(.+)$/.exec(arn)?.[1] ?? [],
  )
  const [workgroup] = resources.flatMap(
    (arn) => /:redshift-serverless:[^:]*:\d*:workgroup\/(.+)$/.exec(arn)?.[1] ?? [],
  )
  const namespace = databaseOf({
    account,
    region,
    ...(cluster === undefined ? {} : { cluster }),
    ...(workgroup === undefined ? {} : { workgroup }),
  })
  const run = textAt(detail, 'statementId')
  if (namespace === undefined || run === undefined) return []
  const job = statementJob(namespace, textAt(detail, 'statementName'))
  const state = states.get(textAt(detail, 'state')?.toUpperCase() ?? '') ?? 'OTHER'
  return [
    { kind: 'job', at, job, type },
    { kind: 'run', at, run, job, event: state, continuous: false },
  ]
}
