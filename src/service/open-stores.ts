import type { Config } from '../config.ts'
import type { DataFiles } from '../coordination/index.ts'
import type { GraphStore, Translated } from '../graph/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { EntryKey, Micros } from '../model/index.ts'
import { randomBytes } from 'node:crypto'
import { derivations } from '../derive/index.ts'
import { openSqliteGraph } from '../graph/index.ts'
import { translate, translationVersion } from '../ingest/index.ts'
import { loadOrCreateSigningKey, openLedger } from '../ledger/index.ts'
import { micros } from '../model/index.ts'
import { readOrCreateSecret } from '../storage/index.ts'

const digestKeyBytes = 32

/** The time as this machine has it, by whole milliseconds. */
export function systemClock(): Micros {
  return micros(Date.now() * 1000)
}

/** The ledger of a data folder; its errors are those of `openLedger`. */
export async function openFolderLedger(files: DataFiles, config: Config): Promise<Ledger> {
  const { flushEntriesMax, flushBytesMax, queueBytesMax, projectBytesMax: readBytesMax } = config
  return await openLedger({
    file: files.ledger,
    signingKey: loadOrCreateSigningKey(files.ledgerKey),
    clock: systemClock,
    limits: { flushEntriesMax, flushBytesMax, queueBytesMax, readBytesMax },
  })
}

/** A graph in a file, fed by a ledger; its errors are those of `openSqliteGraph`. */
export async function openFolderGraph(
  file: string,
  ledger: Pick<Ledger, 'find'>,
  config: Config,
): Promise<GraphStore> {
  return await openSqliteGraph({
    file,
    derivations,
    translationVersion,
    facts: (keys) => factsOf(ledger, keys),
    clockSkewMax: micros(config.clockSkewMsMax * 1000),
  })
}

/** The permanent key of digests: another one would make other keys of the same events. */
export function digestKeyOf(files: DataFiles): Buffer {
  return readOrCreateSecret(files.digestKey, () => randomBytes(digestKeyBytes))
}

async function factsOf(
  ledger: Pick<Ledger, 'find'>,
  keys: readonly EntryKey[],
): Promise<readonly Translated[]> {
  const entries = await ledger.find(keys)
  return [...entries.values()].map((entry) => ({ entry, facts: translate(entry) }))
}
