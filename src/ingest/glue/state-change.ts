import type { Fact, RunEventType } from '../../model/index.ts'
import type { NativeEvent } from '../eventbridge/event.ts'
import { textAt } from '../aws/members.ts'
import { glueJob } from './name.ts'

const states: ReadonlyMap<string, readonly RunEventType[]> = new Map([
  ['STARTING', ['START']],
  ['RUNNING', ['START', 'RUNNING']],
  ['STOPPING', ['OTHER']],
  ['SUCCEEDED', ['COMPLETE']],
  ['FAILED', ['FAIL']],
  ['ERROR', ['FAIL']],
  ['TIMEOUT', ['FAIL']],
  ['STOPPED', ['ABORT']],
])

/**
 * Glue Job State Change, which tells how a run ended, and Glue Job Run Status, which tells of one that
 * takes long. Reads `detail.{jobName, jobRunId, state}`.
 *
 * @see aws-events.md section 7.12
 */
export function glueJobRunChanged(event: NativeEvent): readonly Fact[] {
  const { at, detail } = event
  const job = glueJob(event, 'job', textAt(detail, 'jobName'))
  const run = textAt(detail, 'jobRunId')
  if (job === undefined) return []
  const told = states.get(textAt(detail, 'state')?.toUpperCase() ?? '') ?? ['OTHER']
  return [
    { kind: 'job', at, job, type: 'GLUE_JOB' },
    ...(run === undefined
      ? []
      : told.map((one) => ({ kind: 'run', at, run, job, event: one, continuous: false }) as const)),
  ]
}

/**
 * Glue Crawler State Change: a crawler started, succeeded or failed. Its runs have no id, so the crawler
 * itself is all that is told. Reads `detail.crawlerName`.
 *
 * @see aws-events.md section 7.12
 */
export function glueCrawlerChanged(event: NativeEvent): readonly Fact[] {
  const job = glueJob(event, 'crawler', textAt(event.detail, 'crawlerName'))
  return job === undefined ? [] : [{ kind: 'job', at: event.at, job, type: 'GLUE_CRAWLER' }]
}
