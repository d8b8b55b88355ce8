import type { DatabaseSync } from 'node:sqlite'
import type { FailureTerms } from '../storage/index.ts'
import type { VerifyProgress, VerifyResult } from './port.ts'
import type { Tail } from './seal-block.ts'
import type { Remembered } from './verify-said.ts'
import { LinewardError } from '../errors.ts'
import {
  migrationsFolder,
  openDatabase,
  pendingMigrations,
  storageTrouble,
} from '../storage/index.ts'
import { broken, demand } from './broken.ts'
import { isDamage, readFailure } from './failure.ts'
import { LedgerFile } from './ledger-file.ts'
import { isChainId, positionOf } from './position.ts'
import { tailBehind } from './seal-block.ts'
import { requireTrueLabel, verifiedEntries } from './verify-block.ts'
import { IndexCheck } from './verify-index.ts'
import { SaidHeads } from './verify-said.ts'

export type VerifyTerms = Readonly<{
  remembered?: Remembered | undefined
  onProgress?: ((progress: VerifyProgress) => void) | undefined
}>

/** How far it got, and what it reads just now: the entry is undefined when it is no single one. */
type Walk = {
  tail: Tail
  checkpoints: number
  erased: number
  entry: number | undefined
  reading: string
}

/**
 * `verifyLedger`, on this thread and holding it until it is done; with the same errors.
 */
export function verifyFile(file: string, terms: VerifyTerms): VerifyResult {
  const failure: FailureTerms = { subject: 'The ledger', codes: { damaged: 'LEDGER_BROKEN' } }
  using database = openDatabase({ file, synchronous: 'FULL', readOnly: true, failure })
  try {
    // One moment of a file that may be being written.
    database.exec('BEGIN')
    if (pendingMigrations(database, migrationsFolder('ledger')).length > 0) {
      throw new LinewardError('STORE_BEHIND', 'The ledger needs a migration before it can be read')
    }
  } catch (error) {
    throw readFailure(error)
  }
  return walkFile(database, terms)
}

function walkFile(database: DatabaseSync, terms: VerifyTerms): VerifyResult {
  const walk: Walk = {
    tail: tailBehind(undefined, ''),
    checkpoints: 0,
    erased: 0,
    entry: undefined,
    reading: 'The file',
  }
  let finding: VerifyResult['broken']
  try {
    walkChain(new LedgerFile(database), walk, terms)
    requireSoundPages(database)
  } catch (error) {
    const { entry, tail } = walk
    const position = entry === undefined ? undefined : positionOf(tail.chain, entry)
    finding = { position, reason: reasonOf(error, walk.reading) }
  }
  const { tail, checkpoints, erased } = walk
  const { chain, entries } = tail
  return { chain, entries, hash: tail.hash.toString('hex'), checkpoints, erased, broken: finding }
}

function walkChain(file: LedgerFile, walk: Walk, { remembered, onProgress }: VerifyTerms): void {
  const chain = chainOf(file)
  walk.tail = tailBehind(undefined, chain)
  walk.reading = 'The table of checkpoints'
  const said = new SaidHeads(file, { chain, remembered })
  const index = new IndexCheck(file)
  const total = entriesOrNone(file)

  walk.entry = 0
  for (let from = Number.MIN_SAFE_INTEGER; ;) {
    walk.reading = 'Its block'
    const row = file.blockFrom(from)
    if (row === undefined) break
    demand(row.first <= walk.tail.entries, 'It is missing')
    demand(row.first === walk.tail.entries, 'A second block holds entries that stand before it')
    for (const { header, hash, erased } of verifiedEntries(row, walk.tail)) {
      walk.reading = 'Its row in the index'
      index.add(header)
      walk.checkpoints += said.confirm(header.index, hash)
      walk.erased += erased ? 1 : 0
      walk.entry = header.index + 1
    }
    walk.entry = row.first
    requireTrueLabel(row)
    walk.tail = tailBehind(row, chain)
    walk.entry = walk.tail.entries
    from = row.first + 1
    onProgress?.({ entries: walk.tail.entries, total: Math.max(total, walk.tail.entries) })
  }
  said.finish(walk.tail.entries)
  walk.entry = undefined
  walk.reading = 'The index'
  index.finish()
}

function chainOf(file: LedgerFile): string {
  const chain = file.chain()
  if (chain !== undefined && isChainId(chain)) return chain
  throw broken('The file does not say which chain it holds')
}

/** For progress alone: a last block that cannot be read is found when its turn comes. */
function entriesOrNone(file: LedgerFile): number {
  try {
    return file.entries()
  } catch {
    return 0
  }
}

/** What SQLite itself can tell: pages in no tree, rows out of order, indexes that disagree. */
function requireSoundPages(database: DatabaseSync): void {
  const [row] = database.prepare('PRAGMA integrity_check(1)').all()
  const finding = row?.['integrity_check']
  demand(finding === 'ok', `The pages of the file do not fit together: ${String(finding)}`)
}

function reasonOf(error: unknown, reading: string): string {
  if (error instanceof LinewardError && error.code === 'LEDGER_BROKEN') return error.message
  if (isDamage(error)) return `${reading} cannot be read: the file is damaged there`
  if (storageTrouble(error) === 'disk') return `${reading} cannot be read: the disk refuses`
  throw readFailure(error)
}
