import type { VerifyResult } from '../../src/ledger/index.ts'
import type { Draft } from '../../src/model/index.ts'
import { copyFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { LinewardError } from '../../src/errors.ts'
import { loadOrCreateSigningKey } from '../../src/ledger/index.ts'
import { verifyFile } from '../../src/ledger/verify-file.ts'
import { draft, retraction } from './draft.ts'
import { clockAt, ledgerFile, open } from './ledger.ts'

/**
 * A closed ledger with something in every table: blocks of three entries (a b c, d e r, a f), where r
 * retracted a and c; checkpoints behind c and at the end. All of it is in one file. Of accesses
 * (`more`) r has a block of its own.
 */
export async function closedLedger(more: Partial<Draft> = {}): Promise<string> {
  const file = ledgerFile()
  const signingKey = loadOrCreateSigningKey(`${file}.pem`)
  const limits = { blockEntriesMax: 3 }
  const ledger = await open(file, { signingKey, limits, ...clockAt(0) })
  await ledger.append(['a', 'b', 'c'].map((name) => draft(name, more)))
  await ledger.checkpoint()
  await ledger.append([draft('d', more), draft('e', more), retraction('r', ['a', 'c'])])
  const large = Array.from({ length: 2_000 }, (_, number) => (number * 48_271) % 9_973).join()
  const last = { ...more, context: { cluster: 'one' }, payload: large }
  await ledger.append([draft('a', more), draft('f', last)])
  await ledger.checkpoint()
  await ledger[Symbol.asyncDispose]()
  return file
}

/** A copy of a ledger that a test may damage; only the main file counts once it is closed. */
export function copyOf(file: string): string {
  const copy = ledgerFile()
  copyFileSync(file, copy)
  return copy
}

/** Runs statements on a ledger file past everything that guards it. */
export function tamper(file: string, sql: string): void {
  using database = new DatabaseSync(file)
  database.exec(`PRAGMA ignore_check_constraints = 1; ${sql}`)
}

/** What verifying finds, as text: where, or the code of the refusal, and why; undefined for nothing. */
export function findingIn(file: string): string | undefined {
  try {
    return textOf(verifyFile(file, {}))
  } catch (error) {
    if (error instanceof LinewardError) return `${error.code}: ${error.message}`
    throw error
  }
}

function textOf({ broken }: VerifyResult): string | undefined {
  return broken === undefined ? undefined : `${broken.position ?? 'nowhere'}: ${broken.reason}`
}
