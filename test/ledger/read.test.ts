import type { EntryKey, Position } from '../../src/model/index.ts'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { positionOf } from '../../src/ledger/position.ts'
import { at, draft, drafts, keyOf, retraction } from './draft.ts'
import { clockAt, ledgerFile, open } from './ledger.ts'

const invalid = expect.objectContaining({ code: 'ARGUMENT_INVALID' })
/** Blocks of three, and room for about one of them. */
const limits = { blockEntriesMax: 3, cacheBytesMax: 1_000 }
const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const

describe('read', () => {
  it('gives entries from an index on, over blocks, in order and up to the limit', async () => {
    const ledger = await open(ledgerFile(), { limits })
    await ledger.append(drafts(...letters))
    const names = async (index: number, limit: number): Promise<string> => {
      const entries = await ledger.read(index, limit)
      return entries.map(({ eventKey }) => eventKey).join('')
    }
    expect(await names(0, 100)).toBe('abcdefgh')
    expect(await names(2, 3)).toBe('cde')
    expect(await names(7, 1)).toBe('h')
    expect(await names(8, 1)).toBe('')
    expect(await names(100, 1)).toBe('')
    expect(await names(0, 0)).toBe('')
    for (const [index, limit] of [
      [-1, 1],
      [0.5, 1],
      [0, -1],
      [Number.NaN, 1],
    ] as const) {
      await expect(ledger.read(index, limit)).rejects.toThrow(invalid)
    }
  })

  it('gives fewer when they are large, and at least one', async () => {
    const ledger = await open(ledgerFile(), { limits: { ...limits, readBytesMax: 1_000 } })
    const payload = 'x'.repeat(600)
    const large = 'x'.repeat(5_000)
    await ledger.append([draft('a'), draft('b', { payload }), draft('c', { payload })])
    await ledger.append([draft('d', { payload: large }), draft('e')])
    const lengths: number[] = []
    for (let index = 0; index < 5; index += lengths.at(-1) ?? 0) {
      lengths.push((await ledger.read(index, 10)).length)
    }
    expect(lengths).toEqual([2, 1, 1, 1])
  })
})

describe('at', () => {
  it('opens what stands at a position, and nothing that does not', async () => {
    const ledger = await open(ledgerFile(), { limits })
    await ledger.append(drafts(...letters))
    expect(await ledger.at(positionOf('test', 4))).toMatchObject({
      eventKey: 'e',
      position: 'test:4',
    })
    expect(await ledger.at(positionOf('test', 8))).toBeUndefined()
    expect(await ledger.at(positionOf('other', 0))).toBeUndefined()
  })

  it.each([
    '',
    'test',
    'test:',
    'test:-1',
    'test:01',
    'test:1.5',
    'test:99999999999999999999',
    ':0',
    'a b:0',
  ])('refuses %j, which is no position', async (position) => {
    const ledger = await open(ledgerFile())
    await expect(ledger.at(position as Position)).rejects.toThrow(invalid)
  })
})

describe('find', () => {
  it('gives the latest copy of each key that is known, retracted or not', async () => {
    const ledger = await open(ledgerFile(), { limits })
    await ledger.append([...drafts(...letters), retraction('r', ['a', 'b']), draft('a')])
    const misspelled = `${keyOf('c').slice(0, -1)}x` as EntryKey
    const keys = [keyOf('h'), keyOf('a'), keyOf('b'), keyOf('never'), misspelled, '' as EntryKey]
    const found = await ledger.find([...keys, keyOf('h')])
    expect(new Map([...found].map(([key, { position }]) => [key, position]))).toEqual(
      new Map([
        [keyOf('b'), 'test:1'],
        [keyOf('h'), 'test:7'],
        [keyOf('a'), 'test:9'],
      ]),
    )
    expect(await ledger.find([])).toEqual(new Map())
  })
})

describe('keysIn', () => {
  it('finds what is in effect by position, sender and time, each narrowing the others', async () => {
    const clock = clockAt(0)
    const ledger = await open(ledgerFile(), { ...clock, limits })
    for (const [second, name] of letters.entries()) {
      clock.now = at(second)
      await ledger.append([draft(name, { sender: second % 2 === 0 ? 'spark' : 'dbt' })])
    }
    const names = async (range: Parameters<typeof ledger.keysIn>[0]): Promise<string> => {
      const found = await ledger.find(await ledger.keysIn(range))
      return [...found.values()].map(({ eventKey }) => eventKey).join('')
    }
    expect(await names({ sender: 'spark' })).toBe('aceg')
    expect(await names({ sender: 'nobody' })).toBe('')
    expect(await names({ since: at(2) })).toBe('cdefgh')
    expect(await names({ until: at(2) })).toBe('ab')
    expect(await names({ since: at(2), until: at(6), sender: 'dbt' })).toBe('df')
    expect(await names({ since: at(100) })).toBe('')
    expect(await names({ since: at(6), until: at(2) })).toBe('')
    const positions = [7, 0, 3, 3, 99].map((index) => positionOf('test', index))
    expect(await names({ positions: [...positions, positionOf('other', 1)] })).toBe('adh')
    expect(await names({ positions, sender: 'dbt' })).toBe('dh')
    expect(await names({ positions: [] })).toBe('')
  })

  it('leaves out retractions, what they retracted, and copies that are not the one in effect', async () => {
    const ledger = await open(ledgerFile(), { limits })
    await ledger.append([...drafts('a', 'b'), retraction('r', ['a', 'b']), draft('a')])
    expect(await ledger.keysIn({ sender: 'spark' })).toEqual([keyOf('a')])
    const at0 = [0, 1, 2].map((index) => positionOf('test', index))
    expect(await ledger.keysIn({ positions: at0 })).toEqual([])
    expect(await ledger.keysIn({ positions: [positionOf('test', 3)] })).toEqual([keyOf('a')])
  })

  it('refuses a range that names nothing, and a position that is none', async () => {
    const ledger = await open(ledgerFile())
    await ledger.append(drafts('a'))
    await expect(ledger.keysIn({})).rejects.toThrow(invalid)
    await expect(ledger.keysIn({ sender: undefined })).rejects.toThrow(invalid)
    await expect(ledger.keysIn({ positions: ['nowhere' as Position] })).rejects.toThrow(invalid)
  })
})

it('never hands out what is damaged: reading it says so', async () => {
  const file = ledgerFile()
  const before = await open(file, { limits })
  await before.append(drafts(...letters))
  await before[Symbol.asyncDispose]()
  using database = new DatabaseSync(file)
  database.exec(`UPDATE block SET salts = zeroblob(length(salts)) WHERE first = 3`)

  const ledger = await open(file, { limits })
  const broken = expect.objectContaining({ code: 'LEDGER_BROKEN' })
  await expect(ledger.at(positionOf('test', 4))).rejects.toThrow(broken)
  await expect(ledger.find([keyOf('e')])).rejects.toThrow(broken)
  await expect(ledger.read(0, 8)).rejects.toThrow(broken)
  await expect(ledger.keysIn({ sender: 'spark' })).rejects.toThrow(broken)
  expect(await ledger.read(0, 3)).toHaveLength(3)
  expect(await ledger.at(positionOf('test', 7))).toMatchObject({ eventKey: 'h' })
})
