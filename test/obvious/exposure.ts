import type { JobId } from '../../src/model/index.ts'
import type { ExposureRecord } from '../../src/graph/index.ts'
import type { Said } from './said.ts'
import type { World } from './world.ts'
import { compareCodePoints } from '../../src/model/index.ts'
import { jobIdOf, runIdOf } from './id.ts'
import { greatest, least, ofKind } from './said.ts'

const evidenceMax = 20

/** "Each such find is an exposure finding against the job that leaked it" (design.md). */
export function exposuresOf(world: World): readonly ExposureRecord[] {
  const groups = Map.groupBy(ofKind(world.all, 'exposure'), (said) => {
    const job = jobOf(world, said)
    const source = job === undefined ? said.entry.source : null
    return JSON.stringify([said.fact.detector, job ?? null, source])
  })
  const records = [...groups].map(([key, of]): ExposureRecord => {
    const [detector, job, source] = JSON.parse(key) as [string, JobId | null, string | null]
    const times = of.map(({ fact }) => fact.at)
    const newest = of.toSorted(
      (a, b) => b.fact.at - a.fact.at || compareCodePoints(a.entry.key, b.entry.key),
    )
    return {
      detector,
      job: job ?? undefined,
      source: source ?? undefined,
      entries: new Set(of.map(({ entry }) => entry.key)).size,
      first: least(times) as ExposureRecord['first'],
      last: greatest(times) as ExposureRecord['last'],
      evidence: [...new Set(newest.map(({ entry }) => entry.key))].slice(0, evidenceMax),
    }
  })
  return records.toSorted(
    (a, b) =>
      compareCodePoints(a.detector, b.detector) ||
      compareCodePoints(a.job ?? '', b.job ?? '') ||
      compareCodePoints(a.source ?? '', b.source ?? ''),
  )
}

function jobOf(world: World, { fact: { of } }: Said<'exposure'>): JobId | undefined {
  if (of === undefined || 'dataset' in of) return undefined
  return 'job' in of ? jobIdOf(of.job) : world.runsInTheEnd.get(runIdOf(of.run))?.job
}
