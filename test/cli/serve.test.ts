import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { claimDataFolder } from '../../src/coordination/index.ts'
import { event } from '../service.ts'
import { temporaryFolder } from '../storage/folder.ts'
import { lineward, linewardProcess, serving } from './command-line.ts'

const folder = (): string => join(temporaryFolder(), 'data')

async function post(url: string, token: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/lineage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(event()),
  })
  await response.text()
  return response.status
}

describe('serve', () => {
  it('says one line when it is ready, writes its URL, and ends well on SIGTERM', async () => {
    const data = folder()
    const server = await serving(data)
    expect(readFileSync(join(data, 'url'), 'utf8')).toBe(`${server.url}\n`)
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    const { code, out } = await server.stop()
    expect({ code, out }).toEqual({ code: 0, out: `Lineward is ready at ${server.url}\n` })
    expect(existsSync(join(data, 'url'))).toBe(false)
  })

  it('shows a link to sign in at a first start, and later no more', async () => {
    const data = folder()
    const first = await serving(data)
    const link = /http:\S+\/signin\?code=\S+/.exec(first.notes())?.[0] ?? ''
    expect(link.startsWith(first.url)).toBe(true)
    expect((await fetch(link)).status).toBe(200)
    expect((await fetch(link)).status).toBe(401)
    expect(
      (await lineward(['token', 'create', '--role', 'admin', '--name', 'a', '--data', data])).code,
    ).toBe(0)
    const fresh = await lineward(['signin', '--data', data])
    expect((await fetch(fresh.out.trim())).status).toBe(200)
    await first.stop()
    const second = await serving(data)
    expect(second.notes()).not.toContain('signin')
    expect((await lineward(['signin', '--data', folder()])).err).toContain('NOT_FOUND')
  })

  it('on a folder that is served already is refused, with where', async () => {
    const data = folder()
    const server = await serving(data)
    const second = await linewardProcess(['serve', '--data', data, '--port', '0'])
    expect(second).toMatchObject({ code: 1, out: '' })
    expect(second.err).toContain(`served already, at ${server.url} (DATA_FOLDER_IN_USE)`)
    expect((await fetch(`${server.url}/livez`)).status).toBe(200)
  })

  it('where nothing can listen ends with a code', async () => {
    const server = await serving(folder())
    const { port } = new URL(server.url)
    const second = await lineward(['serve', '--data', folder(), '--port', port])
    expect(second.code).toBe(2)
    expect(second.err).toContain('CONFIG_INVALID')
  })
})

it('a stop answers what is under way, and loses nothing that was answered', async () => {
  const data = folder()
  const create = ['token', 'create', '--role', 'producer', '--name', 'p', '--data', data]
  const token = (await lineward(create)).out.trim()
  const server = await serving(data)
  let answered = 0
  const posting = Array.from({ length: 8 }, async () => {
    for (;;) {
      const status = await post(server.url, token).catch(() => 'gone' as const)
      if (status === 'gone') return
      expect(status).toBe(201)
      answered += 1
    }
  })
  await expect.poll(() => answered, { timeout: 60_000 }).toBeGreaterThan(50)
  expect((await server.stop()).code).toBe(0)
  await Promise.all(posting)
  const { out } = await lineward(['verify', '--data', data, '--json'])
  expect(JSON.parse(out)).toMatchObject({ entries: answered, broken: null })
})

