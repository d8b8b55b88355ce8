import type { Micros } from '../../src/model/index.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LinewardError } from '../../src/errors.ts'
import { formatTime, micros, parseTime } from '../../src/model/index.ts'

const second = 1_000_000
const march = Date.UTC(2026, 2, 1) * 1_000

describe('parseTime', () => {
  test.each<[string, string, number]>([
    ['whole seconds', '2026-03-01T00:00:01Z', march + second],
    ['one fraction digit', '2026-03-01T00:00:00.5Z', march + 500_000],
    ['microseconds', '2026-03-01T00:00:00.000001Z', march + 1],
    ['nanoseconds, cut and not rounded', '2026-03-01T00:00:00.000001999Z', march + 1],
    ['a comma for the point', '2026-03-01T00:00:00,25Z', march + 250_000],
    ['no zone, which is UTC', '2026-03-01T00:00:00.000007', march + 7],
    ['a bare date', '2026-03-01', march],
    ['a space for the T', '2026-03-01 00:01:00', march + 60 * second],
    ['a space before the zone', '2026-03-01 00:00:00 +01:00', march - 3_600 * second],
    ['small letters', '2026-03-01t00:00:00z', march],
    ['no seconds', '2026-03-01T00:01Z', march + 60 * second],
    ['an offset to the east', '2026-03-01T05:30:00+05:30', march],
    ['an offset to the west', '2026-02-28T16:00:00-0800', march],
    ['an offset of whole hours', '2026-03-01T02:00:00+02', march],
    ['the leap day', '2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29) * 1_000],
    ['before 1970', '1969-12-31T23:59:59.999999Z', -1],
    ['the first time it knows', '1685-01-01T00:00:00Z', Date.UTC(1685, 0, 1) * 1_000],
    ['the last time it knows', '2200-12-31T23:59:59.999999Z', Date.UTC(2201, 0, 1) * 1_000 - 1],
  ])('reads %s', (_what, text, at) => {
    expect(parseTime(text)).toBe(at)
  })

  test.each([
    ['nothing', ''],
    ['a word', 'yesterday'],
    ['a number', '1772323200'],
    ['a date that does not exist', '2026-02-30'],
    ['29 February of a common year', '2025-02-29'],
    ['month 13', '2026-13-01'],
    ['hour 24', '2026-03-01T24:00:00Z'],
    ['minute 60', '2026-03-01T00:60:00Z'],
    ['second 60', '2026-03-01T00:00:60Z'],
    ['an offset of a day', '2026-03-01T00:00:00+24:00'],
    ['a point without digits', '2026-03-01T00:00:00.Z'],
    ['ten fraction digits', '2026-03-01T00:00:00.0123456789Z'],
    ['the basic format', '20260301T000000Z'],
    ['a placeholder of year 1', '0001-01-01T00:00:00Z'],
    ['a year after 2200', '2201-01-01T00:00:00Z'],
    ['digits of another script', '٢٠٢٦-03-01'],
    ['something behind it', '2026-03-01T00:00:00Z and more'],
  ])('refuses %s', (_what, text) => {
    expect(parseTime(text)).toBeUndefined()
  })

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(['number', 'undefined']).toContain(typeof parseTime(text))
      }),
    )
  })
})

describe('formatTime', () => {
  test.each([
    [march, '2026-03-01T00:00:00Z'],
    [march + 500_000, '2026-03-01T00:00:00.5Z'],
    [march + 1, '2026-03-01T00:00:00.000001Z'],
    [-1, '1969-12-31T23:59:59.999999Z'],
  ])('writes %d as %s', (at, text) => {
    expect(formatTime(micros(at))).toBe(text)
  })

  test('is read back as it was', () => {
    const at = fc.integer({
      min: Date.UTC(1685, 0, 1) * 1_000,
      max: Date.UTC(2201, 0, 1) * 1_000 - 1,
    })
    fc.assert(
      fc.property(at, (value) => {
        expect(parseTime(formatTime(micros(value)))).toBe(value)
      }),
    )
  })
})

describe('micros', () => {
  test('takes a whole number of microseconds', () => {
    expect<Micros>(micros(march)).toBe(march)
  })

  test.each([0.5, Number.NaN, Infinity, 2 ** 53, -(2 ** 53), Date.UTC(2201, 0, 1) * 1_000])(
    'refuses %d with a code',
    (value) => {
      expect(() => micros(value)).toThrow(LinewardError)
      expect(() => micros(value)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }))
    },
  )
})
