export { openLedger } from './open-ledger.ts'
export type { EntryRange, Ledger, VerifyResult } from './port.ts'
export { loadOrCreateSigningKey } from './signing-key.ts'
export { verifyLedger } from './verify-ledger.ts'
