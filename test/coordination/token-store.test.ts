import type { TokenGrant } from '../../src/coordination/index.ts'
import type { Micros } from '../../src/model/index.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openTokenStore } from '../../src/coordination/index.ts'
import { micros } from '../../src/model/index.ts'
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

it.each(['', 'lw_', 'x'.repeat(46), `lw_${'A'.repeat(43)}`, `lw_${'A'.repeat(44)}`, "' OR 1=1 --"])(
  'what was never made is found by nobody: %j',
  (text) => {
    using store = opened(join(temporaryFolder(), 'tokens.db'))
    store.create(grant)
    expect(store.find(text)).toBeUndefined()
  },
)
