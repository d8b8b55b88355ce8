import type { EntryKind, Micros } from '../model/index.ts'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdCompress, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { compactFormatNames } from '../model/index.ts'
import { broken, demand } from './broken.ts'
import { hashBytes, saltBytes } from './chain-hash.ts'
import { packLines, unpackLines } from './columns.ts'
import { deriveHashes, seedBytes } from './derived-hashes.ts'

/**
 * What a block holds. Headers and payloads of `documents` stand one behind the other; those of
 * `accesses` as columns, and what follows from these and a seed (salts, commitments, hashes, lengths)
 * is not kept: see `derived-hashes.ts`. `tallies` are not written: a tally is a small document.
 */
export type BlockKind = 'documents' | 'accesses' | 'tallies'

const compactFormats: ReadonlySet<string> = new Set(compactFormatNames)

/** Where an entry belongs: its hash thereby covers the kind of its block. */
export function blockKindOf(entry: {
  readonly kind: EntryKind
  readonly format: string
}): Exclude<BlockKind, 'tallies'> {
  return entry.kind === 'event' && compactFormats.has(entry.format) ? 'accesses' : 'documents'
}

/** The entries of a block, unpacked: the same count of headers, hashes, commitments, salts, lengths. */
export type BlockContent = Readonly<{
  /** The index of its first entry. */
  first: number
  kind: BlockKind
  receivedFrom: Micros
  receivedTo: Micros
  headers: readonly string[]
  hashes: Buffer
  commitments: Buffer
  salts: Buffer
  /** Bytes of each payload; undefined: erased. */
  lengths: readonly (number | undefined)[]
  payloads: Buffer
  /** Of accesses while nothing of them is erased: what their hashes are made from. */
  derivation: Readonly<{ previous: Buffer; seed: Buffer }> | undefined
}>

/** A row of the table `block`. */
export type BlockRow = Readonly<{
  first: number
  kind: BlockKind
  entries: number
  receivedFrom: number
  receivedTo: number
  checksum: Buffer
  hashes: Buffer
  commitments: Buffer
  salts: Buffer
  lengths: Buffer
  headers: Buffer
  payloads: Buffer
}>

const erased = 0xffff_ffff
const lengthBytes = 4
/** As much as a string can hold. */
const headersBytesMax = 2 ** 29 - 24
const compressElsewhere = promisify(zstdCompress)
/** Below this, handing the bytes to another thread costs more than compressing them here. */
const compressHereBytesMax = 256 * 1024

/** The row of a block. What is large is compressed on another thread. */
export async function packBlock(content: BlockContent): Promise<BlockRow> {
  const { first, kind, receivedFrom, receivedTo } = content
  const isCompact = kind === 'accesses'
  const [headers, payloads] = await Promise.all([
    compress(isCompact ? packLines(content.headers) : Buffer.from(content.headers.join('\n'))),
    compress(isCompact ? packLines(keptPayloads(content)) : content.payloads),
  ])
  const entries = content.headers.length
  const row = { first, kind, entries, receivedFrom, receivedTo, ...hashColumns(content) }
  return { ...row, headers, payloads, checksum: checksumOf({ ...row, headers, payloads }) }
}

const none = Buffer.alloc(0)

function hashColumns(content: BlockContent) {
  const { derivation, hashes, commitments, salts } = content
  if (derivation !== undefined) {
    const ends = Buffer.concat([derivation.previous, hashes.subarray(-hashBytes)])
    return { hashes: ends, commitments: none, salts: derivation.seed, lengths: none }
  }
  const lengths = Buffer.alloc(content.lengths.length * lengthBytes)
  for (const [at, length] of content.lengths.entries()) {
    lengths.writeUInt32LE(length ?? erased, at * lengthBytes)
  }
  return { hashes, commitments, salts, lengths }
}

/** The payloads that are not erased, as texts. */
function keptPayloads({ lengths, payloads }: BlockContent): readonly string[] {
  let offset = 0
  return lengths.flatMap((length) =>
    length === undefined ? [] : [payloads.toString('utf8', offset, (offset += length))],
  )
}

/**
 * What is in a row. Looks at its form only, not at checksum, hashes and commitments.
 *
 * @throws LinewardError LEDGER_BROKEN when it does not unpack to what it says of itself.
 */
export function unpackBlock(row: BlockRow): BlockContent {
  if (row.kind === 'accesses') return unpackAccesses(row)
  const lengths = lengthsOf(row)
  const size = lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0)
  const payloads = decompress(row.payloads, size, 'payloads')
  if (payloads.length !== size) throw broken('Its payloads are shorter than it says')
  return {
    first: row.first,
    kind: row.kind,
    receivedFrom: row.receivedFrom as Micros,
    receivedTo: row.receivedTo as Micros,
    headers: unpackHeaders(row),
    hashes: row.hashes,
    commitments: row.commitments,
    salts: row.salts,
    lengths,
    payloads,
    derivation: undefined,
  }
}

