import type { Micros } from '../../model/index.ts'

/** The content of a dataset between two replacements of it: from the one until the other. */
export type Era = Readonly<{ from: number; until: number }>

/** When data moved; no end while it still does. */
export type Moving = Readonly<{ start: Micros; end: Micros | undefined }>

/** The eras that the moments of replacement, oldest first, make of all time. */
export function erasOf(epochs: readonly Micros[]): readonly Era[] {
  const starts = [-Infinity, ...epochs]
  return starts.map((from, index) => ({ from, until: epochs[index] ?? Infinity }))
}

/**
 * Which eras a move read. The end of an era is the end of the writing that replaced it: what was
 * read meanwhile, by the same job too, was the content before. What is known to have been read at
 * the very moment of a replacement can have been either.
 */
export function erasRead(
  eras: readonly Era[],
  { start, end = Infinity as Micros }: Moving,
): readonly number[] {
  return indexesWhere(eras, ({ from, until }) =>
    end > start ? from < end && until > start : from <= start && until >= start,
  )
}

/** Which eras a move wrote: one that replaced the content wrote what came behind that moment alone. */
export function erasWritten(
  eras: readonly Era[],
  { start, end = Infinity as Micros }: Moving,
): readonly number[] {
  const replaced = eras.some(({ from }) => from === end)
  return indexesWhere(eras, ({ from, until }) =>
    replaced ? from === end : from <= end && until > start,
  )
}

/** The era that holds at a moment; the last one without. */
export function eraAt(eras: readonly Era[], at: number | undefined): number {
  if (at === undefined) return eras.length - 1
  return eras.findLastIndex(({ from }) => from <= at)
}

function indexesWhere(eras: readonly Era[], holds: (era: Era) => boolean): readonly number[] {
  return eras.flatMap((era, index) => (holds(era) ? [index] : []))
}
