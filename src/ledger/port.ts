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

/** `broken` names the first entry that does not hold, and why. */
export type VerifyResult = Readonly<{
  chain: string
  entries: number
  hash: string
  checkpoints: number
  broken: Readonly<{ position: Position; reason: string }> | undefined
}>

/** Entries to retract, by where they stand or by who sent them and when they were received. */
export type EntryRange = Readonly<{
  positions?: readonly Position[] | undefined
  sender?: string | undefined
  since?: Micros | undefined
  until?: Micros | undefined
}>

/**
 * The ledger of this process: one writer, one chain, append only. A second writer on the same file
 * is refused with DATA_FOLDER_IN_USE.
 */
export interface Ledger extends AsyncDisposable {
  /**
   * Resolves when every draft is on disk (fsync). Drafts of one call are chained in order; calls
   * that wait at the same time share one commit. A draft whose key is in effect already is a
   * duplicate and is not written; after a retraction of it, a copy is written and counts again.
   *
   * @throws LinewardError NOT_DURABLE when the disk refuses: nothing of the call was accepted.
   */
  append(drafts: readonly Draft[]): Promise<readonly Receipt[]>
  /** The latest copies of these entries, by key; unknown keys are absent. */
  find(keys: readonly EntryKey[]): Promise<ReadonlyMap<EntryKey, Entry>>
  at(position: Position): Promise<Entry | undefined>
  /** Up to `limit` entries of this chain from `index` on, in order. */
  read(index: number, limit: number): Promise<readonly Entry[]>
  /** Keys in effect within the range; retractions are never part of it. */
  keysIn(range: EntryRange): Promise<readonly EntryKey[]>
  head(): Head
  /** Signs the head; undefined for an empty chain. */
  checkpoint(): Promise<Checkpoint | undefined>
  lastCheckpoint(): Promise<Checkpoint | undefined>
  /** Reads everything back to the last byte. */
  verify(onProgress?: (progress: VerifyProgress) => void): Promise<VerifyResult>
}
