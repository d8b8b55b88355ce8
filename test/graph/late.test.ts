import type { Fact, Micros } from '../../src/model/index.ts'
import { describe, expect, test } from 'vitest'
import { datasetIdOf } from '../../src/model/index.ts'
import { FedStore, storeKinds } from '../contract/stores.ts'
import { event, glue, lake, minute, received, touched } from '../contract/told.ts'

const dayMinutes = 24 * 60
const [table, view] = [glue('table/db/t'), glue('table/db/v')]

describe.each(storeKinds)('what comes late, on the $name store', (kind) => {
  test('a touch by one name brings back what was dropped by another', async () => {
    await using fed = new FedStore(kind)
    const [joined, dropped, read] = [minute(1), minute(2), minute(3)]
    const mentions = [touched(joined, table), touched(joined, view)]
    const alias: Fact = { kind: 'alias', at: joined, dataset: table, other: view }
    await fed.tell(event(joined, [...mentions, alias]))
    await fed.tell(
      event(dropped, [
        touched(dropped, table),
        { kind: 'lifecycle', at: dropped, dataset: table, change: 'DROP', whole: true },
      ]),
    )
    await fed.tell(event(read, [touched(read, view)]))
    const { existence } = await fed.store.datasetDetails(datasetIdOf(table), undefined)
    expect(existence).toEqual([
      { from: undefined, until: dropped },
      { from: read, until: undefined },
    ])
  })

  test('an earlier receipt on another chain shows that a fact was ahead of its time', async () => {
    const said = (at: Micros, text: string): Fact => {
      return { kind: 'description', at, of: { dataset: table }, text, by: 'producer' }
    }
    const plan = event(minute(1), [said(minute(3 * dayMinutes), 'what is planned')])
    const present = event(minute(2), [said(minute(2), 'what is')])
    const receipts = [
      received(present, minute(dayMinutes)),
      received(plan, minute(4 * dayMinutes)),
      received(plan, minute(dayMinutes)),
    ]
    for (const order of [receipts, receipts.toReversed()]) {
      await using fed = new FedStore(kind)
      for (const receipt of order) await fed.feed([receipt])
      const { description } = await fed.store.datasetDetails(datasetIdOf(table), undefined)
      expect(description).toBe('what is')
    }
  })

  test('the dead letters are listed by their first receipts, in whatever order these come', async () => {
    const dead = (name: string) => ({
      ...event(minute(1), [problem(name)]),
      kind: 'dead-letter' as const,
    })
    const receipts = [
      received(dead('a'), minute(30)),
      received(dead('b'), minute(20)),
      received(dead('a'), minute(10)),
    ]
    for (const order of [receipts, receipts.toReversed()]) {
      await using fed = new FedStore(kind)
      for (const receipt of order) await fed.feed([receipt])
      const { items } = await fed.store.deadLetters({ first: 5 })
      expect(items.map(({ node }) => node.reason)).toEqual(['b', 'a'])
    }
  })
})

function problem(reason: string): Fact {
  const code = 'EVENT_UNIDENTIFIABLE'
  return { kind: 'problem', at: minute(1), code, path: '', reason, names: [lake('raw')] }
}
