import type { FormatName, Json } from '../../../src/model/index.ts'
import * as put from './aws-events.ts'

export type ScrubFormat = FormatName | 'json'

/** What it is, the format of its event, the text itself, and an event that holds it. */
export type Row = readonly [place: string, format: ScrubFormat, planted: string, event: Json]

export const trail = (place: string, planted: string, event: Json): Row => [
  place,
  'cloudtrail',
  planted,
  event,
]

/** A statement in the log of user activity. */
export const sql = (place: string, planted: string, query: string): Row => [
  place,
  'redshift-user-activity-log',
  planted,
  put.activity(query),
]

/** A call of Glue on a database. */
export const glue = (name: string, parameters: Readonly<Record<string, Json>>) =>
  put.call('glue', name, { databaseName: 'clinic', ...parameters })

/** An event of Step Functions with data in it. */
export const execution = (member: string, planted: string, text: string): Row => [
  `the ${member} of an execution that ended`,
  'eventbridge',
  planted,
  put.bridged('aws.states', 'Step Functions Execution Status Change', {
    executionArn: 'arn:aws:states:us-east-1:123456789012:execution:m:n',
    [member]: text,
  }),
]
