import type { Facets, JsonObject, Posting, Producer, RunReference, RunState } from './event.ts'
import type { Day, Span } from './time.ts'
import { runEvent } from './event.ts'
import { facet, ownFacet, parentFacet } from './facets.ts'
import { hexOf, uuidAt } from './random.ts'

type Platform = Producer &
  Readonly<{ version: string; adapter: string; master: string; trimsPartitions: boolean }>

const spark = (adapter: string, version: string, master: string, trimsPartitions: boolean) =>
  ({
    uri: `https://github.com/OpenLineage/OpenLineage/tree/${adapter}/integration/spark`,
    digits: 3,
    zone: 'Z',
    adapter,
    version,
    master,
    trimsPartitions,
  }) satisfies Platform

/** The hospital's two Sparks: EMR with an old listener, and Glue with its own. */
export const emrSpark = spark('1.16.0', '3.3.2-amzn-0', 'yarn', false)
export const glueSpark = spark('1.39.0', '3.5.4-amzn-0', 'jes', true)

/** What started an application, and what started everything; a cron job has neither. */
type Origin = Readonly<{ parent?: RunReference; root?: RunReference }>

/** One run of a Spark application. */
export type Application = RunReference &
  Origin &
  Readonly<{ platform: Platform; appName: string; day: Day; span: Span }>

/** A run of an application: its id, without an event. */
export function application(
  platform: Platform,
  of: Origin & Readonly<{ appName: string; day: Day; span: Span }>,
): Application {
  const job = { namespace: 'larkmere-spark', name: of.appName }
  const runId = uuidAt(of.span.at, `${of.appName}/${of.parent?.runId ?? of.day.date}`)
  return { ...of, platform, job, runId }
}

/** The run facets that every event of an application and of its actions carries. */
export const runFacets = ({ platform, appName, runId }: Application): Facets => ({
  processing_engine: facet(platform, 'ProcessingEngineRunFacet', {
    version: platform.version,
    name: 'spark',
    openlineageAdapterVersion: platform.adapter,
  }),
  spark_properties: ownFacet(platform, 'RunFacet', {
    properties: { 'spark.master': platform.master, 'spark.app.name': appName },
  }),
  spark_applicationDetails: ownFacet(platform, 'RunFacet', {
    master: platform.master,
    appName,
    applicationId: `application_${hexOf(`application/${runId}`, 12)}`,
    deployMode: 'cluster',
    userName: 'hadoop',
  }),
})

/** The `jobType` facet of an application or of an action. */
export const jobType = (platform: Platform, kind: 'APPLICATION' | 'SQL_JOB'): JsonObject =>
  facet(platform, 'JobTypeJobFacet', {
    processingType: kind === 'APPLICATION' ? 'NONE' : 'BATCH',
    integration: 'SPARK',
    jobType: kind,
  })

/** START and end of an application, which name no dataset; `extra` facets are on the START. */
export function applicationEvents(
  run: Application,
  more: Readonly<{ end?: 'COMPLETE' | 'FAIL'; extra?: Facets }> = {},
): readonly Posting[] {
  const { platform, span } = run
  const parent = run.parent && parentFacet(platform, run.parent, run.root)
  const event = (at: number, state: RunState, extra: Facets = {}) =>
    runEvent(platform, at, state, {
      run: { runId: run.runId, facets: { parent, ...runFacets(run), ...extra } },
      job: { ...run.job, facets: { jobType: jobType(platform, 'APPLICATION') } },
    })
  return [event(span.at, 'START', more.extra), event(span.until, more.end ?? 'COMPLETE')]
}
