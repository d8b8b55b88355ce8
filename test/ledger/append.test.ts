import type { Ledger } from '../../src/ledger/index.ts'
import type { Draft, Micros } from '../../src/model/index.ts'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { at, draft, drafts, keyOf, retraction } from './draft.ts'
import { clockAt, ledgerFile, namesOn, open } from './ledger.ts'

const notDurable = expect.objectContaining({ code: 'NOT_DURABLE' })

describe('append', () => {
  it('gives each draft its place, in order', async () => {
    const ledger = await open(ledgerFile())
    expect(await ledger.append(drafts('a', 'b'))).toEqual([
      { key: keyOf('a'), position: 'test:0', duplicate: false },
      { key: keyOf('b'), position: 'test:1', duplicate: false },
    ])
    expect(await ledger.append(drafts('c'))).toEqual([
      { key: keyOf('c'), position: 'test:2', duplicate: false },
    ])
    expect(await namesOn(ledger)).toEqual(['a', 'b', 'c'])
  })

  it('has nothing to do for no drafts', async () => {
    const ledger = await open(ledgerFile())
    expect(await ledger.append([])).toEqual([])
    expect(ledger.head()).toMatchObject({ entries: 0, position: undefined })
  })

  it('writes a copy of what is in effect once, and says where it stands', async () => {
    const ledger = await open(ledgerFile())
    await ledger.append(drafts('a'))
    expect(await ledger.append(drafts('b', 'a', 'b'))).toEqual([
      { key: keyOf('b'), position: 'test:1', duplicate: false },
      { key: keyOf('a'), position: 'test:0', duplicate: true },
      { key: keyOf('b'), position: 'test:1', duplicate: true },
    ])
    expect(await namesOn(ledger)).toEqual(['a', 'b'])
  })

  it('keeps another content of one event beside it', async () => {
    const ledger = await open(ledgerFile())
    const other = draft('a', { digest: 'another' })
    const receipts = await ledger.append([draft('a'), other])
    expect(receipts.map(({ duplicate }) => duplicate)).toEqual([false, false])
  })

  it('knows copies across calls that share a commit', async () => {
    const ledger = await open(ledgerFile())
    const [first, second] = await Promise.all([
      ledger.append(drafts('a', 'b')),
      ledger.append(drafts('b', 'c')),
    ])
    expect(first.map(({ position }) => position)).toEqual(['test:0', 'test:1'])
    expect(second).toEqual([
      { key: keyOf('b'), position: 'test:1', duplicate: true },
      { key: keyOf('c'), position: 'test:2', duplicate: false },
    ])
  })

  it('shares one commit among the calls of one turn, and keeps their order', async () => {
    const file = ledgerFile()
    const ledger = await open(file)
    const names = Array.from({ length: 40 }, (_, number) => `event ${number}`)
    await Promise.all(names.map((name) => ledger.append(drafts(name))))
    expect(await namesOn(ledger)).toEqual(names)
    expect(blocksIn(file)).toEqual([{ first: 0, entries: 40 }])
  })

  it('divides what is much into blocks, and a call never between commits', async () => {
    const file = ledgerFile()
    const limits = { blockEntriesMax: 4, blockBytesMax: 10_000, flushEntriesMax: 5 }
    const ledger = await open(file, { limits })
    const large = draft('large', { payload: 'x'.repeat(20_000) })
    await Promise.all([
      ledger.append(drafts('a', 'b', 'c', 'd', 'e', 'f')),
      ledger.append([draft('g'), large, draft('h')]),
    ])
    expect(blocksIn(file)).toEqual([
      { first: 0, entries: 4 },
      { first: 4, entries: 2 },
      { first: 6, entries: 1 },
      { first: 7, entries: 1 },
      { first: 8, entries: 1 },
    ])
    expect(await namesOn(ledger)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'large', 'h'])
  })

  it('refuses an event time that is none, and only that call', async () => {
    const ledger = await open(ledgerFile())
    const [good, bad] = await Promise.allSettled([
      ledger.append(drafts('a')),
      ledger.append([draft('b'), draft('c', { eventTime: Number.NaN as Micros })]),
    ])
    expect(good.status).toBe('fulfilled')
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'ARGUMENT_INVALID' } })
    expect(await namesOn(ledger)).toEqual(['a'])
  })

  it('refuses at once what would be too much to wait, and takes it later', async () => {
    const ledger = await open(ledgerFile(), { limits: { queueBytesMax: 10_000 } })
    const payload = 'x'.repeat(9_000)
    const first = ledger.append([draft('a', { payload })])
    await expect(ledger.append(drafts('b'))).rejects.toThrow(notDurable)
    await first
    await ledger.append(drafts('b'))
    expect(await namesOn(ledger)).toEqual(['a', 'b'])
  })

  it('takes a single call of any size when nothing else waits', async () => {
    const ledger = await open(ledgerFile(), { limits: { queueBytesMax: 100 } })
    await ledger.append(drafts('a', 'b'))
    expect(ledger.head().entries).toBe(2)
  })
})

