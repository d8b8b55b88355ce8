import type { DatasetName } from '../../src/model/index.ts'
import type { StoreKind } from './stores.ts'
import type { Told } from './told.ts'
import { describe, expect, test } from 'vitest'
import { FedStore } from './stores.ts'
import { event, keyOf, lake, minute, ran, received, retraction, touched } from './told.ts'
import { all, flowsOf, ids, idOf, nodesOf } from './asking.ts'
import { datasetIdOf as idIn } from '../../src/model/index.ts'

const [a, b, c] = [lake('a'), lake('b'), lake('c')]

/** `GraphWriter`: reducing, deriving, and what makes an entry count. */
export function writingContract(kind: StoreKind): void {
  describe('the watermark of a chain', () => {
    test('is the index of the first entry that is not reduced', async () => {
      await using fed = new FedStore(kind)
      expect(await fed.store.watermark('one')).toBe(0)
      await fed.store.reduce({ chain: 'one', next: 7, entries: [] })
      await fed.store.reduce({ chain: 'other', next: 3, entries: [] })
      expect(await fed.store.watermark('one')).toBe(7)
      expect(await fed.store.watermark('other')).toBe(3)
    })

    test('never goes back', async () => {
      await using fed = new FedStore(kind)
      await fed.store.reduce({ chain: 'one', next: 7, entries: [] })
      await fed.store.reduce({ chain: 'one', next: 5, entries: [] })
      expect(await fed.store.watermark('one')).toBe(7)
    })
  })

  describe('a batch', () => {
    test('that is reduced twice changes nothing', async () => {
      await using fed = new FedStore(kind)
      const batch = [received(ran(minute(1), { run: 'r', reads: [a], writes: [b] }), minute(2000))]
      await fed.feed(batch)
      const before = await fed.store.digest()
      await fed.feed(batch)
      expect(await fed.store.digest()).toBe(before)
      expect(nodesOf(await fed.store.evidence({ dataset: idIn(a) }, undefined, all))).toHaveLength(
        1,
      )
    })

    test('is settled when no mark is left', async () => {
      await using fed = new FedStore(kind)
      await fed.reduce([received(ran(minute(1), { run: 'r', writes: [a] }), minute(2000))])
      let left = await fed.store.marksLeft()
      while (left > 0) {
        const now = await fed.store.derive(1)
        expect(now).toBe(await fed.store.marksLeft())
        left = now
      }
      expect(await fed.store.derive(1)).toBe(0)
      expect(await idOf(fed.store, a)).toBe(ids(a)[0])
    })

    test('says at most what it was derived to', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(ran(minute(1), { run: 'r', reads: [a], writes: [b] }))
      await fed.reduce([
        received(ran(minute(2), { run: 's', reads: [b], writes: [c] }), minute(2000)),
      ])
      await fed.settle(1)
      expect(await flowsOf(fed.store)).toHaveLength(2)
    })
  })

  describe('a retraction', () => {
    const told = ran(minute(1), { run: 'r', reads: [a], writes: [b] })

    test('ends the effect of the copies before it', async () => {
      await using fed = new FedStore(kind)
      await using empty = new FedStore(kind)
      await fed.tell(told, told, retraction([told], minute(0)))
      expect(await fed.store.digest()).toBe(await empty.store.digest())
      expect(await idOf(fed.store, a)).toBeUndefined()
      expect(await flowsOf(fed.store)).toEqual([])
    })

    test('does not touch a copy that is received later', async () => {
      await using fed = new FedStore(kind)
      await using once = new FedStore(kind)
      await fed.tell(told, retraction([told], minute(0)), told)
      await once.tell(told)
      expect(await fed.store.digest()).toBe(await once.store.digest())
      expect(await flowsOf(fed.store)).toHaveLength(1)
    })

    test('counts by receipt, and not by the order in which chains are reduced', async () => {
      await using fed = new FedStore(kind)
      await fed.feed([received(retraction([told], minute(0)), minute(3000))])
      await fed.feed([received(told, minute(2000))])
      expect(await idOf(fed.store, a)).toBeUndefined()
      await fed.feed([received(told, minute(4000))])
      expect(await idOf(fed.store, a)).toBe(ids(a)[0])
    })

    test('leaves what others say of the same names', async () => {
      await using fed = new FedStore(kind)
      const other = ran(minute(2), { run: 's', job: 'k', reads: [b], writes: [c] })
      await fed.tell(told, other, retraction([told], minute(0)))
      expect(await idOf(fed.store, b)).toBe(ids(b)[0])
      expect(await idOf(fed.store, a)).toBeUndefined()
      expect((await flowsOf(fed.store, 'k')).map(({ inputs }) => inputs)).toEqual([ids(b)])
    })

    test('of a split lets the names that it kept apart meet again', async () => {
      await using fed = new FedStore(kind)
      const table = lake('t')
      const located = event(minute(1), [
        { kind: 'location', at: minute(1), table, location: a, by: 'symlink' },
      ])
      const split = event(minute(2), [{ kind: 'split', at: minute(2), name: a, reason: 'apart' }])
      const second = event(minute(3), [
        { kind: 'location', at: minute(3), table: lake('u'), location: a, by: 'symlink' },
      ])
      await fed.tell(located, split)
      expect(nodesOf(await fed.store.meetings(idIn(table), undefined, all))).toEqual([])
      await fed.tell(second, retraction([split], minute(0)))
      const meetings = nodesOf(await fed.store.meetings(idIn(table), undefined, all))
      expect(meetings.map(({ to }) => to)).toContain(ids(a)[0])
    })

    test('of a replay takes the dead letter out of the list', async () => {
      await using fed = new FedStore(kind)
      const dead = { ...event(minute(1), [problem]), kind: 'dead-letter' as const }
      await fed.tell(dead)
      expect(await fed.store.deadLetterCount()).toBe(1)
      await fed.tell({ kind: 'replay', at: minute(2), facts: [], retracts: [keyOf(dead)] })
      expect(await fed.store.deadLetterCount()).toBe(0)
    })
  })

  describe('of entries that claim one event', () => {
    const one = event(minute(1), [touched(minute(1), a)], { eventKey: 'e', digest: '1' })
    const other = event(minute(1), [touched(minute(1), b)], { eventKey: 'e', digest: '2' })

    test.each([{ order: [one, other] }, { order: [other, one] }])(
      'only the least digest is in effect',
      async ({ order }) => {
        await using fed = new FedStore(kind)
        await fed.tell(...order)
        expect(await idOf(fed.store, a)).toBe(ids(a)[0])
        expect(await idOf(fed.store, b)).toBeUndefined()
      },
    )

    test('the next one comes into effect when that is retracted', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(one, other, retraction([one], minute(0)))
      expect(await idOf(fed.store, a)).toBeUndefined()
      expect(await idOf(fed.store, b)).toBe(ids(b)[0])
    })
  })

  describe('of an event and its late corrections', () => {
    const says = (name: DatasetName, more: Partial<Told>): Told =>
      event(minute(1), [touched(minute(1), name)], { eventKey: 'e', ...more })
    const first = says(a, { digest: '1' })
    const late = says(b, { digest: '2', corrects: true })
    const later = says(c, { digest: '3', corrects: true })
    const orders = [
      [first, late, later],
      [first, later, late],
      [late, first, later],
      [late, later, first],
      [later, first, late],
      [later, late, first],
    ]

    test.each(orders)('the least digest of the corrections is in effect', async (...order) => {
      await using fed = new FedStore(kind)
      await fed.tell(...order)
      expect(await namedIn(fed)).toEqual(['b'])
    })

    test.each(orders)('the next one is when that is retracted', async (...order) => {
      await using fed = new FedStore(kind)
      await fed.tell(...order, retraction([late], minute(0)))
      expect(await namedIn(fed)).toEqual(['c'])
      await fed.tell(retraction([later], minute(1)))
      expect(await namedIn(fed)).toEqual(['a'])
      await fed.tell(late)
      expect(await namedIn(fed)).toEqual(['b'])
    })
  })

  describe('what is dated ahead of its first receipt', () => {
    const late = minute(24 * 60 * 3)
    const said = (at: typeof late, text: string) =>
      event(at, [{ kind: 'description', at, of: { dataset: a }, text, by: 'producer' }])

    test('ranks last', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(said(late, 'from the future'), said(minute(1), 'from the past'))
      const { description } = await fed.store.datasetDetails(idIn(a), undefined)
      expect(description).toBe('from the past')
    })

    test('is kept, and counts where nothing else is said', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(said(late, 'from the future'))
      const { description } = await fed.store.datasetDetails(idIn(a), undefined)
      expect(description).toBe('from the future')
    })
  })

  describe('a store that is closed', () => {
    test('refuses to be read or written', async () => {
      const fed = new FedStore(kind)
      await fed.tell(ran(minute(1), { run: 'r', writes: [a] }))
      const { store } = fed
      await store[Symbol.asyncDispose]()
      const code = { code: 'STORE_UNAVAILABLE' }
      await expect(store.datasetByName(a)).rejects.toMatchObject(code)
      await expect(store.digest()).rejects.toMatchObject(code)
      await expect(
        store.expand([{ dataset: idIn(a) }], 'UPSTREAM', { asOf: undefined, inForce: false }),
      ).rejects.toMatchObject(code)
      await expect(store.reduce({ chain: 'c', next: 1, entries: [] })).rejects.toMatchObject(code)
    })

    test('can be closed twice', async () => {
      const fed = new FedStore(kind)
      await fed.store[Symbol.asyncDispose]()
      await expect(fed.store[Symbol.asyncDispose]()).resolves.toBeUndefined()
    })
  })

  test('a store that is open and up to date is ready', async () => {
    await using fed = new FedStore(kind)
    expect(await fed.store.ready()).toEqual({ ready: true })
  })
}

/** The names of the datasets that there are. */
async function namedIn({ store }: FedStore): Promise<readonly string[]> {
  const datasets = nodesOf(await store.datasets(undefined, { includeRetired: true }, all))
  return datasets.map(({ name }) => name.name)
}

const problem = {
  kind: 'problem',
  at: minute(1),
  code: 'EVENT_UNIDENTIFIABLE',
  path: '',
  reason: 'It names nothing',
  names: [],
} as const
