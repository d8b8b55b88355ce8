import type { BlockReader } from './block-reader.ts'
import type { BlockContent, BlockRow } from './block.ts'
import type { LedgerFile } from './ledger-file.ts'
import { LinewardError } from '../errors.ts'
import { packBlock } from './block.ts'
import { saltBytes } from './chain-hash.ts'

type ErasingParts = Readonly<{ file: LedgerFile; blocks: BlockReader }>

/** Blocks of one transaction: few enough to hold in memory, many enough to save most of the fsyncs. */
const blocksAtOnce = 32

/**
 * `Ledger.erase`, for indexes at which entries stand. Appends go on meanwhile: they touch no block
 * that is there. Gives how many payloads were still there.
 *
 * @throws LinewardError LEDGER_BROKEN when a block is not what was written, NOT_DURABLE when somebody
 * else still reads the write-ahead log; driver errors pass as they are.
 */
export async function eraseLastingly(
  indexes: ReadonlySet<number>,
  { file, blocks }: ErasingParts,
): Promise<number> {
  const byBlock = Map.groupBy(indexes, (index) => file.firstOfBlockHolding(index) ?? index)
  const firsts = [...byBlock.keys()]
  let erased = 0
  for (let start = 0; start < firsts.length; start += blocksAtOnce) {
    const rows: BlockRow[] = []
    for (const first of firsts.slice(start, start + blocksAtOnce)) {
      const { content, count } = withoutPayloads(blocks.content(first), byBlock.get(first) ?? [])
      if (count > 0) rows.push(await packBlock(content))
      erased += count
    }
    file.replace(rows)
    for (const { first } of rows) blocks.forget(first)
  }
  if (file.truncateLog()) return erased
  throw new LinewardError('NOT_DURABLE', 'Another process reads the ledger, and so its log stays', {
    details: { trouble: 'busy' },
  })
}

/** The block without the payloads at these indexes of the chain, and how many of them it had. */
function withoutPayloads(
  content: BlockContent,
  indexes: readonly number[],
): Readonly<{ content: BlockContent; count: number }> {
  const lengths = [...content.lengths]
  const salts = Buffer.from(content.salts)
  for (const index of indexes) {
    const at = index - content.first
    lengths[at] = undefined
    salts.fill(0, at * saltBytes, (at + 1) * saltBytes)
  }
  let offset = 0
  let count = 0
  const kept = content.lengths.flatMap((length = 0, at) => {
    const payload = content.payloads.subarray(offset, (offset += length))
    if (lengths[at] !== undefined) return [payload]
    count += content.lengths[at] === undefined ? 0 : 1
    return []
  })
  const left = { ...content, lengths, salts, payloads: Buffer.concat(kept) }
  return { content: { ...left, derivation: undefined }, count }
}
