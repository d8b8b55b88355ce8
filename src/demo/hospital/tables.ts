import type { DatasetName } from './event.ts'
import type { Field } from './columns.ts'

/** A dataset of the hospital under its published spelling, with its columns. */
export type Table = DatasetName & Readonly<{ fields: readonly Field[] }>

/** Where things are. Hosts are under a reserved domain, the account is AWS's own example. */
export const places = {
  ehr: 'oracle://ehr-db.larkmere.example:1521',
  billing: 'mysql://billing-db.larkmere.example:3306',
  kafka: 'kafka://msk-1.larkmere.example:9092',
  pumpGateway: 'sftp://pump-gateway.larkmere.example',
  registry: 'sftp://intake.stroke-registry.example',
  raw: 's3://larkmere-raw',
  curated: 's3://larkmere-curated',
  research: 's3://larkmere-research',
  northfold: 's3://northfold-lab',
  glue: 'arn:aws:glue:us-east-1:111122223333',
  iot: 'arn:aws:iot:us-east-1:111122223333',
  emr: 'arn:aws:elasticmapreduce:us-east-1:111122223333',
  kinesis: 'arn:aws:kinesis:us-east-1:111122223333',
  metastore: 'hive://emr-master.larkmere.example:9083',
  warehouse: 'redshift://larkmere-dwh.us-east-1:5439',
  // The same cluster as a JDBC or dbt profile spells it.
  warehouseEndpoint: 'redshift://larkmere-dwh.c7q2lmexample.us-east-1.redshift.amazonaws.com:5439',
} as const

const text = (...names: readonly string[]): readonly Field[] =>
  names.map((name) => ({ name, type: 'string' }))
const typed = (type: string, ...names: readonly string[]): readonly Field[] =>
  names.map((name) => ({ name, type }))

const patientFields: readonly Field[] = [
  ...typed('decimal(12,0)', 'PATIENT_ID'),
  ...text('MRN', 'SSN', 'FIRST_NAME', 'LAST_NAME'),
  ...typed('date', 'BIRTH_DATE'),
  ...text('SEX', 'RACE', 'ADDRESS_LINE', 'CITY', 'STATE', 'ZIP', 'PHONE', 'EMAIL'),
  ...typed('date', 'DECEASED_DATE'),
]
const encounterFields: readonly Field[] = [
  ...typed('decimal(12,0)', 'ENCOUNTER_ID', 'PATIENT_ID'),
  ...typed('timestamp', 'ADMITTED_AT', 'DISCHARGED_AT'),
  ...text('ENCOUNTER_CLASS', 'DEPARTMENT_CODE', 'ATTENDING_NPI'),
  ...text('DIAGNOSIS_CODE', 'DIAGNOSIS_TEXT'),
  ...typed('decimal(10,2)', 'TOTAL_COST'),
]
const observationFields: readonly Field[] = [
  ...typed('decimal(14,0)', 'OBSERVATION_ID', 'ENCOUNTER_ID', 'PATIENT_ID'),
  ...typed('timestamp', 'OBSERVED_AT'),
  ...text('LOINC_CODE', 'VALUE_TEXT'),
  ...typed('double', 'VALUE_NUMBER'),
  ...text('UNIT'),
]
const curatedPatientFields: readonly Field[] = [
  ...typed('bigint', 'patient_id'),
  ...text('mrn', 'ssn'),
  {
    name: 'name',
    type: 'struct<family:string,given:string>',
    fields: text('family', 'given'),
  },
  ...typed('date', 'birth_date'),
  ...text('sex', 'race'),
  {
    name: 'address',
    type: 'struct<line:string,city:string,state:string,zip:string>',
    fields: text('line', 'city', 'state', 'zip'),
  },
  {
    name: 'contacts',
    type: 'array<struct<system:string,value:string>>',
    fields: [
      {
        name: '_element',
        type: 'struct<system:string,value:string>',
        fields: text('system', 'value'),
      },
    ],
  },
  ...typed('date', 'deceased_date'),
]
const curatedEncounterFields: readonly Field[] = [
  ...typed('bigint', 'encounter_id', 'patient_id'),
  ...typed('timestamp', 'admitted_at', 'discharged_at'),
  ...text('encounter_class', 'department_code', 'attending_npi'),
  ...text('diagnosis_code', 'diagnosis_text'),
  ...typed('decimal(10,2)', 'total_cost'),
]
const claimFields: readonly Field[] = [
  ...typed('bigint', 'claim_id'),
  ...text('patient_mrn', 'member_id', 'payer_id', 'department_code'),
  ...typed('date', 'service_date'),
  ...text('icd10_code', 'cpt_code'),
  ...typed('decimal(10,2)', 'billed_amount', 'paid_amount'),
]
const vitalFields: readonly Field[] = [
  ...text('device_id', 'bed', 'patient_mrn'),
  ...typed('timestamp', 'taken_at'),
  {
    name: 'reading',
    type: 'struct<heart_rate:int,spo2:int,systolic:int,diastolic:int>',
    fields: typed('int', 'heart_rate', 'spo2', 'systolic', 'diastolic'),
  },
]
const bedsideFields: readonly Field[] = [
  ...text('device_id', 'ward', 'bed', 'patient_mrn'),
  ...typed('int', 'heart_rate', 'spo2'),
  ...typed('timestamp', 'taken_at'),
]
const accountFields: readonly Field[] = [
  ...typed('bigint', 'account_id'),
  ...text('patient_mrn'),
  ...typed('decimal(12,2)', 'balance'),
  ...typed('date', 'opened_on'),
]
const indexFields: readonly Field[] = [
  ...typed('bigint', 'patient_id'),
  ...text('mrn', 'ssn', 'full_name'),
  ...typed('date', 'birth_date'),
  ...text('zip'),
  ...typed('bigint', 'account_id'),
  ...typed('decimal(12,2)', 'balance'),
]
const hourlyFields: readonly Field[] = [
  ...text('ward', 'bed', 'patient_mrn'),
  ...typed('timestamp', 'hour'),
  ...typed('double', 'heart_rate_mean', 'spo2_least'),
]
const riskFields: readonly Field[] = [
  ...typed('bigint', 'patient_id'),
  ...typed('double precision', 'score'),
  ...typed('character varying(16)', 'model_version'),
]