function unpackAccesses(row: BlockRow): BlockContent {
  const headers = unpackHeaders(row)
  const packed = decompress(row.payloads, headersBytesMax, 'payloads')
  const payloads = unpackLines(packed, row.entries).map((text) => Buffer.from(text))
  const { first, kind, hashes, commitments, salts } = row
  const times = { receivedFrom: row.receivedFrom as Micros, receivedTo: row.receivedTo as Micros }
  const content = { first, kind, ...times, headers, payloads: Buffer.concat(payloads) }
  if (!isDerived(row)) {
    const lengths = lengthsOf(row)
    const kept = lengths.filter((length) => length !== undefined)
    const fits = kept.length === payloads.length
    demand(fits && kept.every((length, at) => length === payloads[at]?.length), notAsLong)
    return { ...content, hashes, commitments, salts, lengths, derivation: undefined }
  }
  demand(payloads.length === headers.length, notAsLong)
  const derivation = { previous: hashes.subarray(0, hashBytes), seed: salts }
  const derived = deriveHashes({ headers, payloads, ...derivation })
  const isWhole = derived.hashes.subarray(-hashBytes).equals(hashes.subarray(hashBytes))
  demand(isWhole, 'It or another of its block is not what the hash of the block was made from')
  return { ...content, ...derived, lengths: payloads.map(({ length }) => length), derivation }
}

const notAsLong = 'Its payloads are not as many or as long as it says'

/** Whether salts, commitments, hashes and lengths follow from the rest: where nothing is erased. */
function isDerived({ lengths }: BlockRow): boolean {
  return lengths.length === 0
}

/**
 * The headers of a row alone.
 *
 * @throws LinewardError LEDGER_BROKEN as `unpackBlock` does.
 */
export function unpackHeaders(row: BlockRow): readonly string[] {
  const bytes = decompress(row.headers, headersBytesMax, 'headers')
  const headers =
    row.kind === 'accesses' ? unpackLines(bytes, row.entries) : bytes.toString().split('\n')
  if (headers.length !== row.entries) throw broken('It has not as many headers as it says')
  return headers
}

/**
 * A row of the table `block` as SQLite gave it. A damaged page can put anything into any column.
 *
 * @throws LinewardError LEDGER_BROKEN when a column cannot be what it should be.
 */
export function parseBlockRow(row: Readonly<Record<string, unknown>>): BlockRow {
  const entries = wholeOf(row['entries'])
  const blob = (column: string, bytes?: number): Buffer => {
    const value = row[column]
    if (!(value instanceof Uint8Array)) throw broken('A column of its block is no bytes')
    if (bytes !== undefined && value.length !== bytes) throw broken('A column has a wrong length')
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
  const kind = row['kind']
  if (kind !== 'documents' && kind !== 'accesses' && kind !== 'tallies') {
    throw broken('Its block is of no known kind')
  }
  const derived = kind === 'accesses' && blob('lengths').length === 0
  return {
    first: wholeOf(row['first']),
    kind,
    entries,
    receivedFrom: wholeOf(row['received_from']),
    receivedTo: wholeOf(row['received_to']),
    checksum: blob('checksum', hashBytes),
    hashes: blob('hashes', (derived ? 2 : entries) * hashBytes),
    commitments: blob('commitments', derived ? 0 : entries * hashBytes),
    salts: blob('salts', derived ? seedBytes : entries * saltBytes),
    lengths: blob('lengths', derived ? 0 : entries * lengthBytes),
    headers: blob('headers'),
    payloads: blob('payloads'),
  }
}

/** SHA-256 over everything that a row stores beside it. */
export function checksumOf(row: Omit<BlockRow, 'checksum'>): Buffer {
  const { first, kind, entries, receivedFrom, receivedTo, headers, payloads } = row
  // The lengths of the other columns follow from the number of entries, and from each other.
  const sizes = [headers.length, payloads.length]
  const numbers = JSON.stringify([first, kind, entries, receivedFrom, receivedTo, ...sizes])
  const hash = createHash('sha256').update(numbers)
  for (const column of [row.hashes, row.commitments, row.salts, row.lengths, headers, payloads]) {
    hash.update(column)
  }
  return hash.digest()
}

function lengthsOf(row: BlockRow): readonly (number | undefined)[] {
  return Array.from({ length: row.entries }, (_, at) => {
    const length = row.lengths.readUInt32LE(at * lengthBytes)
    return length === erased ? undefined : length
  })
}

async function compress(bytes: Buffer): Promise<Buffer> {
  return bytes.length < compressHereBytesMax ? zstdCompressSync(bytes) : compressElsewhere(bytes)
}

function decompress(bytes: Buffer, bytesMax: number, what: string): Buffer {
  try {
    // A damaged column may unpack to far more than was ever in it.
    return zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, bytesMax) })
  } catch (cause) {
    throw broken(`Its ${what} cannot be unpacked`, { cause })
  }
}

function wholeOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw broken('A number of its block is none')
  }
  return value
}
