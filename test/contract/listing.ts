import type { DatasetName, Fact, Micros } from '../../src/model/index.ts'
import type { DatasetFilter, GraphReader, NodeKind } from '../../src/graph/index.ts'
import type { StoreKind } from './stores.ts'
import type { Told } from './told.ts'
import { describe, expect, test } from 'vitest'
import { compareCodePoints, compareNames, datasetIdOf, jobIdOf } from '../../src/model/index.ts'
import { all, nodesOf, oneByOne } from './asking.ts'
import { FedStore } from './stores.ts'
import { decision, event, glue, job, lake, minute, touched } from './told.ts'

const anyDataset: DatasetFilter = { includeRetired: false }
/** As UTF-16 the emoji would come before the wide tilde, as letters `Z` behind `a`. */
const spread = ['\u{1f600}', '\uff5e', 'a', 'Z', 'z', 'é', '', 'aa']

function mentions(...names: readonly DatasetName[]): Told {
  const at = minute(1)
  return event(
    at,
    names.map((name) => touched(at, name)),
  )
}

function described(at: Micros, dataset: DatasetName, text: string): Told {
  return event(at, [
    touched(at, dataset),
    { kind: 'description', at, of: { dataset }, text, by: 'producer' },
  ])
}

async function matches(
  reader: GraphReader,
  text: string,
  kinds: readonly NodeKind[] = ['DATASET', 'COLUMN', 'JOB'],
  filter: DatasetFilter = anyDataset,
): Promise<readonly string[]> {
  const found = nodesOf(await reader.search(text, kinds, filter, all))
  return found.map(({ kind, matched }) => `${kind} ${matched}`)
}

