import type { BlockRow } from './block.ts'
import type { Header } from './header.ts'
import type { Tail } from './seal-block.ts'
import { blockKindOf, checksumOf, unpackBlock, unpackHeaders } from './block.ts'
import { demand } from './broken.ts'
import { commitmentOf, entryHash, hashBytes, saltBytes } from './chain-hash.ts'
import { parseHeader } from './header.ts'

/** An entry that holds. */
export type Verified = Readonly<{ header: Header; hash: Buffer; erased: boolean }>

/**
 * The entries of a block behind `tail`, each as soon as it was found to be whole: place, kind,
 * receipt time, commitment to the payload (of an erased one, that nothing is left of it) and hash. A
 * pure function of the row.
 *
 * @throws LinewardError LEDGER_BROKEN with what is the matter with the entry that comes next.
 */
export function* verifiedEntries(row: BlockRow, tail: Tail): Generator<Verified, void> {
  const content = unpackBlock(row)
  let previous = tail.hash
  let receivedAt = tail.receivedAt ?? -Infinity
  let offset = 0
  for (const [at, text] of content.headers.entries()) {
    const header = parseHeader(text)
    demand(header.chain === tail.chain, 'It belongs to another chain')
    demand(header.index === tail.entries + at, 'It stands where another entry should stand')
    demand(blockKindOf(header) === row.kind, 'It stands in a block of another kind')
    demand(header.receivedAt > receivedAt, 'It was not received after the entry before it')

    const length = content.lengths[at]
    const commitment = slice(content.commitments, at, hashBytes)
    if (length === undefined) {
      const nothingLeft = slice(content.salts, at, saltBytes).every((byte) => byte === 0)
      demand(nothingLeft, 'It is marked as erased, and is not')
    } else {
      const payload = content.payloads.subarray(offset, offset + length)
      const committed = commitmentOf(slice(content.salts, at, saltBytes), payload)
      demand(
        committed.equals(commitment),
        'Its payload or salt is not the one that was committed to',
      )
      offset += length
    }

    const hash = entryHash({ previous, header: text, commitment })
    demand(hash.equals(slice(content.hashes, at, hashBytes)), 'Its hash does not fit')
    yield { header, hash, erased: length === undefined }
    previous = hash
    receivedAt = header.receivedAt
  }
}

/**
 * What a block says beside its entries, and how they are stored: where no entry's hash looks.
 *
 * @throws LinewardError LEDGER_BROKEN with what is the matter with the block.
 */
export function requireTrueLabel(row: BlockRow): void {
  const headers = unpackHeaders(row)
  const times = [headers[0], headers.at(-1)].map((text) => parseHeader(text ?? '').receivedAt)
  const told = times[0] === row.receivedFrom && times[1] === row.receivedTo
  demand(told, 'Its block names other receipt times')
  demand(checksumOf(row).equals(row.checksum), 'Its block is not, byte for byte, as it was written')
}

function slice(bytes: Buffer, at: number, size: number): Buffer {
  return bytes.subarray(at * size, (at + 1) * size)
}
