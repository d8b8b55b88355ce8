import type { Rival } from '../../src/graph/effect.ts'
import { expect, test } from 'vitest'
import { inEffectOf } from '../../src/graph/effect.ts'

const rival = (key: string, more: Partial<Rival> = {}): Rival => {
  return { key, digest: key, copiedLast: 5, retractedLast: undefined, ...more }
}

test('of the entries of one event the least digest is in effect', () => {
  expect(inEffectOf([rival('b'), rival('a'), rival('c')])?.key).toBe('a')
})

test('a late correction is in effect before what it corrects, and else the least digest', () => {
  const late = { corrects: true }
  expect(inEffectOf([rival('a'), rival('c', late), rival('b', late)])?.key).toBe('b')
})

test.each([
  { what: 'a copy after the retraction', retractedLast: 4, counts: true },
  { what: 'a copy before the retraction', retractedLast: 6, counts: false },
  { what: 'a copy at the moment of the retraction', retractedLast: 5, counts: false },
])('$what counts: $counts', ({ retractedLast, counts }) => {
  expect(inEffectOf([rival('a', { retractedLast }), rival('b')])?.key).toBe(counts ? 'a' : 'b')
})

test('what was only retracted, and never came, is not in effect', () => {
  expect(inEffectOf([rival('a', { copiedLast: undefined, retractedLast: 1 })])).toBeUndefined()
})
