import type { LinewardError } from '../errors.ts'
import type { Entry } from '../model/index.ts'
import type { BlockContent } from './block.ts'
import { entryKeyOf } from '../model/index.ts'
import { broken } from './broken.ts'
import { hashBytes } from './chain-hash.ts'
import { parseHeader } from './header.ts'
import { positionOf } from './position.ts'

/** A block in memory. Its entries are made when asked for: most readers want few of them. */
export class OpenBlock {
  readonly first: number
  /** The index after its last entry. */
  readonly end: number
  /** About what it occupies. */
  readonly bytes: number
  readonly #content: BlockContent
  /** Where each payload begins. */
  readonly #offsets: readonly number[]

  constructor(content: BlockContent) {
    const { first, headers, hashes, payloads, lengths } = content
    this.first = first
    this.end = first + headers.length
    this.bytes = headers.reduce(
      (sum, header) => sum + header.length,
      payloads.length + hashes.length,
    )
    this.#content = content
    let offset = 0
    this.#offsets = lengths.map((length) => (offset += length ?? 0) - (length ?? 0))
  }

  /** Bytes of the payload at an index of the chain; 0 when it is erased. */
  payloadBytes(index: number): number {
    return this.#content.lengths[index - this.first] ?? 0
  }

  /**
   * The entry at an index of the chain; an erased payload is empty, and the entry says so.
   *
   * @throws LinewardError LEDGER_BROKEN when what stands there is not that entry.
   */
  entry(index: number): Entry {
    const at = index - this.first
    const header = this.#content.headers[at]
    const offset = this.#offsets[at]
    if (header === undefined || offset === undefined) throw notThere(index)
    const { chain, index: claimed, ...rest } = parseHeader(header)
    if (claimed !== index) throw notThere(index)
    return {
      ...rest,
      payload: this.#content.payloads.toString('utf8', offset, offset + this.payloadBytes(index)),
      key: entryKeyOf(rest),
      position: positionOf(chain, index),
      hash: this.#content.hashes.toString('hex', at * hashBytes, (at + 1) * hashBytes),
      ...(this.#content.lengths[at] === undefined ? { erased: true as const } : {}),
    }
  }
}

function notThere(index: number): LinewardError {
  return broken(`No entry ${index} stands where it should`)
}
