import type { Ledger } from '../../src/ledger/index.ts'
import type { LedgerOptions } from '../../src/ledger/open-ledger.ts'
import type { Micros } from '../../src/model/index.ts'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import { temporaryFolder } from '../storage/folder.ts'
import { at } from './draft.ts'

/** A clock that shows what it was set to. */
export function clockAt(second: number): { now: Micros; readonly clock: () => Micros } {
  const shown = { now: at(second), clock: () => shown.now }
  return shown
}

/** A path for a ledger of this test's own. */
export function ledgerFile(): string {
  return join(temporaryFolder(), 'ledger.db')
}

/** A ledger on the chain `test`, closed after the test if not before. */
export async function open(
  file: string,
  options: Omit<LedgerOptions, 'file'> = {},
): Promise<Ledger> {
  const ledger = await openLedger({ file, chain: 'test', ...options })
  onTestFinished(() => ledger[Symbol.asyncDispose]())
  return ledger
}

/** The names of the events on the chain, in its order. */
export async function namesOn(ledger: Ledger): Promise<readonly string[]> {
  const entries = await ledger.read(0, ledger.head().entries)
  return entries.map(({ eventKey }) => eventKey)
}
