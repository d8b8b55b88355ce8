import type { BlockContent } from '../../src/ledger/block.ts'
import { copyFileSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../src/ledger/index.ts'
import { packBlock, unpackBlock } from '../../src/ledger/block.ts'
import { entryHash, genesisHash } from '../../src/ledger/chain-hash.ts'
import { LedgerFile } from '../../src/ledger/ledger-file.ts'
import { verifyFile } from '../../src/ledger/verify-file.ts'
import { closedLedger, findingIn, tamper } from './damage.ts'
import { draft, drafts, keyOf } from './draft.ts'
import { ledgerFile, namesOn, open } from './ledger.ts'

describe('verify', () => {
  it('finds nothing in a ledger that is whole, and says how far it is', async () => {
    const file = await closedLedger()
    const progress: unknown[] = []
    const result = await verifyLedger(file, { onProgress: (step) => progress.push(step) })
    const ledger = await open(file)
    expect(result).toEqual({
      chain: 'test',
      entries: 8,
      hash: ledger.head().hash,
      checkpoints: 2,
      erased: 0,
      broken: undefined,
    })
    expect(progress).toEqual([
      { entries: 3, total: 8 },
      { entries: 6, total: 8 },
      { entries: 8, total: 8 },
    ])
  })

  it('finds nothing in an empty one', async () => {
    const ledger = await open(ledgerFile())
    expect(await ledger.verify()).toEqual({
      chain: 'test',
      entries: 0,
      hash: genesisHash('test').toString('hex'),
      checkpoints: 0,
      erased: 0,
      broken: undefined,
    })
  })

  it('sees one moment of a ledger that goes on', async () => {
    const ledger = await open(ledgerFile())
    await ledger.append(drafts('a', 'b'))
    const verified = ledger.verify()
    for (let round = 0; round < 20; round += 1) await ledger.append(drafts(`later ${round}`))
    const { broken, entries } = await verified
    expect(broken).toBeUndefined()
    expect(entries).toBeGreaterThanOrEqual(2)
    expect(await ledger.verify()).toMatchObject({ entries: 22, broken: undefined })
  })

  const seven = 'UPDATE block SET salts = zeroblob(length(salts)) WHERE first = 6;'
  it.each([
    ['salts that are gone', seven, 'test:6: Its payload or salt is not the one'],
    [
      'the first of two',
      `${seven} UPDATE block SET hashes = commitments WHERE first = 3;`,
      'test:3: ',
    ],
    ['a block that is gone', 'DELETE FROM block WHERE first = 3', 'test:3: It is missing'],
    ['a beginning that is gone', 'DELETE FROM block WHERE first = 0', 'test:0: It is missing'],
    ['an end that is gone', 'DELETE FROM block WHERE first = 6', 'test:6: It is missing'],
    ['all that is gone', 'DELETE FROM block', 'test:0: It is missing'],
    [
      'blocks that changed places',
      `UPDATE block SET first = 100 WHERE first = 3;
       UPDATE block SET first = 3 WHERE first = 0; UPDATE block SET first = 0 WHERE first = 100`,
      'test:0: It stands where another entry should',
    ],
    [
      'a second block of the same entries',
      `INSERT INTO block SELECT 4, kind, entries, received_from, received_to, checksum, hashes,
         commitments, salts, lengths, headers, payloads FROM block WHERE first = 3`,
      'test:6: A second block holds entries that stand before it',
    ],
    [
      'another kind',
      `UPDATE block SET kind = 'tallies' WHERE first = 3`,
      'test:3: It stands in a block',
    ],
    [
      'another time',
      'UPDATE block SET received_to = 7 WHERE first = 0',
      'test:0: Its block names other',
    ],
    [
      'a row of the index too few',
      'DELETE FROM entry_latest WHERE copy = 4',
      'test:4: The index does not',
    ],
    [
      'a row of the index too many',
      `INSERT INTO entry_latest VALUES (zeroblob(16), 3, NULL)`,
      'nowhere: The index knows 8 entries, the chain has 7',
    ],
    [
      'a copy that is not the latest',
      'UPDATE entry_latest SET copy = 0 WHERE copy = 6',
      'test:5: The index does not know what it retracts',
    ],
    [
      'a latest copy that is none',
      'UPDATE entry_latest SET copy = 7 WHERE copy = 1',
      'nowhere: The index names a latest copy where no copy',
    ],
    [
      'a retraction that is forgotten',
      'UPDATE entry_latest SET retracted_by = NULL WHERE copy = 2',
      'test:5: The index does not know what it retracts',
    ],
    [
      'a retraction that never was',
      'UPDATE entry_latest SET retracted_by = 5 WHERE copy = 3',
      'nowhere: The index knows 2 retracted entries, the chain 1',
    ],
    [
      'a signature of another checkpoint',
      'UPDATE checkpoint SET signature = (SELECT signature FROM checkpoint WHERE entry = 7)',
      'test:2: The signature of its checkpoint does not hold',
    ],
    [
      'a public key that is gone',
      'DELETE FROM signing_key',
      'test:2: The signature of its checkpoint',
    ],
    ['another chain', `UPDATE chain SET id = 'other'`, 'other:0: It belongs to another chain'],
    ['no chain', 'DELETE FROM chain', 'nowhere: The file does not say which chain'],
    ['a table that is gone', 'DROP TABLE checkpoint', 'nowhere: The file cannot be read'],
    ['a version that is not ours', 'UPDATE migration SET number = 9', 'STORE_AHEAD: '],
    ['a version before ours', 'DELETE FROM migration', 'STORE_BEHIND: '],
  ])('names the first entry that does not hold: %s', async (_what, sql, finding) => {
    const file = await closedLedger()
    tamper(file, sql)
    expect(findingIn(file)).toContain(finding)
  })

  it('finds a row of the index that was swapped for another', async () => {
    const file = await closedLedger()
    tamper(
      file,
      `UPDATE entry_latest SET copy = 103 WHERE copy = 3; UPDATE entry_latest SET copy = 3 WHERE copy = 4;
       UPDATE entry_latest SET copy = 4 WHERE copy = 103`,
    )
    expect(findingIn(file)).toMatch(/^test:4: The index takes an earlier copy for the latest$/)
  })

  it('tells a chain that was written anew from the one that was signed', async () => {
    const file = await closedLedger()
    await rewrite(file, 0, (content) => {
      const headers = content.headers.map((header) => header.replace('"spark"', '"nobody"'))
      return chained({ ...content, headers }, genesisHash('test'))
    })
    const rest = new Map([
      [3, 0],
      [6, 3],
    ])
    for (const [first, before] of rest) {
      const previous = (await rowOf(file, before)).hashes.subarray(-32)
      await rewrite(file, first, (content) => chained(content, previous))
    }
    expect(findingIn(file)).toBe('test:2: It is not the entry that its checkpoint was signed for')

    tamper(file, 'DELETE FROM checkpoint')
    expect(findingIn(file)).toBeUndefined()
  })

  it('holds the head that this process knows against the file', async () => {
    const file = ledgerFile()
    const ledger = await open(file)
    await ledger.append(drafts('a'))
    await ledger.append(drafts('b'))
    tamper(file, 'DELETE FROM block WHERE first = 1; DELETE FROM entry_latest WHERE copy = 1')
    expect(findingIn(file)).toBeUndefined()
    expect((await ledger.verify()).broken).toEqual({
      position: 'test:1',
      reason: 'It is missing: this process has written it',
    })
    expect(verifyFile(file, { remembered: { entries: 1, hash: '00' } }).broken).toEqual({
      position: 'test:0',
      reason: 'It is not the entry that was written last by this process',
    })
  })

  it('says so when there is no ledger to look at', async () => {
    const file = ledgerFile()
    await expect(verifyLedger(file)).rejects.toThrow(
      expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
    )
    const whole = await closedLedger()
    copyFileSync(`${whole}.pem`, file)
    await expect(verifyLedger(file)).rejects.toThrow(
      expect.objectContaining({ code: 'LEDGER_BROKEN' }),
    )
    rmSync(file)
  })
})

describe('an erased payload', () => {
  it('leaves a chain that holds, and an entry without it', async () => {
    const file = await closedLedger()
    const before = verifyFile(file, {})
    await rewrite(file, 3, (content) => erasing(content, 1))
    expect(verifyFile(file, {})).toEqual({ ...before, erased: 1 })

    const ledger = await open(file)
    expect(await namesOn(ledger)).toEqual(['a', 'b', 'c', 'd', 'e', 'r', 'a', 'f'])
    const found = await ledger.find(['d', 'e', 'r'].map(keyOf))
    expect([...found.values()].map(({ payload }) => payload)).toEqual([
      draft('d').payload,
      '',
      draft('r').payload,
    ])
  })

  it('is not one when something of it is left, or when it is gone without a mark', async () => {
    const left = await closedLedger()
    const { salts } = await rowOf(left, 3)
    await rewrite(left, 3, (content) => ({ ...erasing(content, 1), salts }))
    expect(findingIn(left)).toBe('test:4: It is marked as erased, and is not')

    const unmarked = await closedLedger()
    await rewrite(unmarked, 3, (content) => {
      const lengths = erasing(content, 1).lengths.map((length) => length ?? 0)
      return { ...erasing(content, 1), lengths }
    })
    expect(findingIn(unmarked)).toMatch(/^test:4: Its payload or salt is not the one/)
  })
})

/** The block without one payload: what erasing will have to leave. */
function erasing(content: BlockContent, at: number): BlockContent {
  const sizes = content.lengths.map((length) => length ?? 0)
  const offset = sizes.slice(0, at).reduce((sum, size) => sum + size, 0)
  const rest = content.payloads.subarray(offset + (sizes[at] ?? 0))
  return {
    ...content,
    salts: Buffer.from(content.salts).fill(0, at * 16, (at + 1) * 16),
    lengths: content.lengths.with(at, undefined),
    payloads: Buffer.concat([content.payloads.subarray(0, offset), rest]),
  }
}

/** The block with hashes that fit its headers: what somebody could write who has the file. */
function chained(content: BlockContent, genesis: Buffer): BlockContent {
  let previous = genesis
  const hashes = content.headers.map((header, at) => {
    const commitment = content.commitments.subarray(at * 32, (at + 1) * 32)
    previous = entryHash({ previous, header, commitment })
    return previous
  })
  return { ...content, hashes: Buffer.concat(hashes) }
}

async function rowOf(file: string, first: number) {
  using database = new DatabaseSync(file, { readOnly: true })
  const row = new LedgerFile(database).block(first)
  if (row === undefined) throw new Error(`No block ${first}`)
  return row
}

/** Puts another block, well packed, in the place of one. */
async function rewrite(
  file: string,
  first: number,
  change: (content: BlockContent) => BlockContent,
): Promise<void> {
  const row = await packBlock(change(unpackBlock(await rowOf(file, first))))
  tamper(file, `DELETE FROM block WHERE first = ${first}`)
  using database = new DatabaseSync(file)
  new LedgerFile(database).write([row], new Map())
}
