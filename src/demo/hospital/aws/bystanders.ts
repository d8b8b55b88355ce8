import type { JsonObject } from '../event.ts'
import type { Day } from '../time.ts'
import type { Told } from './told.ts'
import { calendar } from '../calendar.ts'
import { spanOn } from '../time.ts'
import { arnOf, serviceSession, sessionOf } from './account.ts'
import { recordOf } from './record.ts'

const looks = [
  ['elasticmapreduce:ListSteps', 35],
  ['elasticmapreduce:DescribeCluster', 36],
  ['kinesis:DescribeStreamSummary', 400],
  ['firehose:DescribeDeliveryStream', 401],
  ['ec2:DescribeInstances', 402],
] as const

/**
 * What is in every trail and says nothing of data: calls that only look. And once, a call of a
 * service that nobody here reads: trackers for wheelchairs.
 */
export function bystandersDay(day: Day): readonly Told[] {
  const looked = looks.filter((_, index) => (day.index + index) % 2 === 0)
  return [
    ...looked.map(([call, minutes]): Told => {
      const { at } = spanOn(day, call, minutes, 1)
      const by = serviceSession('larkmere-monitoring', 'watcher', at)
      return { way: 'trail', at, record: recordOf({ at, call, by, request: null, readOnly: true }) }
    }),
    ...(day.index === calendar.trackerCreated ? [tracker(day)] : []),
  ]
}

/** The only event that no translator reads. */
export const unreadCall = 'geo:CreateTracker'

function tracker(day: Day): Told {
  const { at } = spanOn(day, 'tracker', 700, 1)
  const request: JsonObject = { trackerName: 'wheelchairs', positionFiltering: 'TimeBased' }
  const response: JsonObject = {
    trackerName: 'wheelchairs',
    trackerArn: arnOf('geo', 'tracker/wheelchairs'),
  }
  const by = sessionOf('larkmere-deploy', { session: 'pipeline', since: at - 60_000_000 })
  return {
    way: 'bus',
    at,
    record: recordOf({ at, call: unreadCall, by, request, response }),
  }
}
