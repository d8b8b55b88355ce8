import type { Draft, EntryKey } from '../model/index.ts'
import type { Batch } from './plan-flush.ts'
import type { Receipt } from './port.ts'
import type { Prepared } from './seal-block.ts'
import { setImmediate } from 'node:timers/promises'
import { LinewardError } from '../errors.ts'
import { entryKeyOf, micros } from '../model/index.ts'

export type QueueLimits = Readonly<{
  /** The most entries and payload bytes that share one commit; one call is never divided. */
  flushEntriesMax: number
  flushBytesMax: number
  /** The most bytes that may wait; a single call may be larger when nothing else waits. */
  queueBytesMax: number
}>

/** Writes the drafts of calls in their order, all or none, and gives each call its receipts. */
export type Flush = (calls: readonly Batch[]) => Promise<readonly (readonly Receipt[])[]>

type Call = Batch &
  Readonly<{
    bytes: number
    resolve: (receipts: readonly Receipt[]) => void
    reject: (reason: unknown) => void
  }>

/** What an entry occupies beside its payload, about. */
const headerBytes = 1024

/**
 * Group commit: calls that come while a flush runs, or in the same turn of the event loop, wait for
 * the next flush and share it. So a slow disk makes larger commits, and no timer is needed.
 */
export class AppendQueue {
  readonly #flush: Flush
  readonly #limits: QueueLimits
  #calls: Call[] = []
  /** Of the calls that wait and of those being written. */
  #bytes = 0
  #running: Promise<void> | undefined

  constructor(flush: Flush, limits: QueueLimits) {
    this.#flush = flush
    this.#limits = limits
  }

  /**
   * Resolves or rejects as the flush that took the call did.
   *
   * @throws LinewardError NOT_DURABLE at once when too much waits already, ARGUMENT_INVALID for a
   * draft whose event time is none.
   */
  add(drafts: readonly Draft[], onlyWhile: readonly EntryKey[] = []): Promise<readonly Receipt[]> {
    const prepared = drafts.map(prepare)
    const bytes = prepared.reduce((sum, draft) => sum + draft.bytes, 0)
    if (this.#bytes > 0 && this.#bytes + bytes > this.#limits.queueBytesMax) {
      throw new LinewardError('NOT_DURABLE', 'More is waiting for the disk than may wait', {
        details: { trouble: 'queue', waitingBytes: this.#bytes },
      })
    }
    this.#bytes += bytes
    return new Promise((resolve, reject) => {
      this.#calls.push({ drafts: prepared, onlyWhile, bytes, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#calls.length > 0) {
      // Callers whose requests arrived together come in this turn; other work gets its turn too.
      await setImmediate()
      await this.#flushOnce(this.#take())
    }
    this.#running = undefined
  }

  async #flushOnce(calls: readonly Call[]): Promise<void> {
    try {
      const receipts = await this.#flush(calls)
      for (const [at, { resolve }] of calls.entries()) resolve(receipts[at] ?? [])
    } catch (error) {
      for (const { reject } of calls) reject(error)
    } finally {
      for (const { bytes } of calls) this.#bytes -= bytes
    }
  }

  #take(): readonly Call[] {
    let entries = 0
    let bytes = 0
    const fits = this.#calls.findIndex((call, at) => {
      entries += call.drafts.length
      bytes += call.bytes
      const { flushEntriesMax, flushBytesMax } = this.#limits
      return at > 0 && (entries > flushEntriesMax || bytes > flushBytesMax)
    })
    return this.#calls.splice(0, fits === -1 ? this.#calls.length : fits)
  }
}

function prepare(draft: Draft): Prepared {
  // A time that JSON cannot hold would break the chain for ever; refused here it harms one call.
  micros(draft.eventTime)
  const bytes = Buffer.byteLength(draft.payload) + headerBytes
  return { draft, key: entryKeyOf(draft), bytes }
}
