import type { Translated } from '../../src/graph/index.ts'
import type { DatasetName, Fact } from '../../src/model/index.ts'
import { expect, test } from 'vitest'
import { datasetIdOf } from '../../src/model/index.ts'
import { all, nodesOf, oneByOne } from '../contract/asking.ts'
import { FedStore, sqliteKind, storeKinds } from '../contract/stores.ts'
import { event, glue, minute, received, touched } from '../contract/told.ts'
import { MeasuredGraph } from './measured-graph.ts'

const name = (number: number): DatasetName => glue(`table/db/t${number}`)
const receivedAt = minute(2000)

/** One event that joins so many names with the first. */
function joined(count: number): Translated {
  const at = minute(1)
  const facts = Array.from({ length: count }, (_, index): readonly Fact[] => [
    touched(at, name(index)),
    { kind: 'alias', at, dataset: name(0), other: name(index) },
  ])
  return received(event(at, facts.flat()), receivedAt)
}

test('a dataset of very many names takes work by the number of its names', async () => {
  const efforts = []
  for (const count of [100, 1000]) {
    using graph = new MeasuredGraph()
    efforts.push(await graph.effortOf([joined(count)], 100))
  }
  const [few, many] = efforts
  expect(few?.statements).toBeGreaterThan(100)
  expect(many?.statements).toBeLessThan(12 * (few?.statements ?? 0))
})

test.each(storeKinds)('is listed name by name on the $name store', async (kind) => {
  await using fed = new FedStore(kind)
  await fed.feed([joined(30)])
  const id = datasetIdOf(name(0))
  const names = nodesOf(await fed.store.names(id, all))
  expect(names.map(({ spelling }) => spelling.name).toSorted()).toEqual(
    Array.from({ length: 30 }, (_, index) => name(index).name).toSorted(),
  )
  expect(new Set(names.map(({ rule }) => rule))).toEqual(new Set(['symlink']))
  expect(await oneByOne((page) => fed.store.names(id, page))).toEqual(names)
})

test('a statement takes any number of names, rows or maps', async () => {
  await using fed = new FedStore(sqliteKind)
  await fed.feed([joined(40_000)])
  const evidence = await fed.store.evidence({ dataset: datasetIdOf(name(0)) }, undefined, all)
  expect(evidence.items).toHaveLength(1)
})
