import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packLines, unpackLines } from '../../src/ledger/columns.ts'
import { canonicalJson } from '../../src/model/index.ts'

const broken = expect.objectContaining({ code: 'LEDGER_BROKEN' })

const some = fc.oneof(
  fc.uuid(),
  fc.uuid().map((id) => `cloudtrail:123:${id}`),
  fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((id) => Buffer.from(id).toString('base64url')),
  fc.constantFrom('READ', 'WRITE', '', '\u0000u', '\u0000b', 'x'.repeat(22)),
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.jsonValue(),
)
const objects = fc.dictionary(
  fc.constantFrom('a', 'b', '', '__proto__', 'constructor', 'c'),
  fc.oneof(some, fc.dictionary(fc.constantFrom('a', 'd', '__proto__'), some)),
)
const lines = fc.array(
  fc.oneof(
    { weight: 30, arbitrary: objects.map((value) => canonicalJson(value as never)) },
    fc.constantFrom('{}', '', '[1]', '{"a": 1}', '{"a":1.0}', '{"b":1,"a":2}', 'null'),
    fc.string(),
  ),
  { maxLength: 400 },
)

describe('columns of texts', () => {
  it('give back to the letter whatever was packed', () => {
    fc.assert(
      fc.property(lines, (texts) => {
        const wellFormed = texts.map((text) => text.toWellFormed())
        expect(unpackLines(packLines(wellFormed), wellFormed.length)).toEqual(wellFormed)
      }),
    )
  })

  it('give back objects alone, and many different words', () => {
    fc.assert(
      fc.property(fc.array(objects, { maxLength: 600 }), (values) => {
        const texts = values.map((value) => canonicalJson(value as never).toWellFormed())
        expect(unpackLines(packLines(texts), texts.length)).toEqual(texts)
      }),
      { numRuns: 30 },
    )
    const many = Array.from({ length: 1_000 }, (_, at) => canonicalJson({ word: `w${at}` }))
    expect(unpackLines(packLines(many), 1_000)).toEqual(many)
  })

  it('take sixteen bytes for an id, and next to nothing for what is said again', () => {
    const texts = Array.from({ length: 200 }, (_, at) =>
      canonicalJson({
        action: 'READ',
        at: 1_780_000_000_000_000 + at,
        id: `cloudtrail:1:${idOf(at)}`,
      }),
    )
    expect(packLines(texts).length).toBeLessThan(200 * 22)
    expect(unpackLines(packLines(texts), 200)).toEqual(texts)
  })

  it('are refused with a code when a byte of them is another one', () => {
    const packed = packLines(Array.from({ length: 5 }, (_, at) => canonicalJson({ a: at, b: 'x' })))
    const bytes = fc.tuple(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }))
    fc.assert(
      fc.property(bytes, ([at, flip]) => {
        const damaged = Buffer.from(packed)
        damaged[at] = (damaged[at] ?? 0) ^ flip
        try {
          expect(unpackLines(damaged, 5).length).toBeLessThanOrEqual(5)
        } catch (error) {
          expect(error).toEqual(broken)
        }
      }),
    )
  })
})

function idOf(at: number): string {
  return `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
}
