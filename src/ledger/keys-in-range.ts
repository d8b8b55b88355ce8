import type { EntryKey } from '../model/index.ts'
import type { BlockReader } from './block-reader.ts'
import type { Header } from './header.ts'
import type { LedgerFile } from './ledger-file.ts'
import type { EntryRange } from './port.ts'
import { LinewardError } from '../errors.ts'
import { entryKeyOf } from '../model/index.ts'
import { parseHeader } from './header.ts'
import { parsePosition } from './position.ts'

export type RangeParts = Readonly<{
  chain: string
  /** How many the chain had when the question came: later ones are not in the range. */
  entries: number
  file: LedgerFile
  blocks: BlockReader
  pause: () => Promise<void>
}>

/**
 * `Ledger.keysIn`. What a range does not name it does not limit; a range that names nothing would be
 * the whole chain, and is refused.
 *
 * @throws LinewardError ARGUMENT_INVALID for such a range, and for a position that is none.
 */
export async function keysInRange(
  range: EntryRange,
  parts: RangeParts,
): Promise<readonly EntryKey[]> {
  const { positions, sender, since, until } = range
  if ([positions, sender, since, until].every((limit) => limit === undefined)) {
    throw new LinewardError('ARGUMENT_INVALID', 'A range says which entries it means')
  }
  const inRange: Readonly<{ key: EntryKey; index: number }>[] = []
  const headers = positions === undefined ? scanned(range, parts) : named(positions, parts)
  for await (const header of headers) {
    if (isInRange(header, range)) inRange.push({ key: entryKeyOf(header), index: header.index })
  }
  // In one go: what is retracted or posted again while we looked shows here.
  return inRange.flatMap(({ key, index }) => {
    const latest = parts.file.latest(key)
    return latest?.copy === index && latest.retractedBy === undefined ? [key] : []
  })
}

function isInRange(header: Header, { sender, since, until }: EntryRange): boolean {
  return (
    header.kind !== 'retraction' &&
    (sender === undefined || header.sender === sender) &&
    (since === undefined || header.receivedAt >= since) &&
    (until === undefined || header.receivedAt < until)
  )
}

async function* named(
  positions: readonly string[],
  { chain, entries, file, blocks, pause }: RangeParts,
): AsyncGenerator<Header> {
  const places = positions.map(parsePosition).filter((place) => place.chain === chain)
  const indexes = new Set(places.map(({ index }) => index).filter((index) => index < entries))
  let opened: Readonly<{ first: number; headers: readonly string[] }> | undefined
  for (const index of [...indexes].toSorted((a, b) => a - b)) {
    const first = file.firstOfBlockHolding(index) ?? 0
    if (opened?.first !== first) {
      opened = { first, headers: blocks.headers(first) }
      await pause()
    }
    yield parseHeader(opened.headers[index - first] ?? '')
  }
}

async function* scanned(
  { since, until }: EntryRange,
  { entries, file, blocks, pause }: RangeParts,
): AsyncGenerator<Header> {
  let first = since === undefined ? 0 : (file.firstOfBlockReceivedBy(since) ?? entries)
  while (first < entries) {
    const headers = blocks.headers(first)
    for (const text of headers) {
      const header = parseHeader(text)
      if (header.index >= entries || (until !== undefined && header.receivedAt >= until)) return
      yield header
    }
    first += headers.length
    await pause()
  }
}
