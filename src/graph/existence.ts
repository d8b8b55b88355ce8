import type { Interval, Micros } from '../model/index.ts'

/** A change in the life of a dataset; RENAMED is what happens to the old name of a rename. */
export type LifeChange = Readonly<{ at: Micros; change: string }>

const begins: ReadonlySet<string> = new Set(['CREATE', 'RENAME'])
const ends: ReadonlySet<string> = new Set(['DROP', 'RENAMED'])
/** The changes by which a life begins or ends; the others can be left out. */
export const lifeChanges: readonly string[] = [...begins, ...ends]

/**
 * The intervals in which a dataset existed: it ends with a drop or when it was renamed away, and
 * begins again when it is created, or simply touched, later. Nothing known of its beginning leaves
 * the first interval open at the start.
 *
 * @param touchedAfter the first moment after the given one at which it was read or written
 */
export function existenceOf(
  changes: readonly LifeChange[],
  touchedAfter: (at: Micros | undefined) => Micros | undefined,
): readonly Interval[] {
  const sorted = changes
    .filter(({ change }) => begins.has(change) || ends.has(change))
    .toSorted((a, b) => a.at - b.at || Number(begins.has(a.change)) - Number(begins.has(b.change)))
  const first = sorted[0]
  if (first === undefined) return [{ from: undefined, until: undefined }]
  const seen = touchedAfter(undefined)
  const bornWith = begins.has(first.change) && (seen === undefined || seen >= first.at)
  const intervals: Interval[] = []
  let from: Micros | undefined = bornWith ? first.at : undefined
  let alive = true
  for (const { at, change } of sorted) {
    if (!alive) {
      const touched = touchedBetween(intervals.at(-1)?.until, at, sorted, touchedAfter)
      if (touched !== undefined) [from, alive] = [touched, true]
    }
    if (ends.has(change) && alive) {
      if (from !== at) intervals.push({ from, until: at })
      alive = false
    } else if (begins.has(change) && !alive) {
      ;[from, alive] = [at, true]
    }
  }
  if (!alive) {
    const touched = touchedBetween(intervals.at(-1)?.until, undefined, sorted, touchedAfter)
    if (touched !== undefined) [from, alive] = [touched, true]
  }
  return alive ? [...intervals, { from, until: undefined }] : intervals
}

/** The first touch after `since` and before `until` that is not the event of an end itself. */
function touchedBetween(
  since: Micros | undefined,
  until: Micros | undefined,
  changes: readonly LifeChange[],
  touchedAfter: (at: Micros | undefined) => Micros | undefined,
): Micros | undefined {
  for (let at = touchedAfter(since); at !== undefined; at = touchedAfter(at)) {
    if (until !== undefined && at >= until) return undefined
    if (!changes.some((end) => end.at === at && ends.has(end.change))) return at
  }
  return undefined
}
