import type { Json } from '../../model/index.ts'
import type { Unread } from '../translator.ts'
import { textIn } from '../members.ts'
import { sourceIn } from './event.ts'
import { matcherOf } from '../translator.ts'

const machines = 'is about machines, and tells nothing of data'

/** Events of services' own about machines, time and spending. */
export const irrelevantEvents: readonly Unread[] = [
  { source: 'aws.autoscaling', names: ['*'], why: machines },
  { source: 'aws.cloudwatch', names: ['CloudWatch Alarm*'], why: 'is about a figure, not data' },
  {
    source: 'aws.ec2',
    names: [
      'EC2 Instance State*',
      'EC2 Spot*',
      'EC2 Fleet*',
      'EC2 Instance Rebalance*',
      'EBS Fast Snapshot*',
    ],
    why: machines,
  },
  { source: 'aws.ecs', names: ['*'], why: machines },
  { source: 'aws.ecr', names: ['ECR Image*'], why: 'is about images of programs' },
  { source: 'aws.events', names: ['Scheduled Event'], why: 'tells the time' },
  { source: 'aws.health', names: ['*'], why: 'is about the service itself' },
  { source: 'aws.scheduler', names: ['Scheduled Event'], why: 'tells the time' },
  { source: 'aws.trustedadvisor', names: ['*'], why: 'is advice about spending and limits' },
]

const matchers: ReadonlyMap<string, (type: string) => boolean> = new Map(
  irrelevantEvents.map((row) => [row.source, matcherOf(row)]),
)

/** Whether an envelope is known to say nothing of where data went or how it was protected. */
export function isIrrelevantNative(value: Json): boolean {
  const isIrrelevant = matchers.get(sourceIn(value) ?? '')
  return isIrrelevant?.(textIn(value, 'detail-type') ?? '') === true
}
