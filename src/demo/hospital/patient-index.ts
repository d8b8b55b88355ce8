import type { InputField } from './columns.ts'
import type { Posting } from './event.ts'
import type { Day } from './time.ts'
import { isWorkday } from './calendar.ts'
import { columnMap, copied, from } from './columns.ts'
import { facet } from './facets.ts'
import { portOf } from './port.ts'
import { drawn } from './random.ts'
import { actionEvents, partition, written } from './spark-action.ts'
import { application, applicationEvents, emrSpark } from './spark.ts'
import { tables } from './tables.ts'
import { spanOn } from './time.ts'

const { landedPatients, landedAccounts, patientIndex } = tables

const lineage: Readonly<Record<string, readonly InputField[]>> = {
  patient_id: [from(landedPatients, 'PATIENT_ID', 'transformed', 'CAST(PATIENT_ID AS BIGINT)')],
  ...copied(landedPatients, ['mrn', 'ssn', 'birth_date', 'zip'], (name) => name.toUpperCase()),
  full_name: ['FIRST_NAME', 'LAST_NAME'].map((column) =>
    from(landedPatients, column, 'transformed', "concat_ws(' ', FIRST_NAME, LAST_NAME)"),
  ),
  ...copied(landedAccounts, ['account_id', 'balance']),
}

const whole = [
  from(landedPatients, 'MRN', 'joined', 'p.MRN = a.patient_mrn'),
  from(landedAccounts, 'patient_mrn', 'joined', 'p.MRN = a.patient_mrn'),
]

/**
 * Patients of the EHR and their accounts with billing in one table, by Spark on the cluster that
 * imported both: it reads where Sqoop landed them. On work days.
 */
export function patientIndexNight(day: Day): readonly Posting[] {
  if (!isWorkday(day)) return []
  const app = application(emrSpark, {
    appName: 'patient_index',
    day,
    span: spanOn(day, 'patient_index', 45, 11),
  })
  const rows = drawn(`rows/${patientIndex.name}/${day.date}`, 20_000, 240_000)
  return [
    ...applicationEvents(app),
    ...actionEvents(app, {
      node: 'execute_insert_into_hadoop_fs_relation_command',
      target: 'ehr_curated_patient_index',
      span: spanOn(day, 'patient_index.action', 47, 7),
      inputs: [landedPatients, landedAccounts].map((table) =>
        portOf(emrSpark, partition(table, 'load_date', day, 's3a'), { fields: table.fields }),
      ),
      outputs: [
        portOf(emrSpark, patientIndex, {
          fields: patientIndex.fields,
          facets: {
            columnLineage: facet(emrSpark, 'ColumnLineageDatasetFacet', columnMap(lineage, whole)),
            lifecycleStateChange: facet(emrSpark, 'LifecycleStateChangeDatasetFacet', {
              lifecycleStateChange: 'OVERWRITE',
            }),
          },
          outputFacets: { outputStatistics: written(emrSpark, rows, 120) },
        }),
      ],
    }),
  ]
}
