import type { JsonObject } from '../event.ts'
import type { Day, Micros, Span } from '../time.ts'
import type { Step } from './sqoop.ts'
import type { Told } from './told.ts'
import { calendar, isWorkday } from '../calendar.ts'
import { secondsAfter, spanOn } from '../time.ts'
import { arnOf, serviceSession } from './account.ts'
import { clusterId, clusterName, minuteTime, statesOf, stepIdOf } from './emr-states.ts'
import { enveloped, recordOf } from './record.ts'
import {
  buildIndex,
  createClaimsJob,
  importAccounts,
  importPatients,
  runClaimsJob,
} from './sqoop.ts'

/** A step, when it ran, and how it ended. */
type Planned = Readonly<{ step: Step; span: Span; end?: 'COMPLETED' | 'FAILED' }>

/**
 * The cluster on which the nightly imports run: started once, given its steps on the nights of work
 * days, and telling itself, by a topic and a queue, what became of each.
 */
export function emrDay(day: Day): readonly Told[] {
  return [
    ...(day.index === calendar.clusterStarted ? startCluster(day) : []),
    ...(isWorkday(day) ? night(day) : []),
  ]
}

function night(day: Day): readonly Told[] {
  const failed = day.index === calendar.importFailed
  const patients = importPatients(day)
  const again: readonly Planned[] = [
    { step: patients, span: spanOn(day, 'import patients again', 31, 8) },
  ]
  const first: readonly Planned[] = [
    {
      step: patients,
      span: spanOn(day, 'import patients', 21, 8),
      end: failed ? 'FAILED' : 'COMPLETED',
    },
    { step: importAccounts(day), span: spanOn(day, 'import accounts', 32, 6) },
  ]
  return [
    ...added(day, 20, first),
    ...(failed ? added(day, 30, again) : []),
    ...added(day, 43, [{ step: buildIndex, span: spanOn(day, 'patient_index.step', 44, 12) }]),
    ...added(day, 240, [{ step: runClaimsJob, span: spanOn(day, 'import_claims.step', 241, 10) }]),
  ]
}

const scheduler = (at: Micros) => serviceSession('larkmere-airflow', 'AirflowTask', at)

const stepInput = ({ name, jar, args }: Step): JsonObject => ({
  name,
  actionOnFailure: 'CONTINUE',
  hadoopJarStep: { properties: [], jar, args },
})

function startCluster(day: Day): readonly Told[] {
  const { at } = spanOn(day, 'cluster', 5, 1)
  const id = clusterId(day)
  const clusterArn = arnOf('elasticmapreduce', `cluster/${id}`)
  const group = (instanceRole: string, instanceCount: number) => ({
    instanceRole,
    instanceType: 'm6g.2xlarge',
    instanceCount,
    market: 'ON_DEMAND',
  })
  const record = recordOf({
    at,
    call: 'elasticmapreduce:RunJobFlow',
    by: scheduler(at),
    request: {
      name: clusterName,
      logUri: 's3://larkmere-logs/elasticmapreduce/',
      releaseLabel: 'emr-6.15.0',
      instances: {
        ec2SubnetId: 'subnet-0a1b2c3d4e5f60718',
        keepJobFlowAliveWhenNoSteps: true,
        terminationProtected: true,
        instanceGroups: [group('MASTER', 1), group('CORE', 3)],
      },
      steps: [stepInput(createClaimsJob)],
      applications: ['Hadoop', 'Hive', 'Spark', 'Sqoop'].map((name) => ({ name })),
      configurations: [],
      bootstrapActions: [],
      visibleToAllUsers: true,
      jobFlowRole: 'larkmere-emr-ec2',
      serviceRole: 'larkmere-emr',
      securityConfiguration: 'larkmere-encrypted',
    },
    response: { jobFlowId: id, clusterArn },
  })
  const state = (seconds: number, name: string, words: string): Told => {
    const told = secondsAfter(at, seconds)
    const detail = {
      severity: 'INFO',
      stateChangeReason: '{"code":""}',
      name: clusterName,
      clusterId: id,
      state: name,
      message: `Amazon EMR cluster ${id} (${clusterName}) ${words} at ${minuteTime(told)}.`,
    }
    const event = enveloped(told, 'aws.emr', 'EMR Cluster State Change', detail)
    return { way: 'queue', at: told, event }
  }
  const until = secondsAfter(at, 420)
  const stepId = stepIdOf(day, createClaimsJob, at)
  return [
    { way: 'bus', at, record },
    state(2, 'STARTING', 'was requested'),
    state(310, 'RUNNING', 'began running steps'),
    ...statesOf(day, stepId, createClaimsJob, { at: secondsAfter(at, 320), until }, 'COMPLETED'),
  ]
}

/** Steps that are added to the running cluster, and the states that each of them goes through. */
function added(day: Day, minutes: number, planned: readonly Planned[]): readonly Told[] {
  const { at } = spanOn(day, `add steps/${minutes}`, minutes, 1)
  const ids = planned.map(({ step }) => stepIdOf(day, step, at))
  const record = recordOf({
    at,
    call: 'elasticmapreduce:AddJobFlowSteps',
    by: scheduler(at),
    request: { jobFlowId: clusterId(day), steps: planned.map(({ step }) => stepInput(step)) },
    response: { stepIds: ids },
  })
  return [
    { way: 'bus', at, record },
    ...planned.flatMap(({ step, span, end = 'COMPLETED' }, index) =>
      statesOf(day, ids[index] ?? '', step, span, end),
    ),
  ]
}
