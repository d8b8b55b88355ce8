import { LinewardError } from '../errors.ts'

/** What does not hold, in words for people: without anything that the ledger keeps. */
export function broken(
  reason: string,
  more: { readonly details?: Readonly<Record<string, unknown>>; readonly cause?: unknown } = {},
): LinewardError {
  return new LinewardError('LEDGER_BROKEN', reason, more)
}

/** @throws LinewardError LEDGER_BROKEN with the reason when it does not hold. */
export function demand(holds: boolean, reason: string): void {
  if (!holds) throw broken(reason)
}
