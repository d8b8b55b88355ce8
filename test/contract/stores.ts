import type { EntryKey, Micros } from '../../src/model/index.ts'
import type { Told } from './told.ts'
import type { GraphStore, Translated } from '../../src/graph/index.ts'
import { derivations } from '../../src/derive/index.ts'
import { openSqliteGraph } from '../../src/graph/index.ts'
import { openObviousGraph } from '../obvious/index.ts'
import { minute, received } from './told.ts'

/** Finds what was ever handed in, as a ledger would. */
export class Archive {
  readonly #byKey = new Map<EntryKey, Translated>()

  keep(entries: readonly Translated[]): void {
    for (const translated of entries) {
      const { key } = translated.entry
      if (!this.#byKey.has(key)) this.#byKey.set(key, translated)
    }
  }

  find(keys: readonly EntryKey[]): readonly Translated[] {
    return keys.map((key) => this.#byKey.get(key)).filter((found) => found !== undefined)
  }
}

export type StoreKind = Readonly<{
  name: string
  open: (archive: Archive, file?: string) => GraphStore
}>

export const obviousKind: StoreKind = { name: 'obvious', open: () => openObviousGraph() }

export const sqliteKind: StoreKind = {
  name: 'sqlite',
  open: (archive, file = ':memory:') =>
    openSqliteGraph({ file, derivations, facts: async (keys) => archive.find(keys) }),
}

/** Every store that the contract holds for. */
export const storeKinds: readonly StoreKind[] = [obviousKind, sqliteKind]

const chain = 'chain'
const deriveLimit = 100

/** A store with everything that was handed to it: reduced in the batches given, and settled. */
export class FedStore implements AsyncDisposable {
  readonly store: GraphStore
  readonly #archive: Archive
  #next = 0
  #now: number = minute(24 * 60)

  /** `archive`: of the store that had the file before. */
  constructor(kind: StoreKind, file?: string, archive: Archive = new Archive()) {
    this.#archive = archive
    this.store = kind.open(this.#archive, file)
  }

  /** Reduces one batch and derives nothing yet. */
  async reduce(entries: readonly Translated[]): Promise<void> {
    this.#archive.keep(entries)
    this.#next += entries.length
    await this.store.reduce({ chain, next: this.#next, entries })
  }

  async settle(limit: number = deriveLimit): Promise<void> {
    while ((await this.store.derive(limit)) > 0);
  }

  async feed(entries: readonly Translated[]): Promise<void> {
    await this.reduce(entries)
    await this.settle()
  }

  /** Receives what is told, each a microsecond after the one before, and settles. */
  async tell(...told: readonly Told[]): Promise<void> {
    await this.feed(told.map((one) => received(one, (this.#now += 1) as Micros)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store[Symbol.asyncDispose]()
  }
}
