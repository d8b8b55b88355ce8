import type { InputField } from './columns.ts'
import type { Table } from './tables.ts'
import { copied, from, namesOf } from './columns.ts'
import { tables } from './tables.ts'

/** One table of the curated layer, and how it is made. */
export type Step = Readonly<{
  table: Table
  sources: readonly (readonly [Table, glueTable: string])[]
  lineage: Readonly<Record<string, readonly InputField[]>>
  whole: readonly InputField[]
  // A table that is replaced every night has no day in its path.
  replaced: boolean
}>

const upper = (column: string) => column.toUpperCase()
const { rawPatient, rawEncounter, rawObservation } = tables

export const patients: Step = {
  table: tables.patients,
  sources: [[rawPatient, 'patient']],
  lineage: {
    patient_id: [from(rawPatient, 'PATIENT_ID', 'transformed', 'CAST(PATIENT_ID AS BIGINT)')],
    ...copied(rawPatient, ['mrn', 'ssn', 'birth_date', 'sex', 'race', 'deceased_date'], upper),
    name: ['LAST_NAME', 'FIRST_NAME'].map((column) => from(rawPatient, column, 'transformed')),
    address: ['ADDRESS_LINE', 'CITY', 'STATE', 'ZIP'].map((column) =>
      from(rawPatient, column, 'transformed'),
    ),
    contacts: ['PHONE', 'EMAIL'].map((column) => from(rawPatient, column, 'transformed')),
  },
  whole: [from(rawPatient, 'MRN', 'filtered', 'MRN IS NOT NULL')],
  replaced: true,
}

export const encounters: Step = {
  table: tables.encounters,
  sources: [
    [rawEncounter, 'encounter'],
    [rawPatient, 'patient'],
  ],
  lineage: copied(rawEncounter, namesOf(tables.encounters.fields), upper),
  whole: [
    from(rawEncounter, 'PATIENT_ID', 'joined', 'e.PATIENT_ID = p.PATIENT_ID'),
    from(rawPatient, 'PATIENT_ID', 'joined', 'e.PATIENT_ID = p.PATIENT_ID'),
  ],
  replaced: false,
}

export const observations: Step = {
  table: tables.observations,
  sources: [[rawObservation, 'observation']],
  lineage: {
    ...copied(rawObservation, namesOf(tables.observations.fields), upper),
    value_number: [
      from(rawObservation, 'VALUE_NUMBER', 'transformed', 'to_si(VALUE_NUMBER, UNIT)'),
      from(rawObservation, 'UNIT', 'transformed', 'to_si(VALUE_NUMBER, UNIT)'),
    ],
  },
  whole: [],
  replaced: false,
}
