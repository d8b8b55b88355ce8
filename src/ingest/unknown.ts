import type { Entry, Fact } from '../model/index.ts'

/** What is known of an event that no translator reads yet: that it was there, and what leaked in it. */
export function unknownFacts(
  name: string,
  entry: Pick<Entry, 'eventTime' | 'exposures'>,
): readonly Fact[] {
  return [{ kind: 'unknown', at: entry.eventTime, name }, ...exposureFacts(entry)]
}

/** What leaked in an event, of which nobody says which job leaked it. */
export function exposureFacts({
  eventTime: at,
  exposures,
}: Pick<Entry, 'eventTime' | 'exposures'>): readonly Fact[] {
  return exposures.map((exposure): Fact => ({ kind: 'exposure', at, of: undefined, ...exposure }))
}
