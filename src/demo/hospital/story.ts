import type { DatasetName } from './event.ts'
import { unreadCall } from './aws/bystanders.ts'
import { plantedInError } from './curation.ts'
import { plantedPassword } from './incidents.ts'
import { places, tables } from './tables.ts'

const named = ({ namespace, name }: DatasetName) => ({ namespace, name })
const column = (dataset: DatasetName, of: string) => ({ ...named(dataset), column: of })

const extractJob = (output: string): string =>
  `deid_extract.execute_insert_into_hadoop_fs_relation_command.${output}`

/**
 * What a story about the hospital asks for by name: a few of its datasets, columns and jobs, and
 * the values that a producer should never have sent. Questions only: no answer is written here.
 */
export const hospital = {
  title: 'Larkmere General Hospital',
  /** When its story begins. */
  since: '2026-02-02T00:00:00Z',
  datasets: {
    /** Where patients come from. */
    ehrPatients: named(tables.patient),
    rawPatients: named(tables.rawPatient),
    curatedPatients: named(tables.patients),
    /** The same files under their name in the catalog. */
    curatedPatientsInGlue: { namespace: places.glue, name: 'table/ehr_curated/patients' },
    dimPatient: named(tables.dimPatient),
    readmissions: named(tables.readmissions),
    dailyCensus: named(tables.census),
    /** The weekly de-identified extract, and what the partner makes of it. */
    deidentifiedPatients: named(tables.deidPatients),
    deidentifiedPatientsInGlue: named(tables.deidPatientsCatalog),
    partnerFeatures: named(tables.cohort),
    /** The table that was renamed away, the one that took its name, and the name. */
    riskScores: named(tables.risk),
    riskScoresNew: named(tables.riskNew),
    riskScoresOld: named(tables.riskOld),
    /** Rebuilt whole each work day. */
    claimsByDepartment: named(tables.claimsByDepartment),
    claims: named(tables.claims),
    /** Two jobs write under this prefix, one reads all of it. */
    devicePrefix: named(tables.rawDevices),
    deviceVitals: named(tables.vitals),
    devicePumps: named(tables.pumpFiles),
    deviceReport: named(tables.deviceDaily),
    /** What monitors at the beds send, and how far it comes. */
    bedsideTopic: named(tables.bedsideTopic),
    bedsideFiles: named(tables.rawBedside),
    bedsideMart: named(tables.bedsideMart),
    /** Where Sqoop lands patients, what Spark makes of them, and what COPY and SQL make of that. */
    landedPatients: named(tables.landedPatients),
    patientIndex: named(tables.patientIndex),
    patientAccount: named(tables.patientAccount),
    /** Made in a transaction that was rolled back. */
    patientExport: named(tables.patientExport),
    /** Known from what a job declares, not from any run. */
    registryUpload: named(tables.registryUpload),
  },
  columns: {
    socialSecurityNumber: column(tables.patient, 'SSN'),
    medicalRecordNumber: column(tables.patient, 'MRN'),
    patientSsnInMart: column(tables.patientAccount, 'patient_ssn'),
    partnerPersonKey: column(tables.cohort, 'person_key'),
    deidentifiedPersonKey: column(tables.deidPatients, 'person_key'),
  },
  jobs: {
    nightly: { namespace: 'larkmere-airflow', name: 'ehr_nightly' },
    curation: { namespace: 'larkmere-airflow', name: 'ehr_nightly.curate_ehr' },
    importPatients: { namespace: places.emr, name: 'larkmere-nightly/import patients' },
    bedsideRule: { namespace: places.iot, name: 'rule/bedside_vitals' },
    stream: { namespace: 'http://flink.larkmere.example:8081', name: 'vitals_to_lake' },
    registryUpload: { namespace: 'larkmere-integration', name: 'stroke_registry_upload' },
    partner: { namespace: 'northfold-analytics', name: 'readmission_features' },
  },
  /** What is protected, what is not, and who is outside. */
  boundaries: [
    {
      name: 'hospital',
      zone: 'PROTECTED',
      selectors: [
        { namespace: 'oracle://ehr-db.*' },
        { namespace: 'mysql://billing-db.*' },
        { namespace: 's3://larkmere-raw' },
        { namespace: 's3://larkmere-curated' },
        { namespace: 'redshift://larkmere-dwh.*' },
        { namespace: 'hive://emr-master.*' },
        { namespace: 'hdfs://*' },
        { namespace: 'kafka://msk-1.*' },
        { namespace: 'arn:aws:*:us-east-1:111122223333' },
      ],
    },
    {
      name: 'research',
      zone: 'GENERAL',
      selectors: [
        { namespace: 's3://larkmere-research' },
        { namespace: places.glue, name: 'table/research/**' },
      ],
    },
    {
      name: 'partners',
      zone: 'EXTERNAL',
      selectors: [
        { namespace: 's3://northfold-*' },
        { namespace: 'sftp://intake.stroke-registry.*' },
      ],
    },
  ],
  /** The extract, by the jobs that make it. */
  certified: {
    patients: {
      job: { namespace: 'larkmere-spark', name: extractJob('deid_patients') },
      outputs: [named(tables.deidPatients)],
    },
    encounters: {
      job: { namespace: 'larkmere-spark', name: extractJob('deid_encounters') },
      outputs: [named(tables.deidEncounters)],
    },
  },
  /** The only call that no translator reads. */
  unread: unreadCall,
  /** Sent in clear by a producer; none of them may be found anywhere afterwards. */
  planted: { password: plantedPassword, ...plantedInError },
} as const
