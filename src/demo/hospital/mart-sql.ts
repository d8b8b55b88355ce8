import type { Table } from './tables.ts'
import { tables } from './tables.ts'

/** A dbt model: its table, what it reads, its compiled SQL, and which columns become which. */
type Mart = Readonly<{
  table: Table
  inputs: readonly Table[]
  sql: string
  columns: Readonly<Record<string, readonly (readonly [Table, string])[]>>
}>

const { stagedPatients, stagedEncounters, dimPatient, factEncounter, readmissions } = tables

/** The models in the order in which dbt builds them. */
export const marts: readonly Mart[] = [
  {
    table: dimPatient,
    inputs: [stagedPatients],
    sql: `with source as (
    select * from "dwh"."staging"."patients" where deceased_date is null
)
select
    patient_id,
    mrn,
    name.given::varchar || ' ' || name.family::varchar as full_name,
    datediff(year, birth_date, current_date) as age_years,
    sex,
    address.zip::varchar as zip,
    right(ssn, 4) as ssn_last4
from source`,
    columns: {
      patient_id: [[stagedPatients, 'patient_id']],
      mrn: [[stagedPatients, 'mrn']],
      full_name: [[stagedPatients, 'name']],
      age_years: [[stagedPatients, 'birth_date']],
      sex: [[stagedPatients, 'sex']],
      zip: [[stagedPatients, 'address']],
      ssn_last4: [[stagedPatients, 'ssn']],
    },
  },
  {
    table: factEncounter,
    inputs: [stagedEncounters, dimPatient],
    sql: `select
    e.encounter_id,
    e.patient_id,
    e.admitted_at,
    e.discharged_at,
    e.department_code,
    e.diagnosis_code,
    datediff(day, e.admitted_at, coalesce(e.discharged_at, current_date)) as length_of_stay_days,
    p.age_years as age_at_admission
from "dwh"."staging"."encounters" e
join "dwh"."mart"."dim_patient" p on p.patient_id = e.patient_id
where e.encounter_class in ('inpatient', 'emergency')`,
    columns: {
      encounter_id: [[stagedEncounters, 'encounter_id']],
      patient_id: [[stagedEncounters, 'patient_id']],
      admitted_at: [[stagedEncounters, 'admitted_at']],
      discharged_at: [[stagedEncounters, 'discharged_at']],
      department_code: [[stagedEncounters, 'department_code']],
      diagnosis_code: [[stagedEncounters, 'diagnosis_code']],
      length_of_stay_days: [
        [stagedEncounters, 'admitted_at'],
        [stagedEncounters, 'discharged_at'],
      ],
      age_at_admission: [[dimPatient, 'age_years']],
    },
  },
  {
    table: readmissions,
    inputs: [factEncounter],
    sql: `with ordered as (
    select
        patient_id,
        admitted_at,
        discharged_at,
        lag(discharged_at) over (partition by patient_id order by admitted_at) as previous_discharge
    from "dwh"."mart"."fct_encounter"
)
select
    patient_id,
    count(*) as admissions,
    sum(case when datediff(day, previous_discharge, admitted_at) <= 30 then 1 else 0 end) as readmissions,
    max(discharged_at)::date as last_discharge
from ordered
group by patient_id`,
    columns: {
      patient_id: [[factEncounter, 'patient_id']],
      readmissions: [
        [factEncounter, 'discharged_at'],
        [factEncounter, 'admitted_at'],
      ],
      last_discharge: [[factEncounter, 'discharged_at']],
    },
  },
]
