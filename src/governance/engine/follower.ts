export type FollowerParts = Readonly<{
  /** Catches up with all that was so when it was called. `again`: what it did last has failed. */
  work: (again: boolean) => Promise<void>
  onError: (error: unknown) => void
}>

/** Of the time that passes while nobody waits, the work takes a tenth. */
const restPerWork = 9
/** What failed is not asked again at once, whoever waits. */
const failureRestMs = 1000

/** Does a work again whenever there is more of it, rests between, and lets others wait for it. */
export class Follower implements AsyncDisposable {
  readonly #parts: FollowerParts
  #asked = 0
  /** Nothing was done yet, not even of nothing. */
  #done = -1
  #hasFailed = false
  #isStopped = false
  #restMs = 0
  #hurry: () => void = () => undefined
  #stop: () => void = () => undefined
  #running: Promise<void> | undefined
  #waiters: (() => void)[] = []

  constructor(parts: FollowerParts) {
    this.#parts = parts
  }

  /** There is more to do. */
  wake(): void {
    this.#asked += 1
    this.#start()
  }

  /** How many times it was woken since what is done; at least one before anything is. */
  get behind(): number {
    return this.#asked - this.#done
  }

  /** True when all that there was is done; false when it was not within `waitMs`. */
  async reached(waitMs: number): Promise<boolean> {
    const asked = this.#asked
    if (this.#done >= asked) return true
    this.#start()
    const late = Promise.withResolvers<boolean>()
    const timer = setTimeout(() => late.resolve(true), waitMs)
    try {
      while (this.#done < asked) {
        const next = Promise.withResolvers<boolean>()
        this.#waiters.push(() => next.resolve(false))
        this.#hurry()
        if (this.#isStopped || (await Promise.race([next.promise, late.promise]))) return false
      }
      return true
    } finally {
      clearTimeout(timer)
    }
  }

  /** Finishes what it is at. Whoever waits gets false. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopped = true
    this.#stop()
    await this.#running
    this.#tellWaiters()
  }

  #start(): void {
    if (this.#running !== undefined || this.#isStopped || this.#asked === this.#done) return
    this.#running = this.#turn().finally(() => {
      this.#running = undefined
      this.#start()
    })
  }

  /** Rests first, unless somebody waits: there may be more faster than it can be done one by one. */
  async #turn(): Promise<void> {
    if ((this.#waiters.length === 0 || this.#hasFailed) && this.#restMs > 0) await this.#rest()
    this.#hurry = () => undefined
    if (this.#isStopped) return
    const asked = this.#asked
    const since = performance.now()
    try {
      await this.#parts.work(this.#hasFailed)
      this.#hasFailed = false
      this.#done = asked
    } catch (error) {
      this.#hasFailed = true
      this.#parts.onError(error)
    }
    this.#restMs = this.#hasFailed ? failureRestMs : (performance.now() - since) * restPerWork
    this.#tellWaiters()
  }

  async #rest(): Promise<void> {
    const rest = Promise.withResolvers<void>()
    if (!this.#hasFailed) this.#hurry = rest.resolve
    this.#stop = rest.resolve
    const timer = setTimeout(rest.resolve, this.#restMs)
    await rest.promise
    clearTimeout(timer)
  }

  #tellWaiters(): void {
    const waiters = this.#waiters
    this.#waiters = []
    for (const waiter of waiters) waiter()
  }
}
