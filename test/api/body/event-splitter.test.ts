import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventSplitter } from '../../../src/api/index.ts'

const plenty = 10_000_000

function split(
  stream: string | Buffer,
  cuts: readonly number[] = [],
  hint?: 'lines' | 'text',
  sift?: (text: string, value: unknown) => boolean,
): string[] {
  const bytes = Buffer.from(stream)
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted(
    (a, b) => a - b,
  )
  const splitter = new EventSplitter(plenty, hint, sift)
  let from = 0
  const found = ends.flatMap((end) => {
    const chunk = bytes.subarray(from, end)
    from = end
    return splitter.push(chunk)
  })
  return [...found, ...splitter.end()]
}

describe('a stream is cut into', () => {
  it.each([
    ['nothing', '', []],
    ['nothing but blanks', ' \n\t\r\n', []],
    ['one value', '{"a":1}', ['{"a":1}']],
    ['one value behind a byte order mark', '\uFEFF{"a":1}', ['{"a":1}']],
    ['one value over lines', '{\n "a": {\n"b":1}\n}\n', ['{\n "a": {\n"b":1}\n}']],
    ['an array', '[{"a":1},{"b":[2,3]}]', ['{"a":1}', '{"b":[2,3]}']],
    ['an array over lines', '[\n{"a":1},\n{"b":2}\n]\n', ['{"a":1}', '{"b":2}']],
    ['an empty array', ' [ ] ', []],
    ['arrays in a row', '[1]\n[2,3]', ['1', '2', '3']],
    ['lines', '{"a":1}\n\n{"b":2}\r\n', ['{"a":1}', '{"b":2}']],
    ['lines that hold arrays', '{"a":1}\n[2,3]', ['{"a":1}', '2', '3']],
    ['values over lines', '{\n"a":1}\n{\n"b":2}', ['{\n"a":1}', '{\n"b":2}']],
    ['brackets in strings', '[{"a":"]}\\"["},2]', ['{"a":"]}\\"["}', '2']],
    ['an element that is missing', '[1,,2]', ['1', '', '2']],
    ['a comma too much', '[1,]', ['1', '']],
    ['an array that breaks off', '[{"a":1}', ['{"a":1}', '']],
    ['an array that breaks off within', '[{"a":1},{"b":', ['{"a":1}', '{"b":']],
    ['an array that only begins', '[', ['']],
    ['a broken line among good ones', '{"a":1}\n{"b":\n{"c":3}', ['{"a":1}', '{"b":', '{"c":3}']],
    ['a broken first line', '{"a":\n{"b":2}\n{"c":3}', ['{"a":', '{"b":2}', '{"c":3}']],
    ['what is no JSON', 'hello\nworld', ['hello\nworld']],
    ['what follows an array', '[1] and more', ['1', 'and more']],
  ])('%s', (_what, stream, expected) => {
    expect(split(stream)).toEqual(expected)
  })

  const open = '{ "Records" :\n [\n'
  it.each([
    [
      'its elements',
      `${open}{"a":"]"},\n{"b":[1,{"c":2}]}\n]\n}`,
      ['{"a":"]"}', '{"b":[1,{"c":2}]}'],
    ],
    ['nothing when there is none', `${open}] }`, []],
    [
      'what stands behind them as an object',
      `${open}1 ], "x": {"y":[2]}\n}`,
      ['1', '{ "x": {"y":[2]}}'],
    ],
    [
      'what follows it, looked at anew',
      `${open}1]}\n{"a":1}\n{"b":\n{"c":2}`,
      ['1', '{"a":1}', '{"b":', '{"c":2}'],
    ],
    ['one file after the other', `${open}1]}${open}2]}`, ['1', '2']],
    ['what came before it broke off', `${open}1,{"a":`, ['1', '{"a":']],
    ['a word that it broke off', `${open}1`, ['1', '']],
    ['a word that its end is missing', `${open}1]`, ['1', '']],
  ])('an object of Records: %s', (_what, stream, expected) => {
    expect(split(stream)).toEqual(expected)
    for (const cut of stream.split('').keys()) expect(split(stream, [cut])).toEqual(expected)
  })

  it.each([
    [
      'one that is small and has a line of its own',
      '{"Records":[1,2]}\n{"a":1}',
      ['{"Records":[1,2]}', '{"a":1}'],
    ],
    ['one whose name lies deeper', '{\n"a":{"Records":[1]}}', ['{\n"a":{"Records":[1]}}']],
    ['one that has another before it', '{\n"a":1,"Records":[1]}', ['{\n"a":1,"Records":[1]}']],
  ])('an object of Records as a whole: %s', (_what, stream, expected) => {
    expect(split(stream)).toEqual(expected)
  })

  it('the records of a large file, though it is one line', () => {
    const records = Array.from({ length: 40_000 }, (_, id) =>
      JSON.stringify({ id, note: 'a "]" b\\' }),
    )
    const file = `{"Records":[${records.join(',')}]}`
    expect(file.length).toBeGreaterThan(1024 * 1024)
    const cuts = Array.from({ length: 40 }, (_, at) => at * 30_011)
    expect(split(file, cuts)).toEqual(records)
  })

  const statement = (line: string): string =>
    `'2026-03-02T06:00:09Z UTC [ db=d user=u pid=1 userid=2 xid=3 ]' LOG: ${line}`
  const bars = 'authenticated |Mon, 02 Mar 2026 01:38:01:601|h |1 |2 |d |u |password |0|x |y'
  it.each([
    [
      'statements with all their lines',
      `${statement('a\n b')}\n\nc\n${statement('d')}\n`,
      [`${statement('a\n b\n\nc')}`, statement('d')],
    ],
    ['lines of columns', `${bars}\r\n\n${bars}`, [bars, bars]],
  ])('the records of a log: %s', (_what, stream, records) => {
    const expected = records.map((record) => JSON.stringify(record))
    expect(split(stream)).toEqual(expected)
    for (const cut of [1, 20, 77, 80, stream.length - 1])
      expect(split(stream, [cut])).toEqual(expected)
  })

  it('lines of text, where it was said to be text, but for what is JSON', () => {
    expect(split('hello\nworld', [], 'text')).toEqual(['"hello"', '"world"'])
    expect(split('{"a":1}\n{"b":2}', [], 'text')).toEqual(['{"a":1}', '{"b":2}'])
    expect(split('', [], 'text')).toEqual([])
  })

  it('lines, where it was said that it holds lines', () => {
    expect(split('{"a":\n1}', [], 'lines')).toEqual(['{"a":', '1}'])
  })
})

