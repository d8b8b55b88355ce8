import type { DagRun, TaskWork } from './airflow.ts'
import type { DatasetName, JsonObject, Port, Posting } from './event.ts'
import type { Table } from './tables.ts'
import type { Day } from './time.ts'
import { airflow, dagRun, taskEvents, taskRun } from './airflow.ts'
import { calendar, isScoringDay } from './calendar.ts'
import { facet } from './facets.ts'
import { portOf } from './port.ts'
import { tables } from './tables.ts'
import { spanOn } from './time.ts'

const { dimPatient, factEncounter, readmissions, risk, riskNew, riskOld } = tables

/**
 * Scores of patients: made weekly, then rebuilt by a better model beside the old table, swapped in
 * by two renames, and the old one dropped a week later. The DAG itself sends no events: its tasks
 * name a parent that nobody has seen.
 */
export function riskDay(day: Day): readonly Posting[] {
  const dag = dagRun(day, spanOn(day, 'risk_scores', 374, 30), {
    dagId: 'risk_scores',
    owner: 'clinical-analytics',
    tasks: ['score'],
  })
  const rebuilt = day.index > calendar.riskRebuilt
  return [
    ...(isScoringDay(day) ? score(dag, rebuilt ? readmissions : factEncounter, rebuilt) : []),
    ...(day.index === calendar.riskRebuilt ? rebuildAndSwap(dag) : []),
    ...(day.index === calendar.riskOldDropped ? dropOld(dag) : []),
  ]
}

function task(dag: DagRun, taskId: string, minutes: number, work: Omit<TaskWork, 'operator'>) {
  const run = taskRun(dag, taskId, spanOn(dag.day, `risk_scores.${taskId}`, minutes, 2))
  return taskEvents(run, { operator: 'SQLExecuteQueryOperator', ...work })
}

const changed = (dataset: Table, change: JsonObject): Port =>
  portOf(airflow, dataset, {
    facets: { lifecycleStateChange: facet(airflow, 'LifecycleStateChangeDatasetFacet', change) },
  })

const renamed = ({ namespace, name }: DatasetName, to: Table) =>
  changed(to, {
    lifecycleStateChange: 'RENAME',
    previousIdentifier: { namespace, name },
  })

function score(dag: DagRun, history: Table, rebuilt: boolean): readonly Posting[] {
  const table = history.name.split('.').slice(1).join('.')
  const weight = rebuilt ? '0.31 * h.readmissions' : '0.05 * h.length_of_stay_days'
  return task(dag, 'score', 375, {
    sql: `INSERT INTO mart.patient_risk
SELECT p.patient_id, 0.01 * p.age_years + ${weight}, '${rebuilt ? 'v2' : 'v1'}'
FROM mart.dim_patient p JOIN ${table} h ON h.patient_id = p.patient_id`,
    inputs: [portOf(airflow, dimPatient), portOf(airflow, history)],
    outputs: [portOf(airflow, risk, { fields: risk.fields })],
  })
}

function rebuildAndSwap(dag: DagRun): readonly Posting[] {
  return [
    ...task(dag, 'rebuild', 376, {
      sql: `CREATE TABLE mart.patient_risk_new AS
SELECT p.patient_id, 0.01 * p.age_years + 0.31 * r.readmissions AS score, 'v2' AS model_version
FROM mart.dim_patient p JOIN mart.readmission_30d r ON r.patient_id = p.patient_id`,
      inputs: [portOf(airflow, dimPatient), portOf(airflow, readmissions)],
      outputs: [
        portOf(airflow, riskNew, {
          fields: riskNew.fields,
          facets: {
            lifecycleStateChange: facet(airflow, 'LifecycleStateChangeDatasetFacet', {
              lifecycleStateChange: 'CREATE',
            }),
          },
        }),
      ],
    }),
    ...task(dag, 'retire', 381, {
      sql: 'ALTER TABLE mart.patient_risk RENAME TO patient_risk_old',
      outputs: [renamed(risk, riskOld)],
    }),
    ...task(dag, 'promote', 385, {
      sql: 'ALTER TABLE mart.patient_risk_new RENAME TO patient_risk',
      outputs: [renamed(riskNew, risk)],
    }),
  ]
}

function dropOld(dag: DagRun): readonly Posting[] {
  return task(dag, 'drop_old', 390, {
    sql: 'DROP TABLE mart.patient_risk_old',
    outputs: [changed(riskOld, { lifecycleStateChange: 'DROP' })],
  })
}
