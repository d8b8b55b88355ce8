import type { Day, Micros, Span } from '../time.ts'
import type { Step } from './sqoop.ts'
import type { Told } from './told.ts'
import { capitalsOf } from '../random.ts'
import { dayMicros, secondTime } from '../time.ts'
import { enveloped } from './record.ts'

/** The cluster of the nightly imports. */
export const clusterName = 'larkmere-nightly'

const firstDay = (day: Day) => day.midnight - day.index * dayMicros

/** The id of the cluster of the period in which a day lies. */
export const clusterId = (day: Day): string => `j-${capitalsOf(`cluster/${firstDay(day)}`, 13)}`

/** The id of a step that was added then. */
export const stepIdOf = (day: Day, { name }: Step, at: Micros): string =>
  `s-${capitalsOf(`step/${name}/${day.date}/${at}`, 13)}`

/** The states that a step goes through, as EMR tells them by a topic and a queue. */
export function statesOf(
  day: Day,
  stepId: string,
  { name }: Step,
  span: Span,
  end: 'COMPLETED' | 'FAILED',
): readonly Told[] {
  const id = clusterId(day)
  const event = (at: Micros, state: string, words: string): Told => {
    const detail = {
      severity: state === 'FAILED' ? 'ERROR' : 'INFO',
      actionOnFailure: 'CONTINUE',
      stepId,
      name,
      clusterId: id,
      state,
      message: `Step ${stepId} (${name}) in Amazon EMR cluster ${id} (${clusterName}) ${words} at ${minuteTime(at)}.`,
    }
    return {
      way: 'queue',
      at,
      event: enveloped(at, 'aws.emr', 'EMR Step Status Change', detail),
    }
  }
  return [
    event(span.at, 'RUNNING', 'started running'),
    event(span.until, end, end === 'FAILED' ? 'failed' : 'completed execution'),
  ]
}

/** As the messages of EMR write times. */
export const minuteTime = (at: Micros): string =>
  `${secondTime(at).slice(0, 16).replace('T', ' ')} UTC`
