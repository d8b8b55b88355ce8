import type { Interval, Micros } from '../../src/model/index.ts'
import type { Class } from './identity.ts'
import type { Said } from './said.ts'
import { datasetIdOf } from './id.ts'
import { ofKind } from './said.ts'
import { isLeft, undoneRuns } from './shared.ts'

/** What happened to a dataset at one moment that bears on whether it exists. */
type Moment = { begins: boolean; ends: boolean; touched: boolean }

/**
 * "A dataset exists in intervals." It ends with a drop, or when it was renamed away ("which retires
 * the old name"), and begins when it is created, renamed to, or touched again. A beginning that is
 * not known leaves the first interval open. As of a moment, what began later is left out and what
 * ended later has not ended.
 */
export function existenceOf(
  { names }: Class,
  said: readonly Said[],
  asOf: Micros | undefined,
): readonly Interval[] {
  const moments = momentsOf(new Set(names.map(datasetIdOf)), said)
  const isKnown = [...moments.values()].some(({ begins, ends }) => begins || ends)
  if (!isKnown) return [{ from: undefined, until: undefined }]
  const intervals: { from: Micros | undefined; until: Micros | undefined }[] = []
  let alive: boolean | undefined
  for (const [at, { begins, ends, touched }] of [...moments].toSorted(([a], [b]) => a - b)) {
    if (alive === undefined && (!begins || ends)) {
      intervals.push({ from: undefined, until: undefined })
      alive = true
    }
    const current = intervals.at(-1)
    if (ends && alive === true && current !== undefined) {
      if (current.from === at) intervals.pop()
      else current.until = at
      alive = false
    }
    // The event of the end touches it too, and does not bring it back.
    if (alive !== true && (begins || (touched && !ends))) {
      intervals.push({ from: at, until: undefined })
      alive = true
    }
  }
  const limit = asOf ?? Infinity
  return intervals
    .filter(({ from }) => from === undefined || from <= limit)
    .map(({ from, until }) => ({
      from,
      until: until !== undefined && until <= limit ? until : undefined,
    }))
}

/** When its last life ended, if it has not begun again. */
export function retiredSince(existence: readonly Interval[]): Micros | undefined {
  return existence.at(-1)?.until
}

function momentsOf(names: ReadonlySet<string>, said: readonly Said[]): Map<Micros, Moment> {
  const undone = undoneRuns(said)
  const moments = new Map<Micros, Moment>()
  const at = (time: Micros): Moment => {
    const known = moments.get(time) ?? { begins: false, ends: false, touched: false }
    moments.set(time, known)
    return known
  }
  for (const { fact } of ofKind(said, 'lifecycle')) {
    if (!names.has(datasetIdOf(fact.dataset)) || !isLeft(fact, undone)) continue
    if (fact.change === 'CREATE' || fact.change === 'RENAME') at(fact.at).begins = true
    if (fact.change === 'DROP') at(fact.at).ends = true
  }
  for (const { fact } of ofKind(said, 'rename')) {
    if (!isLeft(fact, undone)) continue
    if (names.has(datasetIdOf(fact.to))) at(fact.at).begins = true
    if (names.has(datasetIdOf(fact.from))) at(fact.at).ends = true
  }
  for (const { fact, entry } of [...ofKind(said, 'mention'), ...ofKind(said, 'access')]) {
    const isTouch = entry.kind === 'event' && fact.touched
    if (isTouch && names.has(datasetIdOf(fact.dataset))) at(entry.eventTime).touched = true
  }
  return moments
}
