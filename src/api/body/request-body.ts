import type { Allowance, Holding } from './allowance.ts'
import type { Body, BodyLimits } from './body.ts'
import type { SplitHint } from './event-splitter.ts'
import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import { LinewardError } from '../../errors.ts'
import { readBody } from './body.ts'

/** What a content type says of the body. Packed files are told by their first bytes. */
const hints: ReadonlyMap<string, SplitHint> = new Map([
  ['', undefined],
  ['application/json', undefined],
  ['application/cloudevents+json', undefined],
  ['application/gzip', undefined],
  ['application/x-gzip', undefined],
  ['application/octet-stream', undefined],
  ['application/x-ndjson', 'lines'],
  ['application/ndjson', 'lines'],
  ['application/jsonl', 'lines'],
  ['application/x-jsonlines', 'lines'],
  ['application/json-lines', 'lines'],
  ['text/plain', 'text'],
])

/** The content types that are read as events. */
export const eventTypes: readonly string[] = [...hints.keys()].filter((type) => type !== '')

const charsets = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii'])

/** A request of Fastify whose `body` is the stream that nobody has read yet; absent: it has none. */
export type Incoming = Readonly<{ headers: IncomingHttpHeaders; body: unknown }>

export type RequestBody = Readonly<{ body: Body; hint: SplitHint }>

/**
 * The body of a request whose content type is one of `eventTypes` or absent, unpacked when it is
 * gzip. The bytes count against the allowance until the holding is disposed of.
 *
 * @throws LinewardError MEDIA_TYPE_UNSUPPORTED for another type, encoding or character set; the
 * errors of `readBody`.
 */
export async function readRequest(
  { headers, body }: Incoming,
  limits: BodyLimits,
  holding: Holding,
): Promise<RequestBody> {
  const hint = hintOf(headers['content-type'] ?? '')
  const gzip = isPacked(headers['content-encoding'] ?? '')
  const length = Number(headers['content-length'] ?? 0)
  if (length > limits.bodyBytesMax) {
    // Said before anything is read: the sender may be waiting for a go-ahead.
    throw new LinewardError('BODY_TOO_LARGE', `The body is over ${limits.bodyBytesMax} bytes`)
  }
  const stream = body instanceof Readable ? body : Readable.from([])
  return { body: await readBody(stream, { gzip, limits, holding }), hint }
}

/**
 * A small JSON body as text, for routes that are no intake.
 *
 * @throws LinewardError as `readRequest`, and BODY_UNREADABLE when it is not UTF-8.
 */
export async function readText(
  incoming: Incoming,
  allowance: Allowance,
  bytesMax: number,
): Promise<string> {
  using holding = allowance.open()
  const limits = { bodyBytesMax: bytesMax, unpackedBytesMax: bytesMax, unpackRatioMax: 1000 }
  const { body } = await readRequest(incoming, limits, holding)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body.whole)
  } catch (cause) {
    throw new LinewardError('BODY_UNREADABLE', 'The body is not UTF-8', { cause })
  }
}

function hintOf(contentType: string): SplitHint {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase())
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))
  const name = charset?.slice('charset='.length).replaceAll('"', '') ?? 'utf-8'
  if (hints.has(type) && charsets.has(name)) return hints.get(type)
  throw new LinewardError(
    'MEDIA_TYPE_UNSUPPORTED',
    'JSON, NDJSON and logs as text are read here, in UTF-8',
    {
      details: { types: eventTypes },
    },
  )
}

function isPacked(contentEncoding: string): boolean {
  const encodings = contentEncoding.split(',').map((part) => part.trim().toLowerCase())
  const meant = encodings.filter((encoding) => encoding !== '' && encoding !== 'identity')
  if (meant.length === 0) return false
  if (meant.length === 1 && (meant[0] === 'gzip' || meant[0] === 'x-gzip')) return true
  throw new LinewardError('MEDIA_TYPE_UNSUPPORTED', 'A body may be packed as gzip only')
}
