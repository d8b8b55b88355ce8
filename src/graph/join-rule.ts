import type { DatasetId, EntryKey } from '../model/index.ts'
import type { Cell } from './cells.ts'

export type JoinRule = Readonly<{ rule: string; evidence: readonly EntryKey[] }>

/** What is known of the names that a statement can join with. */
export type Joined = Readonly<{
  /** It is another name of the same dataset. */
  isMember: (name: DatasetId) => boolean
  /** When it was split off for the last time; -Infinity when it never was. */
  splitAt: (name: DatasetId) => number
}>

const strongestFirst = [
  ['decision', 'stated by a steward'],
  ['alias', 'symlink'],
  ['location', 'only location of the table'],
  ['located', 'only table of the location'],
] as const

/**
 * Why a name is one of its dataset: the strongest statement that joins it with another. `said` are
 * its cells from `alias` to `decision`.
 */
export function joinRuleOf(said: readonly Cell[], { isMember, splitAt }: Joined): JoinRule {
  const split = lastSplitOf(said)
  const holds = ({ property, member, at }: Cell): boolean => {
    const other = member.slice(member.indexOf(':') + 1) as DatasetId
    if (!isMember(other)) return false
    const last = Math.max(split, splitAt(other))
    // What a steward stated after the last split holds, what anybody else said only without one.
    return property === 'decision' ? at > last : last === -Infinity
  }
  for (const [property, rule] of strongestFirst) {
    const stated = said.filter((cell) => cell.property === property && holds(cell))
    const evidence = new Set(stated.map(({ entry }) => entry as EntryKey))
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
