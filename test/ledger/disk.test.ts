import type { DatabaseSync } from 'node:sqlite'
import type { Ledger } from '../../src/ledger/index.ts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { verifyLedger } from '../../src/ledger/index.ts'
import { LedgerFile } from '../../src/ledger/ledger-file.ts'
import { defaultLimits } from '../../src/ledger/open-ledger.ts'
import { SqliteLedger } from '../../src/ledger/sqlite-ledger.ts'
import { migrate, migrationsFolder, openDatabase } from '../../src/storage/index.ts'
import { at, draft, drafts } from './draft.ts'
import { ledgerFile, namesOn, open } from './ledger.ts'

/** Ways in which a disk refuses, set on the connection that writes; the errors are SQLite's own. */
const refusals = [
  ['is full', 'PRAGMA max_page_count = 1', 'PRAGMA max_page_count = 1000000', 'full'],
  ['cannot be written to', 'PRAGMA query_only = 1', 'PRAGMA query_only = 0', 'readOnly'],
] as const

describe.each(refusals)('a disk that %s', (_how, refuse, relent, trouble) => {
  it('costs every call that waits, whole, and nothing that was accepted', async () => {
    const { ledger, database, file } = withConnection()
    await ledger.append(drafts('a'))
    const head = ledger.head()

    database.exec(refuse)
    const outcomes = await Promise.allSettled([
      ledger.append([draft('b'), draft('c', { payload: randomText(100_000) })]),
      ledger.append(drafts('d')),
    ])
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: 'NOT_DURABLE', details: { trouble } },
      })
    }
    expect(ledger.head()).toEqual(head)
    expect(await namesOn(ledger)).toEqual(['a'])

    database.exec(relent)
    const receipts = await ledger.append(drafts('d', 'a', 'b'))
    expect(receipts.map(({ duplicate }) => duplicate)).toEqual([false, true, false])
    await ledger[Symbol.asyncDispose]()
    expect(await verifyLedger(file)).toMatchObject({ entries: 3, broken: undefined })
    expect(await namesOn(await open(file))).toEqual(['a', 'd', 'b'])
  })
})

it('another process that holds the file for writing is waited for, then refused', async () => {
  const { ledger, file } = withConnection()
  await ledger.append(drafts('a'))
  using other = openDatabase({ file, synchronous: 'FULL', failure: { subject: 'It' } })
  other.exec('BEGIN IMMEDIATE')
  await expect(ledger.append(drafts('b'))).rejects.toThrow(
    expect.objectContaining({ code: 'NOT_DURABLE', details: { trouble: 'busy' } }),
  )
  other.exec('ROLLBACK')
  await ledger.append(drafts('b'))
  expect(await namesOn(ledger)).toEqual(['a', 'b'])
})

/** A ledger whose own connection the test can get at. */
function withConnection(): Readonly<{ ledger: Ledger; database: DatabaseSync; file: string }> {
  const file = ledgerFile()
  const database = openDatabase({ file, synchronous: 'FULL', failure: { subject: 'The ledger' } })
  migrate(database, migrationsFolder('ledger'))
  const ledger = new SqliteLedger({
    file,
    database,
    lock: { [Symbol.dispose]() {} },
    chain: new LedgerFile(database).chainOr('test'),
    signingKey: undefined,
    clock: () => at(0),
    limits: defaultLimits,
  })
  onTestFinished(() => ledger[Symbol.asyncDispose]())
  return { ledger, database, file }
}

/** Text that compresses badly. */
function randomText(length: number): string {
  let state = 1
  const next = (): string => {
    state = (state * 48_271) % 2_147_483_647
    return String.fromCharCode(33 + (state % 90))
  }
  return Array.from({ length }, next).join('')
}
