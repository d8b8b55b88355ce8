import type { Fact, JobName } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { Movement } from '../command/index.ts'
import type { Step } from './step.ts'
import { mentionsOf, movedBy } from '../aws/moved.ts'
import { textAt } from '../aws/members.ts'
import { unresolvedFact } from '../aws/unresolved.ts'
import { clusterJob, stepJob } from './name.ts'
import { hiddenCommand, untoldBy } from './problem.ts'
import { definitionFacts, withSaved } from './saved.ts'
import { movementsOf, shownCommand, stepsIn, usesGlue } from './step.ts'

/**
 * EMR RunJobFlow: a cluster, and the steps that it begins with. Reads `requestParameters.{name, steps[],
 * configurations[]}` and `responseElements.jobFlowId`. The steps have no ids yet: each is declared as
 * the job that its later runs are of, by the names of cluster and step; those of one name together.
 *
 * @see https://docs.aws.amazon.com/emr/latest/APIReference/API_RunJobFlow.html
 */
export function runJobFlow(event: CloudTrailEvent): readonly Fact[] {
  const { at, request, response } = event
  const id = textAt(response, 'jobFlowId')
  const name = textAt(request, 'name') ?? id
  if (name === undefined) return []
  const cluster = clusterJob(event, name)
  const steps = stepsIn(request).map((step): ReadStep => ({
    ...step,
    movements:
      step.argv === undefined
        ? undefined
        : movementsOf(step.argv, { id, hasGlue: usesGlue(request) }, event),
  }))
  const all = steps.flatMap(({ movements = [] }) => movements)
  const byName = Map.groupBy(steps, (step) => stepJob(event, name, step.name).name)
  return [
    { kind: 'job', at, job: cluster, type: 'EMR_CLUSTER' },
    ...(id === undefined
      ? []
      : [{ kind: 'run', at, run: id, job: cluster, event: 'OTHER', continuous: false } as const]),
    ...definitionFacts(all, { at, cluster: id ?? name }),
    ...[...byName.values()].flatMap((same) =>
      declaredSteps(event, same, { job: stepJob(event, name, same[0]?.name ?? ''), cluster, all }),
    ),
  ]
}

type ReadStep = Step & Readonly<{ movements: readonly Movement[] | undefined }>

/** Steps of one name: a job that does what all of them do. */
function declaredSteps(
  { at }: CloudTrailEvent,
  steps: readonly ReadStep[],
  { job, cluster, all }: Readonly<{ job: JobName; cluster: JobName; all: readonly Movement[] }>,
): readonly Fact[] {
  const own = steps.flatMap(({ movements = [] }) => movements)
  const { movements, left } = withSaved(own, all)
  const source = steps.map(({ argv }) => shownCommand(argv)).filter((text) => text !== undefined)
  const moved = movedBy(movements)
  const movesNothing = moved.inputs.length + moved.outputs.length + moved.explicit.length === 0
  return [
    {
      kind: 'job',
      at,
      job,
      type: 'EMR_STEP',
      parent: cluster,
      ...(source.length === 0 ? {} : { source: source.join('\n') }),
    },
    ...mentionsOf(at, movements),
    // Nothing is told by a hidden line, so what was known before goes on.
    ...(movesNothing && steps.some((step) => step.movements === undefined)
      ? []
      : [{ kind: 'declaration', at, by: { job }, moved } as const]),
    ...steps.flatMap((step) => {
      const told = { at, job, path: step.path }
      return step.movements === undefined ? [hiddenCommand(told)] : untoldBy(step.movements, told)
    }),
    ...left.map((name) =>
      unresolvedFact(
        { at },
        {
          code: 'COMMAND_UNRESOLVED',
          path: `${steps[0]?.path ?? ''}/hadoopJarStep/args`,
          reason: `${job.name}: the saved job ${name} is not told of in this event`,
          of: { job },
        },
      ),
    ),
  ]
}
