import type { Fact, JobName, Json, RunEventType } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { NativeEvent } from '../eventbridge/event.ts'
import type { Where } from '../aws/arn.ts'
import { namespaceIn } from '../aws/arn.ts'
import { listAt, textAt, valueAt } from '../aws/members.ts'
import { mentionsOf } from '../aws/moved.ts'
import { movementFacts } from './movement.ts'
import { recurring } from './name.ts'
import { hiddenCommand, untoldBy } from './problem.ts'
import { movementsOf, typed } from './step.ts'

const type = 'EMR_SERVERLESS_JOB'

/** `application/{application}/{job}`; a run that nobody named is of the application itself. */
function serverlessJob(where: Where, application: string, name?: string): JobName {
  const job = name === undefined ? '' : `/${recurring(name)}`
  return {
    namespace: namespaceIn(where, 'emr-serverless'),
    name: `application/${recurring(application)}${job}`,
  }
}

/**
 * EMR Serverless CreateApplication: something that jobs will run on. Reads `requestParameters.name` and
 * `responseElements.applicationId`; its runs tell only the id, so it is a job by its name and by its id.
 *
 * @see https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_CreateApplication.html
 */
export function createApplication(event: CloudTrailEvent): readonly Fact[] {
  const { at, request, response } = event
  const name = textAt(request, 'name') ?? textAt(response, 'name')
  const id = textAt(response, 'applicationId')
  const known = [name, id].filter((one) => one !== undefined)
  const [named, byId] = known.map((one) => serverlessJob(event, one))
  if (named === undefined) return []
  const ofApplication = { kind: 'job', at, type: 'EMR_SERVERLESS_APPLICATION' } as const
  return [
    { ...ofApplication, job: named },
    ...(byId === undefined ? [] : [{ ...ofApplication, job: byId, parent: named }]),
  ]
}

/**
 * EMR Serverless StartJobRun: a run of a job is asked for. Reads `requestParameters.{applicationId, name,
 * jobDriver}` and `responseElements.jobRunId`. The job driver is mostly hidden.
 *
 * @see https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_StartJobRun.html
 */
export function startServerlessJobRun(event: CloudTrailEvent): readonly Fact[] {
  const { at, request, response } = event
  const application = textAt(request, 'applicationId') ?? textAt(response, 'applicationId')
  if (application === undefined) return []
  const job = serverlessJob(event, application, textAt(request, 'name'))
  const run = textAt(response, 'jobRunId')
  const source = commandOf(valueAt(request, 'jobDriver'))
  const told = { at, job, run }
  const path = '/requestParameters/jobDriver'
  const facts: readonly Fact[] = [
    { kind: 'job', at, job, type, ...(source === undefined ? {} : { source }) },
    ...(run === undefined
      ? []
      : [{ kind: 'run', at, run, job, event: 'OTHER', continuous: false } as const]),
  ]
  if (source === undefined) return [...facts, hiddenCommand({ ...told, path })]
  // Its catalog is Glue's unless it is told of another.
  const movements = movementsOf(source, { id: application, hasGlue: true }, event)
  return [
    ...facts,
    ...mentionsOf(at, movements),
    ...(run === undefined
      ? []
      : movements.flatMap((movement, part) =>
          movementFacts(movement, { at, run, part: String(part), cluster: application }),
        )),
    ...untoldBy(movements, { ...told, path }),
  ]
}

/** `sparkSubmit.{entryPoint, entryPointArguments[], sparkSubmitParameters}` or `hive.{query, …}`. */
function commandOf(driver: Json | undefined): string | undefined {
  const query = textAt(driver, 'hive', 'query')
  if (query !== undefined) {
    return typed(['hive', /^s3[an]?:\/\//i.test(query) ? '-f' : '-e', query])
  }
  const spark = valueAt(driver, 'sparkSubmit')
  const entry = textAt(spark, 'entryPoint')
  const args = listAt(spark, 'entryPointArguments')
  if (entry === undefined || !args.every((arg) => typeof arg === 'string')) return undefined
  const parameters = textAt(spark, 'sparkSubmitParameters') ?? ''
  return ['spark-submit', parameters, typed([entry, ...args])].filter((one) => one !== '').join(' ')
}

const states: ReadonlyMap<string, readonly RunEventType[]> = new Map([
  ['SUBMITTED', ['OTHER']],
  ['QUEUED', ['OTHER']],
  ['PENDING', ['OTHER']],
  ['SCHEDULED', ['OTHER']],
  ['RUNNING', ['START', 'RUNNING']],
  ['SUCCESS', ['COMPLETE']],
  ['FAILED', ['FAIL']],
  ['CANCELLING', ['OTHER']],
  ['CANCELLED', ['ABORT']],
])

/**
 * EMR Serverless Job Run State Change: how far a run is. Reads `detail.{jobRunId, applicationId, jobRunName,
 * state}`.
 *
 * @see aws-events.md section 7.10
 */
export function serverlessRunChanged(event: NativeEvent): readonly Fact[] {
  const { at, detail } = event
  const run = textAt(detail, 'jobRunId')
  const application = textAt(detail, 'applicationId')
  if (run === undefined || application === undefined) return []
  const job = serverlessJob(event, application, textAt(detail, 'jobRunName'))
  const told = states.get(textAt(detail, 'state')?.toUpperCase() ?? '') ?? ['OTHER']
  return [
    { kind: 'job', at, job, type },
    ...told.map((one): Fact => ({ kind: 'run', at, run, job, event: one, continuous: false })),
  ]
}
