/** Choices in the order in which they are asked for; after the last one the first of each is taken. */
export class Tape {
  readonly #steps: readonly number[]
  #next = 0

  constructor(steps: readonly number[]) {
    this.#steps = steps
  }

  /** A whole number from 0 and below `end`. */
  below(end: number): number {
    const step = this.#steps[this.#next] ?? 0
    this.#next += 1
    return step % end
  }

  /** True once in so many times. */
  chance(times: number): boolean {
    return this.below(times) === times - 1
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error('there is nothing to choose from')
    return item
  }
}
