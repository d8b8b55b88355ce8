import type { Fact, Micros } from '../model/index.ts'

/** What one entry adds to the count of events of one name. */
export type CountedEvents = Readonly<{
  tallied: boolean
  source: string
  name: string
  events: number
  at: Micros
}>

/**
 * What the facts of an entry count: itself, as an unknown event of its own source, or what a tally
 * says of others. One row for each name, of its last moment.
 */
export function countsOf(source: string, facts: readonly Fact[]): readonly CountedEvents[] {
  const rows = new Map<string, CountedEvents>()
  for (const fact of facts) {
    const row = countOf(source, fact)
    if (row === undefined) continue
    const key = JSON.stringify([row.tallied, row.source, row.name])
    const before = rows.get(key)
    rows.set(key, before === undefined ? row : bothOf(before, row))
  }
  return [...rows.values()]
}

function bothOf(one: CountedEvents, other: CountedEvents): CountedEvents {
  const at = one.at < other.at ? other.at : one.at
  // However often an entry says that it is unknown, it is one event.
  return { ...one, at, events: one.tallied ? one.events + other.events : one.events }
}

function countOf(source: string, fact: Fact): CountedEvents | undefined {
  switch (fact.kind) {
    case 'unknown':
      return { tallied: false, source, name: fact.name, events: 1, at: fact.at }
    case 'tally': {
      const { at, name, count: events } = fact
      return { tallied: true, source: fact.source, name, events, at }
    }
    default:
      return undefined
  }
}
