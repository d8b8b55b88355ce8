import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { LinewardError } from '../errors.ts'
import type { EntryKey, Micros } from '../model/index.ts'
import type { BlockRow } from './block.ts'
import type { Latest } from './plan-flush.ts'
import { inTransaction } from '../storage/index.ts'
import { parseBlockRow } from './block.ts'
import { broken } from './broken.ts'

/** A row of the table `checkpoint`; what is signed is worked out from it (`checkpoint.ts`). */
export type CheckpointRow = Readonly<{
  entry: number
  keyId: string
  hash: Uint8Array
  signedAt: Micros
  signature: Uint8Array
}>

type Row = Readonly<Record<string, unknown>>

const keyBytes = 16

const statements = {
  chain: 'SELECT only_row, id FROM chain',
  addChain: 'INSERT INTO chain (only_row, id) VALUES (1, ?)',
  firstHolding: 'SELECT first FROM block WHERE first <= ? ORDER BY first DESC LIMIT 1',
  firstReceivedBy: 'SELECT first FROM block WHERE received_to >= ? ORDER BY received_to LIMIT 1',
  block: 'SELECT * FROM block WHERE first = ?',
  blockFrom: 'SELECT * FROM block WHERE first >= ? ORDER BY first LIMIT 1',
  lastBlock: 'SELECT * FROM block ORDER BY first DESC LIMIT 1',
  entries: 'SELECT first + entries AS entries FROM block ORDER BY first DESC LIMIT 1',
  latest: 'SELECT copy, retracted_by FROM entry_latest WHERE key = ?',
  latestCounts: 'SELECT count(*) AS keys, count(retracted_by) AS retracted FROM entry_latest',
  addBlock: `INSERT INTO block (first, kind, entries, received_from, received_to, checksum, hashes,
    commitments, salts, lengths, headers, payloads) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  replaceBlock: `UPDATE block SET checksum = ?, hashes = ?, commitments = ?, salts = ?,
    lengths = ?, headers = ?, payloads = ? WHERE first = ?`,
  truncateLog: 'PRAGMA wal_checkpoint(TRUNCATE)',
  setLatest: `INSERT INTO entry_latest (key, copy, retracted_by) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET copy = excluded.copy, retracted_by = excluded.retracted_by`,
  signingKeys: 'SELECT id, public_key FROM signing_key',
  addSigningKey: 'INSERT INTO signing_key (id, public_key) VALUES (?, ?) ON CONFLICT DO NOTHING',
  checkpoints: 'SELECT * FROM checkpoint ORDER BY entry, key_id',
  lastCheckpoint: 'SELECT * FROM checkpoint ORDER BY entry DESC, signed_at DESC LIMIT 1',
  addCheckpoint: `INSERT INTO checkpoint (entry, key_id, hash, signed_at, signature)
    VALUES (?, ?, ?, ?, ?)`,
} as const

/**
 * The tables of a ledger file and nothing of their meaning. What comes out has the types it says,
 * whatever a damaged page holds: LEDGER_BROKEN otherwise. Driver errors pass as they are.
 */
export class LedgerFile {
  readonly #database: DatabaseSync
  readonly #prepared: Readonly<Record<keyof typeof statements, StatementSync>>

  constructor(database: DatabaseSync) {
    this.#database = database
    const prepared = Object.entries(statements).map(([name, sql]) => [name, database.prepare(sql)])
    this.#prepared = Object.fromEntries(prepared) as Record<keyof typeof statements, StatementSync>
  }

  chain(): string | undefined {
    const [row, ...others] = this.#prepared.chain.all()
    if (row === undefined) return undefined
    if (row['only_row'] !== 1 || others.length > 0) throw unreadable('only_row')
    return textIn(row, 'id')
  }

  /** The chain of the file: the one that it has, else `id` from now on. */
  chainOr(id: string): string {
    return (
      this.chain() ??
      inTransaction(this.#database, () => {
        const chain = this.chain()
        if (chain === undefined) this.#prepared.addChain.run(id)
        return chain ?? id
      })
    )
  }

  /** Which block, by its first entry, an index falls into, if it is in any. */
  firstOfBlockHolding(index: number): number | undefined {
    const row = this.#prepared.firstHolding.get(index)
    return row === undefined ? undefined : numberIn(row, 'first')
  }

  /** The first entry of the first block with an entry received at or after a time. */
  firstOfBlockReceivedBy(time: Micros): number | undefined {
    const row = this.#prepared.firstReceivedBy.get(time)
    return row === undefined ? undefined : numberIn(row, 'first')
  }

  /** The block whose first entry is this one. */
  block(first: number): BlockRow | undefined {
    return blockIn(this.#prepared.block.get(first))
  }

  /** The first block that begins at an index or after it. */
  blockFrom(index: number): BlockRow | undefined {
    return blockIn(this.#prepared.blockFrom.get(index))
  }

  /** How many entries there should be, by the last block alone. */
  entries(): number {
    const row = this.#prepared.entries.get()
    return row === undefined ? 0 : numberIn(row, 'entries')
  }

  lastBlock(): BlockRow | undefined {
    return blockIn(this.#prepared.lastBlock.get())
  }

  latest(key: EntryKey): Latest | undefined {
    const bytes = bytesOf(key)
    const row = bytes && this.#prepared.latest.get(bytes)
    if (row === undefined) return undefined
    const retractedBy = row['retracted_by'] === null ? undefined : numberIn(row, 'retracted_by')
    return { copy: numberIn(row, 'copy'), retractedBy }
  }

  /** How many keys there are, and how many of them are retracted. */
  latestCounts(): Readonly<{ keys: number; retracted: number }> {
    const row = this.#prepared.latestCounts.get() ?? {}
    return { keys: numberIn(row, 'keys'), retracted: numberIn(row, 'retracted') }
  }

  /** One transaction: on disk when it returns, and nothing of it when it throws. */
  write(blocks: readonly BlockRow[], latest: ReadonlyMap<EntryKey, Latest>): void {
    inTransaction(this.#database, () => {
      for (const row of blocks) {
        const { first, kind, entries, receivedFrom, receivedTo, checksum, hashes } = row
        const { commitments, salts, lengths, headers, payloads } = row
        const small = [first, kind, entries, receivedFrom, receivedTo, checksum] as const
        const large = [hashes, commitments, salts, lengths, headers, payloads] as const
        this.#prepared.addBlock.run(...small, ...large)
      }
      for (const [key, { copy, retractedBy }] of latest) {
        this.#prepared.setLatest.run(Buffer.from(key, 'base64url'), copy, retractedBy ?? null)
      }
    })
  }

  /** Puts these in the place of the blocks that begin alike, in one transaction as `write` does. */
  replace(blocks: readonly BlockRow[]): void {
    inTransaction(this.#database, () => {
      for (const { first, checksum, ...row } of blocks) {
        const { hashes, commitments, salts, lengths, headers, payloads } = row
        const large = [hashes, commitments, salts, lengths, headers, payloads] as const
        this.#prepared.replaceBlock.run(checksum, ...large, first)
      }
    })
  }

  /**
   * Folds the write-ahead log back into the file and leaves nothing in it. False when another
   * connection still reads from it.
   */
  truncateLog(): boolean {
    return this.#prepared.truncateLog.get()?.['busy'] === 0
  }

  /** Public keys (SPKI, DER) by their fingerprints. */
  signingKeys(): ReadonlyMap<string, Uint8Array> {
    const rows = this.#prepared.signingKeys.all()
    return new Map(rows.map((row) => [textIn(row, 'id'), blobIn(row, 'public_key')]))
  }

  /** All, in the order of the chain. */
  checkpoints(): readonly CheckpointRow[] {
    return this.#prepared.checkpoints.all().map(checkpointIn)
  }

  lastCheckpoint(): CheckpointRow | undefined {
    const row = this.#prepared.lastCheckpoint.get()
    return row === undefined ? undefined : checkpointIn(row)
  }

  /** On disk when it returns, with the public key that it takes to check it. */
  writeCheckpoint(row: CheckpointRow, publicKey: Uint8Array): void {
    inTransaction(this.#database, () => {
      const { entry, keyId, hash, signedAt, signature } = row
      this.#prepared.addSigningKey.run(keyId, publicKey)
      this.#prepared.addCheckpoint.run(entry, keyId, hash, signedAt, signature)
    })
  }
}

/** The bytes of an entry key; undefined for a text that is none, and for another spelling of one. */
function bytesOf(key: EntryKey): Buffer | undefined {
  const bytes = Buffer.from(key, 'base64url')
  return bytes.length === keyBytes && bytes.toString('base64url') === key ? bytes : undefined
}

function blockIn(row: Row | undefined): BlockRow | undefined {
  return row === undefined ? undefined : parseBlockRow(row)
}

function checkpointIn(row: Row): CheckpointRow {
  return {
    entry: numberIn(row, 'entry'),
    keyId: textIn(row, 'key_id'),
    hash: blobIn(row, 'hash'),
    signedAt: numberIn(row, 'signed_at') as Micros,
    signature: blobIn(row, 'signature'),
  }
}

function numberIn(row: Row, column: string): number {
  const value = row[column]
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw unreadable(column)
}

function textIn(row: Row, column: string): string {
  const value = row[column]
  if (typeof value === 'string') return value
  throw unreadable(column)
}

function blobIn(row: Row, column: string): Uint8Array {
  const value = row[column]
  if (value instanceof Uint8Array) return value
  throw unreadable(column)
}

function unreadable(column: string): LinewardError {
  return broken(`The column ${column} of the ledger holds something else`)
}