describe('retraction', () => {
  it('ends the effect of what came before it: a copy counts again, once', async () => {
    const ledger = await open(ledgerFile())
    await ledger.append(drafts('a', 'b'))
    await ledger.append([retraction('r', ['a'])])
    expect(await inEffect(ledger)).toEqual([keyOf('b')])

    expect(await ledger.append(drafts('a', 'b', 'a'))).toEqual([
      { key: keyOf('a'), position: 'test:3', duplicate: false },
      { key: keyOf('b'), position: 'test:1', duplicate: true },
      { key: keyOf('a'), position: 'test:3', duplicate: true },
    ])
    expect(await inEffect(ledger)).toEqual([keyOf('b'), keyOf('a')])
    expect((await ledger.find([keyOf('a')])).get(keyOf('a'))?.position).toBe('test:3')
  })

  it('acts in its place when all of it is one call', async () => {
    const ledger = await open(ledgerFile())
    const story = [draft('a'), retraction('r', ['a']), draft('a'), draft('a')]
    const receipts = await ledger.append(story)
    expect(receipts.map(({ duplicate }) => duplicate)).toEqual([false, false, false, true])
    expect(await namesOn(ledger)).toEqual(['a', 'r', 'a'])
    expect(await inEffect(ledger)).toEqual([keyOf('a')])
  })

  it('of what is not there, twice, or of what comes later means nothing', async () => {
    const ledger = await open(ledgerFile())
    await ledger.append([retraction('r', ['a', 'never']), draft('a')])
    expect(await inEffect(ledger)).toEqual([keyOf('a')])
    await ledger.append([retraction('r2', ['a', 'a']), retraction('r3', ['a'])])
    expect(await inEffect(ledger)).toEqual([])
    expect((await ledger.verify()).broken).toBeUndefined()
  })

  it('is remembered after a restart', async () => {
    const file = ledgerFile()
    await using before = await open(file)
    await before.append([...drafts('a', 'b'), retraction('r', ['a'])])
    await before[Symbol.asyncDispose]()

    const ledger = await open(file)
    const receipts = await ledger.append(drafts('a', 'b'))
    expect(receipts.map(({ duplicate }) => duplicate)).toEqual([false, true])
  })

  it('may be part of another entry: a replay takes its dead letter back', async () => {
    const ledger = await open(ledgerFile())
    await ledger.append([draft('a', { kind: 'dead-letter' })])
    await ledger.append([draft('b', { kind: 'replay', retracts: [keyOf('a')] })])
    expect(await inEffect(ledger)).toEqual([keyOf('b')])
    expect((await ledger.verify()).broken).toBeUndefined()
  })
})

describe('receivedAt', () => {
  it('is the time of the clock, and grows along the chain whatever the clock does', async () => {
    const file = ledgerFile()
    const clock = clockAt(100)
    const before = await open(file, clock)
    await before.append(drafts('a', 'b'))
    clock.now = at(50)
    await before.append(drafts('c'))
    clock.now = at(100)
    await before.append(drafts('d'))
    await before[Symbol.asyncDispose]()

    clock.now = at(0)
    const ledger = await open(file, clock)
    await ledger.append(drafts('e'))
    clock.now = at(200)
    await ledger.append(drafts('f'))
    const entries = await ledger.read(0, 10)
    expect(entries.map(({ receivedAt }) => receivedAt - at(100))).toEqual([
      0, 1, 2, 3, 4, 100_000_000,
    ])
    expect((await ledger.verify()).broken).toBeUndefined()
  })
})

