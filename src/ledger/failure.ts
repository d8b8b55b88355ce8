import type { FailureTerms } from '../storage/index.ts'
import { storageFailure, storageTrouble } from '../storage/index.ts'
import { broken } from './broken.ts'

const reading: FailureTerms = { subject: 'The ledger' }
const writing: FailureTerms = {
  subject: 'The ledger',
  codes: {
    busy: 'NOT_DURABLE',
    memory: 'NOT_DURABLE',
    readOnly: 'NOT_DURABLE',
    disk: 'NOT_DURABLE',
    full: 'NOT_DURABLE',
  },
}

/** What to throw for what a read threw: LEDGER_BROKEN for damage, else as `storageFailure` does. */
export function readFailure(error: unknown): unknown {
  return isDamage(error) ? damaged(error) : storageFailure(error, reading)
}

/** What to throw for what a write threw: NOT_DURABLE when the disk refused. */
export function writeFailure(error: unknown): unknown {
  return isDamage(error) ? damaged(error) : storageFailure(error, writing)
}

/**
 * Whether a damaged page explains an error. The statements of the ledger are few and fixed, so one
 * that SQLite calls wrong (a table that is not there, a row that is there twice) is one too; so is a
 * number that no number of ours could have become.
 */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  if (error.code === 'ERR_OUT_OF_RANGE') return true
  const trouble = storageTrouble(error)
  return error.code === 'ERR_SQLITE_ERROR' && (trouble === undefined || trouble === 'damaged')
}

function damaged(cause: unknown): unknown {
  return broken('The ledger is damaged on disk', { cause })
}
