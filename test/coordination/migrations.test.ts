import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newToken, openTokenStore, secretHash } from '../../src/coordination/index.ts'
import { micros } from '../../src/model/index.ts'
import { migrate, migrationsFolder, openDatabase } from '../../src/storage/index.ts'
import { temporaryFolder } from '../storage/folder.ts'

it('a token of before there were more limits is good as it was', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'tokens.db')
  const first = join(folder, 'migrations')
  mkdirSync(first)
  copyFileSync(
    join(migrationsFolder('coordination'), '0001-tokens.sql'),
    join(first, '0001-tokens.sql'),
  )
  const token = newToken()
  {
    using database = openDatabase({ file, synchronous: 'FULL', failure: { subject: 'It' } })
    expect(migrate(database, first)).toEqual(['0001-tokens'])
    database
      .prepare(
        `INSERT INTO token VALUES (?, 'spark', 'producer', NULL, '["a"]', NULL, 1, NULL, NULL)`,
      )
      .run(secretHash(token))
    expect(migrate(database, migrationsFolder('coordination'))).toEqual([
      '0002-limits',
      '0003-notices',
    ])
    expect(migrate(database, migrationsFolder('coordination'))).toEqual([])
  }
  using store = openTokenStore(file, () => micros(2))
  expect(store.find(token)).toEqual({
    name: 'spark',
    role: 'producer',
    person: undefined,
    namespaces: ['a'],
    formats: undefined,
    accounts: undefined,
    mapping: undefined,
    requestsPerMinute: undefined,
    createdAt: 1,
    expiresAt: undefined,
    revokedAt: undefined,
  })
})
