import type { EntryKey } from '../model/index.ts'
import type { Prepared } from './seal-block.ts'

/** The latest copy of an entry by its index, and the first entry after that which retracts it. */
export type Latest = Readonly<{ copy: number; retractedBy: number | undefined }>

/** What becomes of one draft: the index where it stands, or stood already. */
export type Placing = Readonly<{ key: EntryKey; index: number; duplicate: boolean }>

export type FlushPlan = Readonly<{
  /** One for each draft, in their order. */
  placings: readonly Placing[]
  /** What is new, in the order of the chain from `first` on. */
  fresh: readonly Prepared[]
  /** What changes in the table of latest copies. */
  latest: ReadonlyMap<EntryKey, Latest>
}>

/**
 * Decides which drafts are written from index `first` on. A draft whose key is in effect is a
 * duplicate, also of one before it in the same list. What an entry retracts are the copies before it,
 * of those on this chain; keys without one mean nothing here.
 */
export function planFlush(
  drafts: readonly Prepared[],
  {
    first,
    latestOf,
  }: {
    readonly first: number
    readonly latestOf: (key: EntryKey) => Latest | undefined
  },
): FlushPlan {
  const latest = new Map<EntryKey, Latest>()
  const fresh: Prepared[] = []
  const placings: Placing[] = []
  const inEffect = (key: EntryKey): Latest | undefined => {
    const known = latest.get(key) ?? latestOf(key)
    return known?.retractedBy === undefined ? known : undefined
  }

  for (const prepared of drafts) {
    const { draft, key } = prepared
    const known = inEffect(key)
    if (known !== undefined) {
      placings.push({ key, index: known.copy, duplicate: true })
      continue
    }
    const index = first + fresh.length
    placings.push({ key, index, duplicate: false })
    fresh.push(prepared)
    for (const retracted of draft.retracts) {
      const before = inEffect(retracted)
      if (before !== undefined) latest.set(retracted, { ...before, retractedBy: index })
    }
    latest.set(key, { copy: index, retractedBy: undefined })
  }
  return { placings, fresh, latest }
}
