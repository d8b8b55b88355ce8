import type { DatasetName, JobName, Micros, RunEventType } from '../../src/model/index.ts'
import type { StoreKind } from './stores.ts'
import type { Told } from './told.ts'
import { describe, expect, test } from 'vitest'
import { datasetIdOf } from '../../src/model/index.ts'
import { all, flowsOf, ids, nodesOf, steps } from './asking.ts'
import { FedStore } from './stores.ts'
import { event, job, keyOf, lake, mentioned, minute, ran, retraction, touched } from './told.ts'

const [a, b, c] = [lake('a'), lake('b'), lake('c')]
const key = { scope: 'cluster', name: 'nightly' }

/** What runs share: saved jobs that they execute, and transactions that they are part of. */
export function sharingContract(kind: StoreKind): void {
  describe('a run of a saved job', () => {
    const used = executed(minute(5))
    const [first, second] = [saved(minute(1), a, b), saved(minute(3), a, c)]

    test('moved what the latest definition before it moves, whatever came first', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(used, second, saved(minute(9), b, c), first)
      expect(await flowsOf(fed.store)).toMatchObject([{ inputs: ids(a), outputs: ids(c) }])
    })

    test('moved what the earliest later one moves, where none is known before', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(used, saved(minute(9), b, c), saved(minute(7), a, b))
      expect(await flowsOf(fed.store)).toMatchObject([{ inputs: ids(a), outputs: ids(b) }])
      expect(await steps(fed.store, a, 'DOWNSTREAM', { asOf: minute(6) })).toEqual([])
      expect(await steps(fed.store, a, 'DOWNSTREAM', { asOf: minute(7) })).toHaveLength(1)
    })

    test('is told by the definition as well', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(first, second, used)
      const flows = (await flowsOf(fed.store)).map(({ id }) => id)
      expect(nodesOf(await fed.store.evidence({ flows }, undefined, all))).toEqual([
        keyOf(used),
        keyOf(second),
      ])
    })

    test('moved what is left when the definition is taken back', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(first, second, used, retraction([second], minute(1)))
      expect(await flowsOf(fed.store)).toMatchObject([{ outputs: ids(b) }])
      await fed.tell(retraction([first], minute(2)))
      expect(await flowsOf(fed.store)).toEqual([])
    })

    test('copies the columns that the saved job copies', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(used, first)
      const flows = await flowsOf(fed.store)
      const edges = await fed.store.columnEdges(
        flows.map(({ id }) => id),
        undefined,
      )
      expect(edges).toMatchObject([
        { fromDataset: datasetIdOf(a), from: 'ssn', toDataset: datasetIdOf(b), to: 'ssn' },
      ])
    })
  })

  describe('a job that is part of a configuration', () => {
    const rules = { scope: 'bucket', name: 'rules' }
    const [mine, other] = [job('mine'), job('other')]
    const set = (at: Micros, ...jobs: readonly JobName[]): Told =>
      event(at, [{ kind: 'configuration', at, key: rules, jobs }])
    const declared = event(minute(1), [
      touched(minute(1), a),
      touched(minute(1), b),
      {
        kind: 'declaration',
        at: minute(1),
        by: { job: mine },
        moved: { inputs: [a], outputs: [b], maps: [], explicit: [] },
      },
    ])
    const [before, after] = [set(minute(1), mine), set(minute(5), other)]
    const activeIn = async (fed: FedStore) => {
      const [flow] = await flowsOf(fed.store, mine.name)
      return await fed.store.flowActive(flow === undefined ? [] : [flow.id], undefined, 10)
    }

    test.each([
      { order: 'in their order', told: [declared, before, after] },
      { order: 'in reverse', told: [after, before, declared] },
    ])('declares nothing since it was told without the job, told $order', async ({ told }) => {
      await using fed = new FedStore(kind)
      for (const one of told) await fed.tell(one)
      expect(await activeIn(fed)).toEqual([{ from: minute(1), until: minute(5) }])
    })

    test('goes on where what left it out is taken back, or was of another one', async () => {
      await using fed = new FedStore(kind)
      const elsewhere = event(minute(3), [
        { kind: 'configuration', at: minute(3), key: { ...rules, scope: 'ward' }, jobs: [] },
      ])
      await fed.tell(declared, before, after, elsewhere, retraction([after], minute(9)))
      expect(await activeIn(fed)).toEqual([{ from: minute(1), until: undefined }])
    })

    test('was none of what was told before it', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(set(minute(3), other), declared, set(minute(8), mine))
      expect(await activeIn(fed)).toEqual([{ from: minute(1), until: undefined }])
    })
  })

  describe('a run in a transaction', () => {
    const [begun, written] = [transaction(minute(1), 'BEGIN'), inTransaction(minute(2))]

    test.each([
      { name: 'that nobody saw begin counts by itself', told: [], state: 'COMPLETED', until: 2 },
      {
        name: 'counts from the commit on',
        told: [begun, transaction(minute(9), 'COMMIT')],
        state: 'COMPLETED',
        until: 9,
      },
      { name: 'is not complete while that is open', told: [begun], state: 'RUNNING' },
    ])('$name', async ({ told, state, until }) => {
      await using fed = new FedStore(kind)
      await fed.tell(written, ...told)
      const endedAt = until === undefined ? undefined : minute(until)
      expect(await fed.store.runByRunId('r')).toMatchObject({ state, endedAt })
      const [flow] = await flowsOf(fed.store)
      expect(flow).toMatchObject({ inputs: ids(a), outputs: ids(b) })
      expect(await fed.store.flowActive(flow?.stored ?? [], undefined, 9)).toEqual([
        { from: minute(2), until: endedAt },
      ])
    })

    test('that was rolled back moved nothing, and was there until then', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(transaction(minute(9), 'ROLLBACK'), written, begun)
      expect(await fed.store.runByRunId('r')).toMatchObject({
        state: 'ABORTED',
        endedAt: minute(9),
      })
      expect(await flowsOf(fed.store)).toEqual([])
      expect(await fed.store.epochs(datasetIdOf(b), undefined)).toEqual([])
      expect(await steps(fed.store, a, 'DOWNSTREAM', { asOf: minute(8) })).toHaveLength(1)
    })

    test('that was rolled back dropped and renamed nothing', async () => {
      await using fed = new FedStore(kind)
      const at = minute(2)
      const changed = ran(at, { run: 'r' }, [
        { kind: 'within', at, run: 'r', transaction: 'dwh/1' },
        touched(at, a),
        { kind: 'lifecycle', at, dataset: a, change: 'DROP', run: 'r', whole: false },
        mentioned(at, b),
        { kind: 'rename', at, by: { run: 'r' }, from: b, to: c },
      ])
      const retired = async () =>
        await Promise.all(
          [a, b].map(async (name) => {
            const { existence } = await fed.store.datasetDetails(datasetIdOf(name), undefined)
            return existence.at(-1)?.until
          }),
        )
      await fed.tell(begun, changed)
      expect(await retired()).toEqual([at, at])
      const undone = transaction(minute(9), 'ROLLBACK')
      await fed.tell(undone)
      expect(await retired()).toEqual([undefined, undefined])
      expect(await fed.store.epochs(datasetIdOf(a), undefined)).toEqual([])
      await fed.tell(retraction([undone], minute(1)))
      expect(await retired()).toEqual([at, at])
      expect(await fed.store.epochs(datasetIdOf(a), undefined)).toEqual([at])
    })

    test('that failed has failed', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(begun, inTransaction(minute(2), 'FAIL'), transaction(minute(3), 'COMMIT'))
      expect(await fed.store.runByRunId('r')).toMatchObject({
        state: 'FAILED',
        endedAt: minute(2),
      })
    })

    test('replaced what it overwrote when that is committed', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(begun, written)
      expect(await fed.store.epochs(datasetIdOf(b), undefined)).toEqual([])
      const commit = transaction(minute(9), 'COMMIT')
      await fed.tell(commit)
      expect(await fed.store.epochs(datasetIdOf(b), undefined)).toEqual([minute(9)])
      const flows = (await flowsOf(fed.store)).map(({ id }) => id)
      expect(nodesOf(await fed.store.evidence({ flows }, undefined, all))).toEqual(
        [commit, written, begun].map(keyOf),
      )
      await fed.tell(retraction([begun, commit], minute(1)))
      expect(await fed.store.epochs(datasetIdOf(b), undefined)).toEqual([minute(2)])
    })
  })
}

function saved(at: Micros, input: DatasetName, output: DatasetName): Told {
  const columns = { by: 'name', only: ['ssn'] } as const
  const copies = [{ input, output, columns }]
  const moved = { inputs: [input], outputs: [output], maps: [], explicit: [], copies }
  return event(at, [
    mentioned(at, input),
    mentioned(at, output),
    { kind: 'definition', at, key, moved },
  ])
}

function executed(at: Micros): Told {
  return ran(at, { run: 'r' }, [{ kind: 'uses', at, run: 'r', part: '', key }])
}

function transaction(at: Micros, told: 'BEGIN' | 'COMMIT' | 'ROLLBACK'): Told {
  return event(at, [{ kind: 'transaction', at, id: 'dwh/1', event: told }])
}

/** A run of transaction 1 that overwrites `b` with `a`. */
function inTransaction(at: Micros, type: RunEventType = 'COMPLETE'): Told {
  return ran(at, { run: 'r', type, reads: [a], writes: [b] }, [
    { kind: 'within', at, run: 'r', transaction: 'dwh/1' },
    { kind: 'lifecycle', at, dataset: b, change: 'OVERWRITE', run: 'r', whole: true },
  ])
}
