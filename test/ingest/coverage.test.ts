import { describe, expect, it } from 'vitest'
import { coverage } from '../../src/ingest/index.ts'
import { matcherOf } from '../../src/ingest/translator.ts'

const transports = Object.entries(coverage)

describe.each(transports)('the tables of %s', (_transport, { read, kept, irrelevant }) => {
  const named = Object.keys(read).map((name) => {
    const at = name.search(/[: ]/)
    return { source: name.slice(0, at), event: name.slice(at + 1) }
  })

  it('call nothing unread that a translator reads', () => {
    const wrong = named.filter(({ source, event }) =>
      [...kept, ...irrelevant].some((row) => row.source === source && matcherOf(row)(event)),
    )
    expect(wrong).toEqual([])
    expect(named.length).toBeGreaterThan(5)
  })

  it('give a reason for each row, and what each translator gives', () => {
    for (const { names, why } of [...kept, ...irrelevant]) {
      expect(why).not.toBe('')
      expect(names.length).toBeGreaterThan(0)
    }
    for (const { gives } of Object.values(read)) expect(gives).not.toBe('')
  })
})

describe('a pattern of names', () => {
  it.each([
    [['Describe*'], [], 'DescribeStream', true],
    [['Describe*'], [], 'NoDescribe', false],
    [['Get*'], ['GetPasswordData*'], 'GetPasswordData2', false],
    [['EC2 Spot*'], [], 'EC2 Spot Instance Interruption', true],
    [['a.b'], [], 'axb', false],
    [['*'], [], 'anything\nat all', true],
    [[], [], '', false],
  ] as const)('%j but %j: %s is meant: %s', (names, but, name, isMeant) => {
    expect(matcherOf({ names, but })(name)).toBe(isMeant)
  })
})
