import type { Facets, Port, Posting, Producer, RunReference, RunState } from './event.ts'
import type { Span } from './time.ts'
import { runEvent } from './event.ts'
import { facet, ownFacet, parentFacet } from './facets.ts'
import { hexOf, uuidAt } from './random.ts'

export const dbt: Producer = {
  uri: 'https://github.com/OpenLineage/OpenLineage/tree/1.34.0/integration/dbt',
  digits: 6,
  zone: 'Z',
}
const namespace = 'larkmere-dbt'
const project = 'larkmere_marts'

/** One invocation of dbt. */
type Invocation = RunReference & Readonly<{ span: Span; parent: RunReference }>

/** One model that an invocation builds. */
type Model = Readonly<{
  name: string
  span: Span
  sql: string
  inputs: readonly Port[]
  output: Port
  rowCount: number
}>

/** An invocation of dbt that `parent` started. */
export function invocation(span: Span, parent: RunReference): Invocation {
  const job = { namespace, name: `dbt-run-${project}` }
  return { span, parent, job, runId: uuidAt(span.at, `${job.name}/${parent.runId}`) }
}

const runFacets = ({ runId }: Invocation): Facets => ({
  processing_engine: facet(dbt, 'ProcessingEngineRunFacet', {
    name: 'dbt',
    version: '1.9.4',
    openlineageAdapterVersion: '1.34.0',
  }),
  dbt_version: ownFacet(dbt, 'RunFacet', { version: '1.9.4' }),
  dbt_run: ownFacet(dbt, 'RunFacet', { invocation_id: hexOf(`invocation/${runId}`, 32) }),
})

const jobType = (kind: 'JOB' | 'MODEL') =>
  facet(dbt, 'JobTypeJobFacet', { processingType: 'BATCH', integration: 'DBT', jobType: kind })

/** START and COMPLETE of an invocation and, between them, of each of its models. */
export function dbtEvents(run: Invocation, models: readonly Model[]): readonly Posting[] {
  const event = (at: number, state: RunState) =>
    runEvent(dbt, at, state, {
      run: {
        runId: run.runId,
        facets: { parent: parentFacet(dbt, run.parent), ...runFacets(run) },
      },
      job: { ...run.job, facets: { jobType: jobType('JOB') } },
    })
  return [
    event(run.span.at, 'START'),
    ...models.flatMap((model) => modelEvents(run, model)),
    event(run.span.until, 'COMPLETE'),
  ]
}

function modelEvents(run: Invocation, model: Model): readonly Posting[] {
  const { name, span, sql, inputs, output } = model
  const counted: Port = {
    ...output,
    outputFacets: {
      outputStatistics: facet(dbt, 'OutputStatisticsOutputDatasetFacet', {
        rowCount: model.rowCount,
      }),
    },
  }
  const event = (at: number, state: RunState, port: Port) =>
    runEvent(dbt, at, state, {
      run: {
        runId: uuidAt(span.at, `${name}/${run.runId}`),
        facets: { parent: parentFacet(dbt, run), ...runFacets(run) },
      },
      job: {
        namespace,
        name: `model.${project}.${name}`,
        facets: {
          jobType: jobType('MODEL'),
          sql: facet(dbt, 'SQLJobFacet', { query: sql, dialect: 'redshift' }),
          dbt_node: ownFacet(dbt, 'JobFacet', {
            unique_id: `model.${project}.${name}`,
            original_file_path: `models/mart/${name}.sql`,
            materialized: 'table',
          }),
        },
      },
      inputs,
      outputs: [port],
    })
  return [event(span.at, 'START', output), event(span.until, 'COMPLETE', counted)]
}
