import type { ColumnMap, DatasetName, Fact, FlowId, Micros } from '../../src/model/index.ts'
import type { StoreKind } from './stores.ts'
import type { Told } from './told.ts'
import { describe, expect, test } from 'vitest'
import { identityMap } from '../../src/graph/port.ts'
import { datasetIdOf } from '../../src/model/index.ts'
import { flowsOf, ids, onlyFlow } from './asking.ts'
import { FedStore } from './stores.ts'
import {
  decision,
  event,
  glue,
  lake,
  located,
  mentioned,
  minute,
  ran,
  runFacts,
  touched,
} from './told.ts'

const [a, b, c] = [lake('a'), lake('b'), lake('c')]
const table = glue('table/db/t')

function mapping(output: DatasetName, input: DatasetName, column: string): Fact {
  const transformations = [{ type: 'DIRECT', subtype: 'IDENTITY', masking: false }] as const
  const map: ColumnMap = {
    fields: [{ column, inputs: [{ dataset: input, column, transformations }] }],
    whole: [],
  }
  return { kind: 'columnMap', at: minute(1), run: 'r', part: '', output, map }
}

/** Column edges, and when content was replaced. */
export function mappingContract(kind: StoreKind): void {
  describe('column edges', () => {
    test('are those of the maps, and coarse where no map tells', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        ran(minute(1), { run: 'r', reads: [a, b], writes: [c] }, [mapping(c, a, 'id')]),
      )
      const [flow] = await flowsOf(fed.store)
      expect(flow).toMatchObject({ coarse: true })
      const edges = await fed.store.columnEdges([(flow as { id: FlowId }).id], undefined)
      const plain = edges.map(({ fromDataset, from, to, map }) => [
        fromDataset,
        from,
        to,
        map !== undefined,
      ])
      expect(plain.toSorted()).toEqual(
        [
          [datasetIdOf(a), 'id', 'id', true],
          [datasetIdOf(b), undefined, undefined, false],
        ].toSorted(),
      )
    })

    test('are not coarse where the map names the dataset by another name', async () => {
      await using fed = new FedStore(kind)
      const at = minute(2)
      await fed.tell(
        ran(minute(1), { run: 'r', reads: [a], writes: [c] }, [mapping(c, b, 'id')]),
        decision(at, [{ kind: 'join', at, name: a, with: b, reason: 'one' }]),
      )
      const [flow] = await flowsOf(fed.store)
      expect(flow).toMatchObject({ coarse: false, inputs: ids(a) })
      expect(await fed.store.columnEdges([(flow as { id: FlowId }).id], undefined)).toHaveLength(1)
    })

    test('hold while their map did', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        ran(minute(1), { run: 'r', type: 'START', reads: [a], writes: [c] }, [mapping(c, a, 'id')]),
        ran(minute(3), { run: 'r', type: 'COMPLETE' }),
        ran(minute(5), { run: 's', reads: [a], writes: [c] }),
      )
      const flow = await onlyFlow(fed.store)
      const edges = await fed.store.columnEdges([flow], undefined)
      const map = edges.find((edge) => edge.map !== undefined)?.map ?? ''
      expect(await fed.store.mapActive([flow], map, undefined, 9)).toEqual([
        { from: minute(1), until: minute(3) },
      ])
      expect(await fed.store.flowActive([flow], undefined, 9)).toHaveLength(2)
    })

    test('of a rename are every column to its own', async () => {
      await using fed = new FedStore(kind)
      const at = minute(1)
      await fed.tell(
        event(at, [
          ...runFacts(at, { run: 'r' }),
          mentioned(at, a),
          { kind: 'rename', at, by: { run: 'r' }, from: a, to: b },
        ]),
      )
      const [flow] = await flowsOf(fed.store)
      expect(flow).toMatchObject({ kind: 'RENAME', inputs: ids(a), outputs: ids(b), coarse: false })
      expect(await fed.store.columnEdges([(flow as { id: FlowId }).id], undefined)).toMatchObject([
        { from: undefined, to: undefined, map: identityMap },
      ])
    })
  })

  describe('epochs', () => {
    const replaced = (at: Micros, dataset: DatasetName, type: 'COMPLETE' | 'FAIL'): Told =>
      ran(at, { run: `${at}`, job: `${at}`, type, writes: [dataset] }, [
        { kind: 'lifecycle', at, dataset, change: 'OVERWRITE', run: `${at}`, whole: true },
      ])

    test('end when a run that completed replaced the whole, and with what contains it', async () => {
      await using fed = new FedStore(kind)
      const [inner, outer] = [lake('raw/x'), lake('raw')]
      await fed.tell(
        replaced(minute(3), outer, 'COMPLETE'),
        replaced(minute(1), inner, 'COMPLETE'),
        replaced(minute(2), inner, 'FAIL'),
      )
      expect(await fed.store.epochs(datasetIdOf(inner), undefined)).toEqual([minute(1), minute(3)])
      expect(await fed.store.epochs(datasetIdOf(inner), minute(2))).toEqual([minute(1)])
      expect(await fed.store.epochs(datasetIdOf(outer), undefined)).toEqual([minute(3)])
    })

    test('end when the stored thing is dropped, and not with a table that lies elsewhere', async () => {
      await using fed = new FedStore(kind)
      const dropped = (at: Micros, dataset: DatasetName): Told =>
        event(at, [
          touched(at, dataset),
          { kind: 'lifecycle', at, dataset, change: 'DROP', whole: false },
        ])
      await fed.tell(located(table, minute(1), lake('x')), located(table, minute(2), lake('y')))
      await fed.tell(dropped(minute(5), table), dropped(minute(7), a))
      expect(await fed.store.epochs(datasetIdOf(table), undefined)).toEqual([])
      expect(await fed.store.epochs(datasetIdOf(a), undefined)).toEqual([minute(7)])
    })
  })
}
