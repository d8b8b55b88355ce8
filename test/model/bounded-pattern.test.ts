import { describe, expect, test } from 'vitest'
import { boundedPattern } from '../../src/model/index.ts'

describe('a pattern that is taken', () => {
  test.each([
    ['[A-Z]{0,3}\\d{6,10}', 'AB1234567'],
    ['MRN-?\\d{7}', 'MRN1234567'],
    ['(?:H|K)\\d{3}-\\d{3}(?:-\\d)?', 'K123-456-7'],
    ['\\d{2}\\.\\d{2}\\.[0-9A-F]{4}', '12.34.0AF9'],
  ])('%s', (text, example) => {
    const read = boundedPattern(text)
    if ('problem' in read) throw new Error(read.problem)
    expect(read.pattern.exec(example)?.[0]).toBe(example)
  })
})

describe('a pattern that is refused, with what to write instead', () => {
  test.each([
    ['\\d+', 'write {1,12}'],
    ['(?:a+)+b', 'write {1,12}'],
    ['\\d{6,}', 'write {1,12}'],
    ['(?:\\d{1,9}){1,9}', 'repeat less'],
    ['(?:1|11|111){4,30}', 'repeat less'],
    ['\\d{0,64}\\d{0,64}\\d{0,64}x', 'repeat less'],
    ['(?=\\d)1234', 'write (?:…)'],
    ['(?<a>\\d)1234', 'write (?:…)'],
    ['(\\d{4})\\1', 'character 8'],
    ['^\\d{6}$', 'leave them out'],
    ['\\d{6}\\b', 'leave them out'],
    ['\\d{3}', 'ask for 4 or more'],
    ['A?\\d{0,6}', 'ask for 4 or more'],
    ['\\d{99}', 'a lower limit'],
    ['(\\d{6}', 'never closed'],
    ['\\d{6})', 'not open'],
    ['\\d{2}{3}', 'right after'],
    ['[z-a]\\d{6}', 'no regular expression'],
    ['['.repeat(5), 'character 1'],
    ['('.repeat(100), '8 deep'],
    ['1'.repeat(201), 'shorter'],
  ])('%s', (text, remedy) => {
    const read = boundedPattern(text)
    expect('problem' in read ? read.problem : 'taken').toContain(remedy)
  })
})
