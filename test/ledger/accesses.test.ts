import type { Draft, Position } from '../../src/model/index.ts'
import { randomBytes, randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { canonicalJson, entryKeyOf } from '../../src/model/index.ts'
import { findingIn, tamper } from './damage.ts'
import { at, draft, retraction } from './draft.ts'
import { ledgerFile, open } from './ledger.ts'
import { storedIn, tracesOf } from './traces.ts'

/** An access as intake makes it: ids of its own, everything else as in many others. */
function access(number: number, more: Partial<Draft> = {}): Draft {
  return draft(`cloudtrail:111122223333:${randomUUID()}`, {
    format: 'cloudtrail-access',
    digest: randomBytes(16).toString('base64url'),
    eventTime: at(number),
    author: 'arn:aws:iam::111122223333:role/etl',
    payload: canonicalJson({ action: 'READ', call: 's3:GetObject', folder: `raw/${number % 7}` }),
    ...more,
  })
}

function accesses(count: number): readonly Draft[] {
  return Array.from({ length: count }, (_, number) => access(number))
}

function blocksIn(file: string): readonly Readonly<Record<string, unknown>>[] {
  using database = new DatabaseSync(file)
  return database
    .prepare(
      `SELECT first, kind, entries, length(hashes) AS hashes, length(lengths) AS lengths,
       length(headers) + length(payloads) + length(hashes) + length(commitments) + length(salts) AS bytes
       FROM block ORDER BY first`,
    )
    .all()
}

describe('accesses', () => {
  it('stand in blocks of their own, in the order in which they came', async () => {
    const file = ledgerFile()
    const ledger = await open(file)
    const mixed = [draft('a'), access(1), access(2), draft('t', { kind: 'tally' }), draft('b')]
    const receipts = await ledger.append(mixed)
    expect(receipts.map(({ position }) => position)).toEqual(
      mixed.map((_, index) => `test:${index}`),
    )
    expect(blocksIn(file).map(({ kind, entries }) => [kind, entries])).toEqual([
      ['documents', 1],
      ['accesses', 2],
      ['documents', 2],
    ])
    expect(await ledger.verify()).toMatchObject({ entries: 5, broken: undefined })
  })

  it('come back as they were handed in, also from disk', async () => {
    const file = ledgerFile()
    const given = [
      ...accesses(40),
      access(9, { context: { region: 'eu' }, payload: 'no JSON \u0000' }),
    ]
    const first = await open(file, { limits: { blockEntriesMax: 16 } })
    await first.append(given)
    const before = await first.read(0, 50)
    await first[Symbol.asyncDispose]()
    const ledger = await open(file)
    const after = await ledger.read(0, 50)
    expect(after).toEqual(before)
    expect(after).toMatchObject(given)
    const keys = given.map(entryKeyOf)
    expect([...(await ledger.find(keys)).keys()].toSorted()).toEqual(keys.toSorted())
    expect(await ledger.keysIn({ since: 0 as never })).toEqual(keys)
  })

  it('are known again, retracted and counted again like every other entry', async () => {
    const ledger = await open(ledgerFile())
    const [one = access(0), other = access(1)] = accesses(2)
    await ledger.append([one, other])
    expect(await ledger.append([one])).toMatchObject([{ position: 'test:0', duplicate: true }])
    await ledger.append([{ ...retraction('r', []), retracts: [entryKeyOf(one)] }])
    expect(await ledger.append([one, other])).toMatchObject([
      { position: 'test:3', duplicate: false },
      { position: 'test:1', duplicate: true },
    ])
    expect(await ledger.verify()).toMatchObject({ entries: 4, broken: undefined })
  })

  it('cost little more than their ids and digests', async () => {
    const file = ledgerFile()
    const ledger = await open(file)
    await ledger.append(accesses(1_000))
    const bytes = blocksIn(file).reduce((sum, block) => sum + Number(block['bytes']), 0)
    expect(bytes / 1_000).toBeLessThan(45)
  })

  it('lose a payload and hold, with no byte of it left', async () => {
    const file = ledgerFile()
    const ledger = await open(file, { limits: { blockEntriesMax: 4 } })
    const secret = (number: number) =>
      access(number, { payload: canonicalJson({ folder: randomBytes(300).toString('base64') }) })
    const given = [0, 1, 2, 3, 4, 5].map(secret)
    await ledger.append(given)
    const head = ledger.head()
    const before = await ledger.read(0, 10)
    const were = storedIn(file)
    expect(await ledger.erase(['test:1', 'test:3'] as Position[])).toBe(2)
    expect(blocksIn(file).map(({ hashes, lengths }) => [hashes, lengths])).toEqual([
      [4 * 32, 4 * 4],
      [64, 0],
    ])
    const gone = { payload: '', erased: true }
    expect(await ledger.read(0, 10)).toEqual(
      before.map((entry, index) => (index === 1 || index === 3 ? { ...entry, ...gone } : entry)),
    )
    expect(ledger.head()).toEqual(head)
    expect(await ledger.erase(['test:0', 'test:1', 'test:2'] as Position[])).toBe(2)
    expect(await ledger.verify()).toMatchObject({ erased: 4, broken: undefined })
    await ledger[Symbol.asyncDispose]()
    expect(tracesOf(were.slice(0, 4), file)).toEqual([])
    const again = await open(file)
    expect((await again.read(4, 2)).map(({ payload }) => payload)).toEqual(
      given.slice(4).map(({ payload }) => payload),
    )
  })

  it.each([
    [
      'another seed',
      'UPDATE block SET salts = zeroblob(16) WHERE first = 3',
      'test:3: It or another',
    ],
    [
      'another end',
      'UPDATE block SET hashes = zeroblob(64) WHERE first = 3',
      'test:3: It or another',
    ],
    [
      'the payloads of another block',
      'UPDATE block SET payloads = (SELECT payloads FROM block WHERE first = 0) WHERE first = 3',
      'test:3: It or another',
    ],
    ['a block that is gone', 'DELETE FROM block WHERE first = 3', 'test:3: It is missing'],
    [
      'lengths where none are',
      `UPDATE block SET lengths = zeroblob(12)`,
      'test:0: A column has a wrong',
    ],
    [
      'another kind',
      `UPDATE block SET kind = 'documents' WHERE first = 3`,
      'test:3: A column has a',
    ],
    [
      'two blocks that changed places',
      `UPDATE block SET first = 100 WHERE first = 3;
       UPDATE block SET first = 3 WHERE first = 0; UPDATE block SET first = 0 WHERE first = 100`,
      'test:0: It stands where another entry should',
    ],
  ])('that were changed are found: %s', async (_what, sql, finding) => {
    const file = ledgerFile()
    const ledger = await open(file, { limits: { blockEntriesMax: 3 } })
    await ledger.append(accesses(9))
    await ledger[Symbol.asyncDispose]()
    expect(findingIn(file)).toBeUndefined()
    tamper(file, sql)
    expect(findingIn(file)).toContain(finding)
  })
})
