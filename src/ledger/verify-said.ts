import type { CheckpointRow, LedgerFile } from './ledger-file.ts'
import { broken } from './broken.ts'
import { rowIsSigned } from './checkpoint.ts'
import { keyIdOf } from './signing-key.ts'

/** What somebody knows of the chain from elsewhere: that its first `entries` led to this hash. */
export type Remembered = Readonly<{ entries: number; hash: string }>

/** Holds what was said of the chain (signed checkpoints, a remembered head) against it. */
export class SaidHeads {
  readonly #chain: string
  readonly #publicKeys: ReadonlyMap<string, Uint8Array>
  readonly #byEntry: ReadonlyMap<number, readonly CheckpointRow[]>
  readonly #remembered: Remembered | undefined

  /** @throws LinewardError LEDGER_BROKEN when a public key has another's name. */
  constructor(
    file: LedgerFile,
    { chain, remembered }: { readonly chain: string; readonly remembered: Remembered | undefined },
  ) {
    this.#chain = chain
    this.#publicKeys = file.signingKeys()
    this.#byEntry = Map.groupBy(file.checkpoints(), ({ entry }) => entry)
    this.#remembered = remembered
    for (const [id, publicKey] of this.#publicKeys) {
      if (keyIdOf(publicKey) !== id) throw broken('A public key in it is not the one it is called')
    }
  }

  /**
   * Gives the number of checkpoints at an entry, which all hold.
   *
   * @throws LinewardError LEDGER_BROKEN when one does not.
   */
  confirm(entry: number, hash: Buffer): number {
    const rows = this.#byEntry.get(entry) ?? []
    for (const row of rows) {
      if (!rowIsSigned(row, { chain: this.#chain, publicKey: this.#publicKeys.get(row.keyId) })) {
        throw broken('The signature of its checkpoint does not hold')
      }
      if (!hash.equals(row.hash))
        throw broken('It is not the entry that its checkpoint was signed for')
    }
    const { entries, hash: known } = this.#remembered ?? {}
    if (entries === entry + 1 && known !== hash.toString('hex')) {
      throw broken('It is not the entry that was written last by this process')
    }
    return rows.length
  }

  /** @throws LinewardError LEDGER_BROKEN when something was said of an entry that is not there. */
  finish(entries: number): void {
    if ([...this.#byEntry.keys()].some((entry) => entry < 0 || entry >= entries)) {
      throw broken('It is missing: a checkpoint was signed for it or for one behind it')
    }
    if (entries < (this.#remembered?.entries ?? 0)) {
      throw broken('It is missing: this process has written it')
    }
  }
}
