import type { Micros } from '../../model/index.ts'

/** How much may be taken at once, and how fast that comes back. */
export type Rate = Readonly<{ capacity: number; perSecond: number }>

const microsPerSecond = 1_000_000

/**
 * A bucket for each key: full at first, emptied by taking, refilled evenly. The keys used last are
 * kept, `keysMax` of them; one that was forgotten begins full.
 */
export class Buckets {
  readonly #clock: () => Micros
  readonly #keysMax: number
  readonly #kept = new Map<string, Readonly<{ left: number; at: number }>>()

  constructor(clock: () => Micros, keysMax: number) {
    this.#clock = clock
    this.#keysMax = keysMax
  }

  /** Takes one and gives 0; or takes nothing and gives the seconds until one is there. */
  take(key: string, { capacity, perSecond }: Rate): number {
    const { left, at } = this.#kept.get(key) ?? { left: capacity, at: this.#clock() }
    // A clock that was set back must not stop the refilling, nor fill twice.
    const now = this.#clock()
    const passed = Math.max(0, now - at) / microsPerSecond
    const there = Math.min(capacity, left + passed * perSecond)
    const isThere = there >= 1
    this.#kept.delete(key)
    this.#kept.set(key, { left: isThere ? there - 1 : there, at: now })
    if (this.#kept.size > this.#keysMax) this.#forgetOldest()
    return isThere ? 0 : (1 - there) / perSecond
  }

  #forgetOldest(): void {
    for (const key of this.#kept.keys()) {
      this.#kept.delete(key)
      return
    }
  }
}
