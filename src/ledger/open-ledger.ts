import type { KeyObject } from 'node:crypto'
import type { Micros } from '../model/index.ts'
import type { FailureTerms } from '../storage/index.ts'
import type { Ledger } from './port.ts'
import type { LedgerLimits } from './sqlite-ledger.ts'
import { randomBytes } from 'node:crypto'
import { LinewardError } from '../errors.ts'
import { micros } from '../model/index.ts'
import { holdFile, migrate, migrationsFolder, openDatabase } from '../storage/index.ts'
import { readFailure } from './failure.ts'
import { LedgerFile } from './ledger-file.ts'
import { isChainId } from './position.ts'
import { SqliteLedger } from './sqlite-ledger.ts'

export type LedgerOptions = Readonly<{
  file: string
  /** What a new chain is called; 8 random hex digits unless told. Kept in the file from then on. */
  chain?: string | undefined
  /** Ed25519, private; without it there are no new checkpoints. */
  signingKey?: KeyObject | undefined
  clock?: (() => Micros) | undefined
  limits?: Partial<LedgerLimits> | undefined
}>

const mebibyte = 1024 * 1024

/**
 * Enough for any machine that Lineward runs on; the flush ones are settings (`config.ts`).
 *
 * @internal
 */
export const defaultLimits: LedgerLimits = {
  flushEntriesMax: 1000,
  flushBytesMax: 8 * mebibyte,
  queueBytesMax: 256 * mebibyte,
  blockEntriesMax: 256,
  blockBytesMax: mebibyte,
  cacheBytesMax: 32 * mebibyte,
  readBytesMax: 64 * mebibyte,
}

/**
 * Opens the ledger in a file, which is made when it is absent (its folder is not), brings it up to
 * this version and owns it until disposed. A process that was killed leaves nothing to clear away.
 *
 * @throws LinewardError DATA_FOLDER_IN_USE when another process or another ledger of this one owns
 * it; LEDGER_BROKEN when it is damaged where it goes on (`verifyLedger` says more); STORE_AHEAD when a
 * newer version wrote it; CONFIG_INVALID when the chain cannot be called so, or is called otherwise;
 * STORE_UNAVAILABLE when the file cannot be opened.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { file, chain, signingKey, clock = systemClock, limits } = options
  if (chain !== undefined && !isChainId(chain)) {
    throw new LinewardError('CONFIG_INVALID', 'A chain is called by small letters, digits, hyphens')
  }
  const failure: FailureTerms = { subject: 'The ledger', codes: { damaged: 'LEDGER_BROKEN' } }
  using opened = new DisposableStack()
  const lock = opened.use(holdFile(`${file}.lock`, 'The ledger'))
  const database = openDatabase({ file, synchronous: 'FULL', failure })
  opened.defer(() => database.close())
  try {
    // From the first append on: what moves within the file or is erased leaves zeros where it was.
    database.exec('PRAGMA secure_delete = ON')
    migrate(database, migrationsFolder('ledger'))
    const found = new LedgerFile(database).chainOr(chain ?? randomBytes(4).toString('hex'))
    if (chain !== undefined && chain !== found) {
      throw new LinewardError('CONFIG_INVALID', 'The ledger in this file has another chain', {
        details: { chain: found },
      })
    }
    const ledger = new SqliteLedger({
      file,
      database,
      lock,
      chain: found,
      signingKey,
      clock,
      limits: { ...defaultLimits, ...limits },
    })
    opened.move()
    return ledger
  } catch (error) {
    throw readFailure(error)
  }
}

function systemClock(): Micros {
  return micros(Date.now() * 1000)
}
