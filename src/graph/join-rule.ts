import type { DatasetId, EntryKey } from '../model/index.ts'
import type { Cell } from './cells.ts'

export type JoinRule = Readonly<{ rule: string; evidence: readonly EntryKey[] }>

/** What is known of the names that a statement can join with. */
export type Joined = Readonly<{
  /** It is another name of the same dataset. */
  isMember: (name: DatasetId) => boolean
  /** When it was split off for the last time; -Infinity when it never was. */
  splitAt: (name: DatasetId) => number
  /** What says that schemas make it one with a name of which that holds. */
  bySchema: (isJoined: (other: DatasetId) => boolean) => readonly EntryKey[]
}>

const strongestFirst = [
  ['decision', 'stated by a steward'],
  ['alias', 'symlink'],
  ['schema', 'schema that stands for another'],
  ['location', 'only location of the table'],
  ['located', 'only table of the location'],
] as const

/**
 * Why a name is one of its dataset: the strongest statement that joins it with another. `said` are
 * its cells from `alias` to `decision`.
 */
export function joinRuleOf(
  said: readonly Cell[],
  { isMember, splitAt, bySchema }: Joined,
): JoinRule {
  const split = lastSplitOf(said)
  const isJoined = (other: DatasetId): boolean =>
    isMember(other) && Math.max(split, splitAt(other)) === -Infinity
  const holds = ({ property, member, at }: Cell): boolean => {
    const other = member.slice(member.indexOf(':') + 1) as DatasetId
    // What a steward stated after the last split holds, what anybody else said only without one.
    return property === 'decision'
      ? isMember(other) && at > Math.max(split, splitAt(other))
      : isJoined(other)
  }
  for (const [property, rule] of strongestFirst) {
    const evidence = new Set(
      property === 'schema'
        ? bySchema(isJoined)
        : said
            .filter((cell) => cell.property === property && holds(cell))
            .map(({ entry }) => entry as EntryKey),
    )
    if (evidence.size > 0) return { rule, evidence: [...evidence] }
  }
  return { rule: 'name', evidence: [] }
}

/** When a name was split off for the last time, by its cells; -Infinity when it never was. */
export function lastSplitOf(said: readonly Cell[]): number {
  return said.reduce(
    (last, { property, member, at }) =>
      property === 'decision' && member === 'split' ? Math.max(last, at) : last,
    -Infinity,
  )
}
