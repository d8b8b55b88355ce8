import type { EntryKey } from '../model/index.ts'
import type { Prepared } from './seal-block.ts'

/** The latest copy of an entry by its index, and the first entry after that which retracts it. */
export type Latest = Readonly<{ copy: number; retractedBy: number | undefined }>

/** What becomes of one draft: the index where it stands, or stood already. */
export type Placing = Readonly<{ key: EntryKey; index: number; duplicate: boolean }>

/** What one call hands in: all of it, or nothing unless these keys are in effect by then. */
export type Batch = Readonly<{ drafts: readonly Prepared[]; onlyWhile: readonly EntryKey[] }>

export type FlushPlan = Readonly<{
  /** For each call one for each draft, in their order; none for a call that does not hold. */
  placings: readonly (readonly Placing[])[]
  /** What is new, in the order of the chain from `first` on. */
  fresh: readonly Prepared[]
  /** What changes in the table of latest copies. */
  latest: ReadonlyMap<EntryKey, Latest>
}>

/**
 * Decides which drafts are written from index `first` on. A draft whose key is in effect is a
 * duplicate, also of one before it in the same or an earlier call. What an entry retracts are the copies before it,
 * of those on this chain; keys without one mean nothing here.
 */
export function planFlush(
  calls: readonly Batch[],
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
  const inEffect = (key: EntryKey): Latest | undefined => {
    const known = latest.get(key) ?? latestOf(key)
    return known?.retractedBy === undefined ? known : undefined
  }

  const place = (prepared: Prepared): Placing => {
    const { draft, key } = prepared
    const known = inEffect(key)
    if (known !== undefined) return { key, index: known.copy, duplicate: true }
    const index = first + fresh.length
    fresh.push(prepared)
    for (const retracted of draft.retracts) {
      const before = inEffect(retracted)
      if (before !== undefined) latest.set(retracted, { ...before, retractedBy: index })
    }
    latest.set(key, { copy: index, retractedBy: undefined })
    return { key, index, duplicate: false }
  }

  const placings = calls.map(({ drafts, onlyWhile }) =>
    onlyWhile.every((key) => inEffect(key) !== undefined) ? drafts.map(place) : [],
  )
  return { placings, fresh, latest }
}