describe('a folder that another process owns', () => {
  it('and serves is worked on through it', async () => {
    const data = folder()
    const server = await serving(data)
    const create = ['token', 'create', '--role', 'producer', '--name', 'p', '--data', data]
    const { code, out } = await lineward(create)
    expect(code).toBe(0)
    expect(out).toMatch(/^lw_[A-Za-z0-9_-]{43}\n$/)
    expect(await post(server.url, out.trim())).toBe(201)
    const again = await lineward(create)
    expect(again).toMatchObject({ code: 1, out: '' })
    expect(again.err).toContain('CONFLICT')
    expect((await lineward(['token', 'list', '--data', data])).out).toMatch(/^p +producer /m)
    expect((await lineward(['token', 'revoke', 'p', '--data', data])).code).toBe(0)
    expect(await post(server.url, out.trim())).toBe(401)
    expect((await lineward(['migrate', '--data', data])).code).toBe(0)
    expect((await lineward(['verify', '--data', data])).out).toMatch(/holds: 1 entries/)
    const rebuilt = await lineward(['rebuild', '--data', data, '--json'])
    expect(JSON.parse(rebuilt.out)).toMatchObject({ entries: 1, equal: true })
  })

  it('and does not serve is left alone, at once and in words', async () => {
    const data = folder()
    using owned = claimDataFolder(data)
    expect(owned.files.folder).toBe(data)
    for (const command of [
      ['token', 'list'],
      ['verify'],
      ['rebuild'],
      ['ingest', '-'],
      ['serve'],
    ]) {
      const refused = await lineward([...command, '--data', data])
      expect(refused).toMatchObject({ code: 1, out: '' })
      expect(refused.err).toContain('DATA_FOLDER_IN_USE')
    }
  })

  it('can be taken when that was killed, and its events and tokens are there', async () => {
    const data = folder()
    const create = ['token', 'create', '--role', 'producer', '--name', 'p', '--data', data]
    const token = (await lineward(create)).out.trim()
    const killed = await serving(data)
    expect(await post(killed.url, token)).toBe(201)
    await killed.stop('SIGKILL')
    expect(existsSync(join(data, 'url'))).toBe(true)
    expect((await lineward(['verify', '--data', data])).out).toMatch(/holds: 1 entries/)
    const next = await serving(data)
    expect(await post(next.url, token)).toBe(201)
  })
})

describe('the command line', () => {
  it.each([
    [[], 2, ''],
    [['--help'], 0, 'lineward COMMAND'],
    [['nonsense'], 2, ''],
    [['serve', '--nonsense'], 2, ''],
    [['verify', '--help'], 0, 'Reads the whole ledger back'],
    [['token'], 2, ''],
    [['token', 'create', '--role', 'root', '--name', 'a'], 2, ''],
    [['lineage', 'one'], 2, ''],
    [['lineage', 'a', 'b', '--direction', 'sideways'], 2, ''],
    [['ingest'], 2, ''],
    [['ingest', 's3://bucket/key'], 2, ''],
    [['ingest', '-', '--url', 'file:///etc'], 2, ''],
    [['serve', '--port', 'many'], 2, ''],
    [['serve', 'here'], 2, ''],
    [['verify', 'here'], 2, ''],
    [['rebuild', 'here'], 2, ''],
    [['migrate', 'here'], 2, ''],
    [['signin', 'here'], 2, ''],
  ] as const)('of %j ends with %i', async (words, code, out) => {
    const ended = await lineward(words, { env: { LINEWARD_DATA: folder() } })
    expect(ended.code).toBe(code)
    expect(ended.out.includes(out)).toBe(true)
    if (code === 2) expect(ended.out).toBe('')
    else expect(ended.err).toBe('')
  })

  it('tells all that is wrong with the settings at once', async () => {
    const env = { LINEWARD_PORT: 'x', LINEWARD_HOTS: 'y' }
    const { code, err } = await lineward(['verify', '--log-level', 'loud'], { env })
    expect(code).toBe(2)
    for (const word of ['LINEWARD_PORT', 'LINEWARD_HOTS', '--log-level', 'CONFIG_INVALID']) {
      expect(err).toContain(word)
    }
  })

  it('makes no folder only to look into it', async () => {
    const data = folder()
    for (const command of [['lineage', 'a', 'b'], ['verify'], ['rebuild'], ['token', 'list']]) {
      const { code, err } = await lineward([...command, '--data', data])
      expect(code).toBe(1)
      expect(err).toContain('NOT_FOUND')
    }
    expect(existsSync(data)).toBe(false)
  })
})
