import type { Cell, Member, StoredMoved } from '../graph/index.ts'
import type { DatasetId, JobId, Micros } from '../model/index.ts'
import { flowIdOf } from './flow-id.ts'
import { groupsOf } from './groups.ts'

/**
 * Works out what a job (or, without one, a dataset's own lineage statement) declares: one member per
 * version, active from when it was declared until the next version replaced it. A version that says
 * the same as the one before goes on with it. What was replaced stays shown: data went through it.
 */
export function deriveDeclaration(
  job: JobId | undefined,
  cells: readonly Cell[],
): readonly Member[] {
  const versions = versionsOf(cells)
  const declared = versions.flatMap(({ moved, from, lastSeen }, index) => {
    const sets = {
      ...moved,
      inputs: new Set(moved.inputs),
      outputs: new Set(moved.outputs),
    }
    return groupsOf(sets).map((group) => ({
      flow: flowIdOf(job, 'TRANSFORM', group),
      job,
      kind: 'TRANSFORM' as const,
      ...group,
      basis: 'DECLARED' as const,
      shownFrom: from,
      shownUntil: undefined,
      start: from,
      end: versions[index + 1]?.from,
      lastSeen,
    }))
  })
  return [...declared, ...renamesOf(job, cells)]
}

/** Renames that were told without a run happened at the moment they are dated. */
function renamesOf(job: JobId | undefined, cells: readonly Cell[]): readonly Member[] {
  const told = cells.filter(({ property }) => property === 'renamed')
  const renames = new Map(told.map((cell) => [`${cell.member} ${cell.at}`, cell]))
  return [...renames.values()].map(({ member, at }) => {
    const [from, to] = member.split(':') as [DatasetId, DatasetId]
    const sets = { inputs: [from], outputs: [to] }
    return {
      flow: flowIdOf(job, 'RENAME', sets),
      job,
      kind: 'RENAME' as const,
      ...sets,
      maps: [],
      basis: 'OBSERVED' as const,
      shownFrom: at,
      shownUntil: undefined,
      start: at,
      end: at,
      lastSeen: at,
    }
  })
}

type Version = { moved: StoredMoved; text: string; from: Micros; lastSeen: Micros }

/** In order of event time; of several at one moment the last by rank and entry key counts. */
function versionsOf(cells: readonly Cell[]): readonly Version[] {
  const declared = cells
    .filter(({ property }) => property === 'declaration')
    .toSorted((a, b) => a.at - b.at || a.rank - b.rank || (a.entry < b.entry ? -1 : 1))
  const moments = new Map(declared.map((cell) => [cell.at, cell]))
  const versions: Version[] = []
  for (const { at, value } of moments.values()) {
    const text = JSON.stringify(value)
    const before = versions.at(-1)
    if (before?.text === text) before.lastSeen = at
    else versions.push({ moved: value as unknown as StoredMoved, text, from: at, lastSeen: at })
  }
  return versions
}
