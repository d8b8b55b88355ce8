import type { DatasetId, Micros } from '../../model/index.ts'
import type { Judged } from '../engine/judged.ts'
import type { Places } from '../engine/places.ts'
import type { FindingParts, Found } from './found.ts'
import { digestId } from '../../model/index.ts'
import { nowhere } from './found.ts'

const datasetsShownMax = 100

/** What somebody has to set up, or to set right, before anything can be found. */
export function setupFindings({ judged, places, now }: FindingParts): readonly Found[] {
  if (places.areDefined) return ties(judged, places, now)
  return [
    {
      ...nowhere,
      id: digestId('finding', 'SETUP', 'boundaries'),
      kind: 'SETUP',
      severity: 'MEDIUM',
      title: 'No boundary is defined',
      detail:
        'While no boundary says what is protected, nothing can be found to leave it. Define one by `defineBoundary`, or apply a file by `lineward apply`.',
      firstSeen: now,
      lastSeen: now,
    },
  ]
}

function ties(judged: Judged, places: Places, now: Micros): readonly Found[] {
  const tied = new Map<string, DatasetId[]>()
  for (const dataset of judged.view.datasets.values()) {
    for (const { between } of places.placementOf(dataset).ties) {
      const key = between.map(({ boundary, selector }) => `${boundary} (${selector})`).join(', ')
      const known = tied.get(key) ?? []
      tied.set(key, known)
      if (known.at(-1) !== dataset.id) known.push(dataset.id)
    }
  }
  return [...tied].map(([names, datasets]) => ({
    ...nowhere,
    id: digestId('finding', 'SETUP', 'tie', names),
    kind: 'SETUP' as const,
    severity: 'LOW' as const,
    title: `Boundaries that place the same datasets: ${names}`,
    detail: `${datasets.length} datasets are placed by selectors of these boundaries that are as specific as each other; the most exposed zone was taken. Make one selector more specific.`,
    firstSeen: now,
    lastSeen: now,
    datasets: datasets.toSorted().slice(0, datasetsShownMax),
    occurrences: datasets.length,
  }))
}
