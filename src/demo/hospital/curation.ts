import type { DagRun } from './airflow.ts'
import type { Step } from './curation-steps.ts'
import type { Facets, Posting } from './event.ts'
import type { Action } from './spark-action.ts'
import type { Application } from './spark.ts'
import type { Table } from './tables.ts'
import type { Day } from './time.ts'
import { taskEvents, taskRun } from './airflow.ts'
import { calendar } from './calendar.ts'
import { columnMap } from './columns.ts'
import { encounters, observations, patients } from './curation-steps.ts'
import { facet, subset, symlinks } from './facets.ts'
import { portOf } from './port.ts'
import { drawn } from './random.ts'
import { actionEvents, partition, written } from './spark-action.ts'
import { application, applicationEvents, glueSpark } from './spark.ts'
import { places } from './tables.ts'
import { spanOn } from './time.ts'

const glueName = (database: string, table: string) => ({
  namespace: places.glue,
  name: `table/${database}/${table}`,
})

const inGlue = (database: string, table: string): Facets => ({
  symlinks: symlinks(glueSpark, 'TABLE', glueName(database, table)),
})

/** Raw to curated: a Glue job, which trims partitions and knows the tables of the catalog. */
export function curation(day: Day, dag: DagRun, attempt: number): readonly Posting[] {
  const fails = attempt === 1 && day.index === calendar.curationFailed
  const start = fails ? 92 : 108
  const task = taskRun(
    dag,
    'curate_ehr',
    spanOn(day, 'curate_ehr', start, fails ? 12 : 33),
    attempt,
  )
  const app = application(glueSpark, {
    appName: 'curate_ehr',
    day,
    span: spanOn(day, `curate_ehr.app.${attempt}`, start + 1, fails ? 10 : 31),
    parent: task,
    root: dag,
  })
  const end = fails ? 'FAIL' : 'COMPLETE'
  const error = fails ? { error: 'AirflowException: Glue job run failed' } : {}
  return [
    ...taskEvents(task, { operator: 'GlueJobOperator', end, ...error }),
    ...applicationEvents(app, { end }),
    ...(fails
      ? curate(app, observations, start + 4, rejectedRow)
      : [
          ...curate(app, patients, start + 3),
          ...curate(app, encounters, start + 12),
          ...curate(app, observations, start + 21),
        ]),
  ]
}

/**
 * A row that a parser refused, quoted in its error message as such messages do. The number is one
 * that was printed on sample cards and is void; the address is under a reserved domain.
 */
export const plantedInError = { ssn: '219-09-9999', email: 'm.sample@example.org' } as const

const rejectedRow = {
  end: 'FAIL',
  error: {
    message: `Cannot cast value of column PATIENT_ID in row [PATIENT_ID=n/a, SSN=${plantedInError.ssn}, EMAIL=${plantedInError.email}]`,
    stackTrace:
      'org.apache.spark.SparkNumberFormatException: [CAST_INVALID_INPUT]\n\tat org.apache.spark.sql.errors.QueryExecutionErrors$.invalidInputInCastToNumberError(QueryExecutionErrors.scala)',
  },
} as const satisfies Partial<Action>

function curate(app: Application, step: Step, minutes: number, more: Partial<Action> = {}) {
  const { day } = app
  const { table, sources } = step
  const folder = (dataset: Table, column: string) => {
    const path = partition(dataset, column, day)
    return `${path.namespace}/${path.name}`
  }
  const rows = drawn(`rows/${table.name}/${day.date}`, 20_000, 240_000)
  return actionEvents(app, {
    node: 'execute_insert_into_hadoop_fs_relation_command',
    target: `ehr_curated_${table.name}`,
    span: spanOn(day, `${table.name}/${app.runId}`, minutes, 5),
    inputs: sources.map(([source, name]) =>
      portOf(glueSpark, source, {
        fields: source.fields,
        facets: inGlue('ehr_raw', name),
        inputFacets: { subset: subset(glueSpark, 'input', folder(source, 'load_date')) },
      }),
    ),
    outputs: [
      portOf(glueSpark, table, {
        fields: table.fields,
        facets: {
          ...inGlue('ehr_curated', table.name),
          columnLineage: facet(
            glueSpark,
            'ColumnLineageDatasetFacet',
            columnMap(step.lineage, step.whole),
          ),
          storage: facet(glueSpark, 'StorageDatasetFacet', {
            storageLayer: 'hive',
            fileFormat: 'parquet',
          }),
          ...(step.replaced && {
            lifecycleStateChange: facet(glueSpark, 'LifecycleStateChangeDatasetFacet', {
              lifecycleStateChange: 'OVERWRITE',
            }),
          }),
        },
        outputFacets: {
          outputStatistics: written(glueSpark, rows, 140),
          ...(!step.replaced && {
            subset: subset(glueSpark, 'output', folder(table, 'load_date')),
          }),
        },
      }),
    ],
    ...more,
  })
}
