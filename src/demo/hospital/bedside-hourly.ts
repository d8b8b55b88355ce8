import type { Posting } from './event.ts'
import type { Day } from './time.ts'
import { isPumpDay } from './calendar.ts'
import { columnMap, copied, from } from './columns.ts'
import { facet } from './facets.ts'
import { portOf } from './port.ts'
import { actionEvents, written } from './spark-action.ts'
import { application, applicationEvents, emrSpark } from './spark.ts'
import { tables } from './tables.ts'
import { spanOn } from './time.ts'

const files = tables.rawBedside
const lineage = columnMap(
  {
    ...copied(files, ['ward', 'bed', 'patient_mrn']),
    hour: [from(files, 'taken_at', 'transformed', "date_trunc('HOUR', taken_at)")],
    heart_rate_mean: [from(files, 'heart_rate', 'aggregated', 'avg(heart_rate)')],
    spo2_least: [from(files, 'spo2', 'aggregated', 'min(spo2)')],
  },
  ['ward', 'bed', 'patient_mrn', 'taken_at'].map((column) => from(files, column, 'grouped')),
)

/** Readings of the monitors at the beds by the hour, out of the files that Firehose wrote. */
export function bedsideHourly(day: Day): readonly Posting[] {
  if (!isPumpDay(day)) return []
  const app = application(emrSpark, {
    appName: 'bedside_hourly',
    day,
    span: spanOn(day, 'bedside_hourly', 344, 9),
  })
  const read = { namespace: 's3a://larkmere-raw', name: `${files.name}/` }
  return [
    ...applicationEvents(app),
    ...actionEvents(app, {
      node: 'execute_insert_into_hadoop_fs_relation_command',
      target: 'devices_bedside_hourly',
      span: spanOn(day, 'bedside_hourly.action', 346, 6),
      inputs: [portOf(emrSpark, read, { fields: files.fields })],
      outputs: [
        portOf(emrSpark, tables.bedsideHourly, {
          fields: tables.bedsideHourly.fields,
          facets: { columnLineage: facet(emrSpark, 'ColumnLineageDatasetFacet', lineage) },
          outputFacets: { outputStatistics: written(emrSpark, 3400, 36) },
        }),
      ],
    }),
  ]
}
