import type { DatabaseSync } from 'node:sqlite'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { migrate, openDatabase, pendingMigrations } from '../../src/storage/index.ts'
import { linesOf, startChild } from './child.ts'
import { temporaryFolder } from './folder.ts'

const first = 'CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT);'
const second = `ALTER TABLE thing ADD COLUMN kind TEXT; UPDATE thing SET kind = 'old';`

describe('migrate', () => {
  it('applies what is new in order, keeps the rows that are there, and does nothing twice', () => {
    const { database, folder, add } = store()
    add('0001-thing', first)
    expect(migrate(database, folder)).toEqual(['0001-thing'])
    database.exec(`INSERT INTO thing (name) VALUES ('a')`)

    add('0010-after', 'CREATE TABLE after (kind TEXT); INSERT INTO after SELECT kind FROM thing;')
    add('0002-kind', second)
    expect(pendingMigrations(database, folder)).toEqual(['0002-kind', '0010-after'])
    expect(migrate(database, folder)).toEqual(['0002-kind', '0010-after'])

    expect(database.prepare('SELECT * FROM thing').all()).toEqual([
      { id: 1, name: 'a', kind: 'old' },
    ])
    expect(database.prepare('SELECT * FROM after').all()).toEqual([{ kind: 'old' }])
    expect(migrate(database, folder)).toEqual([])
    expect(pendingMigrations(database, folder)).toEqual([])
  })

  it('writes nothing to a store that is up to date', () => {
    const { database, folder, add } = store()
    add('0001-thing', first)
    migrate(database, folder)
    database.exec('PRAGMA query_only = 1')
    expect(migrate(database, folder)).toEqual([])
  })

  it('undoes a migration that fails as a whole, and goes on there the next time', () => {
    const { database, folder, add } = store()
    add('0001-thing', first)
    add('0002-kind', `${second} INSERT INTO nowhere VALUES (1);`)
    expect(() => migrate(database, folder)).toThrow('no such table: nowhere')
    expect(database.prepare('SELECT * FROM pragma_table_info(?)').all('thing')).toHaveLength(2)

    add('0002-kind', second)
    expect(migrate(database, folder)).toEqual(['0002-kind'])
  })

  it.each([
    ['from a newer version', '0003-later', 'SELECT 1;', '0002-kind', second],
    ['whose number means another thing here', '0002-other', second, '0002-kind', second],
    ['that reads otherwise here', '0002-kind', `${second} SELECT 1;`, '0002-kind', second],
  ])('refuses a store with a migration %s', (_how, name, sql, ourName, ourSql) => {
    const { database, folder, add } = store()
    add('0001-thing', first)
    add(name, sql)
    migrate(database, folder)

    const ours = join(folder, 'ours')
    mkdirSync(ours)
    writeFileSync(join(ours, '0001-thing.sql'), first)
    writeFileSync(join(ours, `${ourName}.sql`), ourSql)
    const ahead = expect.objectContaining({ code: 'STORE_AHEAD' })
    expect(() => migrate(database, ours)).toThrow(ahead)
    expect(() => pendingMigrations(database, ours)).toThrow(ahead)
  })

  it('does not mind line ends', () => {
    const { database, folder, add } = store()
    add('0001-thing', `${first}\nSELECT 1;\n`)
    migrate(database, folder)
    add('0001-thing', `${first}\r\nSELECT 1;\r\n`)
    expect(migrate(database, folder)).toEqual([])
  })

  it('lets each migration be applied by one of several processes that start at once', async () => {
    const { database, folder, file, add } = store()
    database.close()
    const names = ['0001-thing', '0002-kind', '0003-more', '0004-more', '0005-more']
    for (const name of names) add(name, `CREATE TABLE "${name}" (id INTEGER);`)

    const child = new URL('./migrate-child.ts', import.meta.url)
    const applied = await Promise.all(
      [1, 2, 3].map(async () => {
        const migrating = startChild(child, [file, folder])
        const [printed = ''] = await linesOf(migrating)
        expect(await migrating.ended).toBe(0)
        return JSON.parse(printed) as string[]
      }),
    )
    expect(applied.flat().toSorted()).toEqual(names)
  })
})

function store(): Readonly<{
  database: DatabaseSync
  file: string
  folder: string
  add: (name: string, sql: string) => void
}> {
  const folder = temporaryFolder()
  const file = join(folder, 'store.db')
  const failure = { subject: 'The store' }
  const database = openDatabase({ file, synchronous: 'NORMAL', failure })
  onTestFinished(() => {
    if (database.isOpen) database.close()
  })
  const add = (name: string, sql: string): void => writeFileSync(join(folder, `${name}.sql`), sql)
  return { database, file, folder, add }
}
