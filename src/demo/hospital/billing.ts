import type { Posting, Producer, RunState } from './event.ts'
import type { Day, Span } from './time.ts'
import { airflow, dagRun, taskEvents, taskRun } from './airflow.ts'
import { isWorkday } from './calendar.ts'
import { columnMap, from } from './columns.ts'
import { runEvent } from './event.ts'
import { facet, ownFacet, symlinks } from './facets.ts'
import { portOf } from './port.ts'
import { drawn, hexOf, uuidAt } from './random.ts'
import { tables } from './tables.ts'
import { isoTime, secondsAfter, spanOn } from './time.ts'

const hive: Producer = {
  uri: 'https://github.com/OpenLineage/OpenLineage/tree/1.40.0/integration/hive',
  digits: 3,
  zone: 'Z',
}

/** Claims out of MySQL into files, and Hive's totals over them, rebuilt whole: on work days. */
export function billingNight(day: Day): readonly Posting[] {
  return isWorkday(day)
    ? [...importClaims(day), ...totals(day, spanOn(day, 'claims', 260, 14))]
    : []
}

// A Sqoop step, for which the DAG's author wrote an extractor; the DAG sends nothing itself.
function importClaims(day: Day): readonly Posting[] {
  const dag = dagRun(day, spanOn(day, 'billing_nightly', 239, 40), {
    dagId: 'billing_nightly',
    owner: 'revenue-cycle',
    tasks: ['import_claims'],
  })
  const { claims, rawClaims } = tables
  const task = taskRun(dag, 'import_claims', spanOn(day, 'import_claims', 240, 12))
  const folder = `${rawClaims.name}/${day.date.replaceAll('-', '/')}`
  return taskEvents(task, {
    operator: 'SqoopImportOperator',
    description: 'sqoop import --table claims --incremental lastmodified',
    inputs: [portOf(airflow, claims, { fields: claims.fields })],
    outputs: [portOf(airflow, { namespace: rawClaims.namespace, name: folder })],
  })
}

const query = `INSERT OVERWRITE TABLE billing.claims_by_department
SELECT department_code, date_format(service_date, 'yyyy-MM') AS service_month,
       count(claim_id) AS claims, sum(billed_amount) AS billed_total
FROM billing.claims
GROUP BY department_code, date_format(service_date, 'yyyy-MM')`

function totals(day: Day, span: Span): readonly Posting[] {
  const { hiveClaims, rawClaims, claimsByDepartment, claimsByDepartmentFiles } = tables
  const user = { username: 'hive', clientIp: '10.20.4.17' }
  const queryId = `hive_${day.date.replaceAll('-', '')}_${hexOf(`hive/${day.date}`, 12)}`
  // Hive spells its locations as its own file system does.
  const files = { ...rawClaims, namespace: rawClaims.namespace.replace('s3:', 's3a:') }
  const event = (at: number, state: RunState) =>
    runEvent(hive, at, state, {
      run: {
        runId: uuidAt(span.at, `claims_by_department/${day.date}`),
        facets: {
          processing_engine: facet(hive, 'ProcessingEngineRunFacet', {
            version: '3.1.3',
            name: 'hive',
            openlineageAdapterVersion: '1.40.0',
          }),
          hive_query: ownFacet(hive, 'RunFacet', { queryId, operationName: 'QUERY' }),
          hive_session: ownFacet(hive, 'RunFacet', {
            ...user,
            sessionId: hexOf(`session/${day.date}`, 32),
            creationTime: isoTime(secondsAfter(span.at, -60), 3, 'Z'),
          }),
          hive_properties: ownFacet(hive, 'RunFacet', {
            properties: { 'hive.query.id': queryId, 'hive.execution.engine': 'tez' },
          }),
        },
      },
      job: {
        namespace: 'hive://emr-master.larkmere.example:10000',
        name: 'query.billing.claims_by_department',
        facets: {
          jobType: facet(hive, 'JobTypeJobFacet', {
            processingType: 'BATCH',
            integration: 'HIVE',
            jobType: 'QUERY',
          }),
          sql: facet(hive, 'SQLJobFacet', { query, dialect: 'hive' }),
        },
      },
      inputs: [
        portOf(hive, hiveClaims, {
          fields: hiveClaims.fields,
          facets: { symlinks: symlinks(hive, 'LOCATION', files) },
        }),
      ],
      outputs: [
        portOf(hive, claimsByDepartment, {
          fields: claimsByDepartment.fields,
          facets: {
            symlinks: symlinks(hive, 'LOCATION', claimsByDepartmentFiles),
            lifecycleStateChange: facet(hive, 'LifecycleStateChangeDatasetFacet', {
              lifecycleStateChange: 'OVERWRITE',
            }),
            columnLineage: facet(
              hive,
              'ColumnLineageDatasetFacet',
              columnMap(
                {
                  department_code: [from(hiveClaims, 'department_code')],
                  service_month: [from(hiveClaims, 'service_date', 'transformed')],
                  claims: [from(hiveClaims, 'claim_id', 'counted', 'count(claim_id)')],
                  billed_total: [from(hiveClaims, 'billed_amount', 'aggregated')],
                },
                [
                  from(hiveClaims, 'department_code', 'grouped'),
                  from(hiveClaims, 'service_date', 'grouped'),
                ],
              ),
            ),
          },
          ...(state === 'COMPLETE' && {
            outputFacets: {
              outputStatistics: facet(hive, 'OutputStatisticsOutputDatasetFacet', {
                rowCount: drawn(`claims/${day.date}`, 300, 900),
              }),
            },
          }),
        }),
      ],
    })
  return [event(span.at, 'START'), event(span.until, 'COMPLETE')]
}
