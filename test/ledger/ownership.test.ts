import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import { startChild } from '../storage/child.ts'
import { drafts } from './draft.ts'
import { ledgerFile, namesOn, open } from './ledger.ts'

const inUse = expect.objectContaining({ code: 'DATA_FOLDER_IN_USE' })

it('has one owner in a process, and is free when that closes it', async () => {
  const file = ledgerFile()
  const first = await open(file)
  await first.append(drafts('a'))
  await expect(openLedger({ file })).rejects.toThrow(inUse)
  await first.append(drafts('b'))
  await first[Symbol.asyncDispose]()
  expect(await namesOn(await open(file))).toEqual(['a', 'b'])
})

it('has one owner among processes, and is free when that is killed', async () => {
  const file = ledgerFile()
  const child = startChild(new URL('./append-child.ts', import.meta.url), [file, '0', '1'])
  for await (const line of child.lines) if (line.includes('acknowledged')) break
  await expect(openLedger({ file })).rejects.toThrow(inUse)
  await child.kill()
  const ledger = await open(file, { chain: undefined })
  expect(ledger.head().entries).toBeGreaterThan(0)
})

it('names its chain once: by chance, or as it is told', async () => {
  const file = ledgerFile()
  await using first = await openLedger({ file })
  const { chain } = first.head()
  expect(chain).toMatch(/^[0-9a-f]{8}$/)
  await first[Symbol.asyncDispose]()

  const misconfigured = expect.objectContaining({ code: 'CONFIG_INVALID' })
  await expect(openLedger({ file, chain: 'other' })).rejects.toThrow(misconfigured)
  await expect(openLedger({ file, chain: 'a:b' })).rejects.toThrow(misconfigured)
  await using again = await openLedger({ file })
  expect(again.head().chain).toBe(chain)
})

it('says which way a file cannot be opened, and lets go of it', async () => {
  const file = ledgerFile()
  await expect(openLedger({ file: `${dirname(file)}/nowhere/ledger.db` })).rejects.toThrow(
    expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
  )

  writeFileSync(file, 'this is no database at all, and long enough to be looked at '.repeat(20))
  const broken = expect.objectContaining({ code: 'LEDGER_BROKEN' })
  await expect(openLedger({ file })).rejects.toThrow(broken)
  await expect(openLedger({ file })).rejects.toThrow(broken)

  const newer = ledgerFile()
  await using ledger = await open(newer)
  await ledger[Symbol.asyncDispose]()
  using database = new DatabaseSync(newer)
  database.exec(`INSERT INTO migration VALUES (999, '0999-later', 'x')`)
  const ahead = expect.objectContaining({ code: 'STORE_AHEAD' })
  await expect(openLedger({ file: newer })).rejects.toThrow(ahead)
  await expect(openLedger({ file: newer })).rejects.toThrow(ahead)
})

it('does not go on behind a block that is damaged', async () => {
  const file = ledgerFile()
  const before = await open(file)
  await before.append(drafts('a'))
  await before.append(drafts('b'))
  await before[Symbol.asyncDispose]()
  using database = new DatabaseSync(file)
  database.exec('UPDATE block SET hashes = zeroblob(32) WHERE first = 1')
  await expect(openLedger({ file })).rejects.toThrow(
    expect.objectContaining({ code: 'LEDGER_BROKEN', details: { first: 1, entries: 1 } }),
  )
})

it('leaves files that only their owner can read, and no others', async () => {
  const file = ledgerFile()
  const ledger = await open(file)
  await ledger.append(drafts('a'))
  const modes = ['', '-wal', '-shm'].map((part) => statSync(file + part).mode & 0o777)
  expect(modes).toEqual([0o600, 0o600, 0o600])
  await ledger[Symbol.asyncDispose]()
  expect(readdirSync(dirname(file)).toSorted()).toEqual(['ledger.db', 'ledger.db.lock'])
})
