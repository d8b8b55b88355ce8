import { describe, expect, it } from 'vitest'
import { recognise } from '../../src/ingest/index.ts'

const values = (body: string): unknown[] =>
  recognise(body).map((candidate) => ('value' in candidate ? candidate.value : candidate.text))

describe('a body', () => {
  it('may be one object, also over many lines', () => {
    expect(recognise('\n {\n  "a": 1\n}\n')).toEqual([{ index: 0, line: 2, value: { a: 1 } }])
  })

  it('may be an array, whose elements are found one by one', () => {
    expect(recognise('[{"a":1},2,[3]]').map(({ index }) => index)).toEqual([0, 1, 2])
    expect(values('[{"a":1},2,[3]]')).toEqual([{ a: 1 }, 2, [3]])
    expect(values('[\n{"a":1},\n{"a":2}\n]')).toEqual([{ a: 1 }, { a: 2 }])
  })

  it('may be lines of JSON with blank ones, any line ending and a byte order mark', () => {
    const found = recognise('\uFEFF{"a":1}\r\n\r\n \n{"a":2}\n')
    expect(found).toEqual([
      { index: 0, line: 1, value: { a: 1 } },
      { index: 1, line: 4, value: { a: 2 } },
    ])
  })

  it('may mix objects over many lines, arrays and lines', () => {
    const body =
      '{\n  "a": {"s": "}{\\"" }\n}\n[{"a":2},\n {"a":3}]\n{"a":4}{"a":5}\n\u001E{"a":6}\n'
    expect(values(body)).toEqual([
      { a: { s: '}{"' } },
      { a: 2 },
      { a: 3 },
      { a: 4 },
      { a: 5 },
      { a: 6 },
    ])
    expect(recognise(body).map(({ line }) => line)).toEqual([1, 4, 4, 6, 6, 7])
  })

  it('loses only the line that is broken', () => {
    expect(values('{"a":1}\n{"a":\n{"a":3}\n{"a":"x\n[4]')).toEqual([
      { a: 1 },
      '{"a":',
      { a: 3 },
      '{"a":"x',
      4,
    ])
  })

  it('that is no JSON at all is one text, over however many lines', () => {
    expect(values('level=info msg="hello"\nlevel=warn\n')).toEqual([
      'level=info msg="hello"\nlevel=warn',
    ])
    expect(values('{"a": tru\n  "b": 2\n}')).toEqual(['{"a": tru\n  "b": 2\n}'])
  })

  it('that is empty or blank holds nothing', () => {
    expect(recognise('')).toEqual([])
    expect(recognise(' \n\t\r\n')).toEqual([])
  })

  it('may be deeper than JSON is read here: that part is text', () => {
    const deep = `${'['.repeat(2_000)}${']'.repeat(2_000)}`
    expect(values(`${deep}\n{"a":1}`)).toEqual([deep, { a: 1 }])
  })

  it('keeps keys that mean something to JavaScript', () => {
    const [found] = recognise('{"__proto__":{"x":1},"constructor":2}\n{}')
    expect(found !== undefined && 'value' in found && JSON.stringify(found.value)).toBe(
      '{"__proto__":{"x":1},"constructor":2}',
    )
  })

  it('of 20,000 broken lines is read in proportion to its length', () => {
    // Searching each broken bracket's counterpart to the end would be 20,000 times the body.
    const found = recognise('{"a":[\n'.repeat(20_000))
    expect(found).toHaveLength(20_000)
    expect(recognise('{}'.repeat(20_000))).toHaveLength(20_000)
  })
})
