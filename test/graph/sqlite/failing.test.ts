import type { GraphStore, Translated } from '../../../src/graph/index.ts'
import type { EntryKey } from '../../../src/model/index.ts'
import type { StatementSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { derivations } from '../../../src/derive/index.ts'
import { Database } from '../../../src/graph/sqlite/database.ts'
import { Parts } from '../../../src/graph/sqlite/parts.ts'
import { sqliteGraph } from '../../../src/graph/sqlite/store.ts'
import { datasetIdOf } from '../../../src/model/index.ts'
import { migrate, migrationsFolder, openDatabase } from '../../../src/storage/index.ts'
import { Archive, FedStore, sqliteKind } from '../../contract/stores.ts'
import { event, glue, lake, minute, ran, received, retraction } from '../../contract/told.ts'

const [raw, out, table] = [lake('raw'), lake('out'), glue('table/db/t')]
const located = event(minute(1), [
  { kind: 'location', at: minute(1), table, location: raw, by: 'symlink' },
])
const first = ran(minute(2), { run: 'r', reads: [raw], writes: [out] })
const second = ran(minute(3), { run: 's', reads: [table], writes: [lake('other')] })
const unavailable = { code: 'STORE_UNAVAILABLE' }

describe('a transaction that fails', () => {
  test('while it is reduced leaves no trace, wherever that was', async () => {
    const expected = await digestOf([located, first, second])
    for (let after = 0; ; after += 1) {
      const disk = new BadDisk()
      await using store = disk.open()
      await disk.feed(store, [located, first])
      const before = await store.digest()
      disk.failAfter(after, 'run')
      const batch = disk.batchOf([second])
      const failed = await store.reduce(batch).then(
        () => false,
        () => true,
      )
      disk.mend()
      if (!failed) {
        expect(after).toBeGreaterThan(10)
        break
      }
      expect(await store.digest()).toBe(before)
      await store.reduce(batch)
      await settle(store)
      expect(await store.digest()).toBe(expected)
    }
  })

  test('while it is derived leaves no trace, wherever that was', async () => {
    const told = [located, first, second, retraction([located], minute(9))]
    const expected = await digestOf(told)
    for (let after = 0; ; after += 7) {
      const disk = new BadDisk()
      await using store = disk.open()
      await store.reduce(disk.batchOf(told))
      disk.failAfter(after, 'run')
      const failed = await settle(store).then(
        () => false,
        () => true,
      )
      disk.mend()
      if (!failed) {
        expect(after).toBeGreaterThan(50)
        break
      }
      await settle(store)
      expect(await store.digest()).toBe(expected)
    }
  })

  test('and a memory that cannot be read again: nothing is answered until it can', async () => {
    const disk = new BadDisk()
    await using store = disk.open()
    await disk.feed(store, [located, first])
    const before = await store.digest()
    disk.failAfter(0, 'run', 'iterate', 'all')
    const batch = disk.batchOf([second])
    await expect(store.reduce(batch)).rejects.toMatchObject(unavailable)
    const when = { asOf: undefined, inForce: false }
    const step = () => store.expand([{ dataset: datasetIdOf(raw) }], 'DOWNSTREAM', when)
    await expect(step()).rejects.toMatchObject(unavailable)
    expect(await store.ready()).toMatchObject({ ready: false })
    disk.mend()
    expect(await step()).toHaveLength(1)
    expect(await store.ready()).toEqual({ ready: true })
    expect(await store.digest()).toBe(before)
  })
})

describe('facts that cannot be had', () => {
  test('leave everything to be derived, and the memory as it is', async () => {
    const disk = new BadDisk()
    await using store = disk.open()
    await disk.feed(store, [located, first])
    await store.reduce(disk.batchOf([retraction([located], minute(9))]))
    disk.facts = () => Promise.reject(new Error('the ledger is away'))
    const read = disk.reads
    await expect(store.derive(100)).rejects.toThrow('away')
    expect(disk.reads - read).toBeLessThan(10)
    expect(await store.marksLeft()).toBeGreaterThan(0)
    disk.facts = undefined
    await settle(store)
    expect(await store.digest()).toBe(await digestOf([first]))
  })

  test('do not lose what is reduced while they are waited for', async () => {
    const disk = new BadDisk()
    await using store = disk.open()
    await disk.feed(store, [located, first])
    await store.reduce(disk.batchOf([retraction([located], minute(9))]))
    const asked = Promise.withResolvers<void>()
    const away = Promise.withResolvers<void>()
    disk.facts = async (keys) => {
      asked.resolve()
      await away.promise
      return disk.archive.find(keys)
    }
    const deriving = store.derive(100)
    await asked.promise
    const reducing = store.reduce(disk.batchOf([second]))
    away.resolve()
    await Promise.all([deriving, reducing])
    await settle(store)
    expect(await store.digest()).toBe(await digestOf([first, second]))
  })
})

async function digestOf(told: readonly Parameters<typeof received>[0][]): Promise<string> {
  await using fed = new FedStore(sqliteKind)
  await fed.tell(...told)
  return await fed.store.digest()
}

async function settle(store: GraphStore): Promise<void> {
  while ((await store.derive(100)) > 0);
}

type Way = 'run' | 'get' | 'all' | 'iterate'

/** A database in memory whose statements fail when they are told to. */
class BadDisk {
  readonly archive = new Archive()
  facts: ((keys: readonly EntryKey[]) => Promise<readonly Translated[]>) | undefined
  reads = 0
  #failing: ReadonlySet<Way> = new Set()
  #left = Infinity
  #next = 0

  open(): GraphStore {
    const db = openDatabase({
      file: ':memory:',
      synchronous: 'NORMAL',
      failure: { subject: 'It' },
    })
    migrate(db, migrationsFolder('sqlite'))
    const prepare = db.prepare.bind(db)
    db.prepare = (sql) => this.#watched(prepare(sql))
    const facts = (keys: readonly EntryKey[]) =>
      this.facts?.(keys) ?? Promise.resolve(this.archive.find(keys))
    return sqliteGraph(new Parts(new Database(db), { file: ':memory:', derivations, facts }))
  }

  /** From the statement after so many of these kinds on, the disk refuses. */
  failAfter(statements: number, ...ways: readonly Way[]): void {
    this.#left = statements
    this.#failing = new Set(ways)
  }

  mend(): void {
    this.#left = Infinity
  }

  batchOf(told: readonly Parameters<typeof received>[0][]) {
    const entries = told.map((one) => received(one, minute(2000 + (this.#next += 1))))
    this.archive.keep(entries)
    return { chain: 'c', next: this.#next, entries }
  }

  async feed(store: GraphStore, told: readonly Parameters<typeof received>[0][]): Promise<void> {
    await store.reduce(this.batchOf(told))
    await settle(store)
  }

  #watched(statement: StatementSync): StatementSync {
    for (const way of ['run', 'get', 'all', 'iterate'] as const) {
      const method = statement[way] as (...values: readonly unknown[]) => unknown
      const watched = (...values: readonly unknown[]): unknown => {
        if (way !== 'run') this.reads += 1
        if (this.#failing.has(way) && (this.#left -= 1) < 0) {
          throw Object.assign(new Error('disk I/O error'), { errcode: 10 })
        }
        return Reflect.apply(method, statement, values)
      }
      Object.defineProperty(statement, way, { value: watched })
    }
    return statement
  }
}
