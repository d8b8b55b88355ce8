import type { Detector } from './marker.ts'

/** What was found where: a JSON pointer whose parts are scrubbed too, never the value. */
export type Find = Readonly<{ detector: Detector; path: string; count: number }>

/** How often each was found in one string. */
export type Tally = Map<Detector, number>

export function addTo(tally: Tally, detector: Detector): void {
  tally.set(detector, (tally.get(detector) ?? 0) + 1)
}

/** Where a walk is, and what it has found so far. */
export class FindLog {
  readonly #path: (string | number)[] = []
  readonly #finds = new Map<string, Find>()
  /** Where a pointer ends: what lies in JSON within a string is found at the string. */
  #end: number | undefined
  #noted = 0

  /** How often something was noted. */
  get noted(): number {
    return this.#noted
  }

  /** In the order in which they were met. */
  finds(): readonly Find[] {
    return [...this.#finds.values()]
  }

  /** What is noted until `leave` lies under this key or index. */
  enter(part: string | number): void {
    this.#path.push(part)
  }

  leave(): void {
    this.#path.pop()
  }

  /** What `visit` finds lies within the string here. */
  within<Value>(visit: () => Value): Value {
    const outer = this.#end
    this.#end ??= this.#path.length
    const value = visit()
    this.#end = outer
    return value
  }

  note(tally: ReadonlyMap<Detector, number>): void {
    if (tally.size === 0) return
    this.#noted += 1
    const path = this.#path
      .slice(0, this.#end)
      .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('')
    for (const [detector, times] of tally) {
      const key = `${detector} ${path}`
      const before = this.#finds.get(key)?.count ?? 0
      this.#finds.set(key, { detector, path, count: before + times })
    }
  }
}
