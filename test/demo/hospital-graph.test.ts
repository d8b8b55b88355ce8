import type { StoreKind } from '../contract/stores.ts'
import type { Translated } from '../../src/graph/index.ts'
import { expect, it } from 'vitest'
import { hospitalRequests } from '../../src/demo/index.ts'
import { FedStore, obviousKind, sqliteKind } from '../contract/stores.ts'
import { handedIn } from './hospital-entries.ts'

const batchEntries = 150

async function digestOf(kind: StoreKind, entries: readonly Translated[]): Promise<string> {
  await using fed = new FedStore(kind)
  for (let from = 0; from < entries.length; from += batchEntries) {
    await fed.feed(entries.slice(from, from + batchEntries))
  }
  return await fed.store.digest()
}

it('is one graph in any order and twice over, on both stores', async () => {
  const { entries } = await handedIn(hospitalRequests({ days: 10 }))
  const forwards = await digestOf(sqliteKind, entries)
  const again = [...entries.toReversed(), ...entries.slice(100, 300)]
  expect(await digestOf(sqliteKind, again)).toBe(forwards)
  expect(await digestOf(obviousKind, entries)).toBe(forwards)
}, 180_000)
