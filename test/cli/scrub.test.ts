import type { Running } from '../service.ts'
import type { Leak } from '../service/leaky.ts'
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../src/ledger/index.ts'
import { storedIn, tracesOf } from '../ledger/traces.ts'
import { event, running } from '../service.ts'
import { leaks } from '../service/leaky.ts'
import { temporaryFolder } from '../storage/folder.ts'
import { lineward } from './command-line.ts'

type Line = Readonly<{ progress?: unknown; result?: unknown; problem?: unknown }>

/** Rules older than any that there are let all of this in. */
async function leak(server: Running, all: readonly Leak[]): Promise<void> {
  await server.service.ledger.append(all.map(({ dirty }) => ({ ...dirty, scrubVersion: 0 })))
  const { ledger, projector } = server.service
  expect(await projector.reached(ledger.head().entries, 20_000)).toBe(true)
}

/** Which secrets stand in a file of the folder, as they are. */
function plainIn(data: string, all: readonly Leak[]): readonly string[] {
  const files = globSync(join(data, '**/*')).filter((path) => statSync(path).isFile())
  return files.filter((path) => {
    const bytes = readFileSync(path)
    return all.some(({ secret }) => bytes.includes(secret))
  })
}

async function ask(server: Running, query: string): Promise<unknown> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${server.tokens.admin}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query }),
  })
  return await response.json()
}

async function scrub(data: string, ...more: readonly string[]) {
  const ended = await lineward(['scrub', '--data', data, '--json', ...more])
  return { ...ended, said: JSON.parse(ended.out || '{}') as Readonly<Record<string, unknown>> }
}

async function post(server: Running, path: string): Promise<Readonly<{ status: number }> & Line> {
  const headers = { authorization: `Bearer ${server.tokens.admin}` }
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers })
  const lines = (await response.text()).trim().split('\n')
  return { status: response.status, ...(JSON.parse(lines.at(-1) ?? '{}') as Line) }
}

describe('lineward scrub', () => {
  it('takes what older rules let in out of a folder, beside its server and without', async () => {
    const data = join(temporaryFolder(), 'data')
    const all = leaks()
    const file = join(data, 'ledger.db')
    {
      await using server = await running({}, data)
      await server.post('/api/v1/lineage', JSON.stringify(event()))
      await leak(server, all)
      writeFileSync(join(data, 'graph.db.unreadable'), all[0]?.secret ?? '')
      expect(plainIn(data, all)).toContainEqual(expect.stringMatching(/graph\.db(?:-wal)?$/))
      const were = storedIn(file)
      const evidence =
        '{ dataset(namespace: "n", name: "table 1") { evidence { edges { node { event } } } } }'
      expect(JSON.stringify(await ask(server, evidence))).toContain(all[0]?.secret)

      const dry = await scrub(data, '--dry-run')
      expect(dry).toMatchObject({ code: 0, said: { changed: 7, erased: 0, dryRun: true } })
      expect(plainIn(data, all)).not.toEqual([])

      const { code, said, err } = await scrub(data)
      expect(err).toContain('Working through the server at')
      expect({ code, said }).toMatchObject({
        code: 0,
        said: { entries: 8, changed: 7, erased: 7, headers: 0, detectors: { password: 7 } },
      })
      expect(plainIn(data, all)).toEqual([])
      expect(tracesOf(were, file)).toEqual([])
      const told = JSON.stringify(await ask(server, evidence))
      expect(told).toContain('[scrubbed:password]')
      expect(told).toContain('"data"')
      for (const { secret } of all) expect(told).not.toContain(secret)
      const verified = await post(server, '/api/v1/ledger/verify')
      expect(verified.result).toMatchObject({ erased: 7, broken: null })
      const [first] = await server.service.ledger.read(1, 1)
      expect(first).toMatchObject({ erased: true, payload: '' })
    }
    expect(plainIn(data, all)).toEqual([])
    expect(await verifyLedger(file)).toMatchObject({ erased: 7, broken: undefined })
    expect(await scrub(data)).toMatchObject({ code: 0, said: { changed: 0, erased: 0 } })
    const verify = await lineward(['verify', '--data', data])
    expect(verify.out).toContain('7 payloads erased')
    const rebuilt = await lineward(['rebuild', '--data', data, '--json'])
    expect(JSON.parse(rebuilt.out)).toMatchObject({ equal: true })
  })

  it('tells people what was found, and which headers stay, by exit code 3', async () => {
    const data = join(temporaryFolder(), 'data')
    const [one, ...others] = leaks()
    if (one === undefined) throw new Error('There are leaks')
    {
      await using server = await running({}, data)
      const context = { note: `password=${one.secret}` }
      await leak(server, [{ ...one, dirty: { ...one.dirty, context } }, ...others])
    }
    const dry = await lineward(['scrub', '--data', data, '--dry-run'])
    expect(dry.out).toContain('7 of 7 entries would change by the rules of version')
    expect(dry.code).toBe(3)
    const { out, code } = await lineward(['scrub', '--data', data])
    expect(out).toContain('7 of 7 entries changed')
    expect(out).toContain('7 payloads were erased')
    expect(out).toMatch(/^ +7 {2}password$/m)
    expect(out).toMatch(/^1 entries hold a find in their header, which stays:\n {2}\w+:0$/m)
    expect(out).not.toContain(one.secret)
    expect(code).toBe(3)
  })

  it('makes the graph anew when a run ended before that', async () => {
    const data = join(temporaryFolder(), 'data')
    const all = leaks()
    {
      await using server = await running({}, data)
      await leak(server, all)
    }
    // What such a run leaves: the ledger done with, the graph as it was, and the mark beside it.
    const before = readFileSync(join(data, 'graph.db'))
    await scrub(data)
    writeFileSync(join(data, 'graph.db'), before)
    writeFileSync(join(data, 'graph.db.scrubbing'), '')
    expect(plainIn(data, all)).not.toEqual([])
    expect(await scrub(data)).toMatchObject({ code: 0, said: { changed: 0, erased: 0 } })
    expect(plainIn(data, all)).toEqual([])
    expect(globSync(join(data, '*.scrubbing'))).toEqual([])
  })

  it('is wrong use with words, and fails without a folder', async () => {
    const data = join(temporaryFolder(), 'none')
    expect((await lineward(['scrub', 'all'])).code).toBe(2)
    expect((await lineward(['scrub', '--dry'])).code).toBe(2)
    expect(await lineward(['scrub', '--data', data])).toMatchObject({
      code: 1,
      err: expect.stringContaining('NOT_FOUND'),
    })
    const help = await lineward(['scrub', '--help'])
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining('--dry-run') })
  })
})

