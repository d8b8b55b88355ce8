import type { Facets, JobName, Port, Posting, Producer, RunReference, RunState } from './event.ts'
import type { Day, Span } from './time.ts'
import { runEvent } from './event.ts'
import { facet, ownFacet, parentFacet } from './facets.ts'
import { uuidAt } from './random.ts'
import { dayMicros, isoTime } from './time.ts'

export const airflow: Producer = {
  uri: 'https://github.com/apache/airflow/tree/providers-openlineage/2.3.0',
  digits: 6,
  zone: '+00:00',
}
const namespace = 'larkmere-airflow'

/** One run of a DAG. */
export type DagRun = RunReference &
  Readonly<{ dagId: string; owner: string; tasks: readonly string[]; day: Day; span: Span }>

/** One try of one task. */
type TaskRun = RunReference & Readonly<{ dag: DagRun; taskId: string; span: Span; attempt: number }>

/** What a task does, as its operator's extractor tells it. */
export type TaskWork = Readonly<{
  operator: string
  inputs?: readonly Port[]
  outputs?: readonly Port[]
  sql?: string
  description?: string
  end?: 'COMPLETE' | 'FAIL'
  error?: string
}>

/** The run of `dagId` on a day: its id, without an event. */
export function dagRun(
  day: Day,
  span: Span,
  of: Readonly<{ dagId: string; owner: string; tasks: readonly string[] }>,
): DagRun {
  const job: JobName = { namespace, name: of.dagId }
  return { ...of, day, span, job, runId: uuidAt(span.at, `${of.dagId}/${day.date}`) }
}

/** A try of a task of that run: its id, without an event. */
export function taskRun(dag: DagRun, taskId: string, span: Span, attempt = 1): TaskRun {
  const name = `${dag.dagId}.${taskId}`
  const runId = uuidAt(span.at, `${name}/${dag.day.date}/${attempt}`)
  return { dag, taskId, span, attempt, runId, job: { namespace, name } }
}

const engine = () =>
  facet(airflow, 'ProcessingEngineRunFacet', {
    name: 'Airflow',
    version: '2.10.5',
    openlineageAdapterVersion: '2.3.0',
  })

function nominalTime({ midnight }: Day) {
  const text = (at: number) => isoTime(at, 6, '+00:00')
  return facet(airflow, 'NominalTimeRunFacet', {
    nominalStartTime: text(midnight - dayMicros),
    nominalEndTime: text(midnight),
  })
}

const dagFacts = ({ dagId, owner, day, span }: DagRun) => ({
  dag: { dag_id: dagId, owner, schedule_interval: '0 1 * * *', tags: ['phi', 'nightly'] },
  dagRun: {
    conf: {},
    dag_id: dagId,
    external_trigger: false,
    run_id: `scheduled__${isoTime(day.midnight - dayMicros, 6, '+00:00')}`,
    run_type: 'scheduled',
    start_date: isoTime(span.at, 6, '+00:00'),
  },
})

const jobFacets = (jobType: 'DAG' | 'TASK', owner: string): Facets => ({
  jobType: facet(airflow, 'JobTypeJobFacet', {
    processingType: 'BATCH',
    integration: 'AIRFLOW',
    jobType,
  }),
  ownership: facet(airflow, 'OwnershipJobFacet', { owners: [{ name: owner }] }),
})

/** START and COMPLETE of a DAG run, which name no dataset. */
export function dagEvents(dag: DagRun): readonly Posting[] {
  const run = {
    runId: dag.runId,
    facets: {
      airflowDagRun: ownFacet(airflow, 'RunFacet', dagFacts(dag)),
      nominalTime: nominalTime(dag.day),
      processing_engine: engine(),
    },
  }
  const tasks = Object.fromEntries(dag.tasks.map((id) => [id, { emits_ol_events: true }]))
  const facets = {
    ...jobFacets('DAG', dag.owner),
    airflow: ownFacet(airflow, 'JobFacet', { taskGroups: {}, tasks }),
  }
  const event = (at: number, state: RunState) =>
    runEvent(airflow, at, state, { run, job: { ...dag.job, facets } })
  return [event(dag.span.at, 'START'), event(dag.span.until, 'COMPLETE')]
}

/** START of a task, which names no dataset yet, and its end, which names them all. */
export function taskEvents(task: TaskRun, work: TaskWork): readonly Posting[] {
  const { dag, span } = task
  const run = {
    runId: task.runId,
    facets: {
      airflow: ownFacet(airflow, 'RunFacet', {
        ...dagFacts(dag),
        task: {
          task_id: task.taskId,
          operator_class: work.operator,
          owner: dag.owner,
          retries: 1,
          mapped: false,
          upstream_task_ids: '[]',
          weight_rule: '<<non-serializable: _DownstreamPriorityWeightStrategy>>',
        },
        taskInstance: { pool: 'default_pool', try_number: task.attempt },
        taskUuid: task.runId,
      }),
      nominalTime: nominalTime(dag.day),
      parent: parentFacet(airflow, dag, dag),
      processing_engine: engine(),
    },
  }
  const failure = work.error && {
    errorMessage: facet(airflow, 'ErrorMessageRunFacet', {
      message: work.error,
      programmingLanguage: 'python',
    }),
  }
  const facets = {
    ...jobFacets('TASK', dag.owner),
    documentation:
      work.description === undefined
        ? undefined
        : facet(airflow, 'DocumentationJobFacet', { description: work.description }),
    sql: work.sql === undefined ? undefined : facet(airflow, 'SQLJobFacet', { query: work.sql }),
  }
  const job = { ...task.job, facets }
  return [
    runEvent(airflow, span.at, 'START', { run, job }),
    runEvent(airflow, span.until, work.end ?? 'COMPLETE', {
      run: failure ? { ...run, facets: { ...run.facets, ...failure } } : run,
      job,
      inputs: work.inputs ?? [],
      outputs: work.outputs ?? [],
    }),
  ]
}
