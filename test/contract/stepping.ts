import type { DatasetName, Fact, FlowId, Micros } from '../../src/model/index.ts'
import type { StoreKind } from './stores.ts'
import type { Told } from './told.ts'
import { describe, expect, test } from 'vitest'
import { datasetIdOf } from '../../src/model/index.ts'
import { all, flowsOf, ids, nodesOf, oneByOne, onlyFlow, steps } from './asking.ts'
import { FedStore } from './stores.ts'
import { event, glue, job, lake, located, minute, ran, touched } from './told.ts'

const [a, b, c, d] = [lake('a'), lake('b'), lake('c'), lake('d')]
const table = glue('table/db/t')
const anyTime = { asOf: undefined, inForce: false }

/** The step that walks are built on, and what is in force. */
export function steppingContract(kind: StoreKind): void {
  describe('a declaration', () => {
    const declared = (at: Micros, output: DatasetName): Told =>
      event(at, [
        touched(at, a),
        touched(at, output),
        {
          kind: 'declaration',
          at,
          by: { job: job('j') },
          moved: { inputs: [a], outputs: [output], maps: [], explicit: [] },
        },
      ])

    test('is active until the next version, and bridges after it', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(declared(minute(1), b), declared(minute(3), b), declared(minute(5), c))
      const flows = await flowsOf(fed.store)
      const [old] = flows.filter(({ outputs }) => outputs.join() === ids(b).join())
      expect(old).toMatchObject({
        bases: ['DECLARED'],
        firstSeen: minute(1),
        lastSeen: minute(3),
        retiredAt: minute(5),
      })
      expect(await fed.store.flowActive([(old as { id: FlowId }).id], undefined, 9)).toEqual([
        { from: minute(1), until: minute(5) },
      ])
      const reach = async (inForce: boolean, asOf?: Micros) =>
        (
          await steps(
            fed.store,
            a,
            'DOWNSTREAM',
            asOf === undefined ? { inForce } : { inForce, asOf },
          )
        )
          .flatMap(({ to }) => to)
          .toSorted()
      expect(await reach(false)).toEqual(ids(b, c))
      expect(await reach(true)).toEqual(ids(c))
      expect(await reach(true, minute(4))).toEqual(ids(b))
    })

    test('that a run does as well is not retired with its version', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        declared(minute(1), b),
        declared(minute(3), c),
        ran(minute(5), { run: 'r', reads: [a], writes: [b] }),
      )
      const [both] = (await flowsOf(fed.store)).filter(({ bases }) => bases.length === 2)
      expect(both).toMatchObject({ outputs: ids(b), retiredAt: undefined })
      const [then] = await fed.store.flows([(both as { id: FlowId }).id], minute(4))
      expect(then).toMatchObject({ bases: ['DECLARED'], retiredAt: minute(3) })
    })
  })

  describe('a flow of a dataset that was dropped', () => {
    test('still bridges, marked, until the dataset is there again', async () => {
      await using fed = new FedStore(kind)
      const dropped: Fact = {
        kind: 'lifecycle',
        at: minute(5),
        dataset: b,
        change: 'DROP',
        whole: false,
      }
      await fed.tell(
        ran(minute(1), { run: 'r', reads: [a], writes: [b] }),
        event(minute(5), [touched(minute(5), b), dropped]),
      )
      const flow = await onlyFlow(fed.store)
      const retired = async (asOf?: Micros) => (await fed.store.flows([flow], asOf))[0]?.retiredAt
      expect(await retired()).toBe(minute(5))
      expect(await retired(minute(4))).toBeUndefined()
      expect(await steps(fed.store, a, 'DOWNSTREAM')).toHaveLength(1)
      expect(await steps(fed.store, a, 'DOWNSTREAM', { inForce: true })).toEqual([])
      expect(
        await steps(fed.store, a, 'DOWNSTREAM', { inForce: true, asOf: minute(4) }),
      ).toHaveLength(1)
      await fed.tell(ran(minute(7), { run: 's', job: 'k', writes: [b] }))
      expect(await retired()).toBeUndefined()
      expect(await retired(minute(6))).toBe(minute(5))
    })
  })

  describe('a step', () => {
    test('goes from a whole frontier to flows and their other side', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        ran(minute(1), { run: 'r', reads: [a], writes: [b] }),
        ran(minute(2), { run: 's', job: 'k', reads: [b], writes: [c] }),
      )
      const frontier = [a, b].map((name) => ({ dataset: datasetIdOf(name) }))
      const down = await fed.store.expand(frontier, 'DOWNSTREAM', anyTime)
      const plain = down.map(({ from, met, meeting, to }) => [from, met, meeting, to])
      expect(plain.toSorted()).toEqual(
        [
          [...ids(a), ...ids(a), undefined, ids(b)],
          [...ids(b), ...ids(b), undefined, ids(c)],
        ].toSorted(),
      )
      const up = await fed.store.expand([{ dataset: datasetIdOf(c) }], 'UPSTREAM', anyTime)
      expect(up.map(({ to }) => to)).toEqual([ids(b)])
    })

    test('ends where a flow reads what it writes, and where it goes nowhere', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        ran(minute(1), { run: 'r', reads: [a], writes: [a] }),
        ran(minute(2), { run: 's', job: 'k', reads: [a] }),
      )
      const down = await steps(fed.store, a, 'DOWNSTREAM')
      expect(down.map(({ to }) => to).toSorted()).toEqual([[], ids(a)])
    })

    test('of an unknown dataset goes nowhere', async () => {
      await using fed = new FedStore(kind)
      expect(await steps(fed.store, a, 'DOWNSTREAM')).toEqual([])
    })

    test('meets what contains it, and never what that contains besides', async () => {
      await using fed = new FedStore(kind)
      const [inner, outer, sibling] = [lake('raw/x'), lake('raw'), lake('raw/y')]
      await fed.tell(
        ran(minute(1), { run: 'w', job: 'w', writes: [inner] }),
        ran(minute(2), { run: 'o', job: 'o', reads: [outer], writes: [c] }),
        ran(minute(3), { run: 's', job: 's', reads: [sibling], writes: [d] }),
      )
      const down = await steps(fed.store, inner, 'DOWNSTREAM')
      expect(down.map(({ met, to }) => [met, to])).toEqual([[datasetIdOf(outer), ids(c)]])
      expect(down[0]?.meeting).toMatchObject({
        kind: 'CONTAINS',
        rule: 'prefix',
        from: datasetIdOf(outer),
        to: datasetIdOf(inner),
        during: { from: undefined, until: undefined },
      })
    })

    test('meets only while the flow that reads was active', async () => {
      await using fed = new FedStore(kind)
      const [old, now] = [lake('old'), lake('new')]
      await fed.tell(located(table, minute(1), old), located(table, minute(5), now))
      await fed.tell(
        ran(minute(2), { run: 'before', job: 'before', reads: [table], writes: [a] }),
        ran(minute(6), { run: 'after', job: 'after', reads: [table], writes: [b] }),
        ran(minute(3), { run: 'w', job: 'w', reads: [c], writes: [now] }),
      )
      const down = async (name: DatasetName) =>
        (await steps(fed.store, name, 'DOWNSTREAM')).flatMap(({ to }) => to)
      expect(await down(old)).toEqual(ids(a))
      expect(await down(now)).toEqual(ids(b))
      const [before, after] = [
        await onlyFlow(fed.store, 'before'),
        await onlyFlow(fed.store, 'after'),
      ]
      expect(await steps(fed.store, table, 'UPSTREAM', { read: before })).toEqual([])
      const up = await steps(fed.store, table, 'UPSTREAM', { read: after })
      expect(up.map(({ met, to }) => [met, to])).toEqual([[datasetIdOf(now), ids(c)]])
      expect(await steps(fed.store, table, 'UPSTREAM')).toHaveLength(1)
    })

    test('does not take what a run first seemed to be for its activity', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(located(table, minute(1), lake('old')), located(table, minute(5), lake('new')))
      await fed.tell(
        ran(minute(2), { run: 'grew', type: 'START', reads: [table] }),
        ran(minute(4), { run: 'grew', reads: [table], writes: [a] }),
        ran(minute(6), { run: 'only reads', reads: [table] }),
      )
      const down = await steps(fed.store, lake('old'), 'DOWNSTREAM')
      expect(down.map(({ to }) => to)).toEqual([ids(a)])
    })

    test('meets as far as that held by the moment asked about', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(located(table, minute(1), lake('old')), located(table, minute(5), lake('new')))
      await fed.tell(ran(minute(3), { run: 'w', reads: [c], writes: [table] }))
      const up = async (name: DatasetName, asOf?: Micros) =>
        (await steps(fed.store, name, 'UPSTREAM', asOf === undefined ? {} : { asOf })).length
      expect(await up(lake('new'), minute(4))).toBe(0)
      expect(await up(lake('new'))).toBe(1)
      expect(await up(lake('old'), minute(4))).toBe(1)
      expect(nodesOf(await fed.store.meetings(datasetIdOf(table), minute(4), all))).toHaveLength(1)
      expect(nodesOf(await fed.store.meetings(datasetIdOf(table), undefined, all))).toHaveLength(2)
    })

    test('meets several locations that one entry gave at once, each as long as it did', async () => {
      await using fed = new FedStore(kind)
      const at = minute(1)
      const both: readonly Fact[] = ['x', 'y'].map((name) => ({
        kind: 'location',
        at,
        table,
        location: lake(name),
        by: 'catalog',
      }))
      await fed.tell(event(at, both), located(table, minute(5), lake('y')))
      const meetings = nodesOf(await fed.store.meetings(datasetIdOf(table), undefined, all))
      const during = (name: string) =>
        meetings.find(({ to }) => to === datasetIdOf(lake(name)))?.during
      expect(during('x')).toEqual({ from: undefined, until: minute(5) })
      expect(during('y')).toEqual({ from: undefined, until: undefined })
      expect(
        await oneByOne((page) => fed.store.meetings(datasetIdOf(table), undefined, page)),
      ).toEqual(meetings)
    })
  })
}
