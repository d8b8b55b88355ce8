import type { Span } from './marker.ts'

/**
 * Whether a run of digits is whole: a digit beyond a hyphen or a point makes it a part of something
 * longer, such as a version, a decimal or an id.
 */
export function standsAlone(text: string, start: number, end: number): boolean {
  return (
    !/\d[-.\u2010-\u2013]$/.test(text.slice(Math.max(0, start - 2), start)) &&
    !/^[-.\u2010-\u2013]\d/.test(text.slice(end, end + 2))
  )
}

/** What stands before, to be asked for a word; bounded, so that asking at each digit stays cheap. */
export function textBefore(text: string, start: number): string {
  return text.slice(Math.max(0, start - 56), start)
}

export function textAfter(text: string, end: number): string {
  return text.slice(end, end + 48)
}

/** The spans in order, without those that overlap an earlier or longer one. */
export function disjoint(spans: readonly Span[]): readonly Span[] {
  const kept: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span)
  }
  return kept
}
