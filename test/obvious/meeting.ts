import type {
  DatasetName,
  EntryKey,
  Interval,
  Meeting,
  Micros,
  Place,
} from '../../src/model/index.ts'
import type { Class } from './identity.ts'
import { placeOf, placesOverlap, segmentIsPattern } from '../../src/model/index.ts'

/** A meeting with what says that the content lay there. Names alone need nobody to say so. */
export type Met = Readonly<{ meeting: Meeting; entries: readonly EntryKey[] }>

type Foot = Readonly<{
  owner: Class
  name: DatasetName
  place: Place
  /** It lies there by its own name; otherwise somebody said that its content lies there. */
  own: boolean
  during: Interval
  entry: EntryKey | undefined
}>

/**
 * "Two datasets meet while their footprints are equal or one contains the other: prefix and what
 * lies under it, pattern and what it matches, two patterns that some name matches both, two tables
 * on one location, a table and a location while it pointed there; and whenever one's name contains
 * the other's." "Meetings count as far as they held by then." (design.md sections 4 and 5)
 */
export function meetingsOf(
  of: Class,
  all: Iterable<Class>,
  asOf: Micros | undefined,
): readonly Met[] {
  const found = new Map<string, Met>()
  for (const other of all) {
    if (other === of) continue
    for (const a of feetOf(of)) {
      for (const b of feetOf(other)) {
        const met = meet(a, b)
        if (met === undefined || (met.meeting.during.from ?? -Infinity) > (asOf ?? Infinity))
          continue
        const key = meetingKey(met.meeting)
        const entries = [...(found.get(key)?.entries ?? []), ...met.entries]
        found.set(key, { meeting: met.meeting, entries: [...new Set(entries)] })
      }
    }
  }
  return [...found.values()]
}

export function meetingKey({ from, to, kind, rule, during }: Meeting): string {
  return JSON.stringify([from, to, kind, rule, during.from ?? null, during.until ?? null])
}

/** All its own names always, and the locations that it had, each in its time. */
function feetOf(owner: Class): readonly Foot[] {
  const always = { from: undefined, until: undefined }
  return [
    ...owner.names.map((name) => ({
      owner,
      name,
      place: placeOf(name),
      own: true,
      during: always,
      entry: undefined,
    })),
    ...owner.locations.map(({ name, from, until, entry }) => ({
      owner,
      name,
      place: placeOf(name),
      own: false,
      during: { from, until },
      entry,
    })),
  ]
}

function meet(a: Foot, b: Foot): Met | undefined {
  const during = {
    from: laterOf(a.during.from, b.during.from),
    until: earlierOf(a.during.until, b.during.until),
  }
  if (during.from !== undefined && during.until !== undefined && during.from >= during.until) {
    return undefined
  }
  if (!placesOverlap(a.place, b.place)) return undefined
  const { kind, from, rule } = relationOf(a, b)
  const to = from === a ? b : a
  return {
    meeting: { from: from.owner.id, to: to.owner.id, kind, rule, during },
    entries: [a.entry, b.entry].filter((entry) => entry !== undefined),
  }
}

/** "CONTAINS: `from` contains `to`. LOCATION: the table `from` pointed at `to` for a time." */
function relationOf(a: Foot, b: Foot): Pick<Meeting, 'kind' | 'rule'> & { readonly from: Foot } {
  const wider = widerOf(a, b)
  const least = a.owner.id < b.owner.id ? a : b
  if (wider === undefined) {
    if (a.own !== b.own) return { kind: 'LOCATION', from: a.own ? b : a, rule: 'location' }
    if (a.own) return { kind: 'CONTAINS', from: least, rule: 'pattern' }
    return { kind: 'LOCATION', from: least, rule: 'same location' }
  }
  if (!a.own || !b.own) return { kind: 'CONTAINS', from: wider, rule: 'location under prefix' }
  if (isPattern(wider.place)) return { kind: 'CONTAINS', from: wider, rule: 'pattern' }
  const isDatabase = wider.name.name.startsWith('database/')
  return { kind: 'CONTAINS', from: wider, rule: isDatabase ? 'database' : 'prefix' }
}

/** Which of two overlapping places holds the other; none when they are equal or only overlap. */
function widerOf(a: Foot, b: Foot): Foot | undefined {
  const [depth, otherDepth] = [a.place.segments.length, b.place.segments.length]
  if (depth !== otherDepth) return depth < otherDepth ? a : b
  if (isPattern(a.place) === isPattern(b.place)) return undefined
  return isPattern(a.place) ? a : b
}

function isPattern({ space, segments }: Place): boolean {
  return segments.some((segment) => segmentIsPattern(segment, space))
}

function laterOf(a: Micros | undefined, b: Micros | undefined): Micros | undefined {
  return a === undefined || b === undefined ? (a ?? b) : a > b ? a : b
}

function earlierOf(a: Micros | undefined, b: Micros | undefined): Micros | undefined {
  return a === undefined || b === undefined ? (a ?? b) : a < b ? a : b
}
