import type { DagRun } from './airflow.ts'
import type { InputField } from './columns.ts'
import type { Posting } from './event.ts'
import type { Table } from './tables.ts'
import type { Day } from './time.ts'
import { airflow, taskEvents, taskRun } from './airflow.ts'
import { isWorkday } from './calendar.ts'
import { columnMap, copied, namesOf, parsed } from './columns.ts'
import { dbt, dbtEvents, invocation } from './dbt.ts'
import { facet } from './facets.ts'
import { marts } from './mart-sql.ts'
import { portOf } from './port.ts'
import { drawn } from './random.ts'
import { places, tables } from './tables.ts'
import { spanOn } from './time.ts'

/** Curated files into the warehouse, dbt's models over them, and the census: on work days. */
export function martsNight(day: Day, dag: DagRun): readonly Posting[] {
  return isWorkday(day) ? [...copies(day, dag), ...models(day, dag), ...census(day, dag)] : []
}

/**
 * Two ways to load a table. The transfer operator says which column becomes which; the SQL
 * operator only runs a COPY, of which its parser tells no columns.
 */
function copies(day: Day, dag: DagRun): readonly Posting[] {
  const { patients, encounters, stagedPatients, stagedEncounters } = tables
  const byTransfer = taskRun(dag, 'copy_patients', spanOn(day, 'copy_patients', 143, 2))
  const bySql = taskRun(dag, 'copy_encounters', spanOn(day, 'copy_encounters', 146, 3))
  return [
    ...taskEvents(byTransfer, {
      operator: 'S3ToRedshiftOperator',
      inputs: [portOf(airflow, patients)],
      outputs: [
        portOf(airflow, stagedPatients, {
          fields: stagedPatients.fields,
          facets: {
            columnLineage: facet(
              airflow,
              'ColumnLineageDatasetFacet',
              columnMap(copied(patients, namesOf(stagedPatients.fields))),
            ),
            lifecycleStateChange: facet(airflow, 'LifecycleStateChangeDatasetFacet', {
              lifecycleStateChange: 'OVERWRITE',
            }),
          },
        }),
      ],
    }),
    ...taskEvents(bySql, {
      operator: 'SQLExecuteQueryOperator',
      sql: `COPY staging.encounters FROM '${encounters.namespace}/${encounters.name}/load_date=${day.date}/' IAM_ROLE 'arn:aws:iam::111122223333:role/larkmere-redshift-copy' FORMAT AS PARQUET`,
      inputs: [portOf(airflow, encounters)],
      outputs: [portOf(airflow, stagedEncounters)],
    }),
  ]
}

const onEndpoint = (table: Table): Table => ({ ...table, namespace: places.warehouseEndpoint })

/** The body of a `columnLineage` facet from `column: [[table, column], …]`. */
const sqlMap = (
  columns: Readonly<Record<string, readonly (readonly [Table, string])[]>>,
  spell: (table: Table) => Table,
) =>
  columnMap(
    Object.fromEntries(
      Object.entries(columns).map(([column, sources]): [string, readonly InputField[]] => [
        column,
        sources.map(([table, field]) => parsed(spell(table), field)),
      ]),
    ),
  )

function models(day: Day, dag: DagRun): readonly Posting[] {
  const task = taskRun(dag, 'dbt_marts', spanOn(day, 'dbt_marts', 150, 17))
  const run = invocation(spanOn(day, 'dbt', 151, 15), task)
  return [
    ...taskEvents(task, { operator: 'BashOperator', description: 'dbt-ol run --select mart' }),
    ...dbtEvents(
      run,
      marts.map(({ table, inputs, sql, columns }, index) => ({
        name: table.name.split('.').at(-1) ?? table.name,
        span: spanOn(day, table.name, 152 + 4 * index, 3),
        sql,
        inputs: inputs.map((input) => portOf(dbt, onEndpoint(input))),
        output: portOf(dbt, onEndpoint(table), {
          fields: table.fields,
          facets: {
            columnLineage: facet(dbt, 'ColumnLineageDatasetFacet', sqlMap(columns, onEndpoint)),
          },
        }),
        rowCount: drawn(`rows/${table.name}/${day.date}`, 20_000, 240_000),
      })),
    ),
  ]
}

function census(day: Day, dag: DagRun): readonly Posting[] {
  const { factEncounter } = tables
  const task = taskRun(dag, 'publish_census', spanOn(day, 'publish_census', 170, 2))
  return taskEvents(task, {
    operator: 'SQLExecuteQueryOperator',
    description: 'Patients in house at midnight, by department.',
    sql: `INSERT INTO mart.daily_census
SELECT DATE '${day.date}', department_code, COUNT(DISTINCT patient_id)
FROM mart.fct_encounter
WHERE admitted_at < DATE '${day.date}' AND (discharged_at IS NULL OR discharged_at >= DATE '${day.date}')
GROUP BY department_code`,
    inputs: [portOf(airflow, factEncounter)],
    outputs: [
      portOf(airflow, tables.census, {
        fields: tables.census.fields,
        facets: {
          columnLineage: facet(
            airflow,
            'ColumnLineageDatasetFacet',
            columnMap({
              department_code: [parsed(factEncounter, 'department_code')],
              patients: [parsed(factEncounter, 'patient_id')],
            }),
          ),
        },
      }),
    ],
  })
}
