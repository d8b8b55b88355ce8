import type { GovernedDataset } from '../../graph/index.ts'
import type { JobName, Micros, Statement } from '../../model/index.ts'
import type { Subject } from '../boundary/subject.ts'
import type { Finding } from '../port.ts'
import { digestId } from '../../model/index.ts'
import { unmatchedSelectors } from '../boundary/unmatched.ts'

type OfBoundary = Extract<Statement, { says: 'boundary' }>

type Known = Readonly<{
  datasets: Iterable<GovernedDataset>
  jobs: Iterable<JobName>
  now: Micros
}>

/**
 * One SETUP finding for each boundary with selectors that match nothing now: no dataset, no job. What
 * is asked of principals is left out, for who they are is not known here.
 */
export function unmatchedFindings(
  boundaries: readonly OfBoundary[],
  known: Known,
): readonly Finding[] {
  return boundaries.flatMap(({ name, zone, selectors }) => {
    const asked = selectors.filter(({ principal }) => principal === undefined)
    const boundary = { name, zone, selectors: asked, version: 0 }
    const unmatched = unmatchedSelectors(boundary, subjectsOf(known))
    return unmatched.length === 0 ? [] : [finding(name, unmatched, known.now)]
  })
}

function* subjectsOf({ datasets, jobs }: Known): Generator<Subject> {
  for (const { names, tags } of datasets) yield { kind: 'dataset', names, tags }
  for (const name of jobs) yield { kind: 'job', name }
}

const selectorsShownMax = 20

function finding(name: string, unmatched: readonly string[], now: Micros): Finding {
  const shown = unmatched.slice(0, selectorsShownMax).map((text) => `(${text})`)
  const more = unmatched.length - shown.length
  return {
    id: digestId('finding', 'SETUP', 'unmatched', name, ...unmatched),
    kind: 'SETUP',
    severity: 'INFO',
    status: 'OPEN',
    title: `Selectors of the boundary ${name} match nothing now: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    detail:
      'No dataset and no job that is known has a name, or a place, that they match. Look for a slip of the pen; if what they mean is only to come, leave them.',
    firstSeen: now,
    lastSeen: now,
    occurrences: unmatched.length,
    datasets: [],
    flow: undefined,
    columns: [],
    principals: [],
    assignee: undefined,
    history: [],
    evidence: [],
  }
}
