import type { DatasetName, Facets, JsonObject, Port, Posting, Producer, RunState } from './event.ts'
import type { Application } from './spark.ts'
import type { Day, Span } from './time.ts'
import { runEvent } from './event.ts'
import { facet, ownFacet, parentFacet } from './facets.ts'
import { uuidAt } from './random.ts'
import { jobType, runFacets } from './spark.ts'
import { secondsAfter } from './time.ts'

/** What one action of an application does. */
export type Action = Readonly<{
  /** The plan node and the table it writes, as they become part of the job's name. */
  node: string
  target: string
  span: Span
  inputs: readonly Port[]
  outputs: readonly Port[]
  sql?: string
  attempt?: number
  /** The table is known, and joins the job's name, only when the action ends. */
  nameGrows?: boolean
  /** FAIL_AND_COMPLETE is what some listeners send for one failed action. */
  end?: 'COMPLETE' | 'FAIL' | 'FAIL_AND_COMPLETE'
  error?: Readonly<{ message: string; stackTrace: string }>
}>

/** The events of one action: its START, and the end or ends that it has. */
export function actionEvents(app: Application, action: Action): readonly Posting[] {
  const { platform } = app
  const { span, inputs, outputs, node, target, end = 'COMPLETE' } = action
  const runId = uuidAt(span.at, `${app.runId}/${node}/${target}/${action.attempt ?? 1}`)
  const short = `${app.job.name}.${node}`
  const full = `${short}.${target}`
  const sql = action.sql && { sql: facet(platform, 'SQLJobFacet', { query: action.sql }) }
  const event = (at: number, state: RunState, name: string, ports: Ports, extra: Facets = {}) =>
    runEvent(platform, at, state, {
      run: {
        runId,
        facets: {
          parent: parentFacet(platform, app, app.root ?? app),
          ...runFacets(app),
          spark_jobDetails: ownFacet(platform, 'RunFacet', { jobId: 0 }),
          ...extra,
        },
      },
      job: {
        namespace: app.job.namespace,
        name,
        facets: { jobType: jobType(platform, 'SQL_JOB'), ...sql },
      },
      ...ports,
    })
  const started = action.nameGrows
    ? { inputs, outputs: [] }
    : { inputs, outputs: outputs.map(bare) }
  const error = action.error && {
    errorMessage: facet(platform, 'ErrorMessageRunFacet', {
      ...action.error,
      programmingLanguage: 'JAVA',
    }),
  }
  const start = event(span.at, 'START', action.nameGrows ? short : full, started)
  const done = (at: number) => event(at, 'COMPLETE', full, { inputs, outputs })
  const failed = event(span.until, 'FAIL', full, { inputs, outputs: outputs.map(bare) }, error)
  const ends = {
    COMPLETE: [done(span.until)],
    FAIL: [failed],
    FAIL_AND_COMPLETE: [failed, done(secondsAfter(span.until, 0.03))],
  } as const
  return [start, ...ends[end]]
}

type Ports = Readonly<{ inputs: readonly Port[]; outputs: readonly Port[] }>

// Statistics are known at the end only.
const bare = ({ namespace, name, facets }: Port): Port => ({ namespace, name, facets })

/** The name of a folder of one day, spelled as a listener without partition trimming does. */
export function partition(
  dataset: DatasetName,
  column: string,
  day: Day,
  scheme: 's3' | 's3a' = 's3',
): DatasetName {
  return {
    namespace: dataset.namespace.replace(/^s3:/, `${scheme}:`),
    name: `${dataset.name}/${column}=${day.date}`,
  }
}

/** What was written, as the `outputStatistics` facet counts it. */
export function written(platform: Producer, rowCount: number, bytesPerRow: number): JsonObject {
  return facet(platform, 'OutputStatisticsOutputDatasetFacet', {
    rowCount,
    size: rowCount * bytesPerRow,
    fileCount: Math.ceil(rowCount / 50_000),
  })
}
