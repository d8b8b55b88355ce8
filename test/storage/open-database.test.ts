import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  inTransaction,
  openDatabase,
  storageFailure,
  storageTrouble,
} from '../../src/storage/index.ts'
import { temporaryFolder } from './folder.ts'

const failure = { subject: 'The shelf', codes: { damaged: 'LEDGER_BROKEN' } } as const

describe('openDatabase', () => {
  it('makes a file in WAL that only its owner can read', () => {
    const file = join(temporaryFolder(), 'shelf.db')
    using database = openDatabase({ file, synchronous: 'FULL', failure })
    database.exec('CREATE TABLE thing (id INTEGER)')
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
    const modes = ['', '-wal', '-shm'].map((part) => statSync(file + part).mode & 0o777)
    expect(modes).toEqual([0o600, 0o600, 0o600])
  })

  it('opens what is there again, also for reading alone beside a writer', () => {
    const file = join(temporaryFolder(), 'shelf.db')
    using writer = openDatabase({ file, synchronous: 'NORMAL', failure })
    writer.exec('CREATE TABLE thing (id INTEGER); INSERT INTO thing VALUES (7)')
    using reader = openDatabase({ file, synchronous: 'NORMAL', readOnly: true, failure })
    expect(reader.prepare('SELECT id FROM thing').get()).toEqual({ id: 7 })
    expect(() => reader.exec('DELETE FROM thing')).toThrow('readonly')
  })

  it('knows a database in memory', () => {
    using database = openDatabase({ file: ':memory:', synchronous: 'NORMAL', failure })
    expect(database.prepare('SELECT 1 AS one').get()).toEqual({ one: 1 })
  })

  it('says what is the matter without the words of the driver', () => {
    const folder = temporaryFolder()
    const garbage = join(folder, 'garbage.db')
    writeFileSync(
      garbage,
      'this is no database at all, and long enough to be looked at '.repeat(20),
    )
    const open = (file: string) => () => openDatabase({ file, synchronous: 'FULL', failure })

    expect(open(garbage)).toThrow(
      expect.objectContaining({ code: 'LEDGER_BROKEN', message: 'The shelf is damaged on disk' }),
    )
    expect(open(join(folder, 'no-such-folder', 'shelf.db'))).toThrow(
      expect.objectContaining({
        code: 'STORE_UNAVAILABLE',
        message: 'The shelf cannot be read or written: the disk refused',
      }),
    )
  })
})

describe('inTransaction', () => {
  it('keeps all of it or nothing', () => {
    using database = openDatabase({ file: ':memory:', synchronous: 'NORMAL', failure })
    database.exec('CREATE TABLE thing (id INTEGER)')
    const insert = database.prepare('INSERT INTO thing VALUES (?)')
    expect(inTransaction(database, () => insert.run(1).changes)).toBe(1)
    const failing = (): void =>
      inTransaction(database, () => {
        insert.run(2)
        throw new Error('changed my mind')
      })
    expect(failing).toThrow('changed my mind')
    expect(database.prepare('SELECT id FROM thing').all()).toEqual([{ id: 1 }])
  })

  it('leaves a database without room as it was, and usable', () => {
    const file = join(temporaryFolder(), 'shelf.db')
    using database = openDatabase({ file, synchronous: 'NORMAL', failure })
    database.exec('CREATE TABLE thing (bytes BLOB); PRAGMA max_page_count = 20')
    const insert = database.prepare('INSERT INTO thing VALUES (zeroblob(?))')
    const thrown = caught(() => inTransaction(database, () => insert.run(1_000_000)))

    expect(storageTrouble(thrown)).toBe('full')
    expect(
      storageFailure(thrown, { subject: 'The shelf', codes: { full: 'NOT_DURABLE' } }),
    ).toMatchObject({
      code: 'NOT_DURABLE',
      message: 'The shelf has no room left',
      details: { trouble: 'full' },
      cause: thrown,
    })
    inTransaction(database, () => insert.run(10))
    expect(database.prepare('SELECT length(bytes) AS n FROM thing').all()).toEqual([{ n: 10 }])
  })
})

describe('storageFailure', () => {
  it('lets pass what is no trouble of storage', () => {
    using database = openDatabase({ file: ':memory:', synchronous: 'NORMAL', failure })
    const mistake = caught(() => database.exec('SELEKT 1'))
    expect(storageTrouble(mistake)).toBeUndefined()
    expect(storageFailure(mistake, failure)).toBe(mistake)
    expect(storageFailure('text', failure)).toBe('text')
  })
})

function caught(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown')
}
