import type { InputField } from './columns.ts'
import type { Facets, Posting } from './event.ts'
import type { Application } from './spark.ts'
import type { Table } from './tables.ts'
import type { Day } from './time.ts'
import { isExtractDay } from './calendar.ts'
import { columnMap, copied, from } from './columns.ts'
import { postedAt } from './event.ts'
import { facet } from './facets.ts'
import { catalog, features } from './partner.ts'
import { portOf } from './port.ts'
import { drawn } from './random.ts'
import { actionEvents, written } from './spark-action.ts'
import { application, applicationEvents, emrSpark } from './spark.ts'
import { tables } from './tables.ts'
import { dayMicros, spanOn } from './time.ts'

const { patients, encounters, deidPatients, deidEncounters } = tables

/** The weekly de-identified extract, and the partner's job that reads it. */
export function researchDay(day: Day): readonly Posting[] {
  return isExtractDay(day) ? [...extract(day), ...features(day), ...catalog(day)] : []
}

const patientSql = `INSERT OVERWRITE DIRECTORY 's3://larkmere-research/deid/patients' USING parquet
SELECT sha2(mrn, 256) AS person_key,
       greatest(year(birth_date), year(current_date()) - 90) AS birth_year,
       sex, race, substring(address.zip, 1, 3) AS zip3
FROM ehr_curated.patients
WHERE deceased_date IS NULL`

const encounterSql = `INSERT OVERWRITE DIRECTORY 's3://larkmere-research/deid/encounters' USING parquet
SELECT sha2(CAST(e.encounter_id AS STRING), 256) AS encounter_key, sha2(p.mrn, 256) AS person_key,
       year(e.admitted_at) AS admitted_year,
       datediff(e.discharged_at, e.admitted_at) AS length_of_stay_days,
       e.department_code, e.diagnosis_code
FROM ehr_curated.encounters e JOIN ehr_curated.patients p ON p.patient_id = e.patient_id`

const patientMap: Readonly<Record<string, readonly InputField[]>> = {
  person_key: [from(patients, 'mrn', 'masked', 'sha2(mrn, 256)')],
  birth_year: [from(patients, 'birth_date', 'masked', 'greatest(year(birth_date), ...)')],
  ...copied(patients, ['sex', 'race']),
  zip3: [from(patients, 'address', 'masked', 'substring(address.zip, 1, 3)')],
}

const encounterMap: Readonly<Record<string, readonly InputField[]>> = {
  encounter_key: [from(encounters, 'encounter_id', 'masked', 'sha2(encounter_id, 256)')],
  person_key: [from(patients, 'mrn', 'masked', 'sha2(mrn, 256)')],
  admitted_year: [from(encounters, 'admitted_at', 'masked', 'year(admitted_at)')],
  length_of_stay_days: ['discharged_at', 'admitted_at'].map((column) =>
    from(encounters, column, 'transformed', 'datediff(discharged_at, admitted_at)'),
  ),
  ...copied(encounters, ['department_code', 'diagnosis_code']),
}

function extract(day: Day): readonly Posting[] {
  const app = application(emrSpark, {
    appName: 'deid_extract',
    day,
    span: spanOn(day, 'deid_extract', 480, 34),
  })
  const people = deidentify(app, deidPatients, [patients], 482, patientSql, patientMap, [
    from(patients, 'deceased_date', 'filtered', 'deceased_date IS NULL'),
  ])
  const stays = deidentify(
    app,
    deidEncounters,
    [encounters, patients],
    497,
    encounterSql,
    encounterMap,
    [from(encounters, 'patient_id', 'joined'), from(patients, 'patient_id', 'joined')],
  )
  return [
    ...applicationEvents(app),
    // The first extract's end lay in a spool for days.
    ...people.map((planned, index) =>
      index > 0 && day.index < 7 ? postedAt(planned, planned.at + 4 * dayMicros) : planned,
    ),
    ...stays,
  ]
}

function deidentify(
  app: Application,
  table: Table,
  sources: readonly Table[],
  minutes: number,
  sql: string,
  map: Readonly<Record<string, readonly InputField[]>>,
  whole: readonly InputField[],
): readonly Posting[] {
  const rows = drawn(`rows/${table.name}/${app.day.date}`, 60_000, 90_000)
  const facets: Facets = {
    columnLineage: facet(emrSpark, 'ColumnLineageDatasetFacet', columnMap(map, whole)),
    lifecycleStateChange: facet(emrSpark, 'LifecycleStateChangeDatasetFacet', {
      lifecycleStateChange: 'OVERWRITE',
    }),
  }
  return actionEvents(app, {
    node: 'execute_insert_into_hadoop_fs_relation_command',
    target: table.name.replaceAll('/', '_'),
    span: spanOn(app.day, table.name, minutes, 12),
    sql,
    inputs: sources.map((source) => portOf(emrSpark, source, { fields: source.fields })),
    outputs: [
      portOf(emrSpark, table, {
        fields: table.fields,
        facets,
        outputFacets: { outputStatistics: written(emrSpark, rows, 60) },
      }),
    ],
  })
}
