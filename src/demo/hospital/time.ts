import { drawn } from './random.ts'

/** Whole microseconds since 1970, UTC. */
export type Micros = number

/** One day of the story: its place in the period (from 0), its date, and when it begins. */
export type Day = Readonly<{ index: number; date: string; midnight: Micros }>

/** From the start of something to its end. */
export type Span = Readonly<{ at: Micros; until: Micros }>

export const secondMicros = 1_000_000
export const minuteMicros = 60 * secondMicros
export const dayMicros = 24 * 60 * minuteMicros

/** The time of day, `minutes` after midnight UTC. */
export function timeOn(day: Day, minutes: number): Micros {
  return day.midnight + minutes * minuteMicros
}

/**
 * When something of this name ran: it starts up to 40 seconds after the minute that it was planned
 * for and ends up to 20 seconds after its usual length. Both in minutes; the seconds are drawn by
 * `key` and the date.
 */
export function spanOn(day: Day, key: string, startMinutes: number, lengthMinutes: number): Span {
  const at = timeOn(day, startMinutes) + drawn(`at/${key}/${day.date}`, 0, 40 * secondMicros)
  const until =
    at + lengthMinutes * minuteMicros + drawn(`until/${key}/${day.date}`, 0, 20 * secondMicros)
  return { at, until }
}

/** The moment `seconds` later. */
export function secondsAfter(at: Micros, seconds: number): Micros {
  return at + Math.round(seconds * secondMicros)
}

/** ISO 8601 with so many digits of a second, in the zone spelling that the producer uses. */
export function isoTime(at: Micros, digits: 3 | 6, zone: 'Z' | '+00:00'): string {
  const [seconds = ''] = new Date(Math.floor(at / 1000)).toISOString().split('.')
  const fraction = (at % secondMicros).toString().padStart(6, '0').slice(0, digits)
  return `${seconds}.${fraction}${zone}`
}

/** The days of a period, whose first begins at `start`. */
export function daysFrom(start: Micros, count: number): readonly Day[] {
  return Array.from({ length: count }, (_, index) => {
    const midnight = start + index * dayMicros
    return { index, midnight, date: isoTime(midnight, 3, 'Z').slice(0, 10) }
  })
}

/** ISO 8601 in whole seconds, as AWS writes the times of calls. */
export function secondTime(at: Micros): string {
  return `${isoTime(at, 3, 'Z').slice(0, 19)}Z`
}
