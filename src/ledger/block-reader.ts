import type { LinewardError } from '../errors.ts'
import type { BlockContent, BlockRow } from './block.ts'
import type { LedgerFile } from './ledger-file.ts'
import { BlockCache } from './block-cache.ts'
import { checksumOf, unpackBlock, unpackHeaders } from './block.ts'
import { broken } from './broken.ts'
import { OpenBlock } from './open-block.ts'

/**
 * Blocks from disk, each checked against its checksum and unpacked once while it stays in memory.
 *
 * Every method: @throws LinewardError LEDGER_BROKEN when the block is not what was written.
 */
export class BlockReader {
  readonly #file: LedgerFile
  readonly #cache: BlockCache

  constructor(file: LedgerFile, cacheBytesMax: number) {
    this.#file = file
    this.#cache = new BlockCache(cacheBytesMax)
  }

  /** The block with the entry at an index of the chain; whoever asks knows that there is one. */
  holding(index: number): OpenBlock {
    const first = this.#file.firstOfBlockHolding(index)
    const cached = first === undefined ? undefined : this.#cache.get(first)
    const block = cached ?? this.#open(first)
    if (block === undefined || index >= block.end) throw missing(index)
    this.#cache.add(block)
    return block
  }

  /** The headers of the block that begins with this entry, past the cache. */
  headers(first: number): readonly string[] {
    const row = this.#row(first)
    if (row === undefined) throw missing(first)
    return unpackHeaders(row)
  }

  /** The block that begins with this entry, past the cache and whole. */
  content(first: number): BlockContent {
    const row = this.#row(first)
    if (row === undefined) throw missing(first)
    return unpackBlock(row)
  }

  /** The last block as it was written: undefined on an empty chain. */
  last(): BlockRow | undefined {
    const row = this.#file.lastBlock()
    return row && checked(row)
  }

  /** Keeps a block that has just been written: whoever follows the chain reads it next. */
  keep(content: BlockContent): void {
    this.#cache.add(new OpenBlock(content))
  }

  /** Forgets a block that is another one on disk now. */
  forget(first: number): void {
    this.#cache.drop(first)
  }

  #open(first: number | undefined): OpenBlock | undefined {
    const row = first === undefined ? undefined : this.#row(first)
    return row && new OpenBlock(unpackBlock(row))
  }

  #row(first: number): BlockRow | undefined {
    const row = this.#file.block(first)
    return row && checked(row)
  }
}

function checked(row: BlockRow): BlockRow {
  if (checksumOf(row).equals(row.checksum)) return row
  throw broken('A block of the ledger is not as it was written', {
    details: { first: row.first, entries: row.entries },
  })
}

function missing(index: number): LinewardError {
  return broken('An entry of the ledger is missing', { details: { index } })
}
