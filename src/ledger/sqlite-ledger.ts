import type { KeyObject } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Draft, Entry, EntryKey, Micros, Position } from '../model/index.ts'
import type { QueueLimits } from './append-queue.ts'
import type { BlockContent, BlockRow } from './block.ts'
import type { Batch } from './plan-flush.ts'
import type {
  AppendTerms,
  Checkpoint,
  EntryRange,
  Head,
  Ledger,
  Receipt,
  VerifyProgress,
  VerifyResult,
} from './port.ts'
import type { OpenBlock } from './open-block.ts'
import type { Prepared, Tail } from './seal-block.ts'
import { setImmediate } from 'node:timers/promises'
import { LinewardError } from '../errors.ts'
import { AppendQueue } from './append-queue.ts'
import { BlockReader } from './block-reader.ts'
import { packBlock } from './block.ts'
import { checkpointOf, signCheckpoint } from './checkpoint.ts'
import { eraseLastingly } from './erase.ts'
import { readFailure, writeFailure } from './failure.ts'
import { keysInRange } from './keys-in-range.ts'
import { LedgerFile } from './ledger-file.ts'
import { planFlush } from './plan-flush.ts'
import { parsePosition, positionOf } from './position.ts'
import { chunksOf, sealBlock, tailBehind } from './seal-block.ts'
import { keyIdOf, publicKeyBytes } from './signing-key.ts'
import { verifyLedger } from './verify-ledger.ts'

export type LedgerLimits = QueueLimits &
  Readonly<{
    /** The most entries and payload bytes of a block; a larger entry has a block of its own. */
    blockEntriesMax: number
    blockBytesMax: number
    /** Unpacked blocks that are kept in memory. */
    cacheBytesMax: number
    /** The most payload that one `read` gives, unless its first entry is larger. */
    readBytesMax: number
  }>

export type LedgerParts = Readonly<{
  file: string
  /** Open, migrated, and owned from now on, as is the lock. */
  database: DatabaseSync
  lock: Disposable
  chain: string
  signingKey: KeyObject | undefined
  clock: () => Micros
  limits: LedgerLimits
}>

/** The ledger port on one SQLite file. */
export class SqliteLedger implements Ledger {
  readonly #parts: LedgerParts
  readonly #file: LedgerFile
  readonly #blocks: BlockReader
  readonly #queue: AppendQueue
  #tail: Tail
  /** False after a failed commit, of which the disk alone knows whether it happened. */
  #tailIsKnown = true
  /** Erasing and verifying take turns: a snapshot of the file would keep what is erased in its log. */
  #turn: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | undefined
  #isClosed = false

  /** @throws LinewardError LEDGER_BROKEN when the end of the chain cannot be read. */
  constructor(parts: LedgerParts) {
    this.#parts = parts
    this.#file = new LedgerFile(parts.database)
    this.#blocks = new BlockReader(this.#file, parts.limits.cacheBytesMax)
    this.#queue = new AppendQueue((calls) => this.#flush(calls), parts.limits)
    this.#tail = this.#readTail()
  }

  async append(
    drafts: readonly Draft[],
    { onlyWhile }: AppendTerms = {},
  ): Promise<readonly Receipt[]> {
    if (this.#closing !== undefined) throw closed()
    return drafts.length === 0 ? [] : this.#queue.add(drafts, onlyWhile)
  }

  async erase(positions: readonly Position[]): Promise<number> {
    if (this.#closing !== undefined) throw closed()
    const indexes = new Set(positions.map((position) => this.#indexAt(position)))
    return this.#inTurn(() =>
      this.#guard(writeFailure, () =>
        eraseLastingly(indexes, { file: this.#file, blocks: this.#blocks }),
      ),
    )
  }

  find(keys: readonly EntryKey[]): Promise<ReadonlyMap<EntryKey, Entry>> {
    return this.#read(async () => {
      const copies = new Map(keys.map((key) => [key, this.#file.latest(key)?.copy]))
      const found = new Map<EntryKey, Entry>()
      let block: OpenBlock | undefined
      // In the order of the chain, so that each block is unpacked once however small the cache is.
      for (const [key, copy] of [...copies].toSorted(([, a = 0], [, b = 0]) => a - b)) {
        if (copy === undefined) continue
        if (block === undefined || copy >= block.end) {
          if (block !== undefined) await this.#pause()
          block = this.#blocks.holding(copy)
        }
        found.set(key, block.entry(copy))
      }
      return found
    })
  }

  at(position: Position): Promise<Entry | undefined> {
    return this.#read(() => {
      const { chain, index } = parsePosition(position)
      if (chain !== this.#tail.chain || index >= this.#tail.entries) return undefined
      return this.#blocks.holding(index).entry(index)
    })
  }

  read(index: number, limit: number): Promise<readonly Entry[]> {
    return this.#read(async () => {
      if (!isCount(index) || !isCount(limit)) {
        throw new LinewardError('ARGUMENT_INVALID', 'An index and a limit are whole, from 0 on')
      }
      const end = Math.min(index + limit, this.#tail.entries)
      const entries: Entry[] = []
      let bytes = 0
      for (let next = index; next < end;) {
        if (entries.length > 0) await this.#pause()
        const block = this.#blocks.holding(next)
        for (; next < Math.min(block.end, end); next += 1) {
          bytes += block.payloadBytes(next)
          if (entries.length > 0 && bytes > this.#parts.limits.readBytesMax) return entries
          entries.push(block.entry(next))
        }
      }
      return entries
    })
  }

  keysIn(range: EntryRange): Promise<readonly EntryKey[]> {
    return this.#read(() =>
      keysInRange(range, {
        chain: this.#tail.chain,
        entries: this.#tail.entries,
        file: this.#file,
        blocks: this.#blocks,
        pause: () => this.#pause(),
      }),
    )
  }

  head(): Head {
    const { chain, entries, hash } = this.#tail
    const position = entries === 0 ? undefined : positionOf(chain, entries - 1)
    return { chain, entries, position, hash: hash.toString('hex') }
  }

  checkpoint(): Promise<Checkpoint | undefined> {
    return this.#guard(writeFailure, () => {
      const { signingKey, clock } = this.#parts
      const { chain, entries, hash } = this.#tail
      if (signingKey === undefined) {
        throw new LinewardError(
          'CONFIG_INVALID',
          'The ledger was opened without a key to sign with',
        )
      }
      if (entries === 0) return undefined
      const publicKey = publicKeyBytes(signingKey)
      const last = this.#file.lastCheckpoint()
      if (last?.entry === entries - 1 && last.keyId === keyIdOf(publicKey)) {
        return checkpointOf(chain, last)
      }
      const row = signCheckpoint(signingKey, { chain, entry: entries - 1, hash, signedAt: clock() })
      this.#file.writeCheckpoint(row, publicKey)
      return checkpointOf(chain, row)
    })
  }

  lastCheckpoint(): Promise<Checkpoint | undefined> {
    return this.#read(() => {
      const row = this.#file.lastCheckpoint()
      return row && checkpointOf(this.#tail.chain, row)
    })
  }

