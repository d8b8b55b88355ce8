import type { Json } from '../../src/model/index.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LinewardError } from '../../src/errors.ts'
import {
  canonicalJson,
  compareCodePoints,
  isJsonObject,
  parseJson,
  parseJsonRounded,
} from '../../src/model/index.ts'

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

const plusZero = (_key: string, value: unknown) => (Object.is(value, -0) ? 0 : value)

function refusalOf(text: string): LinewardError {
  try {
    parseJson(text)
  } catch (error) {
    if (error instanceof LinewardError) return error
    throw error
  }
  throw new Error('it was accepted')
}

describe('parseJson', () => {
  test('reads any JSON as the engine does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  test.each([
    ['an integer beyond 2^53', '9007199254740993'],
    ['a negative one', '-9223372036854775808'],
    ['more digits than a double has', '0.12345678901234567890'],
    ['digits on both sides of the point', '123456789.123456789'],
    ['more than the largest double', '1e400'],
    ['less than the smallest double', '1e-400'],
    ['a large one with an exponent', '12345678901234567890E+5'],
  ])('keeps %s as it was written', (_what, number) => {
    for (const text of [number, `[${number}]`, `{"a":[1, ${number}]}`, `{"a":${number},"b":"x"}`]) {
      expect(canonicalJson(parseJson(text))).toContain(number)
    }
  })

  test('rounds to what a double holds where that is asked for', () => {
    expect(parseJsonRounded('{"a":9007199254740993}')).toEqual({ a: 2 ** 53 })
  })

  test.each([
    ['1.10', 1.1],
    ['1e3', 1000],
    ['1E+3', 1000],
    ['100000000000000000000', 1e20],
    ['9007199254740992', 2 ** 53],
    ['0.1000000000000000', 0.1],
    ['-0.0000000000000000', -0],
    ['1e308', 1e308],
    ['1.0000000000000000e5', 100000],
  ])('reads %s as a number, since a double means the same', (text, value) => {
    expect(parseJson(text)).toBe(value)
  })

  test('leaves digits in a string alone', () => {
    const value = { a: '12345678901234567890', b: 'x: 9007199254740993', c: 1 }
    expect(parseJson(JSON.stringify(value))).toEqual(value)
  })

  test('lets the last of two equal keys win', () => {
    expect(parseJson('{"a":1,"a":2}')).toEqual({ a: 2 })
    expect(canonicalJson(parseJson('{"a":9007199254740993,"a":9007199254740995}'))).toBe(
      '{"a":9007199254740995}',
    )
  })

  test.each(['{"__proto__":{"admin":true}}', '{"__proto__":{"admin":9007199254740993}}'])(
    'makes __proto__ a key like any other: %s',
    (text) => {
      const value = parseJson(text)
      expect(Object.keys(value as object)).toEqual(['__proto__'])
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect(canonicalJson(value)).toBe(text)
    },
  )

  test('goes 512 deep, and no deeper', () => {
    expect(canonicalJson(parseJson(nested(512)))).toBe(nested(512))
    expect(refusalOf(nested(513)).code).toBe('JSON_MALFORMED')
    expect(refusalOf('{"a":'.repeat(513)).code).toBe('JSON_MALFORMED')
  })

  test('counts no brackets in strings, and none that are closed again', () => {
    const text = JSON.stringify({
      wide: Array.from({ length: 600 }, () => []),
      text: '[{'.repeat(600),
    })
    expect(canonicalJson(parseJson(text))).toHaveLength(text.length)
    expect(parseJson(JSON.stringify('\\"'.repeat(3) + '['.repeat(600)))).toHaveLength(606)
  })

  test.each<[string, string, number, number]>([
    ['nothing', '', 1, 1],
    ['white space', ' \n ', 2, 2],
    ['a word', 'secret', 1, 1],
    ['a word as value', '{"a": secret}', 1, 7],
    ['on a later line', '{\n  "a": 1,\n  "b" 2\n}', 3, 7],
    ['a comma too many', '{"a":1,}', 1, 8],
    ['a comma too many in an array', '[1,]', 1, 4],
    ['a missing comma', '[1 2]', 1, 4],
    ['an array that does not end', '[1,2', 1, 5],
    ['an object that does not end', '{"a":{"b":1}', 1, 13],
    ['a string that does not end', '"secret', 1, 8],
    ['a control character in a string', '["a\u0001"]', 1, 4],
    ['an unknown escape', '["a\\x"]', 1, 4],
    ['a bracket too many', '[1]]', 1, 4],
    ['the wrong bracket', '[1}', 1, 3],
    ['a leading zero', '[01]', 1, 3],
    ['a number without digits', '[-]', 1, 2],
    ['a key without quotes', '{a:1}', 1, 2],
    ['a key alone', '{"a"}', 1, 5],
    ['NaN', '{"a":NaN}', 1, 6],
    ['a byte order mark', '\ufeff{}', 1, 1],
  ])('says where it stops being JSON: %s', (_what, text, line, column) => {
    expect(refusalOf(text).details).toEqual({ line, column })
  })

  test('never repeats the text', () => {
    const { message, details, cause } = refusalOf('{"password":hunter2}')
    expect(JSON.stringify([message, details])).not.toContain('hunter2')
    expect(cause).toBeUndefined()
  })

  test('refuses with a code whatever is not JSON', () => {
    const almostJson = fc
      .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 3 }))
      .map(([text, at, more]) => {
        const index = at % (text.length + 1)
        return text.slice(0, index) + more + text.slice(index + 1)
      })
    fc.assert(
      fc.property(almostJson, (text) => {
        let expected: unknown
        try {
          expected = JSON.parse(text, plusZero)
        } catch {
          const { line, column } = refusalOf(text).details
          const lines = text.split('\n')
          expect(line).toBeLessThanOrEqual(lines.length)
          expect(column).toBeLessThanOrEqual((lines[Number(line) - 1] ?? '').length + 1)
          return
        }
        expect(JSON.parse(canonicalJson(parseJson(text)))).toEqual(expected)
      }),
      { numRuns: 500, seed: 1 },
    )
  })
})

