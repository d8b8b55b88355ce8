import type { EntryKey } from '../model/index.ts'
import type { Header } from './header.ts'
import type { LedgerFile } from './ledger-file.ts'
import { entryKeyOf } from '../model/index.ts'
import { broken } from './broken.ts'

/**
 * Holds the table of latest copies against the chain, entry by entry. Two counts make it complete: a
 * row that no entry led to is one too many.
 */
export class IndexCheck {
  readonly #file: LedgerFile
  /** Keys whose latest copy the table says to be further on. */
  readonly #awaited = new Map<EntryKey, number>()
  #keys = 0
  #retracted = 0

  constructor(file: LedgerFile) {
    this.#file = file
  }

  /** @throws LinewardError LEDGER_BROKEN when the table says otherwise than the next entry. */
  add(header: Header): void {
    const key = entryKeyOf(header)
    const latest = this.#file.latest(key)
    if (latest === undefined) throw broken('The index does not know it')
    if (latest.copy < header.index) throw broken('The index takes an earlier copy for the latest')
    if (latest.copy > header.index) {
      this.#awaited.set(key, latest.copy)
    } else {
      this.#keys += 1
      this.#awaited.delete(key)
    }
    this.#addRetracted(header)
  }

  /** @throws LinewardError LEDGER_BROKEN when the table says more than the chain. */
  finish(): void {
    if (this.#awaited.size > 0) {
      throw broken('The index names a latest copy where no copy of that entry stands')
    }
    const { keys, retracted } = this.#file.latestCounts()
    if (keys !== this.#keys) {
      throw broken(`The index knows ${keys} entries, the chain has ${this.#keys}`)
    }
    if (retracted !== this.#retracted) {
      throw broken(`The index knows ${retracted} retracted entries, the chain ${this.#retracted}`)
    }
  }

  #addRetracted({ index, retracts }: Header): void {
    for (const key of new Set(retracts)) {
      const latest = this.#file.latest(key)
      // Of no copy on this chain, or of one that came back later.
      if (latest === undefined || latest.copy >= index) continue
      const { copy, retractedBy } = latest
      if (retractedBy === undefined || retractedBy > index || retractedBy <= copy) {
        throw broken('The index does not know what it retracts')
      }
      if (retractedBy === index) this.#retracted += 1
    }
  }
}
