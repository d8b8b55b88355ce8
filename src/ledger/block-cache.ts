import type { OpenBlock } from './open-block.ts'

/** The blocks that were used last, by the index of their first entry, up to a size in bytes. */
export class BlockCache {
  readonly #bytesMax: number
  /** In the order of use: a Map keeps the order in which keys were set. */
  readonly #blocks = new Map<number, OpenBlock>()
  #bytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get(first: number): OpenBlock | undefined {
    const block = this.#blocks.get(first)
    if (block === undefined) return undefined
    this.#blocks.delete(first)
    this.#blocks.set(first, block)
    return block
  }

  /** A block larger than the whole cache is not kept. */
  add(block: OpenBlock): void {
    this.drop(block.first)
    if (block.bytes > this.#bytesMax) return
    this.#blocks.set(block.first, block)
    this.#bytes += block.bytes
    for (const oldest of this.#blocks.keys()) {
      if (this.#bytes <= this.#bytesMax) return
      this.drop(oldest)
    }
  }

  /** From now on it is read from disk again. */
  drop(first: number): void {
    this.#bytes -= this.#blocks.get(first)?.bytes ?? 0
    this.#blocks.delete(first)
  }
}
