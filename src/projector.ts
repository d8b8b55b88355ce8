import type { GraphReader, GraphWriter } from './graph/index.ts'
import type { Ledger } from './ledger/index.ts'
import type { Log } from './log.ts'
import type { Entry, Fact, Micros } from './model/index.ts'
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import { errorCodes, LinewardError } from './errors.ts'

export type ProjectorLimits = Readonly<{
  entriesMax: number
  deriveKeysMax: number
  /** After a failure: doubled from the first to the last. */
  backoffMsMin: number
  backoffMsMax: number
}>

export type ProjectorParts = Readonly<{
  ledger: Pick<Ledger, 'head' | 'read'>
  graph: GraphWriter & Pick<GraphReader, 'marksLeft'>
  translate: (entry: Entry) => readonly Fact[]
  limits: ProjectorLimits
  log: Log
  clock: () => Micros
  /** All entries below some index are in the graph and derived; called again whenever there are more. */
  onSettled?: () => void
}>

/** No append for that long: nobody is sending just now. */
const quietMs = 20
/** While somebody is, the rest of the process has this many times as long as each transaction took. */
const othersShare = 4
const othersMsMax = 2000
const lookMs = 5

type Waiter = Readonly<{ index: number; settle: (reached: boolean) => void }>

/**
 * Brings the ledger into the graph: read, translate, reduce, derive, one batch after the other, in
 * the order of the chain. It never overlaps itself, gives way to requests between transactions, and
 * goes on by itself after the store failed: where it stands is the graph's own watermark.
 *
 * While events come in, it leaves most of the time to them, since an answer to a sender never waits for
 * the graph; it falls behind then, in larger batches, and catches up afterwards. It gives way to nobody
 * when somebody waits for what it does.
 */
export class Projector implements AsyncDisposable {
  readonly #parts: ProjectorParts
  readonly #running: Promise<void>
  #waiters: readonly Waiter[] = []
  readonly #ending = new AbortController()
  #turn: Promise<unknown> = Promise.resolve()
  #awake = Promise.withResolvers<void>()
  /** The first index that is not reduced; unknown at the start and after a failure. */
  #next: number | undefined
  /** Everything below it is reduced and derived. */
  #settled = 0
  /** How long the last transaction took. */
  #tookMs = 0
  /** When something was appended last. */
  #wokenAt = Number.NEGATIVE_INFINITY
  #failure: LinewardError | undefined
  #untranslated = 0

  constructor(parts: ProjectorParts) {
    this.#parts = parts
    this.#running = this.#run()
  }

  /** To be called after every append. */
  wake(): void {
    this.#wokenAt = performance.now()
    this.#awake.resolve()
  }

  /** Why the graph does not follow at the moment, if it does not. */
  get failure(): LinewardError | undefined {
    return this.#failure
  }

  /** Entries since the start that no translator could read without failing itself. */
  get untranslated(): number {
    return this.#untranslated
  }

