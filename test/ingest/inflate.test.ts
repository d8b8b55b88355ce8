import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inflate, isGzip } from '../../src/ingest/index.ts'

const limits = { bytesMax: 1_000_000, ratioMax: 100, ratioFromBytes: 10_000 }

describe('a gzip body', () => {
  it('is told by its first bytes', () => {
    expect(isGzip(gzipSync('{}'))).toBe(true)
    expect(isGzip(Buffer.from('{}'))).toBe(false)
    expect(isGzip(Buffer.alloc(0))).toBe(false)
  })

  it('is unpacked, whole or in pieces, and of several members', async () => {
    const body = Buffer.concat([gzipSync('{"a":1}\n'), gzipSync('{"a":2}\n')])
    expect((await inflate([body], limits)).toString()).toBe('{"a":1}\n{"a":2}\n')
    const pieces = Readable.from([...body].map((byte) => Buffer.from([byte])))
    expect((await inflate(pieces, limits)).toString()).toBe('{"a":1}\n{"a":2}\n')
  })

  it('may not unpack to more than the limit', async () => {
    const body = gzipSync(Buffer.alloc(1_000_001, 'ab"{'), { level: 0 })
    await expect(inflate([body], limits)).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' })
  })

  it('may not unpack to much more than was sent, once it is more than a little', async () => {
    await expect(inflate([gzipSync(Buffer.alloc(900_000))], limits)).rejects.toMatchObject({
      code: 'BODY_TOO_LARGE',
    })
    await expect(inflate([gzipSync(Buffer.alloc(9_000))], limits)).resolves.toHaveLength(9_000)
  })

  it('that is damaged, cut short or followed by something else is refused', async () => {
    const good = gzipSync('{"a":1}'.repeat(1_000))
    const damaged = Buffer.from(good)
    damaged.fill(0xff, 20, 30)
    for (const body of [damaged, good.subarray(0, -9), Buffer.from('{}')]) {
      await expect(inflate([body], limits)).rejects.toMatchObject({ code: 'JSON_MALFORMED' })
    }
  })

  it('passes on that its source failed', async () => {
    const failing = (async function* () {
      yield gzipSync('{}').subarray(0, 5)
      throw new Error('connection reset')
    })()
    await expect(inflate(failing, limits)).rejects.toMatchObject({
      code: 'JSON_MALFORMED',
      cause: { message: 'connection reset' },
    })
  })
})
