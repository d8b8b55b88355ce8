import type { Severity } from '../port.ts'
import type { FindingParts, Found } from './found.ts'
import { digestId } from '../../model/index.ts'
import { nowhere } from './found.ts'

/** Who handed in what should not have been in an event; it was taken out before it was kept. */
export function exposureFindings({ exposures, jobs }: FindingParts): readonly Found[] {
  return exposures.map(({ detector, job, source, entries, first, last, evidence }) => {
    const name = job === undefined ? undefined : jobs.get(job)?.name
    const by = name === undefined ? `events of ${source ?? 'a job'}` : `the events of ${name}`
    return {
      ...nowhere,
      id: digestId('finding', 'EXPOSURE', detector, job ?? '', source ?? ''),
      kind: 'EXPOSURE',
      severity: severityOfLeak(detector),
      title: `What looks like ${detector} stood in ${by}`,
      detail: `It was taken out before anything was kept, in ${entries} ${entries === 1 ? 'event' : 'events'}. Whoever saw these events on their way saw it: change the job so that it sends references only, and change the secret if it is one.`,
      firstSeen: first,
      lastSeen: last,
      occurrences: entries,
      evidence,
    }
  })
}

/** Literals are taken out of every statement, whatever they are: most are harmless. */
function severityOfLeak(detector: string): Severity {
  return detector === 'literal' ? 'LOW' : 'HIGH'
}
