import { LinewardError } from '../../errors.ts'

/**
 * How many bytes of bodies are held at once, by all requests together. What does not fit is not
 * queued: the sender keeps it and comes again.
 */
export class Allowance {
  readonly #bytesMax: number
  #held = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get heldBytes(): number {
    return this.#held
  }

  /** What one request holds, until it is disposed of. */
  open(): Holding {
    let mine = 0
    return {
      add: (bytes) => {
        // One body alone is always let in, so that a low limit cannot shut the door for good.
        const others = this.#held - mine
        if (others > 0 && this.#held + bytes > this.#bytesMax) {
          throw new LinewardError('OVERLOADED', 'Too many bodies are being read just now')
        }
        this.#held += bytes
        mine += bytes
      },
      remove: (bytes) => {
        this.#held -= bytes
        mine -= bytes
      },
      [Symbol.dispose]: () => {
        this.#held -= mine
        mine = 0
      },
    }
  }
}

export interface Holding extends Disposable {
  /** @throws LinewardError OVERLOADED when that is more than all requests may hold together. */
  add(bytes: number): void
  remove(bytes: number): void
}
