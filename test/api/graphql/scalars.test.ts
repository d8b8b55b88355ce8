import { Kind } from 'graphql'
import { describe, expect, it } from 'vitest'
import { scalars } from '../../../src/api/graphql/scalars.ts'

const { DateTime, Long, Position, JSON: Json } = scalars
const refused = expect.objectContaining({ code: 'ARGUMENT_INVALID' })

describe('DateTime', () => {
  it('reads any ISO 8601 time and writes it in UTC', () => {
    expect(DateTime.serialize(DateTime.parseValue('2026-03-01T13:00:00.25+01:00'))).toBe(
      '2026-03-01T12:00:00.25Z',
    )
  })

  it("leaves a source's own text as it is", () => {
    const text = '2026-03-01T12:00:00.123456789Z'
    expect(DateTime.serialize(text)).toBe(text)
  })

  it.each(['', 'yesterday', '2026-02-30T00:00:00Z', '9999-12-31T00:00:00Z', 5, null, {}, []])(
    'refuses %j',
    (value) => {
      expect(() => DateTime.parseValue(value)).toThrow(refused)
    },
  )

  it('refuses what is no text in a query', () => {
    expect(() => DateTime.parseLiteral({ kind: Kind.INT, value: '2026' })).toThrow(refused)
  })
})

describe('Long', () => {
  it('goes up to 2^53', () => {
    expect(Long.serialize(Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER)
    expect(() => Long.serialize(2 ** 53 + 2)).toThrow(refused)
    expect(() => Long.serialize(0.5)).toThrow(refused)
    expect(() => Long.parseValue('1')).toThrow(refused)
  })
})

describe('Position', () => {
  it('is a text and nothing more', () => {
    expect(Position.parseValue('main:12')).toBe('main:12')
    expect(() => Position.parseValue(12)).toThrow(refused)
    expect(() => Position.parseValue('x'.repeat(10_000))).toThrow(refused)
  })
})

describe('JSON', () => {
  it('is given as it is, and not read', () => {
    const value = { a: [1, null] }
    expect(Json.serialize(value)).toBe(value)
    expect(() => Json.parseValue(value)).toThrow(refused)
  })
})
