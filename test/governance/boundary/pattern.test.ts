import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matches, readPattern } from '../../../src/governance/boundary/pattern.ts'

type Row = readonly [pattern: string, yes: readonly string[], no: readonly string[]]

describe('a pattern of paths', () => {
  test.each<Row>([
    ['safe/x', ['safe/x'], ['safe/xy', 'safe', 'Safe/x', '']],
    ['safe/*', ['safe/x', 'safe/'], ['safe', 'safe/out/x', 'safer/x']],
    ['safe/**', ['safe', 'safe/x', 'safe/out/x'], ['safer', 'safer/x', 'un/safe/x']],
    ['safe**', ['safe', 'safer', 'safe/x', 'safer/x/y'], ['un/safe']],
    ['safe*', ['safe', 'safer'], ['safe/x']],
    ['*', ['x', ''], ['/', 'x/y']],
    ['**', ['x', '', '/', 'x/y'], []],
    ['/**', ['/', '/x/y', ''], ['x']],
    ['**/phi', ['phi', 'a/phi', 'a/b/phi'], ['aphi', 'phi/a']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb', 'a/b/c']],
    ['**/a/**/b/**', ['a/b', 'x/a/y/b/z'], ['a', 'b/a']],
    ['*/out/*', ['safe/out/x'], ['safe/out', 'a/safe/out/x', 'safe/out/x/y']],
    ['a*b*c', ['abc', 'axxbyyc', 'abcbc'], ['ab', 'a/bc']],
    ['a***b', ['ab', 'a/x/b'], ['a']],
    ['s3://lake*', ['s3://lake', 's3://lake-2'], ['s3://lake/warehouse', 's3://pond']],
    ['[a-z]?.+$', ['[a-z]?.+$'], ['a', 'ab']],
  ])('%s', (text, yes, no) => {
    const pattern = readPattern(text)
    expect(yes.filter((name) => !matches(pattern, name, '/'))).toEqual([])
    expect(no.filter((name) => matches(pattern, name, '/'))).toEqual([])
  })
})

describe('a pattern of tables', () => {
  test.each<Row>([
    ['dev.mart.*', ['dev.mart.t', 'dev.mart.a/b'], ['dev.mart.t.u', 'dev.stage.t']],
    ['dev.**', ['dev.mart.t', 'dev.t'], ['dev', 'prod.mart.t']],
    ['*.*.patients', ['dev.mart.patients'], ['mart.patients', 'a.b.c.patients']],
  ])('%s', (text, yes, no) => {
    const pattern = readPattern(text)
    expect(yes.filter((name) => !matches(pattern, name, '.'))).toEqual([])
    expect(no.filter((name) => matches(pattern, name, '.'))).toEqual([])
  })
})

const letters = (...units: readonly string[]) =>
  fc.array(fc.constantFrom(...units), { maxLength: 14 }).map((list) => list.join(''))

describe('every pattern', () => {
  test('agrees with a slow and obvious reading', () => {
    const check = fc.property(letters('a', 'b', '/', '*', '**'), letters('a', 'b', '/'), (p, t) => {
      expect(matches(readPattern(p), t, '/'), `${p} on ${t}`).toBe(obvious(p, t))
    })
    fc.assert(check, { numRuns: 10_000, seed: 6 })
  })

  test('takes steps by the length of the text, times that of the pattern at most', () => {
    const hostile = [
      '*a'.repeat(250),
      '**a'.repeat(160),
      '**/'.repeat(160),
      'a/**/'.repeat(100),
      `${'*'.repeat(499)}b`,
      '*/**/a*'.repeat(70),
    ]
    let most = 0
    for (const text of hostile) {
      const pattern = readPattern(text)
      for (const unit of ['a', '/', 'a/', 'aaaa/a/']) {
        for (const times of [300, 600]) {
          const name = unit.repeat(times)
          const tally = { steps: 0 }
          matches(pattern, name, '/', tally)
          expect(tally.steps).toBeLessThanOrEqual((pattern.steps.length + 1) * (name.length + 1))
          most = Math.max(most, tally.steps)
        }
      }
    }
    expect(most).toBeGreaterThan(100_000)
  })

  test('counts each character that stands for itself', () => {
    const literals = (text: string): number => readPattern(text).literals
    expect(['safe/x', 'safe/*', 'safe/**', '**/x', '**', 'a*b'].map(literals)).toEqual([
      6, 5, 4, 1, 0, 2,
    ])
  })
})

/** Tries every way, one after the other. */
function obvious(pattern: string, text: string): boolean {
  const folded = pattern.replaceAll(/\*{2,}/g, '**')
  const at = (p: number, t: number): boolean => {
    const rest = folded.slice(p)
    const atPart = p === 0 || folded.charAt(p - 1) === '/'
    if (rest === '') return t === text.length
    if (rest === '/**') return t === text.length || text[t] === '/'
    if (atPart && rest.startsWith('**/')) {
      const starts = [...text].flatMap((unit, u) => (u >= t && unit === '/' ? [u + 1] : []))
      return [t, ...starts].some((start) => at(p + 3, start))
    }
    if (rest.startsWith('**')) {
      return at(p + 2, t) || (t < text.length && at(p, t + 1))
    }
    if (rest.startsWith('*')) {
      return at(p + 1, t) || (t < text.length && text[t] !== '/' && at(p, t + 1))
    }
    return text[t] === rest[0] && at(p + 1, t + 1)
  }
  return at(0, 0)
}
