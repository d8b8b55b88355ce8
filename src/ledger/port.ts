import type { Draft, Entry, EntryKey, Micros, Position } from '../model/index.ts'

/** What a sender gets to know: a copy says nothing new and is not written again. */
export type Receipt = Readonly<{ key: EntryKey; position: Position; duplicate: boolean }>

/** Where a chain ends. `entries` counts every copy on it; an empty chain has no position. */
export type Head = Readonly<{
  chain: string
  entries: number
  position: Position | undefined
  hash: string
}>

/** A signed statement that the chain had this hash at this position. `signature` is Ed25519, base64. */
export type Checkpoint = Readonly<{
  chain: string
  position: Position
  hash: string
  signedAt: Micros
  keyId: string
  signature: string
}>

export type VerifyProgress = Readonly<{ entries: number; total: number }>

/**
 * `entries` and `hash` are of what was found whole. `erased` counts the entries whose payload was
 * taken out; they hold. `broken` names the first entry that does not, and why; without a position it
 * is no single entry that is at fault (the index, the pages of the file).
 */
export type VerifyResult = Readonly<{
  chain: string
  entries: number
  hash: string
  checkpoints: number
  erased: number
  broken: Readonly<{ position: Position | undefined; reason: string }> | undefined
}>

/**
 * Entries to retract, by where they stand or by who sent them and when they were received (`since`
 * counts, `until` does not). Each limit that is given narrows the range.
 */
export type EntryRange = Readonly<{
  positions?: readonly Position[] | undefined
  sender?: string | undefined
  since?: Micros | undefined
  until?: Micros | undefined
}>

/** What has to hold when the turn of an append comes. */
export type AppendTerms = Readonly<{ onlyWhile?: readonly EntryKey[] | undefined }>

/**
 * The ledger of this process: one writer, one chain, append only but for payloads that are erased. A second writer on the same file
 * is refused with DATA_FOLDER_IN_USE.
 *
 * Disposing of it waits for the appends that were called before. Whatever is called after that
 * throws STORE_UNAVAILABLE. Reading throws LEDGER_BROKEN when what it comes upon is damaged.
 */
export interface Ledger extends AsyncDisposable {
  /**
   * Resolves when every draft is on disk (fsync). Drafts of one call are chained in order; calls
   * that wait at the same time share one commit. A draft whose key is in effect already is a
   * duplicate and is not written; after a retraction of it, a copy is written and counts again.
   * Keys that an entry retracts and this chain does not have mean nothing here.
   *
   * `receivedAt` is the clock's time, or a microsecond after the entry before when that is later.
   * Payloads are kept as UTF-8: half a surrogate pair comes back as U+FFFD.
   *
   * With `onlyWhile` the call is written whole if all of these keys are in effect when its turn comes;
   * else nothing of it is, and there are no receipts.
   *
   * @throws LinewardError NOT_DURABLE when the disk refuses, or when more waits for it than may:
   * nothing of the call was accepted, and the next call tries again. ARGUMENT_INVALID for an event
   * time that is none, LEDGER_BROKEN when the file is damaged.
   */
  append(drafts: readonly Draft[], terms?: AppendTerms): Promise<readonly Receipt[]>
  /**
   * Takes the payloads of these entries out, with their salts, and gives how many were still there.
   * On disk when it resolves, and no byte of them is left in the file or its log; then also of those
   * erased before, so no positions at all make sure of that. Header, hash and chain stay as they are:
   * an erased entry holds, and comes with an empty payload. A crash leaves each block as it was or
   * erased. Waits until a `verify` under way has let go of the file.
   *
   * @throws LinewardError ARGUMENT_INVALID when nothing stands at one of them: then nothing is
   * erased. NOT_DURABLE when the disk refuses, or another process still reads the log.
   */
  erase(positions: readonly Position[]): Promise<number>
  /** The latest copies of these entries, by key, retracted or not; unknown keys are absent. */
  find(keys: readonly EntryKey[]): Promise<ReadonlyMap<EntryKey, Entry>>
  /**
   * Undefined when nothing stands there, and for another chain.
   *
   * @throws LinewardError ARGUMENT_INVALID for what is no position.
   */
  at(position: Position): Promise<Entry | undefined>
  /**
   * Up to `limit` entries of this chain from `index` on, in order. Fewer when their payloads would
   * take too much memory; none only at the end (or for a limit of 0).
   *
   * @throws LinewardError ARGUMENT_INVALID for what is no count.
   */
  read(index: number, limit: number): Promise<readonly Entry[]>
  /**
   * Keys of the copies within the range that are in effect, as of when it resolves; retractions are
   * never part of it.
   *
   * @throws LinewardError ARGUMENT_INVALID for a range that names nothing, and would be everything.
   */
  keysIn(range: EntryRange): Promise<readonly EntryKey[]>
  head(): Head
  /**
   * Signs the head, once with each key; undefined for an empty chain.
   *
   * @throws LinewardError NOT_DURABLE when the disk refuses, CONFIG_INVALID without a signing key.
   */
  checkpoint(): Promise<Checkpoint | undefined>
  lastCheckpoint(): Promise<Checkpoint | undefined>
  /**
   * Reads everything back to the last byte, on another thread: appends and reads go on. The head
   * that this process has written is held against the file, too.
   */
  verify(onProgress?: (progress: VerifyProgress) => void): Promise<VerifyResult>
}