const table = (namespace: string, name: string, fields: readonly Field[]): Table => ({
  namespace,
  name,
  fields,
})

/** Every dataset of the story. */
export const tables = {
  patient: table(places.ehr, 'ORCL.EHR.PATIENTS', patientFields),
  encounter: table(places.ehr, 'ORCL.EHR.ENCOUNTERS', encounterFields),
  observation: table(places.ehr, 'ORCL.EHR.OBSERVATIONS', observationFields),
  provider: table(places.ehr, 'ORCL.EHR.PROVIDERS', text('NPI', 'FULL_NAME', 'SPECIALTY')),
  department: table(places.ehr, 'ORCL.EHR.DEPARTMENTS', text('CODE', 'TITLE', 'BUILDING')),
  rawPatient: table(places.raw, 'ehr/patient', patientFields),
  rawEncounter: table(places.raw, 'ehr/encounter', encounterFields),
  rawObservation: table(places.raw, 'ehr/observation', observationFields),
  rawProvider: table(places.raw, 'reference/provider', text('NPI', 'FULL_NAME', 'SPECIALTY')),
  rawDepartment: table(places.raw, 'reference/department', text('CODE', 'TITLE', 'BUILDING')),
  patients: table(places.curated, 'patients', curatedPatientFields),
  encounters: table(places.curated, 'encounters', curatedEncounterFields),
  observations: table(places.curated, 'observations', [
    ...typed('bigint', 'observation_id', 'encounter_id', 'patient_id'),
    ...typed('timestamp', 'observed_at'),
    ...text('loinc_code', 'value_text'),
    ...typed('double', 'value_number'),
    ...text('unit'),
  ]),

  stagedPatients: table(places.warehouse, 'dwh.staging.patients', [
    ...typed('bigint', 'patient_id'),
    ...typed('character varying(64)', 'mrn', 'ssn'),
    ...typed('super', 'name'),
    ...typed('date', 'birth_date'),
    ...typed('character varying(16)', 'sex', 'race'),
    ...typed('super', 'address', 'contacts'),
    ...typed('date', 'deceased_date'),
  ]),
  stagedEncounters: table(places.warehouse, 'dwh.staging.encounters', curatedEncounterFields),
  dimPatient: table(places.warehouse, 'dwh.mart.dim_patient', [
    ...typed('bigint', 'patient_id'),
    ...typed('character varying(64)', 'mrn', 'full_name'),
    ...typed('integer', 'age_years'),
    ...typed('character varying(16)', 'sex', 'zip', 'ssn_last4'),
  ]),
  factEncounter: table(places.warehouse, 'dwh.mart.fct_encounter', [
    ...typed('bigint', 'encounter_id', 'patient_id'),
    ...typed('timestamp without time zone', 'admitted_at', 'discharged_at'),
    ...typed('character varying(32)', 'department_code', 'diagnosis_code'),
    ...typed('integer', 'length_of_stay_days', 'age_at_admission'),
  ]),
  readmissions: table(places.warehouse, 'dwh.mart.readmission_30d', [
    ...typed('bigint', 'patient_id'),
    ...typed('integer', 'admissions', 'readmissions'),
    ...typed('date', 'last_discharge'),
  ]),
  census: table(places.warehouse, 'dwh.mart.daily_census', [
    ...typed('date', 'census_date'),
    ...typed('character varying(32)', 'department_code'),
    ...typed('bigint', 'patients'),
  ]),
  risk: table(places.warehouse, 'dwh.mart.patient_risk', riskFields),
  riskNew: table(places.warehouse, 'dwh.mart.patient_risk_new', riskFields),
  riskOld: table(places.warehouse, 'dwh.mart.patient_risk_old', riskFields),

  claims: table(places.billing, 'billing.claims', claimFields),
  hiveClaims: table(places.metastore, 'billing.claims', claimFields),
  rawClaims: table(places.raw, 'billing/claims', claimFields),
  claimsByDepartment: table(places.metastore, 'billing.claims_by_department', [
    ...text('department_code', 'service_month'),
    ...typed('bigint', 'claims'),
    ...typed('decimal(20,2)', 'billed_total'),
  ]),
  claimsByDepartmentFiles: table(places.curated, 'billing/claims_by_department', []),

  vitals: table(places.kafka, 'device.vitals', vitalFields),
  rawVitals: table(places.raw, 'devices/vitals', vitalFields),
  pumpFiles: table(places.pumpGateway, '/export/pumps', text('pump_id', 'bed', 'drug', 'rate')),
  rawPumps: table(places.raw, 'devices/pumps', text('pump_id', 'bed', 'drug', 'rate', 'taken_at')),
  rawDevices: table(places.raw, 'devices', text('bed', 'taken_at')),
  deviceDaily: table(places.curated, 'device_daily', [
    ...text('bed'),
    ...typed('date', 'day'),
    ...typed('bigint', 'readings'),
  ]),

  deidPatients: table(places.research, 'deid/patients', [
    ...text('person_key'),
    ...typed('int', 'birth_year'),
    ...text('sex', 'race', 'zip3'),
  ]),
  deidEncounters: table(places.research, 'deid/encounters', [
    ...text('encounter_key', 'person_key'),
    ...typed('int', 'admitted_year', 'length_of_stay_days'),
    ...text('department_code', 'diagnosis_code'),
  ]),
  deidPatientsCatalog: table(places.glue, 'table/research/deid_patients', []),
  deidEncountersCatalog: table(places.glue, 'table/research/deid_encounters', []),
  cohort: table(places.northfold, 'readmission/features', [
    ...text('person_key'),
    ...typed('double', 'age_band', 'prior_admissions'),
    ...text('diagnosis_group'),
  ]),

  bedsideTopic: table(places.iot, 'topic/ward/+/bedside/+/vitals', []),
  bedsideStream: table(places.kinesis, 'stream/bedside-vitals', bedsideFields),
  rawBedside: table(places.raw, 'telemetry/bedside', bedsideFields),
  bedsideHourly: table(places.curated, 'bedside_hourly', hourlyFields),
  bedsideMart: table(places.warehouse, 'dwh.mart.bedside_hourly', hourlyFields),
  accounts: table(places.billing, 'billing.accounts', accountFields),
  landedPatients: table(
    places.raw,
    'landing/ehr/patients',
    ['PATIENT_ID', 'MRN', 'SSN', 'FIRST_NAME', 'LAST_NAME', 'BIRTH_DATE', 'ZIP'].flatMap((name) =>
      patientFields.filter((field) => field.name === name),
    ),
  ),
  landedAccounts: table(places.raw, 'landing/billing/accounts', accountFields),
  patientIndex: table(places.curated, 'patient_index', indexFields),
  stagedIndex: table(places.warehouse, 'dwh.staging.patient_index', indexFields),
  patientAccount: table(places.warehouse, 'dwh.mart.patient_account', [
    ...typed('bigint', 'patient_id'),
    ...typed('character varying(64)', 'patient_mrn', 'patient_ssn', 'zip'),
    ...typed('bigint', 'accounts'),
    ...typed('numeric(18,2)', 'balance'),
  ]),
  accountBalance: table(places.warehouse, 'dwh.mart.account_balance', [
    ...typed('character varying(64)', 'zip'),
    ...typed('bigint', 'patients'),
    ...typed('numeric(18,2)', 'balance'),
  ]),
  patientExport: table(places.warehouse, 'dwh.scratch.patient_export', []),
  researchAccounts: table(places.research, 'accounts', []),

  registryUpload: table(places.registry, '/larkmere/monthly', []),
} as const satisfies Record<string, Table>
