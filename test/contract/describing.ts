import type { Fact, Json, Micros, SchemaBy } from '../../src/model/index.ts'
import type { StoreKind } from './stores.ts'
import type { Told } from './told.ts'
import { describe, expect, test } from 'vitest'
import { datasetIdOf, jobIdOf, parseJson, runIdOf } from '../../src/model/index.ts'
import { all, nodesOf, oneByOne } from './asking.ts'
import { FedStore } from './stores.ts'
import { decision, event, glue, job, keyOf, lake, minute, ran, touched } from './told.ts'

const a = lake('a')
const id = datasetIdOf(a)

function schema(at: Micros, by: SchemaBy, ...names: readonly string[]): Told {
  const fields = names.map((name) => ({ name }))
  return event(at, [touched(at, a), { kind: 'schema', at, dataset: a, fields, by }])
}

function facet(at: Micros, value: Json, key = 'custom'): Told {
  return event(at, [touched(at, a), { kind: 'facet', at, of: { dataset: a }, key, value }])
}

function said(at: Micros, ...facts: readonly Fact[]): Told {
  return event(at, [touched(at, a), ...facts])
}

/** What is said of datasets, jobs and runs, and what held at a moment. */
export function describingContract(kind: StoreKind): void {
  describe('a dataset that nobody knows', () => {
    test('has nothing to tell', async () => {
      await using fed = new FedStore(kind)
      expect(await fed.store.datasetDetails(id, undefined)).toMatchObject({
        description: undefined,
        owners: [],
        tags: [],
        firstSeen: undefined,
        lastSeen: undefined,
      })
      expect(nodesOf(await fed.store.columns(id, undefined, all))).toEqual([])
      expect(await fed.store.column(id, 'x', undefined)).toBeUndefined()
      expect(await fed.store.datasetFacets(id, undefined)).toEqual([])
      expect(await fed.store.epochs(id, undefined)).toEqual([])
      expect(nodesOf(await fed.store.meetings(id, undefined, all))).toEqual([])
    })
  })

  describe('the details of a dataset', () => {
    test('are what was said last, by a steward before a producer', async () => {
      await using fed = new FedStore(kind)
      const by = { dataset: a }
      await fed.tell(
        said(minute(1), {
          kind: 'description',
          at: minute(1),
          of: by,
          text: 'one',
          by: 'producer',
        }),
        said(minute(3), {
          kind: 'description',
          at: minute(3),
          of: by,
          text: 'two',
          by: 'producer',
        }),
        said(minute(3), {
          kind: 'owners',
          at: minute(3),
          of: by,
          owners: ['team'],
          by: 'producer',
        }),
        said(minute(2), { kind: 'tags', at: minute(2), of: by, tags: ['x', 'y'] }),
        decision(minute(2), [
          { kind: 'owners', at: minute(2), of: by, owners: ['ward'], by: 'steward' },
        ]),
      )
      expect(await fed.store.datasetDetails(id, undefined)).toMatchObject({
        description: 'two',
        owners: ['ward'],
        tags: ['x', 'y'],
        firstSeen: minute(1),
        lastSeen: minute(3),
      })
    })

    test('are for the moment that is asked about', async () => {
      await using fed = new FedStore(kind)
      const by = { dataset: a }
      const text = (at: Micros, words: string | null): Told =>
        said(at, { kind: 'description', at, of: by, text: words, by: 'producer' })
      const owned = decision(minute(4), [
        { kind: 'owners', at: minute(4), of: by, owners: ['ward'], by: 'steward' },
      ])
      await fed.tell(text(minute(3), 'two'), text(minute(1), 'one'), text(minute(5), null), owned)
      const at = async (moment: number) => await fed.store.datasetDetails(id, minute(moment))
      expect(await at(0)).toMatchObject({ description: undefined, firstSeen: undefined })
      expect(await at(1)).toMatchObject({ description: 'one', lastSeen: minute(1), owners: [] })
      expect(await at(4)).toMatchObject({
        description: 'two',
        lastSeen: minute(3),
        owners: ['ward'],
      })
      expect(await at(5)).toMatchObject({ description: undefined, lastSeen: minute(5) })
    })

    test('have no times where only a steward has mentioned it', async () => {
      await using fed = new FedStore(kind)
      const described: Fact = {
        kind: 'description',
        at: minute(1),
        of: { dataset: a },
        text: 'planned',
        by: 'steward',
      }
      await fed.tell(decision(minute(1), [described]))
      expect(await fed.store.datasetDetails(id, undefined)).toMatchObject({
        description: 'planned',
        firstSeen: undefined,
        lastSeen: undefined,
      })
    })

    test('have the kind that was stated, else that of the most telling name', async () => {
      await using fed = new FedStore(kind)
      const table = glue('table/db/t')
      await fed.tell(
        event(minute(1), [{ kind: 'location', at: minute(1), table, location: a, by: 'symlink' }]),
      )
      expect((await fed.store.datasetByName(a))?.kind).toBe('TABLE')
      await fed.tell(
        said(minute(2), { kind: 'datasetType', at: minute(2), dataset: a, type: 'VIEW' }),
      )
      expect((await fed.store.datasetByName(a))?.kind).toBe('VIEW')
      expect((await fed.store.datasetDetails(id, minute(1))).kind).toBe('TABLE')
    })
  })

  describe('the existence of a dataset', () => {
    const life = (at: Micros, change: 'CREATE' | 'DROP'): Told =>
      said(at, { kind: 'lifecycle', at, dataset: a, change, whole: false })
    const existence = async (fed: FedStore, asOf?: Micros) =>
      (await fed.store.datasetDetails(id, asOf)).existence.map(({ from, until }) => [from, until])

    test('is without bounds where nothing is known of it', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(said(minute(1)))
      expect(await existence(fed)).toEqual([[undefined, undefined]])
    })

    test('ends with a drop and begins again when it is touched', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(life(minute(2), 'CREATE'), life(minute(4), 'DROP'), said(minute(6)))
      expect(await existence(fed)).toEqual([
        [minute(2), minute(4)],
        [minute(6), undefined],
      ])
      expect(await existence(fed, minute(3))).toEqual([[minute(2), undefined]])
      expect(await existence(fed, minute(5))).toEqual([[minute(2), minute(4)]])
    })

    test('of an old name ends with its rename', async () => {
      await using fed = new FedStore(kind)
      const renamed: Fact = {
        kind: 'rename',
        at: minute(5),
        by: { run: 'r' },
        from: a,
        to: lake('b'),
      }
      await fed.tell(
        said(minute(1)),
        ran(minute(5), { run: 'r' }, [touched(minute(5), lake('b')), renamed]),
      )
      expect(await existence(fed)).toEqual([[undefined, minute(5)]])
    })
  })

  describe('the schema of a dataset', () => {
    test('is the last that a writer showed, else a statement, else a reader', async () => {
      await using fed = new FedStore(kind)
      const names = async () =>
        nodesOf(await fed.store.columns(id, undefined, all)).map(({ name }) => name)
      await fed.tell(schema(minute(9), 'reader', 'some'))
      expect(await names()).toEqual(['some'])
      await fed.tell(schema(minute(5), 'statement', 'said'))
      expect(await names()).toEqual(['said'])
      await fed.tell(schema(minute(1), 'writer', 'whole', 'row'))
      expect(await names()).toEqual(['whole', 'row'])
      expect(await fed.store.column(id, 'row', undefined)).toMatchObject({ name: 'row' })
      expect(await fed.store.column(id, 'said', undefined)).toBeUndefined()
    })

    test('has nested columns after their parent, by dotted path', async () => {
      await using fed = new FedStore(kind)
      const fields = [
        { name: 'person', type: 'struct', fields: [{ name: 'name', fields: [{ name: 'last' }] }] },
        { name: 'id', type: 'long', description: 'the key' },
      ]
      await fed.tell(
        said(minute(1), { kind: 'schema', at: minute(1), dataset: a, fields, by: 'writer' }),
      )
      const columns = nodesOf(await fed.store.columns(id, undefined, all))
      expect(columns.map(({ name }) => name)).toEqual([
        'person',
        'person.name',
        'person.name.last',
        'id',
      ])
      expect(columns.at(-1)).toEqual({ name: 'id', type: 'long', description: 'the key' })
      expect(await oneByOne((page) => fed.store.columns(id, undefined, page))).toEqual(columns)
    })

    test('has a history of every change, newest first', async () => {
      await using fed = new FedStore(kind)
      const told = [
        schema(minute(1), 'writer', 'x'),
        schema(minute(2), 'writer', 'x'),
        schema(minute(3), 'writer', 'x', 'y'),
        schema(minute(4), 'reader', 'x'),
      ]
      await fed.tell(...told.toReversed())
      const ask = async (asOf?: Micros) =>
        nodesOf(await fed.store.schemaHistory(id, asOf, all)).map(({ since, fields, evidence }) => [
          since,
          fields.map(({ name }) => name).join(),
          evidence,
        ])
      const [first, , third] = told.map(keyOf)
      expect(await ask()).toEqual([
        [minute(3), 'x,y', third],
        [minute(1), 'x', first],
      ])
      expect(await ask(minute(2))).toEqual([[minute(1), 'x', first]])
      const pages = await oneByOne((page) => fed.store.schemaHistory(id, undefined, page))
      expect(pages).toHaveLength(2)
    })
  })

  describe('facets', () => {
    test('of a dataset are the last of each key, by moment, and a tombstone hides one', async () => {
      await using fed = new FedStore(kind)
      const told = [facet(minute(1), { n: 1 }), facet(minute(2), { m: 2 }), facet(minute(3), null)]
      await fed.tell(...told, facet(minute(2), 'kept', 'other'))
      const at = async (moment: number | undefined) =>
        (await fed.store.datasetFacets(id, moment === undefined ? undefined : minute(moment)))
          .toSorted((one, other) => (one.key < other.key ? -1 : 1))
          .map(({ key, value }) => [key, value])
      expect(await at(1)).toEqual([['custom', { n: 1 }]])
      expect(await at(2)).toEqual([
        ['custom', { m: 2 }],
        ['other', 'kept'],
      ])
      expect(await at(undefined)).toEqual([['other', 'kept']])
    })

    test('keep numbers that a double cannot hold, and keys of every kind', async () => {
      await using fed = new FedStore(kind)
      const value = parseJson(
        '{"snapshot": 9223372036854775807, "__proto__": {"x": 0.1}, "": null}',
      )
      await fed.tell(facet(minute(1), value))
      const [found] = await fed.store.datasetFacets(id, undefined)
      expect(JSON.stringify(found?.value)).toBe(JSON.stringify(value))
      expect(found).toMatchObject({
        key: 'custom',
        at: minute(1),
        evidence: keyOf(facet(minute(1), value)),
      })
    })

    test('of a run and of its job as they were then are kept apart', async () => {
      await using fed = new FedStore(kind)
      const at = minute(1)
      const facets: readonly Fact[] = [
        { kind: 'facet', at, of: { run: 'r' }, key: 'nominalTime', value: 'run' },
        { kind: 'facet', at, of: { jobOfRun: 'r' }, key: 'sql', value: 'then' },
        { kind: 'facet', at, of: { job: job('j') }, key: 'sql', value: 'now' },
      ]
      await fed.tell(ran(at, { run: 'r' }, facets))
      const plain = (records: readonly { key: string; value: Json }[]) =>
        records.map(({ key, value }) => [key, value])
      expect(plain(await fed.store.runFacets(runIdOf('r')))).toEqual([['nominalTime', 'run']])
      expect(plain(await fed.store.runJobFacets(runIdOf('r')))).toEqual([['sql', 'then']])
      expect(plain(await fed.store.jobFacets(jobIdOf(job('j'))))).toEqual([['sql', 'now']])
    })

    test('of what a run read or wrote stand there alone', async () => {
      await using fed = new FedStore(kind)
      const at = minute(1)
      const of = { run: 'r', side: 'reads', dataset: a } as const
      const facets: readonly Fact[] = [
        { kind: 'facet', at, of: { ...of, group: 'facets' }, key: 'schema', value: 1 },
        { kind: 'facet', at, of: { ...of, group: 'ioFacets' }, key: 'rows', value: 2 },
      ]
      await fed.tell(ran(at, { run: 'r', reads: [a], writes: [a] }, facets))
      const datasets = await fed.store.runDatasets(runIdOf('r'))
      const shown = datasets
        .toSorted((one, other) => (one.side < other.side ? -1 : 1))
        .map(({ side, dataset, facets: own, ioFacets }) => [
          side,
          dataset,
          own.map(({ key }) => key),
          ioFacets.map(({ key }) => key),
        ])
      expect(shown).toEqual([
        ['reads', id, ['schema'], ['rows']],
        ['writes', id, [], []],
      ])
    })
  })

  describe('a job', () => {
    test('is what its last events say', async () => {
      await using fed = new FedStore(kind)
      const at = minute(1)
      const of = job('dag.task')
      await fed.tell(
        event(at, [
          { kind: 'job', at, job: of, type: 'TASK', source: 'SELECT 1', parent: job('dag') },
          { kind: 'description', at, of: { job: of }, text: 'loads', by: 'producer' },
          { kind: 'owners', at, of: { job: of }, owners: ['team'], by: 'producer' },
        ]),
        event(minute(2), [{ kind: 'job', at: minute(2), job: of, source: 'SELECT 2' }]),
      )
      expect(await fed.store.jobByName(of)).toEqual({ id: jobIdOf(of), name: of })
      expect(await fed.store.jobDetails(jobIdOf(of))).toEqual({
        kind: 'TASK',
        description: 'loads',
        owners: ['team'],
        source: 'SELECT 2',
        parent: jobIdOf(job('dag')),
      })
      expect(await fed.store.jobByName(job('dag'))).toMatchObject({ name: job('dag') })
      expect(await fed.store.jobByName(job('DAG'))).toBeUndefined()
      expect((await fed.store.jobsById([jobIdOf(of), jobIdOf(job('x'))])).size).toBe(1)
    })
  })
}