  /**
   * True when the entries of the chain below `index` are in the graph and derived; false when that
   * was not so within `timeoutMs`, or the projector stops.
   */
  async reached(index: number, timeoutMs: number): Promise<boolean> {
    if (this.#settled >= index) return true
    if (timeoutMs <= 0 || this.#ending.signal.aborted) return false
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const waiter: Waiter = { index, settle: resolve }
    this.#waiters = [...this.#waiters, waiter]
    const timer = setTimeout(() => resolve(false), timeoutMs)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      this.#waiters = this.#waiters.filter((other) => other !== waiter)
    }
  }

  /** @throws LinewardError of the store when it cannot say. */
  async lag(): Promise<{ readonly entries: number; readonly marks: number }> {
    const { entries } = this.#parts.ledger.head()
    const marks = await this.#parts.graph.marksLeft()
    return { entries: entries - Math.max(this.#next ?? 0, this.#settled), marks }
  }

  /** How long ago the oldest entry was accepted that is not in the graph; 0 when all are. */
  async lagSeconds(): Promise<number> {
    const { ledger, clock } = this.#parts
    const next = Math.max(this.#next ?? 0, this.#settled)
    if (this.#settled >= ledger.head().entries) return 0
    const [oldest] = await ledger.read(Math.min(next, this.#settled), 1)
    return oldest === undefined ? 0 : Math.max(0, (clock() - oldest.receivedAt) / 1_000_000)
  }

  /**
   * Does the work while no batch is under way. Afterwards the graph is asked where it stands, so the
   * work may put another one in its place.
   */
  async hold<Result>(work: () => Promise<Result>): Promise<Result> {
    return await this.#alone(async () => {
      try {
        return await work()
      } finally {
        this.#next = undefined
        this.wake()
      }
    })
  }

  /** Finishes the transaction that it is at. Waiting questions get false. */
  async stop(): Promise<void> {
    this.#ending.abort()
    this.wake()
    await this.#running
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  async #run(): Promise<void> {
    const { backoffMsMin, backoffMsMax } = this.#parts.limits
    let backoffMs = backoffMsMin
    while (!this.#ending.signal.aborted) {
      // Made before the chain's head is looked at, so that no append falls between.
      this.#awake = Promise.withResolvers<void>()
      try {
        const busy = await this.#alone(() => this.#step())
        this.#failure = undefined
        backoffMs = backoffMsMin
        if (busy) await this.#giveWay()
        else if (!this.#ending.signal.aborted) await this.#awake.promise
      } catch (error) {
        this.#failed(error, backoffMs)
        await this.#pause(backoffMs)
        backoffMs = Math.min(backoffMs * 2, backoffMsMax)
      }
    }
    for (const { settle } of this.#waiters) settle(false)
  }

  /** One batch, and everything that it left to derive. Gives whether there is more. */
  async #step(): Promise<boolean> {
    const { ledger, graph, limits } = this.#parts
    const { chain, entries: end } = ledger.head()
    if (this.#next === undefined) {
      this.#next = await graph.watermark(chain)
      this.#settled = 0
    }
    if (this.#next < end) {
      const entries = await ledger.read(this.#next, limits.entriesMax)
      if (entries.length === 0) {
        throw new LinewardError('STORE_UNAVAILABLE', 'The ledger ends before its head')
      }
      const next = this.#next + entries.length
      this.#next = next
      await this.#timed(() => {
        const translated = entries.map((entry) => ({ entry, facts: this.#factsOf(entry) }))
        return graph.reduce({ chain, next, entries: translated })
      })
    }
    while (this.#settled < this.#next) {
      await this.#giveWay()
      if (this.#ending.signal.aborted) return false
      const marks = await this.#timed(() => graph.derive(limits.deriveKeysMax))
      if (marks > 0) continue
      this.#settle(this.#next)
      break
    }
    return this.#next < ledger.head().entries
  }

  /** An entry on which a translator fails is a problem of its own and holds nobody up. */
  #factsOf(entry: Entry): readonly Fact[] {
    try {
      return this.#parts.translate(entry)
    } catch (error) {
      this.#untranslated += 1
      const code = 'TRANSLATION_FAILED'
      const { key, position } = entry
      this.#parts.log.error({ error, code, key, position }, 'an entry could not be translated')
      const reason = errorCodes[code].title
      return [{ kind: 'problem', at: entry.eventTime, code, path: '', reason, names: [] }]
    }
  }

  #settle(index: number): void {
    this.#settled = index
    this.#failure = undefined
    this.#parts.onSettled?.()
    for (const waiter of this.#waiters) if (waiter.index <= index) waiter.settle(true)
  }

  #failed(error: unknown, retryMs: number): void {
    const known = error instanceof LinewardError
    const cause = { cause: error }
    this.#failure = known ? error : new LinewardError('INTERNAL', errorCodes.INTERNAL.title, cause)
    // What was written is not known: the graph says so when it can be asked again.
    this.#next = undefined
    const fields = { error, code: this.#failure.code, retryMs }
    this.#parts.log.error(fields, 'the graph does not follow the ledger')
  }

  async #timed<Result>(transaction: () => Promise<Result>): Promise<Result> {
    const since = performance.now()
    const result = await transaction()
    this.#tookMs = performance.now() - since
    return result
  }

  /** One turn of the process, and more while events come in and nobody waits for the graph. */
  async #giveWay(): Promise<void> {
    const until = performance.now() + Math.min(this.#tookMs * othersShare, othersMsMax)
    await nextTurn()
    for (let now = performance.now(); now < until; now = performance.now()) {
      const isQuiet = now - this.#wokenAt > quietMs
      if (isQuiet || this.#waiters.length > 0 || this.#ending.signal.aborted) return
      await this.#pause(lookMs)
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#ending
    await delay(milliseconds, undefined, { signal }).catch(() => undefined)
  }

  /** One at a time: a batch, or a work that holds batches up. */
  async #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return await result
  }
}
