import type { Interval, Micros } from '../model/index.ts'

/** When data was moved, both ends in it; no end while it still is. */
export type Activity = Readonly<{ start: Micros; end: Micros | undefined }>

/** The first so many intervals that these make, which come by their start. They may overlap. */
export function mergedActivity(activities: Iterable<Activity>, first: number): readonly Interval[] {
  const merged: { from: Micros; until: Micros | undefined }[] = []
  for (const { start, end } of activities) {
    const before = merged.at(-1)
    if (before === undefined || (before.until !== undefined && before.until < start)) {
      if (merged.length === first) break
      merged.push({ from: start, until: end })
    } else if (before.until !== undefined && (end === undefined || end > before.until)) {
      before.until = end
    }
  }
  return merged
}
