import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { claimDataFolder, publishedServer } from '../../src/coordination/index.ts'
import { temporaryFolder } from '../storage/folder.ts'

const server = { url: 'http://127.0.0.1:1', tokens: { admin: 'a', producer: 'p' } }
const inUse = expect.objectContaining({ code: 'DATA_FOLDER_IN_USE' })

it('a folder has one owner, and is free again when that lets go', () => {
  const path = join(temporaryFolder(), 'deep', 'data')
  {
    using folder = claimDataFolder(path)
    expect(statSync(path).mode & 0o777).toBe(0o700)
    expect(() => claimDataFolder(path)).toThrow(inUse)
    expect(folder.files.ledger).toBe(join(path, 'ledger.db'))
  }
  using again = claimDataFolder(path)
  expect(again.files.folder).toBe(path)
})

it('a server is found by its folder while it runs, by its owner alone', () => {
  const path = join(temporaryFolder(), 'data')
  {
    using folder = claimDataFolder(path)
    expect(publishedServer(path)).toBeUndefined()
    folder.publish(server)
    expect(publishedServer(path)).toEqual(server)
    expect(readFileSync(folder.files.url, 'utf8')).toBe('http://127.0.0.1:1\n')
    expect(statSync(folder.files.local).mode & 0o777).toBe(0o600)
  }
  expect(publishedServer(path)).toBeUndefined()
  expect(existsSync(join(path, 'url'))).toBe(false)
})

it('what a killed server left leads nowhere', () => {
  const path = join(temporaryFolder(), 'data')
  const killed = claimDataFolder(path)
  killed.publish(server)
  const left = [killed.files.url, killed.files.local].map(
    (file) => [file, readFileSync(file)] as const,
  )
  killed[Symbol.dispose]()
  for (const [file, bytes] of left) writeFileSync(file, bytes)
  expect(publishedServer(path)).toEqual(server)
  using next = claimDataFolder(path)
  expect(publishedServer(next.files.folder)).toBeUndefined()
})

it('a folder that cannot be made is refused with a code', () => {
  const path = join(temporaryFolder(), 'data')
  using folder = claimDataFolder(path)
  const belowFile = join(folder.files.folder, 'lock', 'below')
  expect(() => claimDataFolder(belowFile)).toThrow(
    expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
  )
})
