import type { JobId, RunId } from './flow.ts'
import { digestId } from './id.ts'

/** A job's name in its canonical spelling. */
export type JobName = Readonly<{ namespace: string; name: string }>

export function canonicalJobName(namespace: string, name: string): JobName {
  return { namespace, name }
}

/** The id of a job, equal on every store. */
export function jobIdOf({ namespace, name }: JobName): JobId {
  return digestId('job', namespace, name) as JobId
}

/** The id of a run, made from the run id that its events carry. */
export function runIdOf(runId: string): RunId {
  return digestId('run', runId) as RunId
}
