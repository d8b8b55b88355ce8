import type { Ledger } from '../../src/ledger/index.ts'
import type { Draft, Position } from '../../src/model/index.ts'
import { randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadOrCreateSigningKey, verifyLedger } from '../../src/ledger/index.ts'
import { startChild } from '../storage/child.ts'
import { draft, drafts, keyOf, retraction } from './draft.ts'
import { ledgerFile, open } from './ledger.ts'
import { storedIn, tracesOf } from './traces.ts'

const notDurable = expect.objectContaining({ code: 'NOT_DURABLE' })
const invalid = expect.objectContaining({ code: 'ARGUMENT_INVALID' })

describe('erase', () => {
  it('takes payloads out, and neither header, hash nor head change', async () => {
    const file = ledgerFile()
    const signingKey = loadOrCreateSigningKey(`${file}.pem`)
    const ledger = await open(file, { signingKey, limits: { blockEntriesMax: 3 } })
    await ledger.append([...drafts('a', 'b', 'c', 'd'), draft('e', { context: { cluster: 'x' } })])
    await ledger.checkpoint()
    const before = await ledger.read(0, 10)
    const head = ledger.head()

    expect(await ledger.erase(positions(1, 3, 4))).toBe(3)

    const after = await ledger.read(0, 10)
    expect(after).toEqual(
      before.map((entry, index) =>
        [1, 3, 4].includes(index) ? { ...entry, payload: '', erased: true } : entry,
      ),
    )
    expect(ledger.head()).toEqual(head)
    expect(await ledger.verify()).toMatchObject({
      entries: 5,
      checkpoints: 1,
      erased: 3,
      hash: head.hash,
      broken: undefined,
    })
  })

  it('shows by find, at and read alike, also when all were in memory before', async () => {
    const file = ledgerFile()
    const ledger = await open(file)
    await ledger.append(drafts('a', 'b'))
    await ledger.read(0, 2)
    await ledger.erase(positions(0))
    const gone = { payload: '', erased: true }
    expect((await ledger.find([keyOf('a')])).get(keyOf('a'))).toMatchObject(gone)
    expect(await ledger.at('test:0' as Position)).toMatchObject(gone)
    expect(await ledger.read(0, 1)).toMatchObject([gone])
    expect((await ledger.at('test:1' as Position))?.erased).toBeUndefined()
    await ledger[Symbol.asyncDispose]()
    expect(await (await open(file)).at('test:0' as Position)).toMatchObject(gone)
  })

  it('counts what was still there, so that a second time changes nothing', async () => {
    const ledger = await open(ledgerFile())
    await ledger.append(drafts('a', 'b', 'c'))
    expect(await ledger.erase(positions(0, 0, 1))).toBe(2)
    expect(await ledger.erase(positions(0, 1))).toBe(0)
    expect(await ledger.erase(positions(1, 2))).toBe(1)
    expect(await ledger.erase([])).toBe(0)
    expect(await ledger.verify()).toMatchObject({ erased: 3, broken: undefined })
  })

  it.each(['test:3', 'other:0', 'test:-1', 'nonsense'])(
    'refuses the whole call for %s, where nothing stands',
    async (unknown) => {
      const ledger = await open(ledgerFile())
      await ledger.append(drafts('a', 'b', 'c'))
      await expect(ledger.erase(['test:0', unknown] as Position[])).rejects.toThrow(invalid)
      expect(await ledger.verify()).toMatchObject({ erased: 0, broken: undefined })
    },
  )

  it('says nothing of which copy counts', async () => {
    const ledger = await open(ledgerFile())
    await ledger.append([...drafts('a', 'b'), retraction('r', ['b'])])
    await ledger.erase(positions(0, 1))
    const receipts = await ledger.append(drafts('a', 'b'))
    expect(receipts.map(({ duplicate }) => duplicate)).toEqual([true, false])
    expect(await ledger.keysIn({ positions: positions(0, 1, 3) })).toEqual([keyOf('a'), keyOf('b')])
  })

  it('goes on beside appends, and neither costs the other', async () => {
    const ledger = await open(ledgerFile(), { limits: { blockEntriesMax: 2 } })
    await ledger.append(drafts('a', 'b', 'c', 'd'))
    const [erased] = await Promise.all([
      ledger.erase(positions(0, 3)),
      ledger.append(drafts('e', 'f')),
      ledger.erase(positions(1)),
      ledger.append(drafts('g')),
      ledger.verify(),
    ])
    expect(erased).toBe(2)
    expect(await ledger.verify()).toMatchObject({ entries: 7, erased: 3, broken: undefined })
  })

  it('is finished before the ledger closes, and refused after', async () => {
    const file = ledgerFile()
    const ledger = await open(file)
    await ledger.append(drafts('a'))
    const erasing = ledger.erase(positions(0))
    await ledger[Symbol.asyncDispose]()
    expect(await erasing).toBe(1)
    expect(await verifyLedger(file)).toMatchObject({ erased: 1, broken: undefined })
    await expect(ledger.erase(positions(0))).rejects.toThrow(
      expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
    )
  })

  it('says so while somebody else reads the log, and a later call cleans up', async () => {
    const file = ledgerFile()
    const ledger = await open(file)
    await ledger.append([draft('a', { payload: randomBytes(600).toString('base64') })])
    const were = storedIn(file)
    const reader = new DatabaseSync(file, { readOnly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM block').get()
    await expect(ledger.erase(positions(0))).rejects.toThrow(notDurable)
    expect(await ledger.at('test:0' as Position)).toMatchObject({ erased: true })
    reader.close()
    expect(await ledger.erase([])).toBe(0)
    expect(tracesOf(were, file)).toEqual([])
  })
})

describe('the bytes of what was erased', () => {
  it('are nowhere in the file, its log or its index, however the blocks lay', async () => {
    const aHistory = fc.record({
      sizes: fc.array(fc.integer({ min: 60, max: 9_000 }), { minLength: 8, maxLength: 60 }),
      perCall: fc.integer({ min: 1, max: 4 }),
      blockEntriesMax: fc.integer({ min: 1, max: 5 }),
      order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      restart: fc.boolean(),
    })
    let erasedInAll = 0
    const property = fc.asyncProperty(aHistory, async (history) => {
      const { sizes, perCall, blockEntriesMax, order, restart } = history
      const file = ledgerFile()
      let ledger = await open(file, { limits: { blockEntriesMax } })
      const payloads = sizes.map((size) => randomBytes(size).toString('base64'))
      const all = payloads.map((payload, index) => draft(String(index), { payload }))
      for (let from = 0; from < all.length; from += perCall) {
        await ledger.append(all.slice(from, from + perCall))
      }
      if (restart) {
        await ledger[Symbol.asyncDispose]()
        ledger = await open(file, { limits: { blockEntriesMax } })
      }
      const shuffled = all
        .map((_, index) => ({ index, at: order.next().value ?? 0 }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ index }) => index)
      const erased = shuffled.slice(0, Math.ceil(all.length * 0.7))
      const were: Buffer[] = []
      for (let from = 0; from < erased.length; from += 3) {
        were.push(...storedIn(file))
        await ledger.erase(positions(...erased.slice(from, from + 3)))
      }
      erasedInAll += erased.length
      expect(tracesOf(were, file)).toEqual([])
      const left = await ledger.read(0, all.length)
      expect(left.map(({ payload }) => payload)).toEqual(
        payloads.map((payload, index) => (erased.includes(index) ? '' : payload)),
      )
      expect(await ledger.verify()).toMatchObject({ erased: erased.length, broken: undefined })
      await ledger[Symbol.asyncDispose]()
      expect(tracesOf(were, file)).toEqual([])
    })
    await fc.assert(property, { numRuns: 12, seed: 20_261_127 })
    expect(erasedInAll).toBeGreaterThan(100)
  }, 60_000)
})

it('leaves each block as it was or erased when it is killed', async () => {
  const file = ledgerFile()
  const count = 40
  const first = await open(file, { limits: { blockEntriesMax: 4 } })
  const payloads = Array.from({ length: count }, () => randomBytes(900).toString('base64'))
  await first.append(payloads.map((payload, index) => draft(String(index), { payload })))
  const were = storedIn(file)
  await first[Symbol.asyncDispose]()
  let erased = 0
  for (let round = 1; round <= 3; round += 1) {
    const child = startChild(new URL('./erase-child.ts', import.meta.url), [file, String(count)])
    let started = 0
    let seen = 0
    for await (const line of child.lines) {
      const said = JSON.parse(line) as Partial<Record<'started' | 'erased', number>>
      started = Math.max(started, (said.started ?? -1) + 1)
      erased = Math.max(erased, (said.erased ?? -1) + 1)
      if ((seen += 1) === round * 9) void child.kill()
    }
    const ledger = await open(file)
    const entries = await ledger.read(0, count)
    const goneNow = entries.findLastIndex((entry) => entry.erased === true) + 1
    expect(goneNow).toBeGreaterThanOrEqual(erased)
    expect(goneNow).toBeLessThanOrEqual(Math.max(started, erased))
    expect(entries.map(({ payload }) => payload)).toEqual(
      payloads.map((payload, index) => (index < goneNow ? '' : payload)),
    )
    expect(await ledger.verify()).toMatchObject({ erased: goneNow, broken: undefined })
    expect(await ledger.erase([])).toBe(0)
    expect(tracesOf(were, file)).toEqual([])
    await ledger[Symbol.asyncDispose]()
  }
  expect(erased).toBeGreaterThan(0)
})

describe('an append that holds only while keys are in effect', () => {
  const again = (name: string): readonly Draft[] => [
    retraction(`again ${name}`, [name]),
    draft(name, { payload: 'clean' }),
  ]
  const renew = (ledger: Ledger, name: string) =>
    ledger.append(again(name), { onlyWhile: [keyOf(name)] })

  it('writes a retraction and the copy behind it in one call', async () => {
    const ledger = await open(ledgerFile())
    await ledger.append(drafts('a', 'b'))
    const receipts = await renew(ledger, 'a')
    expect(receipts.map(({ position, duplicate }) => ({ position, duplicate }))).toEqual([
      { position: 'test:2', duplicate: false },
      { position: 'test:3', duplicate: false },
    ])
    expect(await ledger.keysIn({ positions: positions(0, 1, 3) })).toEqual([keyOf('b'), keyOf('a')])
  })

  it('writes nothing when another call of the same commit retracted them first', async () => {
    const ledger = await open(ledgerFile())
    await ledger.append(drafts('a', 'b'))
    const [, skipped, written] = await Promise.all([
      ledger.append([retraction('r', ['a'])]),
      renew(ledger, 'a'),
      renew(ledger, 'b'),
    ])
    expect(skipped).toEqual([])
    expect(written.map(({ position }) => position)).toEqual(['test:3', 'test:4'])
    expect(await ledger.keysIn({ positions: positions(0, 1, 4) })).toEqual([keyOf('b')])
    expect(await ledger.verify()).toMatchObject({ entries: 5, broken: undefined })
  })

  it('writes nothing for keys that nobody knows', async () => {
    const ledger = await open(ledgerFile())
    expect(await renew(ledger, 'a')).toEqual([])
    expect(ledger.head().entries).toBe(0)
  })
})

function positions(...indexes: readonly number[]): readonly Position[] {
  return indexes.map((index) => `test:${index}` as Position)
}