describe('an entry', () => {
  it.each<readonly [string, Partial<Draft>]>([
    ['of every kind and trust', { kind: 'dead-letter', trust: 'VERIFIED', format: 'text' }],
    ['with no payload', { payload: '' }],
    ['with a text that is no JSON', { payload: 'line one\nline two\r\n\0 \u{1f600}' }],
    [
      'with hostile names',
      { source: `__proto__'; DROP TABLE block; --\u202e\0\n`, sender: '\ud800' },
    ],
    ['with exposures', { exposures: [{ detector: 'secret.aws', path: '/a~1b/0', count: 3 }] }],
    ['of long ago', { eventTime: -8_900_000_000_000_000 as Micros }],
    [
      'with a context of hostile keys',
      {
        context: Object.fromEntries([
          ['__proto__', 'x'],
          ['10', 'ten'],
          ['9', 'nine'],
          ['', ''],
        ]),
      },
    ],
    [
      'with a name of 10 kB',
      { eventKey: 'n'.repeat(10_000), context: { ['k'.repeat(10_000)]: 'v' } },
    ],
  ])('%s comes back as it was, also from disk', async (_what, more) => {
    const file = ledgerFile()
    const before = await open(file)
    const written = draft('a', more)
    const [receipt] = await before.append([written])
    const kept = await before.read(0, 1)
    await before[Symbol.asyncDispose]()

    const ledger = await open(file)
    const [entry] = await ledger.read(0, 1)
    expect(entry).toMatchObject(written)
    expect(entry).toMatchObject({ key: receipt?.key, position: 'test:0' })
    expect(Object.keys(entry?.context ?? {}).toSorted()).toEqual(
      Object.keys(written.context).toSorted(),
    )
    expect(kept).toEqual([entry])
    expect(entry?.hash).toBe(ledger.head().hash)
  })

  it('of 23 MB comes back whole beside small ones', async () => {
    const file = ledgerFile()
    const before = await open(file)
    // No two stretches are alike, so that it is large also when it is compressed.
    const numbers = Array.from({ length: 3_000_000 }, (_, number) => (number * 2_654_435_761) % 1e8)
    const payload = numbers.join()
    expect(payload.length).toBeGreaterThan(23_000_000)
    await before.append([draft('a'), draft('large', { payload }), draft('b')])
    await before[Symbol.asyncDispose]()

    const ledger = await open(file)
    const entries = await ledger.read(0, 10)
    expect(entries.map((entry) => entry.eventKey)).toEqual(['a', 'large', 'b'])
    expect(entries[1]?.payload === payload).toBe(true)
    expect(await ledger.verify()).toMatchObject({ entries: 3, broken: undefined })
  })
})

describe('a closed ledger', () => {
  it('has finished what was called before, and refuses what is called after', async () => {
    const file = ledgerFile()
    const ledger = await open(file)
    const appended = ledger.append(drafts('a'))
    const closed = ledger[Symbol.asyncDispose]()
    const unavailable = expect.objectContaining({ code: 'STORE_UNAVAILABLE' })
    await expect(ledger.append(drafts('b'))).rejects.toThrow(unavailable)
    await closed
    await expect(ledger.append([])).rejects.toThrow(unavailable)
    await expect(ledger.read(0, 1)).rejects.toThrow(unavailable)
    await expect(ledger.find([keyOf('a')])).rejects.toThrow(unavailable)
    await expect(ledger.checkpoint()).rejects.toThrow(unavailable)
    await expect(ledger.verify()).rejects.toThrow(unavailable)
    await ledger[Symbol.asyncDispose]()

    expect(await appended).toHaveLength(1)
    expect(await namesOn(await open(file))).toEqual(['a'])
  })
})

async function inEffect(ledger: Ledger): Promise<readonly string[]> {
  return ledger.keysIn({ sender: 'spark' })
}

function blocksIn(file: string): readonly unknown[] {
  using database = new DatabaseSync(file, { readOnly: true })
  return database.prepare('SELECT first, entries FROM block ORDER BY first').all()
}
