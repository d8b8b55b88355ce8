import type { Entry, Fact } from '../model/index.ts'

/** What is known of an event that no translator reads yet: that it was there, and what leaked in it. */
export function unknownFacts(
  name: string,
  { eventTime: at, exposures }: Pick<Entry, 'eventTime' | 'exposures'>,
): readonly Fact[] {
  return [
    { kind: 'unknown', at, name },
    ...exposures.map((exposure): Fact => ({ kind: 'exposure', at, of: undefined, ...exposure })),
  ]
}
