import type { Fact, JobName, Json } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { isJsonObject } from '../../model/index.ts'
import { descriptionFacts, endedFacts, mentionFact, nameOf } from '../aws/declared.ts'
import { placeOfUri } from '../aws/location.ts'
import { textAt, valueAt } from '../aws/members.ts'
import { unresolvedFact } from '../aws/unresolved.ts'
import { glueJob } from './name.ts'

/**
 * Glue CreateJob and UpdateJob: a job and the script that it runs; an update replaces all of it. Reads
 * `requestParameters.{name, description, command.scriptLocation, defaultArguments,
 * nonOverridableArguments}`, of an update `jobName` and the rest in `jobUpdate`. What the script reads
 * and writes is in no event: locations among the arguments are spoken of, and which way data goes there
 * is a problem.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html
 */
export function glueJobDefined(event: CloudTrailEvent): readonly Fact[] {
  const { at, request } = event
  const job = glueJob(event, 'job', textAt(request, 'jobName') ?? textAt(request, 'name'))
  if (job === undefined) return []
  const update = valueAt(request, 'jobUpdate')
  const [input, path] = isJsonObject(update) ? [update, '/jobUpdate'] : [request, '']
  const description = textAt(input, 'description')
  const script = textAt(input, 'command', 'scriptLocation')
  return [
    { kind: 'job', at, job, type: 'GLUE_JOB', ...(script === undefined ? {} : { source: script }) },
    ...descriptionFacts(at, { job }, description),
    ...['defaultArguments', 'nonOverridableArguments'].flatMap((member) =>
      argumentFacts(event, job, {
        value: valueAt(input, member),
        path: `/requestParameters${path}/${member}`,
      }),
    ),
  ]
}

/** Glue DeleteJob. Reads `requestParameters.jobName`. */
export function deleteGlueJob(event: CloudTrailEvent): readonly Fact[] {
  const job = glueJob(event, 'job', textAt(event.request, 'jobName'))
  return job === undefined ? [] : endedFacts(event.at, job)
}

/**
 * Glue StartJobRun: a run of a job begins. Reads `requestParameters.{jobName, jobRunId, arguments}` and
 * `responseElements.jobRunId`; the one in the request is a run that is tried again.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_StartJobRun.html
 */
export function startGlueJobRun(event: CloudTrailEvent): readonly Fact[] {
  const { at, request, response } = event
  const job = glueJob(event, 'job', textAt(request, 'jobName'))
  if (job === undefined) return []
  const run = textAt(response, 'jobRunId')
  return [
    { kind: 'job', at, job, type: 'GLUE_JOB' },
    ...(run === undefined
      ? []
      : [{ kind: 'run', at, run, job, event: 'START', continuous: false } as const]),
    ...argumentFacts(event, job, {
      value: valueAt(request, 'arguments'),
      path: '/requestParameters/arguments',
    }),
  ]
}

/** Arguments of Glue's own that name places of programs, logs and scratch files, not of data. */
const notOfData =
  /^--(?:TempDir|extra-(?:jars|py-files|files)|spark-event-logs-path|scriptLocation|additional-python-modules|python-modules-installer-option|user-jars-first|conf|class|job-language|continuous-log-.*|enable-.*|job-bookmark-.*)$/i

/** Places that the arguments name: the job is told of them, and only its script knows what for. */
function argumentFacts(
  event: CloudTrailEvent,
  job: JobName,
  { value, path }: Readonly<{ value: Json | undefined; path: string }>,
): readonly Fact[] {
  if (!isJsonObject(value)) return []
  return Object.keys(value).flatMap((key): readonly Fact[] => {
    const place = notOfData.test(key) ? undefined : placeOfUri(textAt(value, key)?.trim() ?? '')
    if (place === undefined) return []
    return [
      mentionFact(event.at, place),
      unresolvedFact(event, {
        code: 'COMMAND_UNRESOLVED',
        path: `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        reason: `${job.name}: whether it reads or writes what ${key} names, its script alone tells`,
        of: { job },
        names: [nameOf(place)],
      }),
    ]
  })
}
