/**
 * Remembers what was looked up, up to a total weight: 1 for each value unless told. When there is no
 * room left it begins anew.
 */
export class BoundedCache<Key, Value> {
  readonly #kept = new Map<Key, Value>()
  readonly #weightMax: number
  #weight = 0

  constructor(weightMax: number) {
    this.#weightMax = weightMax
  }

  get(key: Key): Value | undefined {
    return this.#kept.get(key)
  }

  /** Of a key that it does not have. */
  add(key: Key, value: Value, weight = 1): void {
    if (this.#weight + weight > this.#weightMax) {
      this.#kept.clear()
      this.#weight = 0
    }
    // What is too large by itself is not kept.
    if (weight > this.#weightMax) return
    this.#kept.set(key, value)
    this.#weight += weight
  }

  /** The room that it took stays taken. */
  delete(key: Key): void {
    this.#kept.delete(key)
  }
}
