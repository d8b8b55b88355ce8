import type { Ledger } from '../ledger/index.ts'

/** The ledger, with `wake` called after everything that was appended. */
export function wakingLedger(ledger: Ledger, wake: () => void): Ledger {
  return {
    async append(drafts, terms) {
      const receipts = await ledger.append(drafts, terms)
      wake()
      return receipts
    },
    erase: (positions) => ledger.erase(positions),
    find: (keys) => ledger.find(keys),
    at: (position) => ledger.at(position),
    read: (index, limit) => ledger.read(index, limit),
    keysIn: (range) => ledger.keysIn(range),
    head: () => ledger.head(),
    checkpoint: () => ledger.checkpoint(),
    lastCheckpoint: () => ledger.lastCheckpoint(),
    verify: (onProgress) => ledger.verify(onProgress),
    [Symbol.asyncDispose]: () => ledger[Symbol.asyncDispose](),
  }
}
