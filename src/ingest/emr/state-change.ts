import type { Fact, RunEventType } from '../../model/index.ts'
import type { NativeEvent } from '../eventbridge/event.ts'
import { textAt } from '../aws/members.ts'
import { clusterJob, stepJob } from './name.ts'

type States = ReadonlyMap<string, readonly RunEventType[]>

const stepStates: States = new Map([
  ['PENDING', ['OTHER']],
  ['CANCEL_PENDING', ['OTHER']],
  ['RUNNING', ['START', 'RUNNING']],
  ['COMPLETED', ['COMPLETE']],
  ['CANCELLED', ['ABORT']],
  ['INTERRUPTED', ['ABORT']],
  ['FAILED', ['FAIL']],
])

const clusterStates: States = new Map([
  ['STARTING', ['OTHER']],
  ['BOOTSTRAPPING', ['START']],
  ['RUNNING', ['START', 'RUNNING']],
  ['WAITING', ['RUNNING']],
  ['TERMINATING', ['OTHER']],
  ['TERMINATED', ['COMPLETE']],
  ['TERMINATED_WITH_ERRORS', ['FAIL']],
])

/**
 * EMR Step Status Change: how far a step is. Reads `detail.{clusterId, stepId, name, state, message}`;
 * the name of the cluster is in the message alone.
 *
 * @see aws-events.md section 7.9
 */
export function emrStepChanged(event: NativeEvent): readonly Fact[] {
  const { at, detail } = event
  const run = textAt(detail, 'stepId')
  const id = textAt(detail, 'clusterId')
  const cluster = clusterIn(textAt(detail, 'message')) ?? id
  const step = textAt(detail, 'name')
  if (run === undefined || cluster === undefined || step === undefined) return []
  const job = stepJob(event, cluster, step)
  const parentJob = clusterJob(event, cluster)
  return [
    { kind: 'job', at, job, type: 'EMR_STEP', parent: parentJob },
    ...told(stepStates, detail).map((one): Fact => ({
      kind: 'run',
      at,
      run,
      job,
      event: one,
      continuous: false,
    })),
    ...(id === undefined ? [] : [{ kind: 'parent', at, run, parent: id, parentJob } as const]),
  ]
}

/**
 * EMR Cluster State Change. Reads `detail.{clusterId, name, state}`.
 *
 * @see aws-events.md section 7.9
 */
export function emrClusterChanged(event: NativeEvent): readonly Fact[] {
  const { at, detail } = event
  const run = textAt(detail, 'clusterId')
  if (run === undefined) return []
  const job = clusterJob(event, textAt(detail, 'name') ?? run)
  return [
    { kind: 'job', at, job, type: 'EMR_CLUSTER' },
    ...told(clusterStates, detail).map((one): Fact => ({
      kind: 'run',
      at,
      run,
      job,
      event: one,
      continuous: false,
    })),
  ]
}

function told(states: States, detail: NativeEvent['detail']): readonly RunEventType[] {
  return states.get(textAt(detail, 'state')?.toUpperCase() ?? '') ?? ['OTHER']
}

/** `Step s-… (import) in Amazon EMR cluster j-… (nightly) failed at 2016-12-16 20:53 UTC.` */
function clusterIn(message: string | undefined): string | undefined {
  const [, name] = /\bcluster\s+j+-\S+\s+\((.+)\)\s[^()]*$/is.exec(message ?? '') ?? []
  return name
}
