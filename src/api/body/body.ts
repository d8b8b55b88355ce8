import type { Config } from '../../config.ts'
import type { Holding } from './allowance.ts'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { LinewardError } from '../../errors.ts'

export type BodyLimits = Pick<Config, 'bodyBytesMax' | 'unpackedBytesMax' | 'unpackRatioMax'>

/** A body that was read to its end and keeps within the limits. */
export type Body = Readonly<{
  /** As it was sent. */
  sentBytes: number
  unpackedBytes: number
  /** All of it, when it is small enough to be kept whole. */
  whole: Buffer | undefined
  /** The unpacked bytes from the beginning, each time. */
  chunks: () => AsyncIterable<Buffer>
}>

const mebibyte = 1024 * 1024
/** Unpacked bodies up to here stay in memory; larger ones are unpacked again when they are used. */
const wholeBytesMax = 32 * mebibyte
/** Below this nothing is a bomb, however small it was packed. */
const ratioFreeBytes = 16 * mebibyte

/**
 * Reads a body: plain, or gzip by `encoding` or by its first bytes (a `.gz` file that was sent as it
 * is). Nothing is handed on before the last byte is known to keep within the limits.
 *
 * @throws LinewardError BODY_TOO_LARGE over the limits, BODY_UNREADABLE for gzip that is broken and
 * for what breaks off, OVERLOADED from `holding`.
 */
export async function readBody(
  stream: Readable,
  how: Readonly<{ gzip: boolean; limits: BodyLimits; holding: Holding }>,
): Promise<Body> {
  const { limits, holding } = how
  const sent: Buffer[] = []
  let sentBytes = 0
  for await (const chunk of arriving(stream)) {
    sentBytes += chunk.length
    if (sentBytes > limits.bodyBytesMax) throw tooLarge('was sent', limits.bodyBytesMax)
    holding.add(chunk.length)
    sent.push(chunk)
  }
  if (!how.gzip && !isGzip(sent)) {
    const whole = Buffer.concat(sent)
    const chunks = (): AsyncIterable<Buffer> => each([whole])
    return { sentBytes, unpackedBytes: sentBytes, whole, chunks }
  }

  const kept: Buffer[] = []
  let unpackedBytes = 0
  for await (const chunk of unpacked(sent)) {
    unpackedBytes += chunk.length
    const before = unpackedBytes - chunk.length
    checkUnpacked({ sentBytes, unpackedBytes, limits })
    if (unpackedBytes <= wholeBytesMax) {
      holding.add(chunk.length)
      kept.push(chunk)
    } else if (before <= wholeBytesMax) {
      holding.remove(before)
      kept.length = 0
    }
  }
  if (unpackedBytes > wholeBytesMax) {
    return { sentBytes, unpackedBytes, whole: undefined, chunks: () => unpacked(sent) }
  }
  const whole = Buffer.concat(kept)
  return { sentBytes, unpackedBytes, whole, chunks: () => each([whole]) }
}

function checkUnpacked({
  sentBytes,
  unpackedBytes,
  limits,
}: Readonly<{ sentBytes: number; unpackedBytes: number; limits: BodyLimits }>): void {
  if (unpackedBytes > limits.unpackedBytesMax) throw tooLarge('unpacks', limits.unpackedBytesMax)
  if (unpackedBytes > ratioFreeBytes && unpackedBytes > sentBytes * limits.unpackRatioMax) {
    throw new LinewardError(
      'BODY_TOO_LARGE',
      `The body unpacks to more than ${limits.unpackRatioMax} times what was sent`,
    )
  }
}

/** A sender that hangs up half way is no failure of ours. */
async function* arriving(stream: Readable): AsyncGenerator<Buffer> {
  try {
    yield* stream as AsyncIterable<Buffer>
  } catch (cause) {
    throw new LinewardError('BODY_UNREADABLE', 'The sender broke off', { cause })
  }
}

async function* unpacked(sent: readonly Buffer[]): AsyncGenerator<Buffer> {
  const gunzip = Readable.from(sent).pipe(createGunzip({ chunkSize: mebibyte }))
  try {
    yield* gunzip
  } catch (cause) {
    throw new LinewardError('BODY_UNREADABLE', 'The body is broken gzip or breaks off', { cause })
  }
}

async function* each(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks
}

function isGzip(sent: readonly Buffer[]): boolean {
  const [first, second] = Buffer.concat(sent.slice(0, 2).map((chunk) => chunk.subarray(0, 2)))
  return first === 0x1f && second === 0x8b
}

function tooLarge(how: string, bytesMax: number): LinewardError {
  return new LinewardError(
    'BODY_TOO_LARGE',
    `The body ${how} over the limit of ${bytesMax} bytes`,
    {
      details: { bytesMax },
    },
  )
}
