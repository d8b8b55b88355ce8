import type { Draft, EntryKey, Micros } from '../model/index.ts'
import type { BlockContent, BlockKind, BlockRow } from './block.ts'
import { randomBytes } from 'node:crypto'
import { blockKindOf } from './block.ts'
import { commitmentOf, entryHash, genesisHash, hashBytes, saltBytes } from './chain-hash.ts'
import { deriveHashes, seedBytes } from './derived-hashes.ts'
import { headerText } from './header.ts'

/** A draft that is to be written, with what was worked out when it came. */
export type Prepared = Readonly<{ draft: Draft; key: EntryKey; bytes: number }>

/** Where a chain ends: what the next entry is written behind. */
export type Tail = Readonly<{
  chain: string
  entries: number
  hash: Buffer
  /** receivedAt of the last entry; undefined on an empty chain. */
  receivedAt: Micros | undefined
}>

/**
 * The drafts as the next block of a chain: each with its place, a receipt time of `now` or one
 * microsecond after the entry before it, a new salt, and its hash.
 */
export function sealBlock(
  drafts: readonly Prepared[],
  { tail, now, kind }: { readonly tail: Tail; readonly now: Micros; readonly kind: BlockKind },
): BlockContent {
  const receivedFrom = Math.max(now, (tail.receivedAt ?? -Infinity) + 1) as Micros
  const payloads = drafts.map(({ draft }) => Buffer.from(draft.payload))
  const headers = drafts.map(({ draft }, at) =>
    headerText(draft, {
      chain: tail.chain,
      index: tail.entries + at,
      receivedAt: (receivedFrom + at) as Micros,
    }),
  )
  const content = {
    first: tail.entries,
    kind,
    receivedFrom,
    receivedTo: (receivedFrom + drafts.length - 1) as Micros,
    headers,
    lengths: payloads.map(({ length }) => length),
    payloads: Buffer.concat(payloads),
  }
  if (kind === 'accesses') {
    const derivation = { previous: tail.hash, seed: randomBytes(seedBytes) }
    return { ...content, ...deriveHashes({ headers, payloads, ...derivation }), derivation }
  }
  return { ...content, ...hashesOf(headers, payloads, tail.hash), derivation: undefined }
}

/** Each entry with a salt of its own. */
function hashesOf(headers: readonly string[], payloads: readonly Buffer[], behind: Buffer) {
  const salts = randomBytes(headers.length * saltBytes)
  let previous = behind
  const sealed = headers.map((header, at) => {
    const salt = salts.subarray(at * saltBytes, (at + 1) * saltBytes)
    const commitment = commitmentOf(salt, payloads[at] ?? Buffer.alloc(0))
    previous = entryHash({ previous, header, commitment })
    return { commitment, hash: previous }
  })
  return {
    hashes: Buffer.concat(sealed.map(({ hash }) => hash)),
    commitments: Buffer.concat(sealed.map(({ commitment }) => commitment)),
    salts,
  }
}

/** Where a chain ends whose last block this is; undefined: at its beginning. */
export function tailBehind(
  block: Pick<BlockRow, 'first' | 'entries' | 'hashes' | 'receivedTo'> | undefined,
  chain: string,
): Tail {
  if (block === undefined) {
    return { chain, entries: 0, hash: genesisHash(chain), receivedAt: undefined }
  }
  return {
    chain,
    entries: block.first + block.entries,
    hash: block.hashes.subarray(-hashBytes),
    receivedAt: block.receivedTo as Micros,
  }
}

/** The drafts of one block, all of its kind. */
export type Chunk = Readonly<{ kind: BlockKind; drafts: readonly Prepared[] }>

/** The drafts in order, in pieces that each make a block; a draft over the limit has its own. */
export function chunksOf(
  drafts: readonly Prepared[],
  limits: { readonly blockEntriesMax: number; readonly blockBytesMax: number },
): readonly Chunk[] {
  const chunks: { kind: BlockKind; drafts: Prepared[] }[] = []
  let bytes = 0
  for (const prepared of drafts) {
    const last = chunks.at(-1)
    const kind = blockKindOf(prepared.draft)
    bytes += prepared.bytes
    const fits =
      last?.kind === kind &&
      last.drafts.length < limits.blockEntriesMax &&
      bytes <= limits.blockBytesMax
    if (fits) {
      last.drafts.push(prepared)
    } else {
      chunks.push({ kind, drafts: [prepared] })
      bytes = prepared.bytes
    }
  }
  return chunks
}
