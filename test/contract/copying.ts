import type { CopiedColumns, DatasetName, Fact, Micros, SchemaBy } from '../../src/model/index.ts'
import type { GraphReader } from '../../src/graph/index.ts'
import type { StoreKind } from './stores.ts'
import type { Told } from './told.ts'
import { describe, expect, test } from 'vitest'
import { lineage } from '../../src/graph/index.ts'
import { datasetIdOf } from '../../src/model/index.ts'
import { all, flowsOf, nodesOf, onlyFlow } from './asking.ts'
import { FedStore } from './stores.ts'
import { event, glue, job, keyOf, lake, located, minute, ran, retraction, touched } from './told.ts'

const [source, landing, moved] = [lake('source'), lake('landing'), lake('moved')]
const [table, other] = [glue('table/db/t'), glue('table/db/u')]

/** Columns of jobs that copy: by name or position, by the schemas of that time. */
export function copyingContract(kind: StoreKind): void {
  describe('a job that copies', () => {
    test('by name takes the columns that both have, whatever their case', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        schema(minute(0), source, ['MRN', 'SSN', 'DOB']),
        schema(minute(0), table, ['ssn', 'mrn', 'dt']),
        copied(minute(1), source, table, { by: 'name' }),
      )
      expect(await pairs(fed.store)).toEqual(['MRN > mrn', 'SSN > ssn'])
      expect(await flowsOf(fed.store)).toMatchObject([{ coarse: false }])
    })

    test('by name takes the columns of the side that is known for both', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        copied(minute(1), source, landing, { by: 'name' }),
        schema(minute(2), source, ['mrn', 'ssn']),
      )
      expect(await pairs(fed.store)).toEqual(['mrn > mrn', 'ssn > ssn'])
    })

    test('by name takes the columns that it lists, without any schema', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(copied(minute(1), source, landing, { by: 'name', only: ['MRN', 'SSN'] }))
      expect(await pairs(fed.store)).toEqual(['MRN > MRN', 'SSN > SSN'])
      expect(await flowsOf(fed.store)).toMatchObject([{ coarse: false }])
    })

    test('by position takes the first for the first', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        schema(minute(0), source, ['mrn', 'ssn', 'dt']),
        copied(minute(1), source, table, { by: 'position', to: ['patient_mrn', 'patient_ssn'] }),
      )
      expect(await pairs(fed.store)).toEqual(['mrn > patient_mrn', 'ssn > patient_ssn'])
    })

    test('by position leaves out the columns that others fill', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        schema(minute(0), source, ['mrn', 'ssn']),
        schema(minute(0), table, ['loaded', 'a', 'b']),
        copied(minute(1), source, table, { by: 'position', skip: 1 }),
      )
      expect(await pairs(fed.store)).toEqual(['mrn > a', 'ssn > b'])
    })

    test('by position is coarse where the other side has no known columns', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(copied(minute(1), source, table, { by: 'position', to: ['a'] }))
      expect(await pairs(fed.store)).toEqual([])
      expect(await flowsOf(fed.store)).toMatchObject([{ coarse: true }])
    })

    test('has the schema that any name of the dataset has', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        copied(minute(1), landing, other, { by: 'position', to: ['patient_mrn'] }),
        schema(minute(3), table, ['mrn', 'ssn']),
        located(table, minute(2), landing),
      )
      expect(await pairs(fed.store)).toEqual(['mrn > patient_mrn'])
    })

    test('has the schema of the table that pointed at the place when it moved', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        located(table, minute(1), landing),
        located(table, minute(5), moved),
        located(other, minute(5), landing),
        schema(minute(1), table, ['a', 'b']),
        schema(minute(5), other, ['c', 'd']),
        copied(minute(2), landing, source, { by: 'position', to: ['x', 'y'] }),
        copied(minute(7), landing, source, { by: 'position', to: ['x', 'y'] }),
      )
      // Until minute 5 both lay there, and they do not agree.
      expect(await pairs(fed.store)).toEqual(['c > x', 'd > y'])
      expect(await flowsOf(fed.store)).toMatchObject([{ coarse: true }])
    })

    test('has the columns that another job copied there', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        copied(minute(1), source, landing, { by: 'name', only: ['MRN', 'SSN'] }, 'import'),
        copied(minute(2), landing, moved, { by: 'name' }, 'distcp'),
        copied(minute(3), moved, table, { by: 'position', to: ['mrn', 'ssn'] }),
      )
      expect(await pairs(fed.store)).toEqual(['MRN > mrn', 'SSN > ssn'])
    })

    test('has no columns where two that copied there do not agree', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        copied(minute(1), source, landing, { by: 'name', only: ['MRN', 'SSN'] }, 'import'),
        copied(minute(1), other, landing, { by: 'name', only: ['SSN', 'MRN'] }, 'another'),
        copied(minute(3), landing, table, { by: 'position', to: ['mrn', 'ssn'] }),
      )
      expect(await pairs(fed.store)).toEqual([])
    })

    test('in a ring without a schema ends', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        copied(minute(1), source, landing, { by: 'name' }, 'there'),
        copied(minute(1), landing, source, { by: 'position' }, 'back'),
      )
      expect(await pairs(fed.store, 'there')).toEqual(['* > *'])
      expect(await pairs(fed.store, 'back')).toEqual(['* > *'])
    })
  })

  describe('the columns of a copy are those of its time', () => {
    const grown: readonly Told[] = [
      schema(minute(1), source, ['a', 'b']),
      schema(minute(5), source, ['a', 'b', 'c']),
      copied(minute(2), source, landing, { by: 'name' }),
      copied(minute(6), source, landing, { by: 'name' }),
    ]

    test('each with when it was copied and by which events', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(...grown)
      const flow = await onlyFlow(fed.store)
      const edges = await fed.store.columnEdges([flow], undefined)
      const map = edges.find(({ from }) => from === 'c')?.map ?? ''
      expect(await fed.store.mapActive([flow], map, undefined, 9)).toEqual([
        { from: minute(6), until: minute(6) },
      ])
      const proof = await fed.store.evidence({ flows: [flow], map }, undefined, all)
      expect(nodesOf(proof)).toEqual([keyOf(grown[3] as Told)])
    })

    test('and as of before there are no others', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(...grown)
      expect(await pairs(fed.store, 'j', minute(5))).toEqual(['a > a', 'b > b'])
      expect(await pairs(fed.store)).toEqual(['a > a', 'b > b', 'c > c'])
    })

    test('also of what goes on while they change', async () => {
      await using fed = new FedStore(kind)
      const declared: Fact = {
        kind: 'declaration',
        at: minute(0),
        by: { job: job('j') },
        moved: {
          inputs: [source],
          outputs: [landing],
          maps: [],
          explicit: [],
          copies: [{ input: source, output: landing, columns: { by: 'name' } }],
        },
      }
      await fed.tell(...grown.slice(0, 2), event(minute(0), [touched(minute(0), source), declared]))
      expect(await pairs(fed.store)).toEqual(['a > a', 'b > b', 'c > c'])
    })

    test('and are worked out again when a schema is taken back', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(...grown, retraction([grown[1] as Told], minute(9)))
      expect(await pairs(fed.store)).toEqual(['a > a', 'b > b'])
    })

    test('a writer knows better than a reader', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        schema(minute(1), source, ['a'], 'writer'),
        schema(minute(2), source, ['b'], 'reader'),
        schema(minute(3), source, [], 'writer'),
        copied(minute(4), source, landing, { by: 'name' }),
      )
      expect(await pairs(fed.store)).toEqual(['a > a'])
    })
  })

  describe('a walk by columns', () => {
    test('passes copies of which nothing is known under the same name', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        copied(minute(1), source, landing, { by: 'name' }, 'import'),
        copied(minute(2), landing, moved, { by: 'name' }, 'distcp'),
        copied(minute(3), moved, table, { by: 'name', only: ['ssn'] }, 'load'),
      )
      const answer = await lineage(
        fed.store,
        {
          of: [{ dataset: datasetIdOf(table), column: 'ssn' }],
          directions: ['UPSTREAM'],
          depth: 9,
          grain: 'COLUMN',
          asOf: undefined,
          inForce: false,
        },
        { hopsMax: 99, nodesMax: 999, timeMsMax: 60_000 },
      )
      const edges = answer.columnEdges.map(({ fromDataset, from }) => [fromDataset, from])
      expect(edges.toSorted()).toEqual(
        [source, landing, moved].map((name) => [datasetIdOf(name), 'ssn']).toSorted(),
      )
      expect(answer.coarse).toBe(0)
    })
  })
}

function schema(
  at: Micros,
  dataset: DatasetName,
  columns: readonly string[],
  by: SchemaBy = 'statement',
): Told {
  const fields = columns.map((name) => ({ name }))
  return event(at, [touched(at, dataset), { kind: 'schema', at, dataset, fields, by }])
}

/** One run of a job that copies, at that moment. */
function copied(
  at: Micros,
  input: DatasetName,
  output: DatasetName,
  columns: CopiedColumns,
  name = 'j',
): Told {
  const run = `${name} ${at}`
  return ran(at, { run, job: name, reads: [input], writes: [output] }, [
    { kind: 'copies', at, run, part: '', copy: { input, output, columns } },
  ])
}

/** The column edges of the flows of a job that a map tells, as `from > to`. */
async function pairs(reader: GraphReader, name = 'j', asOf?: Micros): Promise<readonly string[]> {
  const flows = await flowsOf(reader, name)
  const edges = await reader.columnEdges(
    flows.map(({ id }) => id),
    asOf,
  )
  const told = edges.filter(({ map }) => map !== undefined)
  return [...new Set(told.map(({ from = '*', to = '*' }) => `${from} > ${to}`))].toSorted()
}
