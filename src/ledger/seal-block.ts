import type { Draft, EntryKey, Micros } from '../model/index.ts'
import type { BlockContent, BlockKind, BlockRow } from './block.ts'
import { randomBytes } from 'node:crypto'
import { commitmentOf, entryHash, genesisHash, hashBytes, saltBytes } from './chain-hash.ts'
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
  const salts = randomBytes(drafts.length * saltBytes)
  const payloads = drafts.map(({ draft }) => Buffer.from(draft.payload))
  let previous = tail.hash
  const sealed = drafts.map(({ draft }, at) => {
    const receivedAt = (receivedFrom + at) as Micros
    const header = headerText(draft, { chain: tail.chain, index: tail.entries + at, receivedAt })
    const salt = salts.subarray(at * saltBytes, (at + 1) * saltBytes)
    const commitment = commitmentOf(salt, payloads[at] ?? Buffer.alloc(0))
    previous = entryHash({ previous, header, commitment })
    return { header, commitment, hash: previous }
  })
  return {
    first: tail.entries,
    kind,
    receivedFrom,
    receivedTo: (receivedFrom + drafts.length - 1) as Micros,
    headers: sealed.map(({ header }) => header),
    hashes: Buffer.concat(sealed.map(({ hash }) => hash)),
    commitments: Buffer.concat(sealed.map(({ commitment }) => commitment)),
    salts,
    lengths: payloads.map(({ length }) => length),
    payloads: Buffer.concat(payloads),
  }
}

/** Where a chain ends whose last block this is; undefined: at its beginning. */
export function tailBehind(
  block: Pick<BlockRow, 'first' | 'hashes' | 'receivedTo'> | undefined,
  chain: string,
): Tail {
  if (block === undefined) {
    return { chain, entries: 0, hash: genesisHash(chain), receivedAt: undefined }
  }
  return {
    chain,
    entries: block.first + block.hashes.length / hashBytes,
    hash: block.hashes.subarray(-hashBytes),
    receivedAt: block.receivedTo as Micros,
  }
}

/** The drafts in order, in pieces that each make a block; a draft over the limit has its own. */
export function chunksOf(
  drafts: readonly Prepared[],
  limits: { readonly blockEntriesMax: number; readonly blockBytesMax: number },
): readonly (readonly Prepared[])[] {
  const chunks: Prepared[][] = []
  let bytes = 0
  for (const draft of drafts) {
    const last = chunks.at(-1)
    bytes += draft.bytes
    if (
      last === undefined ||
      last.length >= limits.blockEntriesMax ||
      bytes > limits.blockBytesMax
    ) {
      chunks.push([draft])
      bytes = draft.bytes
    } else {
      last.push(draft)
    }
  }
  return chunks
}
