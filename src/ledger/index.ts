export { isSignedBy } from './checkpoint.ts'
export { openLedger } from './open-ledger.ts'
export type { LedgerOptions } from './open-ledger.ts'
export type {
  Checkpoint,
  EntryRange,
  Head,
  Ledger,
  Receipt,
  VerifyProgress,
  VerifyResult,
} from './port.ts'
export { parsePosition, positionOf } from './position.ts'
export type { Place } from './position.ts'
export { loadOrCreateSigningKey } from './signing-key.ts'
export { verifyLedger } from './verify-ledger.ts'