/** Lists, pages and search. */
export function listingContract(kind: StoreKind): void {
  describe('a list', () => {
    test('of datasets goes by namespace and name, by code point', async () => {
      await using fed = new FedStore(kind)
      const names = spread.flatMap((one) =>
        spread.map((other) => ({ namespace: `n:${one}`, name: other })),
      )
      await fed.tell(mentions(...names))
      const listed = nodesOf(await fed.store.datasets(undefined, anyDataset, all))
      expect(listed.map(({ name }) => name)).toEqual(names.toSorted(compareNames))
      const pages = await oneByOne((page) => fed.store.datasets(undefined, anyDataset, page))
      expect(pages).toEqual(listed)
      const inOne = nodesOf(await fed.store.datasets('n:Z', anyDataset, all))
      expect(inOne.map(({ name }) => name.name)).toEqual(spread.toSorted(compareCodePoints))
      expect(nodesOf(await fed.store.datasets('n:', anyDataset, all))).toHaveLength(8)
      expect(nodesOf(await fed.store.datasets('n', anyDataset, all))).toEqual([])
    })

    test('of jobs and of namespaces goes by code point', async () => {
      await using fed = new FedStore(kind)
      const at = minute(1)
      const names = spread.map((name) => ({ namespace: `n:${name}`, name }))
      await fed.tell(
        event(
          at,
          names.map((of): Fact => ({ kind: 'job', at, job: of })),
        ),
        mentions(lake('x')),
      )
      const spaces = names.map(({ namespace }) => namespace)
      const expected = [...spaces, 's3://lake'].toSorted(compareCodePoints)
      expect(nodesOf(await fed.store.namespaces(all))).toEqual(expected)
      expect(await oneByOne((page) => fed.store.namespaces(page))).toEqual(expected)
      const jobs = nodesOf(await fed.store.jobs(undefined, all))
      expect(jobs.map(({ name }) => name.namespace)).toEqual(spaces.toSorted(compareCodePoints))
      expect(await oneByOne((page) => fed.store.jobs(undefined, page))).toEqual(jobs)
      expect(nodesOf(await fed.store.jobs('n:Z', all)).map(({ id }) => id)).toEqual([
        jobIdOf({ namespace: 'n:Z', name: 'Z' }),
      ])
    })

    test('goes on where it was when something new stands before', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(mentions(lake('b'), lake('d'), lake('f')))
      const first = await fed.store.datasets(undefined, anyDataset, { first: 2 })
      expect(first.hasNextPage).toBe(true)
      await fed.tell(mentions(lake('a'), lake('c'), lake('e')))
      const after = first.items.at(-1)?.cursor
      const rest = nodesOf(await fed.store.datasets(undefined, anyDataset, { first: 9, after }))
      expect(rest.map(({ name }) => name.name)).toEqual(['e', 'f'])
    })

    test('refuses a cursor that no list has handed out', async () => {
      await using fed = new FedStore(kind)
      const page = { first: 1, after: 'not a cursor' }
      await expect(fed.store.datasets(undefined, anyDataset, page)).rejects.toMatchObject({
        code: 'ARGUMENT_INVALID',
      })
      await expect(fed.store.jobs(undefined, page)).rejects.toMatchObject({
        code: 'ARGUMENT_INVALID',
      })
    })

    test('has a dataset once, under the least of its names', async () => {
      await using fed = new FedStore(kind)
      const at = minute(1)
      await fed.tell(
        mentions(lake('a'), lake('b')),
        decision(at, [{ kind: 'join', at, name: lake('b'), with: lake('a'), reason: 'one' }]),
      )
      const listed = nodesOf(await fed.store.datasets(undefined, anyDataset, all))
      expect(listed.map(({ name }) => name)).toEqual([lake('a')])
    })
  })

  describe('a filter of datasets', () => {
    const table = glue('table/db/t')
    const at = minute(1)
    const told = [
      mentions(lake('a'), table),
      event(at, [
        {
          kind: 'owners',
          at,
          of: { dataset: lake('a') },
          owners: ['ward', 'team'],
          by: 'producer',
        },
      ]),
      event(at, [{ kind: 'tags', at, of: { dataset: table }, tags: ['gold'] }]),
      event(minute(2), [
        { kind: 'lifecycle', at: minute(2), dataset: table, change: 'DROP', whole: false },
      ]),
    ]

    test.each<{ filter: DatasetFilter; names: readonly string[] }>([
      { filter: { includeRetired: false }, names: ['a'] },
      { filter: { includeRetired: true }, names: ['table/db/t', 'a'] },
      { filter: { includeRetired: true, kinds: ['TABLE'] }, names: ['table/db/t'] },
      { filter: { includeRetired: true, kinds: [] }, names: [] },
      { filter: { includeRetired: true, owner: 'team' }, names: ['a'] },
      { filter: { includeRetired: true, owner: 'TEAM' }, names: [] },
      { filter: { includeRetired: true, tag: 'gold' }, names: ['table/db/t'] },
      { filter: { includeRetired: true, tag: 'gold', owner: 'team' }, names: [] },
    ])('$filter lets $names through', async ({ filter, names }) => {
      await using fed = new FedStore(kind)
      await fed.tell(...told)
      const listed = nodesOf(await fed.store.datasets(undefined, filter, all))
      expect(listed.map(({ name }) => name.name)).toEqual(names)
    })
  })

  describe('search', () => {
    const fill = async (fed: FedStore): Promise<void> => {
      const at = minute(1)
      const fields = [
        { name: 'admission_date', description: 'when they came' },
        { name: 'ward', fields: [{ name: 'name' }] },
      ]
      await fed.tell(
        described(at, lake('curated/patients'), 'Everybody who stayed'),
        event(at, [
          { kind: 'schema', at, dataset: lake('curated/patients'), fields, by: 'writer' },
        ]),
        mentions(lake('raw/visits')),
        event(at, [
          { kind: 'job', at, job: job('load_patients') },
          {
            kind: 'description',
            at,
            of: { job: job('load_patients') },
            text: 'Nightly',
            by: 'producer',
          },
        ]),
        decision(at, [
          {
            kind: 'join',
            at,
            name: lake('raw/visits'),
            with: glue('table/db/encounters'),
            reason: 'one',
          },
        ]),
        event(at, [
          touched(at, lake('old/patients')),
          { kind: 'lifecycle', at, dataset: lake('old/patients'), change: 'DROP', whole: false },
        ]),
      )
    }

    test.each([
      { text: 'patients', found: ['DATASET curated/patients', 'JOB load_patients'] },
      { text: 'PATI', found: ['DATASET curated/patients', 'JOB load_patients'] },
      { text: 'atients', found: [] },
      { text: 'cur pat', found: ['DATASET curated/patients'] },
      { text: 'patients visits', found: [] },
      { text: 'admission', found: ['COLUMN admission_date'] },
      { text: 'came', found: ['COLUMN admission_date'] },
      { text: 'ward', found: ['COLUMN ward', 'COLUMN ward.name'] },
      { text: 'everybody', found: ['DATASET curated/patients'] },
      { text: 'nightly', found: ['JOB load_patients'] },
      { text: 'encounters', found: ['DATASET table/db/encounters'] },
      { text: 'visits', found: ['DATASET table/db/encounters'] },
      { text: '', found: [] },
      { text: '"*() OR -', found: [] },
    ])('for $text finds $found', async ({ text, found }) => {
      await using fed = new FedStore(kind)
      await fill(fed)
      expect((await matches(fed.store, text)).toSorted()).toEqual(found.toSorted())
    })

    test('finds only the kinds asked for, and retired ones when told to', async () => {
      await using fed = new FedStore(kind)
      await fill(fed)
      expect(await matches(fed.store, 'patients', ['JOB'])).toEqual(['JOB load_patients'])
      expect(await matches(fed.store, 'patients', [])).toEqual([])
      const retired = await matches(fed.store, 'patients', ['DATASET'], { includeRetired: true })
      expect(retired.toSorted()).toEqual(['DATASET curated/patients', 'DATASET old/patients'])
    })

    test('gives the best first, page by page', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        described(
          minute(1),
          lake('one'),
          'patients among many other words that say what lies here',
        ),
        mentions(lake('patients')),
      )
      expect(await matches(fed.store, 'patients')).toEqual(['DATASET patients', 'DATASET one'])
      const pages = await oneByOne((page) =>
        fed.store.search('patients', ['DATASET'], anyDataset, page),
      )
      expect(pages.map(({ matched }) => matched)).toEqual(['patients', 'one'])
    })

    test('forgets what is withdrawn and what is said otherwise', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        described(minute(1), lake('a'), 'first'),
        described(minute(2), lake('a'), 'second'),
      )
      expect(await matches(fed.store, 'first')).toEqual([])
      expect(await matches(fed.store, 'second')).toEqual(['DATASET a'])
    })
  })

  describe('the names nearest to one that is not there', () => {
    test('are known names of its namespace, the most alike first', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        mentions(lake('curated/patients'), lake('raw/visits'), glue('table/db/patients')),
      )
      const near = await fed.store.nearestNames(lake('curated/patient'), 1)
      expect(near).toEqual([lake('curated/patients')])
      expect(
        (await fed.store.nearestNames(lake('curated/patient'), 9)).map(datasetIdOf),
      ).not.toContain(datasetIdOf(glue('table/db/patients')))
      expect(await fed.store.nearestNames({ namespace: 'nowhere', name: 'x' }, 5)).toEqual([])
    })
  })
}
