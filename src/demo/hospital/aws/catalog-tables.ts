import type { Field } from '../columns.ts'
import type { JsonObject } from '../event.ts'
import type { Table } from '../tables.ts'
import { tables } from '../tables.ts'

/** A table of the catalog over the files of a dataset. */
export type CatalogTable = Readonly<{
  database: string
  name: string
  files: Table
  partition?: string
}>

/** The tables of the catalog and where their files lie: where jobs write them. */
export const catalog: readonly CatalogTable[] = [
  {
    database: 'ehr_landing',
    name: 'patients',
    files: tables.landedPatients,
    partition: 'load_date',
  },
  {
    database: 'ehr_landing',
    name: 'accounts',
    files: tables.landedAccounts,
    partition: 'load_date',
  },
  { database: 'ehr_curated', name: 'patient_index', files: tables.patientIndex },
  { database: 'devices', name: 'bedside', files: tables.rawBedside, partition: 'day' },
  { database: 'devices', name: 'bedside_hourly', files: tables.bedsideHourly },
]

/** What is asked of Glue to have such a table with those columns. */
export function tableInput(table: CatalogTable, fields: readonly Field[]): JsonObject {
  const { database, name, files, partition } = table
  const columns = fields.map((field) => ({ name: field.name.toLowerCase(), type: field.type }))
  return {
    databaseName: database,
    tableInput: {
      name,
      tableType: 'EXTERNAL_TABLE',
      parameters: { classification: 'parquet', EXTERNAL: 'TRUE' },
      partitionKeys: partition === undefined ? [] : [{ name: partition, type: 'date' }],
      storageDescriptor: {
        columns,
        location: `${files.namespace}/${files.name}/`,
        inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        serdeInfo: {
          serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
        },
      },
    },
  }
}
