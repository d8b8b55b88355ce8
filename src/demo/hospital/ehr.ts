import type { DagRun } from './airflow.ts'
import type { Facets, Port, Posting } from './event.ts'
import type { Action } from './spark-action.ts'
import type { Table } from './tables.ts'
import type { Day } from './time.ts'
import { dagEvents, dagRun, taskEvents, taskRun } from './airflow.ts'
import { calendar, isWorkday } from './calendar.ts'
import { columnMap, copied, namesOf } from './columns.ts'
import { curation } from './curation.ts'
import { facet } from './facets.ts'
import { portOf } from './port.ts'
import { drawn } from './random.ts'
import { actionEvents, partition, written } from './spark-action.ts'
import { application, applicationEvents, emrSpark } from './spark.ts'
import { tables } from './tables.ts'
import { spanOn } from './time.ts'

/** The nightly DAG's run of a day. Its last tasks run on work days only. */
export function nightlyRun(day: Day): DagRun {
  const loads = isWorkday(day)
    ? ['copy_patients', 'copy_encounters', 'dbt_marts', 'publish_census']
    : []
  const span = spanOn(day, 'ehr_nightly', 60, isWorkday(day) ? 118 : 84)
  const tasks = ['land_ehr', 'curate_ehr', ...loads]
  return dagRun(day, span, { dagId: 'ehr_nightly', owner: 'data-platform', tasks })
}

/** The DAG's own events, and what it does up to the curated layer. */
export function ehrNight(day: Day, dag: DagRun, leaked: Facets = {}): readonly Posting[] {
  const attempt = day.index === calendar.curationFailed ? 2 : 1
  return [...dagEvents(dag), ...landing(day, dag, leaked), ...curation(day, dag, attempt)]
}

/** Oracle to the raw bucket: one Spark application on EMR, which spells S3 its own way. */
function landing(day: Day, dag: DagRun, leaked: Facets): readonly Posting[] {
  const task = taskRun(dag, 'land_ehr', spanOn(day, 'land_ehr', 62, 27))
  const app = application(emrSpark, {
    appName: 'land_ehr',
    day,
    span: spanOn(day, 'land_ehr.app', 64, 24),
    parent: task,
    root: dag,
  })
  const load = (source: Table, target: Table, minutes: number, more: Partial<Action> = {}) =>
    actionEvents(app, {
      node: 'execute_save_into_data_source_command',
      target: target.name.replaceAll('/', '_'),
      span: spanOn(day, target.name, minutes, 3),
      inputs: [portOf(emrSpark, source, { fields: source.fields })],
      outputs: [landed(source, target, day)],
      ...more,
    })
  const broken = day.index === calendar.loadFailedAndCompleted
  return [
    ...taskEvents(task, { operator: 'EmrAddStepsOperator' }),
    ...applicationEvents(app, { extra: leaked }),
    ...load(tables.patient, tables.rawPatient, 66),
    ...load(tables.encounter, tables.rawEncounter, 70),
    ...(broken ? load(tables.observation, tables.rawObservation, 75, lostExecutor) : []),
    ...load(tables.observation, tables.rawObservation, 81, { attempt: broken ? 2 : 1 }),
  ]
}

const lostExecutor = {
  end: 'FAIL_AND_COMPLETE',
  error: {
    message: 'Job aborted due to stage failure: ExecutorLostFailure (executor 4 exited)',
    stackTrace:
      'org.apache.spark.SparkException: Job aborted due to stage failure\n\tat org.apache.spark.scheduler.DAGScheduler.failJobAndIndependentStages(DAGScheduler.scala)',
  },
} as const satisfies Partial<Action>

function landed(source: Table, target: Table, day: Day): Port {
  const rows = drawn(`rows/${target.name}/${day.date}`, 20_000, 240_000)
  return portOf(emrSpark, partition(target, 'load_date', day, 's3a'), {
    fields: target.fields,
    facets: {
      columnLineage: facet(
        emrSpark,
        'ColumnLineageDatasetFacet',
        columnMap(copied(source, namesOf(target.fields))),
      ),
    },
    outputFacets: { outputStatistics: written(emrSpark, rows, 210) },
  })
}
