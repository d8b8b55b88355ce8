import { once } from 'node:events'
import { createGunzip } from 'node:zlib'
import { LinewardError } from '../errors.ts'

/** `ratioMax`: bytes out for each byte in, counted once more than `ratioFromBytes` came out. */
export type InflateLimits = Readonly<{ bytesMax: number; ratioMax: number; ratioFromBytes: number }>

/** Whether the bytes begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/**
 * Unpacks gzip in a stream, several members in a row too, and stops at the first byte over a limit:
 * a small body cannot fill the memory.
 *
 * @throws LinewardError BODY_TOO_LARGE over a limit, JSON_MALFORMED when the stream is damaged.
 */
export async function inflate(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { bytesMax, ratioMax, ratioFromBytes }: InflateLimits,
): Promise<Buffer> {
  const gunzip = createGunzip()
  let bytesIn = 0
  let bytesOut = 0
  const feed = async (): Promise<void> => {
    for await (const chunk of source) {
      bytesIn += chunk.length
      if (gunzip.destroyed) return
      if (!gunzip.write(chunk)) await Promise.race([once(gunzip, 'drain'), once(gunzip, 'close')])
    }
    gunzip.end()
  }
  const feeding = feed().catch((cause: unknown) => {
    gunzip.destroy(cause instanceof Error ? cause : new Error('The source failed', { cause }))
  })

  const chunks: Buffer[] = []
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      bytesOut += chunk.length
      const isBomb = bytesOut > ratioFromBytes && bytesOut > ratioMax * bytesIn
      if (bytesOut > bytesMax || isBomb) {
        throw new LinewardError('BODY_TOO_LARGE', 'The body unpacks to more than is read here', {
          details: { bytesMax, ratioMax },
        })
      }
      chunks.push(chunk)
    }
    await feeding
  } catch (cause) {
    gunzip.destroy()
    if (cause instanceof LinewardError) throw cause
    throw new LinewardError('JSON_MALFORMED', 'The body does not unpack as gzip', { cause })
  }
  return Buffer.concat(chunks)
}
