import type { Facets, Port, Posting, Producer, RunState } from './event.ts'
import type { Day, Micros } from './time.ts'
import { calendar, isPumpDay } from './calendar.ts'
import { columnMap, copied, from, namesOf } from './columns.ts'
import { runEvent } from './event.ts'
import { facet, ownFacet } from './facets.ts'
import { portOf } from './port.ts'
import { drawn, hexOf, uuidAt } from './random.ts'
import { actionEvents, written } from './spark-action.ts'
import { application, applicationEvents, emrSpark } from './spark.ts'
import { tables } from './tables.ts'
import { dayMicros, minuteMicros, spanOn, timeOn } from './time.ts'

/** Bedside devices: a stream of vitals, the pumps' files, and a report over all of them. */
export function deviceDay(day: Day): readonly Posting[] {
  return [...stream(day), ...(isPumpDay(day) ? [...pumps(day), ...report(day)] : [])]
}

const flink: Producer = {
  uri: 'https://github.com/OpenLineage/OpenLineage/tree/1.50.0/integration/flink',
  digits: 6,
  zone: 'Z',
}

// One run from the first day until it is cancelled for an upgrade, another from then on.
function stream(day: Day): readonly Posting[] {
  const firstDay = day.midnight - day.index * dayMicros
  const restarted = firstDay + calendar.streamCancelled * dayMicros + 864 * minuteMicros
  const first = { startedAt: firstDay + 90_250_118, version: '1.19.1' }
  const second = { startedAt: restarted, version: '1.20.0' }
  const noon = timeOn(day, 720) + 4_181_077
  const cancelled = timeOn(day, 840) + 1_000_311
  const current = day.index > calendar.streamCancelled ? second : first
  return [
    ...(day.index === 0 ? [vitals(first, first.startedAt, 'START')] : []),
    vitals(current, noon, 'RUNNING'),
    ...(day.index === calendar.streamCancelled
      ? [vitals(first, cancelled, 'ABORT'), vitals(second, restarted, 'START')]
      : []),
  ]
}

function vitals(
  run: Readonly<{ startedAt: Micros; version: string }>,
  at: Micros,
  state: RunState,
): Posting {
  const { rawVitals } = tables
  const completed = Math.floor((at - run.startedAt) / (10 * minuteMicros))
  const ports: Readonly<{ inputs: readonly Port[]; outputs: readonly Port[] }> = {
    inputs: [portOf(flink, tables.vitals, { fields: tables.vitals.fields })],
    outputs: [
      // This sink keeps the slash that a key never begins with.
      portOf(flink, { ...rawVitals, name: `/${rawVitals.name}` }, { fields: rawVitals.fields }),
    ],
  }
  return runEvent(flink, at, state, {
    run: {
      runId: uuidAt(run.startedAt, 'vitals_to_lake'),
      facets: {
        processing_engine: facet(flink, 'ProcessingEngineRunFacet', {
          version: run.version,
          name: 'flink',
          openlineageAdapterVersion: '1.50.0',
        }),
        flink_job: ownFacet(flink, 'RunFacet', { jobId: hexOf(`flink/${run.startedAt}`, 32) }),
        checkpoints:
          state === 'START'
            ? undefined
            : ownFacet(flink, 'RunFacet', {
                completed,
                failed: 0,
                'in-progress': 0,
                restored: 0,
                total: completed,
              }),
      },
    },
    job: {
      namespace: 'http://flink.larkmere.example:8081',
      name: 'vitals_to_lake',
      facets: {
        jobType: facet(flink, 'JobTypeJobFacet', {
          processingType: 'STREAMING',
          integration: 'FLINK',
          jobType: 'JOB',
        }),
      },
    },
    ...(state === 'START' ? ports : {}),
  })
}

const pumpExport: Producer = {
  uri: 'https://code.larkmere.example/devices/pump-export/tree/4.2.0',
  digits: 3,
  zone: '+00:00',
}

function pumps(day: Day): readonly Posting[] {
  const { pumpFiles, rawPumps } = tables
  const span = spanOn(day, 'pump_export', 300, 2)
  const own: Facets = {
    larkmere_gateway: ownFacet(pumpExport, 'RunFacet', {
      ward: ['ICU-2', 'NICU', 'OR'],
      firmware: { pump: '7.11', gateway: '2.4.0' },
      // The field is really called that.
      additionalProperties: { polls: drawn(`polls/${day.date}`, 900, 1100) },
    }),
  }
  const event = (at: Micros, state: RunState) =>
    runEvent(pumpExport, at, state, {
      run: { runId: uuidAt(span.at, `pump_export/${day.date}`), facets: own },
      job: { namespace: 'larkmere-devices', name: 'pump_export', facets: {} },
      inputs: [portOf(pumpExport, pumpFiles)],
      outputs: [
        portOf(
          pumpExport,
          { namespace: rawPumps.namespace, name: `${rawPumps.name}/dt=${day.date}/` },
          { fields: rawPumps.fields },
        ),
      ],
    })
  return [event(span.at, 'START'), event(span.until, 'COMPLETE')]
}

// Reads the whole prefix, under which both of the above write.
function report(day: Day): readonly Posting[] {
  const { rawDevices, deviceDaily } = tables
  const prefix = { namespace: 's3a://larkmere-raw', name: `${rawDevices.name}/` }
  const app = application(emrSpark, {
    appName: 'device_daily',
    day,
    span: spanOn(day, 'device_daily', 330, 11),
  })
  const lineage = columnMap(
    {
      ...copied(prefix, ['bed']),
      day: [from(prefix, 'taken_at', 'transformed', 'CAST(taken_at AS DATE)')],
      readings: [from(prefix, 'taken_at', 'counted', 'count(taken_at)')],
    },
    namesOf(rawDevices.fields).map((column) => from(prefix, column, 'grouped')),
  )
  return [
    ...applicationEvents(app),
    ...actionEvents(app, {
      node: 'execute_insert_into_hadoop_fs_relation_command',
      target: 'device_daily',
      nameGrows: true,
      span: spanOn(day, 'device_daily.action', 332, 8),
      inputs: [portOf(emrSpark, prefix, { fields: rawDevices.fields })],
      outputs: [
        portOf(emrSpark, deviceDaily, {
          fields: deviceDaily.fields,
          facets: { columnLineage: facet(emrSpark, 'ColumnLineageDatasetFacet', lineage) },
          outputFacets: { outputStatistics: written(emrSpark, 420, 36) },
        }),
      ],
    }),
  ]
}