describe('POST /api/v1/ledger/scrub', () => {
  it('is one at a time, also beside a rebuild', async () => {
    await using server = await running()
    await leak(server, leaks())
    const both = await Promise.all([
      post(server, '/api/v1/ledger/scrub'),
      post(server, '/api/v1/ledger/scrub?dryRun=true'),
      post(server, '/api/v1/graph/rebuild'),
    ])
    expect(both.filter(({ result }) => result !== undefined)).toHaveLength(1)
    expect(both.flatMap(({ problem }) => problem ?? [])).toEqual([
      { code: 'CONFLICT', detail: expect.any(String) },
      { code: 'CONFLICT', detail: expect.any(String) },
    ])
  })

  it('is for admins, and refuses a dry run that is neither true nor false', async () => {
    await using server = await running()
    expect((await post(server, '/api/v1/ledger/scrub?dryRun=maybe')).status).toBe(400)
    expect((await post(server, '/api/v1/ledger/scrub?dryRun=true&dryRun=true')).status).toBe(400)
    for (const role of ['steward', 'auditor', 'producer'] as const) {
      const headers = { authorization: `Bearer ${server.tokens[role]}` }
      const response = await fetch(`${server.url}/api/v1/ledger/scrub`, { method: 'POST', headers })
      expect(response.status).toBe(403)
    }
    expect((await post(server, '/api/v1/ledger/scrub?dryRun=false')).result).toMatchObject({
      entries: 0,
    })
  })
})

it('an erased entry is evidence without its event, and a dead letter that cannot be replayed', async () => {
  await using server = await running()
  const { ledger } = server.service
  const all = leaks()
  await leak(server, all)
  const positions = (await ledger.read(0, 10)).map(({ position }) => position)
  await ledger.erase(positions)
  const said = JSON.stringify(
    await ask(
      server,
      `{ dataset(namespace: "n", name: "table 1") { evidence { edges { node { position eventTime event } } } }
         deadLetters { edges { node { code event } } } }`,
    ),
  )
  expect(said).toContain('"event":null')
  expect(said).toContain('"deadLetters"')
  expect(said).not.toContain('errors')
  for (const { secret } of all) expect(said).not.toContain(secret)
  const replay = await ask(server, 'mutation { replayDeadLetters { replayed stillDead } }')
  expect(replay).toMatchObject({ data: { replayDeadLetters: { replayed: 0, stillDead: 2 } } })
})