  verify(onProgress?: (progress: VerifyProgress) => void): Promise<VerifyResult> {
    return this.#inTurn(() =>
      this.#read(() => {
        const { entries, hash } = this.head()
        return verifyLedger(this.#parts.file, { remembered: { entries, hash }, onProgress })
      }),
    )
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await this.#queue.drained()
    await this.#turn
    this.#isClosed = true
    try {
      this.#parts.database.close()
    } finally {
      this.#parts.lock[Symbol.dispose]()
    }
  }

  /** One commit; nothing of it holds when it throws. Never runs twice at once. */
  async #flush(calls: readonly Batch[]): Promise<readonly (readonly Receipt[])[]> {
    try {
      if (!this.#tailIsKnown) this.#tail = this.#readTail()
      this.#tailIsKnown = true
      const plan = planFlush(calls, {
        first: this.#tail.entries,
        latestOf: (key) => this.#file.latest(key),
      })
      const { tail, blocks } = await this.#seal(plan.fresh)
      if (blocks.length > 0)
        this.#file.write(
          blocks.map(({ row }) => row),
          plan.latest,
        )
      this.#tail = tail
      for (const { content } of blocks) this.#blocks.keep(content)
      return plan.placings.map((placings) =>
        placings.map(({ key, index, duplicate }) => {
          return { key, position: positionOf(tail.chain, index), duplicate }
        }),
      )
    } catch (error) {
      this.#tailIsKnown = false
      throw writeFailure(error)
    }
  }

  async #seal(
    fresh: readonly Prepared[],
  ): Promise<
    Readonly<{ tail: Tail; blocks: readonly Readonly<{ content: BlockContent; row: BlockRow }>[] }>
  > {
    let tail = this.#tail
    const now = this.#parts.clock()
    const blocks = []
    for (const { kind, drafts } of chunksOf(fresh, this.#parts.limits)) {
      // A body of a thousand blocks must not hold up everybody else.
      if (blocks.length > 0) await setImmediate()
      const content = sealBlock(drafts, { tail, now, kind })
      blocks.push({ content, row: await packBlock(content) })
      tail = tailBehind({ ...content, entries: drafts.length }, tail.chain)
    }
    return { tail, blocks }
  }

  #indexAt(position: Position): number {
    const { chain, index } = parsePosition(position)
    if (chain === this.#tail.chain && index < this.#tail.entries) return index
    throw new LinewardError('ARGUMENT_INVALID', 'Nothing stands at one of these positions')
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return await result
  }

  #readTail(): Tail {
    return tailBehind(this.#blocks.last(), this.#parts.chain)
  }

  #read<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    return this.#guard(readFailure, work)
  }

  async #guard<Result>(
    failure: (error: unknown) => unknown,
    work: () => Result | Promise<Result>,
  ): Promise<Result> {
    if (this.#isClosed) throw closed()
    try {
      return await work()
    } catch (error) {
      throw failure(error)
    }
  }

  /** Lets others have the thread, between blocks. */
  async #pause(): Promise<void> {
    await setImmediate()
    if (this.#isClosed) throw closed()
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function closed(): LinewardError {
  return new LinewardError('STORE_UNAVAILABLE', 'The ledger is closed')
}
