import type { TokenGrant } from '../../src/coordination/index.ts'
import type { Micros } from '../../src/model/index.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openTokenStore } from '../../src/coordination/index.ts'
import { micros } from '../../src/model/index.ts'
import { openDatabase } from '../../src/storage/index.ts'
import { temporaryFolder } from '../storage/folder.ts'

const start = micros(1_770_000_000_000_000)
const grant: TokenGrant = {
  name: 'spark',
  role: 'producer',
  person: undefined,
  namespaces: ['a', 'b'],
  formats: undefined,
  expiresAt: micros(start + 1000),
}

function opened(file: string, now = (): Micros => start): ReturnType<typeof openTokenStore> {
  return openTokenStore(file, now)
}

it('a token is found again after a restart, and stands in no file', () => {
  const file = join(temporaryFolder(), 'tokens.db')
  let token: string
  {
    using store = opened(file)
    token = store.create(grant)
    expect(token).toMatch(/^lw_[A-Za-z0-9_-]{43}$/)
  }
  using store = opened(file)
  expect(store.find(token)).toEqual({ ...grant, createdAt: start, revokedAt: undefined })
  const bytes = [file, `${file}-wal`].map((path) => readFileSync(path).toString('latin1')).join('')
  expect(bytes).toContain('spark')
  expect(bytes).not.toContain(token.slice(3))
})

it('a token keeps every limit that it was given, words such as __proto__ too', () => {
  const limits = {
    formats: ['cloudtrail', 'openlineage'],
    accounts: ['000123456789'],
    mapping: Object.fromEntries([
      ['default', 'airflow-prod'],
      ['__proto__', 'odd'],
    ]),
    requestsPerMinute: 60,
  }
  const file = join(temporaryFolder(), 'tokens.db')
  using store = opened(file)
  const token = store.create({ ...grant, ...limits })
  const found = store.find(token)
  expect(found).toMatchObject({ ...limits, namespaces: grant.namespaces })
  expect(Object.keys(found?.mapping ?? {})).toEqual(['default', '__proto__'])
})

it.each([
  [{ formats: ['glue'] }, /no format glue; the formats are openlineage, cloudtrail, /],
  [{ accounts: ['1234'] }, /12 digits/],
  [{ mapping: {} }, /mapping may not be empty; leave it out/],
  [{ role: 'auditor', formats: ['openlineage'] }, /Only a producer has formats: leave that out/],
  [{ requestsPerMinute: 1.5 }, /from 1 to/],
] as const)('who asks for %j is told what to do', (more, message) => {
  using store = opened(join(temporaryFolder(), 'tokens.db'))
  const create = (): string => store.create({ ...grant, namespaces: undefined, ...more })
  expect(create).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }))
  expect(create).toThrow(message)
  expect(store.list()).toEqual([])
})

it('a token is good until the moment at which it expires', () => {
  let now = start
  using store = opened(join(temporaryFolder(), 'tokens.db'), () => now)
  const token = store.create(grant)
  now = micros(start + 999)
  expect(store.find(token)?.name).toBe('spark')
  now = micros(start + 1000)
  expect(store.find(token)).toBeUndefined()
})

it('a revoked token is found by nobody, stays in the list, and leaves its name free', () => {
  using store = opened(join(temporaryFolder(), 'tokens.db'))
  const token = store.create(grant)
  expect(() => store.create(grant)).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
  expect(store.revoke('spark')).toMatchObject({ name: 'spark', revokedAt: start })
  expect(store.find(token)).toBeUndefined()
  const other = store.create(grant)
  expect(store.find(other)?.name).toBe('spark')
  expect(store.list().map(({ revokedAt }) => revokedAt)).toHaveLength(2)
  store.revoke('spark')
  expect(() => store.revoke('spark')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
})

it.each(['local', 'metrics', 'session:ada'])(
  'nobody gets a token that evidence would take for another caller: %s',
  (name) => {
    using store = opened(join(temporaryFolder(), 'tokens.db'))
    const refused = expect.objectContaining({ code: 'ARGUMENT_INVALID' })
    expect(() => store.create({ ...grant, name })).toThrow(refused)
    expect(store.list()).toEqual([])
  },
)

it('a file that cannot be written is said to be unavailable, and changes nothing', () => {
  const file = join(temporaryFolder(), 'tokens.db')
  using store = opened(file)
  const token = store.create(grant)
  using other = openDatabase({ file, synchronous: 'FULL', failure: { subject: 'It' } })
  other.exec('BEGIN IMMEDIATE')
  const refused = expect.objectContaining({ code: 'STORE_UNAVAILABLE' })
  expect(() => store.create({ ...grant, name: 'flink' })).toThrow(refused)
  expect(() => store.revoke('spark')).toThrow(refused)
  other.exec('ROLLBACK')
  expect(store.list().map(({ name }) => name)).toEqual(['spark'])
  expect(store.find(token)?.name).toBe('spark')
})

it.each(['', 'lw_', 'x'.repeat(46), `lw_${'A'.repeat(43)}`, `lw_${'A'.repeat(44)}`, "' OR 1=1 --"])(
  'what was never made is found by nobody: %j',
  (text) => {
    using store = opened(join(temporaryFolder(), 'tokens.db'))
    store.create(grant)
    expect(store.find(text)).toBeUndefined()
  },
)
