import type { Cell, Member, Property, StoredMoved } from '../graph/index.ts'
import type { DatasetId, JobId, Micros } from '../model/index.ts'
import type { SharedCells } from './shared.ts'
import { compareCodePoints } from '../model/index.ts'
import { flowIdOf } from './flow-id.ts'
import { groupsOf } from './groups.ts'

/**
 * Works out what a job (or, without one, a dataset's own lineage statement) declares: one member per
 * version, active from when it was declared until the next version replaced it. A version that says
 * the same as the one before goes on with it. What was replaced stays shown: data went through it.
 * A version also begins where a part was amended, or all of it was switched on or off; what is no
 * part of a configuration any more, where that was told, declares nothing.
 */
export function deriveDeclaration(
  job: JobId | undefined,
  cells: readonly Cell[],
  shared: SharedCells = () => [],
): readonly Member[] {
  const versions = versionsOf([...cells, ...endingsOf(job, cells, shared)])
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

/** Where a configuration that the job was part of was told to consist of others alone. */
function endingsOf(
  job: JobId | undefined,
  cells: readonly Cell[],
  shared: SharedCells,
): readonly Cell[] {
  if (job === undefined) return []
  return cells
    .filter(({ property }) => property === 'partOf')
    .flatMap(({ member, first }) =>
      shared(member)
        .filter(({ property }) => property === 'configured')
        .filter(({ at, value }) => first <= at && !(value as readonly string[]).includes(job))
        .map((cell): Cell => ({ ...cell, property: 'declaration', value: nothing })),
    )
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

/** In order of event time: each moment that says something else than the one before starts a version. */
function versionsOf(cells: readonly Cell[]): readonly Version[] {
  const told = cells
    .filter(({ property }) => precedence.has(property))
    .toSorted(
      (a, b) =>
        a.at - b.at || orderOf(a) - orderOf(b) || a.rank - b.rank || (a.entry < b.entry ? -1 : 1),
    )
  const setUp = new SetUp()
  const versions: Version[] = []
  for (const [at, cellsThen] of Map.groupBy(told, (cell) => cell.at)) {
    for (const cell of cellsThen) setUp.take(cell)
    const moved = setUp.moved()
    const text = JSON.stringify(moved)
    const before = versions.at(-1)
    if (before?.text === text) before.lastSeen = at
    else versions.push({ moved, text, from: at, lastSeen: at })
  }
  return versions
}

/** Of one moment: first what declares all anew, then its parts, then whether it is switched on. */
const precedence: ReadonlyMap<Property, number> = new Map([
  ['declaration', 0],
  ['amendment', 1],
  ['active', 2],
])

function orderOf({ property }: Cell): number {
  return precedence.get(property) ?? 0
}

/** What is set up at a moment; of several sayings about one part the last one taken counts. */
class SetUp {
  #base: StoredMoved = nothing
  #parts = new Map<string, StoredMoved>()
  #isActive = true

  take({ property, member, value }: Cell): void {
    if (property === 'active') this.#isActive = value === true
    else if (property === 'amendment') this.#parts.set(member, value as unknown as StoredMoved)
    else {
      this.#base = value as unknown as StoredMoved
      this.#parts = new Map()
      this.#isActive = true
    }
  }

  moved(): StoredMoved {
    if (!this.#isActive) return nothing
    const parts = [...this.#parts].toSorted(([a], [b]) => compareCodePoints(a, b))
    const all = [this.#base, ...parts.map(([, moved]) => moved)]
    return {
      inputs: [...new Set(all.flatMap(({ inputs }) => inputs))],
      outputs: [...new Set(all.flatMap(({ outputs }) => outputs))],
      maps: all.flatMap(({ maps }) => maps),
      explicit: all.flatMap(({ explicit }) => explicit),
    }
  }
}

const nothing: StoredMoved = { inputs: [], outputs: [], maps: [], explicit: [] }
