import { mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { running, event } from '../service.ts'
import { temporaryFolder } from '../storage/folder.ts'
import { lineward, linewardProcess } from './command-line.ts'

const text = (value: unknown): string => JSON.stringify(value)
const counts = (received: number, accepted: number, duplicates = 0, deadLettered = 0) => ({
  received,
  accepted,
  duplicates,
  irrelevant: 0,
  unknown: 0,
  deadLettered,
})

async function ingest(words: readonly string[], input?: string | Uint8Array) {
  const ended = await lineward(['ingest', ...words, '--json'], input === undefined ? {} : { input })
  return { ...ended, said: ended.out === '' ? undefined : (JSON.parse(ended.out) as unknown) }
}

describe('ingest', () => {
  it('reads files, packed ones, folders and stdin, and counts for each', async () => {
    const folder = temporaryFolder()
    const data = ['--data', join(folder, 'data')]
    const inputs = join(folder, 'in')
    mkdirSync(join(inputs, 'deep'), { recursive: true })
    const same = event()
    writeFileSync(join(inputs, 'a.json'), JSON.stringify(same, null, 2))
    writeFileSync(join(inputs, 'b.ndjson'), `${text(event())}\n${text(same)}\n`)
    writeFileSync(join(inputs, 'deep', 'c.json.gz'), gzipSync(text([event(), event()])))
    writeFileSync(join(inputs, 'notes.txt'), 'not looked at in a folder')
    const all = await ingest([inputs, ...data])
    expect(all.code).toBe(0)
    expect(all.said).toMatchObject({ ...counts(5, 4, 1), unreadable: 0 })
    expect(all.said).toMatchObject({
      files: [
        { path: join(inputs, 'a.json'), received: 1 },
        { path: join(inputs, 'b.ndjson'), received: 2 },
        { path: join(inputs, 'deep', 'c.json.gz'), ...counts(2, 2) },
      ],
    })
    const stdin = await ingest(['-', ...data], gzipSync(text(event())))
    expect(stdin).toMatchObject({ code: 0, said: counts(1, 1) })
    const plain = await ingest(['-', ...data], `${text(same)}\n${text(event())}\n`)
    expect(plain.said).toMatchObject(counts(2, 1, 1))
    const verified = await lineward(['verify', ...data])
    expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('holds: 6 entries') })
  })

  it('keeps what it cannot identify as dead letters, and says so by its exit code', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'mixed.jsonl')
    writeFileSync(file, `${text(event())}\n{"broken":\nno json at all\n{"other":1}\n[1`)
    const { code, said, err } = await ingest([file, '--data', join(folder, 'data')])
    expect({ code, err }).toEqual({ code: 3, err: '' })
    expect(said).toMatchObject(counts(6, 1, 0, 5))
  })

  it('goes on after a file that cannot be read', async () => {
    const folder = temporaryFolder()
    const broken = join(folder, 'broken.gz')
    writeFileSync(broken, gzipSync(text(event())).subarray(0, 30))
    const good = join(folder, 'good.json')
    writeFileSync(good, text(event()))
    const { code, said, err } = await ingest([broken, good, '--data', join(folder, 'data')])
    expect(code).toBe(3)
    expect(said).toMatchObject({ ...counts(1, 1), unreadable: 1 })
    expect(err).toContain(`${broken}: It cannot be read, or is broken gzip (BODY_UNREADABLE)`)
    const missing = await ingest([good, join(folder, 'missing'), '--data', join(folder, 'data')])
    expect(missing).toMatchObject({ code: 1, out: '', err: expect.stringContaining('NOT_FOUND') })
  })

  it('reads a file larger than its own memory', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'large.ndjson')
    const line = Buffer.from(`{"note":"${'x'.repeat(1_000_000)}"}\n`)
    const handle = openSync(file, 'w')
    for (let count = 0; count < 150; count += 1) writeSync(handle, line)
    const data = ['--data', join(folder, 'data')]
    const env = { NODE_OPTIONS: '--max-old-space-size=80' }
    const ended = await linewardProcess(['ingest', file, ...data, '--json'], { env })
    expect(ended.code).toBe(3)
    // One dead letter 150 times: the same content is the same entry.
    expect(JSON.parse(ended.out)).toMatchObject({ received: 150, deadLettered: 150 })
  })

  it('sends to a server elsewhere, with a token from a file or the environment', async () => {
    await using server = await running()
    const folder = temporaryFolder()
    const file = join(folder, 'events.json')
    writeFileSync(file, text([event(), event()]))
    const token = join(folder, 'token')
    writeFileSync(token, `${server.tokens.producer}\n`)
    const there = ['--url', server.url]
    const sent = await ingest([file, ...there, '--token-file', token, '--context', 'account=1'])
    expect(sent.said).toMatchObject(counts(2, 2))
    const [entry] = await server.service.ledger.read(0, 1)
    expect(entry).toMatchObject({ sender: 'the producer', context: { account: '1' } })
    const env = { LINEWARD_TOKEN: server.tokens.producer }
    const again = await lineward(['ingest', file, ...there], { env })
    expect(again.out).toMatch(/^duplicates +2$/m)
    const wrong = { LINEWARD_TOKEN: server.tokens.steward }
    const refused = await lineward(['ingest', file, ...there], { env: wrong })
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('FORBIDDEN') })
    expect((await lineward(['ingest', file, ...there])).code).toBe(2)
    expect(readFileSync(token, 'utf8').trim()).toBe(server.tokens.producer)
  })
})
