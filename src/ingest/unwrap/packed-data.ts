import type { Json } from '../../model/index.ts'
import { gunzipSync } from 'node:zlib'
import { parseJson } from '../../model/index.ts'
import { isGzip } from '../gzip.ts'

/** What packed data may become: CloudWatch Logs and Kinesis pack at most a few megabytes. */
const unpackedBytesMax = 32 * 1024 * 1024

/**
 * The JSON object in base64, packed or not; undefined for anything else, since most data of streams
 * is no event, and for what unpacks to more than anyone would pack.
 */
export function openData(base64: string): Json | undefined {
  const bytes = Buffer.from(base64, 'base64')
  try {
    const plain = isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: unpackedBytesMax }) : bytes
    if (!/^\s*\{/.test(plain.toString('latin1', 0, 64))) return undefined
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(plain))
  } catch {
    return undefined
  }
}
