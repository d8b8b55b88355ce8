import type { Running } from '../service.ts'
import type { Counts } from './aws-samples-page.ts'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lineward } from '../cli/command-line.ts'
import { awsFiles, awsFolder, awsSamplesAreThere } from '../ingest/shared-samples.ts'
import { running } from '../service.ts'
import { refuseFailures } from './attacks/raw.ts'
import { pageOf, rightlyDead, sumOf, totalOf } from './aws-samples-page.ts'

/** Files that are sent at a time, to share the commits of the ledger. */
const atOnce = 16
/** Far more than it takes on a machine that does nothing else. */
const timeout = 300_000

const page = '../golden/aws-samples/outcomes.md'
const dwh = { cluster: 'dwh', account: '111122223333', region: 'us-east-1' }
const query = new URLSearchParams(
  Object.entries(dwh).map(([key, value]) => [`context.${key}`, value]),
)

describe.skipIf(!awsSamplesAreThere)('the shared samples of AWS (../shared)', { timeout }, () => {
  let server: Running
  let folder: string
  let outcome: string
  const samples = awsSamplesAreThere ? awsFiles() : []
  /** The audit logs of Redshift as their cluster wrote them, out of the file that quotes them. */
  const logs = samples.flatMap(({ file, text }) => {
    const { lines } = JSON.parse(text) as { lines?: readonly string[] }
    return lines === undefined ? [] : [{ file: `${file} as text`, text: `${lines.join('\n')}\n` }]
  })
  const mixed = samples.map(({ text }) => `${text.replaceAll(/[\r\n]+/g, ' ')}\n`).join('')
  const alone = new Map<string, Counts>()

  const countsOf = async (answer: Response): Promise<Counts> => {
    const body: unknown = await answer.json()
    expect([answer.status, body]).toEqual([
      200,
      expect.objectContaining({ received: expect.any(Number) }),
    ])
    return body as Counts
  }
  const asText = (text: string): Promise<Response> =>
    server.post(`/api/v1/events?${query}`, text, { 'content-type': 'text/plain' })
  const ingest = async (words: readonly string[], input = '') => {
    const { code, out } = await lineward(['ingest', ...words, '--json'], {
      input,
      env: { LINEWARD_TOKEN: server.tokens.producer },
    })
    expect([0, 3]).toContain(code)
    return JSON.parse(out) as Counts & { files: readonly (Counts & { path: string })[] }
  }
  const contextWords = Object.entries(dwh).flatMap(([key, value]) => [
    '--context',
    `${key}=${value}`,
  ])

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lineward-aws-samples-'))
    // Which of two events with one id is in effect, their digests say: under a key that stays.
    const data = join(folder, 'service')
    mkdirSync(join(data, 'keys'), { recursive: true, mode: 0o700 })
    writeFileSync(join(data, 'keys', 'digest.key'), Buffer.alloc(32, 7), { mode: 0o600 })
    server = await running({}, data)
    for (let from = 0; from < samples.length; from += atOnce) {
      const some = samples.slice(from, from + atOnce)
      const answers = some.map(({ text }) => server.post('/api/v1/events', text).then(countsOf))
      for (const [at, counts] of (await Promise.all(answers)).entries()) {
        alone.set(some[at]?.file ?? '', counts)
      }
    }
    for (const { file, text } of logs) alone.set(file, await countsOf(await asText(text)))
    outcome = await pageOf(server, alone)
  }, timeout)
  afterAll(async () => {
    refuseFailures(server.log)
    await server[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  it('are each answered with what became of it, by the table that is kept', async () => {
    expect(samples.length).toBeGreaterThanOrEqual(330)
    for (const [file, counts] of alone) {
      const { received, ...became } = counts
      expect([file, sumOf(Object.values(became))]).toEqual([file, received])
      expect(received).toBeGreaterThan(0)
    }
    const dead = [...alone].filter(([, { deadLettered }]) => deadLettered > 0)
    expect(dead.map(([file]) => file)).toEqual(Object.keys(rightlyDead))
    await expect(outcome).toMatchFileSnapshot(page)
  })

  it('say nothing twice: all at once and from files, what is known is a duplicate', async () => {
    const before = await kept(server)
    const total = totalOf(samples.map(({ file }) => alone.get(file)))
    const again = {
      received: total.received,
      accepted: 0,
      duplicates: total.accepted + total.unknown + total.duplicates,
      irrelevant: total.irrelevant,
      unknown: 0,
      deadLettered: total.deadLettered,
    }
    const ndjson = { 'content-type': 'application/x-ndjson' }
    expect(await countsOf(await server.post('/api/v1/events', mixed, ndjson))).toEqual(again)
    expect(await ingest([awsFolder, '--url', server.url])).toMatchObject(again)
    for (const { file, text } of logs) {
      const { received } = alone.get(file) ?? again
      expect(await countsOf(await asText(text))).toMatchObject({ received, duplicates: received })
    }
    expect(await kept(server)).toEqual(before)
  })

  it('come in by the command as they do by the door, each file alone', async () => {
    const data = ['--data', join(folder, 'files')]
    const { files } = await ingest([awsFolder, ...data])
    expect(files.map(({ path }) => relative(awsFolder, path))).toEqual(
      samples.map(({ file }) => file),
    )
    for (const { path, ...counts } of files) {
      // Which of two files with the same event is the first, no one says: files are read together.
      const there = alone.get(relative(awsFolder, path))
      expect([path, firstOrCopy(counts)]).toEqual([path, there && firstOrCopy(there)])
    }
    expect(totalOf(files)).toEqual(totalOf(samples.map(({ file }) => alone.get(file))))
    for (const { file, text } of logs) {
      const path = join(folder, 'lines.log')
      writeFileSync(path, text)
      expect(await ingest([path, ...contextWords, ...data])).toMatchObject(alone.get(file) ?? {})
    }
  })

  it('come in as one mixed NDJSON as they do alone, from stdin too', async () => {
    const data = ['--data', join(folder, 'mixed')]
    const said = await ingest(['-', ...data], mixed)
    expect(said).toMatchObject(totalOf(samples.map(({ file }) => alone.get(file))))
  })
})

/** Counts in which it makes no difference whether another had the same event before. */
function firstOrCopy({ received, irrelevant, deadLettered, ...more }: Counts) {
  return {
    received,
    irrelevant,
    deadLettered,
    kept: more.accepted + more.unknown + more.duplicates,
  }
}

/** The keys of all that is kept but for tallies, which count each copy. */
async function kept({ service: { ledger } }: Running): Promise<readonly string[]> {
  const keys: string[] = []
  for (let from = 0; from < ledger.head().entries; from += 500) {
    const entries = await ledger.read(from, 500)
    keys.push(...entries.flatMap(({ kind, key }) => (kind === 'tally' ? [] : [key])))
  }
  return keys
}