const values = fc.array(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), {
  maxLength: 6,
})
const cuts = fc.array(fc.nat(2000), { maxLength: 12 })

it.each([
  ['an array', (texts: readonly string[]) => `[${texts.join(' ,\n')}]`],
  ['lines', (texts: readonly string[]) => texts.join('\n')],
])('%s of any values comes apart as it was put together, wherever it is cut', (_form, join) => {
  fc.assert(
    fc.property(values, cuts, (list, at) => {
      const texts = list.map((value) => JSON.stringify(value))
      expect(split(join(texts), at)).toEqual(texts)
    }),
    { seed: 1, numRuns: 500 },
  )
})

it('anything at all comes out alike, wherever it is cut', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    '\\',
    '\n',
    ' ',
    'a',
    '1',
    ':',
    'é',
    '🜁',
  )
  const streams = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(streams, cuts, (stream, at) => {
      expect(split(stream, at)).toEqual(split(stream))
    }),
    { seed: 2, numRuns: 2000 },
  )
})

it('an event over the limit, and what is not UTF-8, are refused', () => {
  const small = new EventSplitter(10)
  expect(() => small.push(Buffer.from('[{"a":"0123456789"}]'))).toThrow(
    expect.objectContaining({ code: 'BODY_TOO_LARGE' }),
  )
  const strange = new EventSplitter(plenty)
  expect(() => strange.push(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]))).toThrow(
    expect.objectContaining({ code: 'BODY_UNREADABLE' }),
  )
})

describe('a list that is parsed to be cut', () => {
  const event = fc.record({
    first: fc.jsonValue(),
    other: fc.oneof(
      fc.constantFrom('},{"first":1', '\\"},{\\"first\\":', 'ä'),
      fc.array(fc.record({ first: fc.nat(9) }), { maxLength: 3 }),
      fc.jsonValue(),
    ),
  })
  const item = fc.oneof(
    { weight: 8, arbitrary: event.map((value) => JSON.stringify(value)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('{"other":1}', '1', '{"first":', ' {"first": 2} ', ''),
    },
  )

  it('comes out as one that is not, but for what was done with', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), cuts, (items, at) => {
        const stream = `[${items.join(',')}]{"after":1}`
        const done: string[] = []
        const isDone = (text: string, value: unknown) => {
          expect(value).toEqual(JSON.parse(text))
          return JSON.stringify(value).length % 2 === 0 && done.push(text.trim()) > 0
        }
        const left = split(stream, at, undefined, isDone)
        expect([...left, ...done].toSorted()).toEqual(split(stream).toSorted())
        expect(split(stream, at, undefined, () => false)).toEqual(split(stream))
      }),
      { seed: 3, numRuns: 1000 },
    )
  })

  it('is asked about nearly every event of a file of CloudTrail', () => {
    const records = Array.from({ length: 30_000 }, (_, index) => ({
      version: '1',
      id: index,
      more: 'x'.repeat(40),
    }))
    const stream = JSON.stringify({ Records: records })
    let asked = 0
    const left = split(stream, [], undefined, () => (asked += 1) > 0)
    expect(asked).toBeGreaterThan(29_990)
    expect(left).toHaveLength(30_000 - asked)
  })
})
