import type { Fact, JobName } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { Step } from './step.ts'
import { mentionsOf, movedBy } from '../aws/moved.ts'
import { listAt, textAt } from '../aws/members.ts'
import { isRedacted } from '../aws/redacted.ts'
import { movementFacts } from './movement.ts'
import { stepJob } from './name.ts'
import { hiddenCommand, untoldBy } from './problem.ts'
import { definitionFacts } from './saved.ts'
import { movementsOf, shownCommand, stepsIn } from './step.ts'

/**
 * EMR AddJobFlowSteps: steps for a cluster that runs. Reads `requestParameters.{jobFlowId, steps[]}` and
 * `responseElements.stepIds[]`, which are in the same order. Each step is a run already, of a job that
 * is called by the id of the cluster until an event of the step tells the cluster's name.
 *
 * @see https://docs.aws.amazon.com/emr/latest/APIReference/API_AddJobFlowSteps.html
 */
export function addJobFlowSteps(event: CloudTrailEvent): readonly Fact[] {
  const { request, response } = event
  const cluster = textAt(request, 'jobFlowId')
  if (cluster === undefined) return []
  const ids = listAt(response, 'stepIds')
  return stepsIn(request).flatMap((step, at) => {
    const id = ids[at]
    const run = typeof id === 'string' && id !== '' && !isRedacted(id) ? id : undefined
    return stepFacts(event, step, { cluster, run })
  })
}

function stepFacts(
  event: CloudTrailEvent,
  step: Step,
  { cluster, run }: Readonly<{ cluster: string; run: string | undefined }>,
): readonly Fact[] {
  const { at } = event
  const job = stepJob(event, cluster, step.name)
  const told = { at, job, run, path: step.path }
  const source = shownCommand(step.argv)
  const movements =
    step.argv === undefined
      ? undefined
      : movementsOf(step.argv, { id: cluster, hasGlue: false }, event)
  return [
    { kind: 'job', at, job, type: 'EMR_STEP', ...(source === undefined ? {} : { source }) },
    ...(run === undefined ? [] : runFacts(at, { run, job, cluster })),
    ...(movements === undefined
      ? [hiddenCommand(told)]
      : [
          ...definitionFacts(movements, { at, cluster }),
          ...mentionsOf(at, movements),
          ...(run === undefined
            ? [{ kind: 'declaration', at, by: { job }, moved: movedBy(movements) } as const]
            : movements.flatMap((movement, part) =>
                movementFacts(movement, { at, run, part: String(part), cluster }),
              )),
          ...untoldBy(movements, told),
        ]),
  ]
}

function runFacts(
  at: CloudTrailEvent['at'],
  { run, job, cluster }: Readonly<{ run: string; job: JobName; cluster: string }>,
): readonly Fact[] {
  return [
    { kind: 'run', at, run, job, event: 'OTHER', continuous: false },
    { kind: 'parent', at, run, parent: cluster, parentJob: undefined },
  ]
}
