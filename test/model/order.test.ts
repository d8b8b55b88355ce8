import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareCodePoints } from '../../src/model/index.ts'

const anyText = fc.string({ unit: 'binary' })

describe('the order of code points', () => {
  test('puts what lies beyond U+FFFF last, unlike UTF-16', () => {
    const full = '～'
    const face = '\u{1f600}'
    expect([full < face, compareCodePoints(full, face) < 0]).toEqual([false, true])
  })

  test('puts a prefix before what begins with it', () => {
    expect(['ab', 'a', '', 'b', 'a b'].toSorted(compareCodePoints)).toEqual([
      '',
      'a',
      'a b',
      'ab',
      'b',
    ])
  })

  test('is the order of the UTF-8 bytes', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b))
        expect(Math.sign(compareCodePoints(a, b))).toBe(bytes)
      }),
    )
  })

  test('is total also for halves of surrogate pairs', () => {
    const unit = fc.constantFrom('a', '\ud83d', '\ude00', '', '\ud7ff', '￿')
    const text = fc.string({ unit, maxLength: 4 })
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const [first, second, third] = [a, b, c].toSorted(compareCodePoints)
        expect(compareCodePoints(first ?? '', third ?? '')).toBeLessThanOrEqual(0)
        expect(compareCodePoints(a, b)).toBe(-compareCodePoints(b, a) + 0)
        expect(compareCodePoints(a, b) === 0).toBe(a === b)
        expect(compareCodePoints(first ?? '', second ?? '')).toBeLessThanOrEqual(0)
      }),
    )
  })
})