describe('isJsonObject', () => {
  test.each<[string, Json, boolean]>([
    ['an object', {}, true],
    ['an array', [], false],
    ['null', null, false],
    ['a string', 'a', false],
    ['a number too large', parseJson('9007199254740993'), false],
    ['an object that looks like one', { rawJSON: '1' }, true],
  ])('%s', (_what, value, expected) => {
    expect(isJsonObject(value)).toBe(expected)
  })
})

describe('canonicalJson', () => {
  test('sorts keys by code point at every depth, and leaves arrays in their order', () => {
    const text = '{ "b": [2, 1, {"z":1, "a":2}], "\u{1f600}": 1, "～": 2, "a": null }'
    expect(canonicalJson(parseJson(text))).toBe(
      '{"a":null,"b":[2,1,{"a":2,"z":1}],"～":2,"\u{1f600}":1}',
    )
  })

  test('is the same whatever the order of the keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed())
        expect(canonicalJson(turned as Json)).toBe(canonicalJson(value as Json))
      }),
    )
  })

  test('orders keys alike however few, many or odd they are', () => {
    const odd = fc.constantFrom(
      '10',
      '9',
      '01',
      '__proto__',
      'rawJSON',
      '',
      '～',
      '\u{1f600}',
      '\ud83d',
    )
    const keys = fc.uniqueArray(fc.oneof(odd, fc.string({ unit: 'binary' })), { maxLength: 60 })
    fc.assert(
      fc.property(keys, (names) => {
        const text = `{${names.map((name) => `${JSON.stringify(name)}:[{"b":1,"a":2}]`).join(',')}}`
        const ordered = names.toSorted(compareCodePoints)
        const members = ordered.map((name) => `${JSON.stringify(name)}:[{"a":2,"b":1}]`)
        expect(canonicalJson(parseJson(text))).toBe(`{${members.join(',')}}`)
      }),
      { examples: [[['b', 'a', '10', '9', '__proto__', '～', '\u{1f600}']]] },
    )
  })

  test('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(canonicalJson(parseJson(canonicalJson(parseJson(text))))).toBe(
          canonicalJson(parseJson(text)),
        )
        expect(JSON.parse(canonicalJson(parseJson(text)))).toEqual(JSON.parse(text, plusZero))
      }),
    )
  })

  test('writes half a surrogate pair so that any encoding keeps it', () => {
    expect(canonicalJson('\ud800')).toBe('"\\ud800"')
  })

  test('takes an object that only looks like a number too large for one', () => {
    expect(canonicalJson({ rawJSON: '1' })).toBe('{"rawJSON":"1"}')
  })
})
