import type { Brand } from './brand.ts'
import { LinewardError } from '../errors.ts'

/** Whole microseconds since 1970 in UTC; negative before. Always a safe integer. */
export type Micros = Brand<number, 'Micros'>

const microsPerSecond = 1_000_000
const microsPerMs = 1_000
const secondsPerMinute = 60
const minutesPerHour = 60

/** What a safe integer holds ends in 1684, and no event is from after 2200. */
const earliest = Date.UTC(1685, 0, 1) * microsPerMs
const latest = Date.UTC(2201, 0, 1) * microsPerMs - 1

// The groups: date; hour, minute, second, fraction; zone. ISO 8601 in its extended form only.
const iso8601 =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i

/**
 * Reads an ISO 8601 time: 0 to 9 fraction digits (cut below the microsecond), any offset, a space
 * for the `T`, no zone at all (then UTC), or a bare date (then its midnight in UTC).
 *
 * Gives undefined for what is no date that exists, and outside of 1685 to 2200: earlier times are
 * not exact as microseconds in a number, and are placeholders wherever they occur.
 *
 * @see openlineage.md section 1, `eventTime`
 */
export function parseTime(text: string): Micros | undefined {
  const match = iso8601.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match
  const midnight = dayOf(Number(year), Number(month), Number(day))
  const offset = offsetMinutesOf(zone)
  if (midnight === undefined || offset === undefined) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined

  const minutes = Number(hour) * minutesPerHour + Number(minute) - offset
  const seconds = midnight / 1_000 + minutes * secondsPerMinute + Number(second)
  const at = seconds * microsPerSecond + Number(fraction.slice(0, 6).padEnd(6, '0'))
  return isMicros(at) ? at : undefined
}

/** The time in UTC as ISO 8601 with `Z`, with as many fraction digits as it needs, at most six. */
export function formatTime(at: Micros): string {
  const seconds = Math.floor(at / microsPerSecond)
  const fraction = at - seconds * microsPerSecond
  const whole = new Date(seconds * 1_000).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)
  if (fraction === 0) return `${whole}Z`
  return `${whole}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}Z`
}

/**
 * The number as a time, for clocks and stores.
 *
 * @throws LinewardError ARGUMENT_INVALID when it is not whole, or lies outside of 1685 to 2200.
 */
export function micros(value: number): Micros {
  if (!isMicros(value)) {
    throw new LinewardError('ARGUMENT_INVALID', 'Not a time in whole microseconds', {
      details: { value },
    })
  }
  return value
}

function isMicros(value: number): value is Micros {
  return Number.isSafeInteger(value) && value >= earliest && value <= latest
}

/** Milliseconds at the midnight of a date, or undefined for 30 February and the like. */
function dayOf(year: number, month: number, day: number): number | undefined {
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, day)
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() : undefined
}

function offsetMinutesOf(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', '') || '0')
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * minutesPerHour + minutes)
}
