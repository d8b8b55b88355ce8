import type { DatasetName, Fact } from '../../src/model/index.ts'
import type { StoreKind } from './stores.ts'
import type { Told } from './told.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { datasetIdOf, jobIdOf } from '../../src/model/index.ts'
import { all, flowsOf, idOf, nodesOf } from './asking.ts'
import { Archive, FedStore } from './stores.ts'
import {
  decision,
  event,
  glue,
  keyOf,
  lake,
  mentioned,
  minute,
  ran,
  retraction,
  touched,
} from './told.ts'

const [at, later] = [minute(1), minute(2)]

function alias(dataset: DatasetName, other: DatasetName): Told {
  const said: Fact = { kind: 'alias', at, dataset, other }
  return event(at, [mentioned(at, dataset), mentioned(at, other), said])
}

function joined(name: DatasetName, other: DatasetName): Told {
  return decision(later, [{ kind: 'join', at: later, name, with: other, reason: 'one' }])
}

/** Names that have gone wrong somewhere before. Canonical names have no halves of surrogate pairs. */
const hostile: readonly (readonly [what: string, name: string])[] = [
  ['a key of every object', '__proto__'],
  ['a method of every object', 'constructor'],
  ['control characters', 'a\u0000b\u0001\u001f\u007f'],
  ['line ends', 'a\r\nb\u2028c'],
  ['right to left marks', '\u202etxt.exe'],
  ['a statement', "'; DROP TABLE subject; --"],
  ['wildcards of LIKE', '%_'],
  ['beyond the basic plane', '\u{1f600}\u{20000}'],
  ['ten kilobytes', 'long'.repeat(2_560)],
  ['nothing', ''],
  ['white space', '  '],
]

/** Names, the datasets that they make, and where these lie. */
export function namingContract(kind: StoreKind): void {
  describe('a dataset by its name', () => {
    test('is absent when no entry in effect has it', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(event(at, [touched(at, lake('a'))]))
      expect(await fed.store.datasetByName(lake('b'))).toBeUndefined()
      expect(await fed.store.datasetByName(lake('a'))).toMatchObject({ name: lake('a') })
    })

    test('is told from one in other letters', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(event(at, [touched(at, lake('Raw')), touched(at, lake('raw'))]))
      expect(await idOf(fed.store, lake('Raw'))).not.toBe(await idOf(fed.store, lake('raw')))
      expect(await fed.store.datasetByName(lake('RAW'))).toBeUndefined()
    })

    test('is told from one that only looks the same', async () => {
      await using fed = new FedStore(kind)
      const [composed, decomposed] = [lake('caf\u00e9'), lake('cafe\u0301')]
      await fed.tell(event(at, [touched(at, composed)]))
      expect(await fed.store.datasetByName(decomposed)).toBeUndefined()
      expect((await fed.store.datasetByName(composed))?.name).toEqual(composed)
    })

    test('has the id of its least name by code point, and any member leads to it', async () => {
      await using fed = new FedStore(kind)
      // As UTF-16 the emoji would come first.
      const [least, most] = [lake('\uff5e'), lake('\u{1f600}')]
      await fed.tell(alias(most, least))
      const dataset = await fed.store.datasetByName(most)
      expect(dataset).toMatchObject({ id: datasetIdOf(least), name: least })
      const found = await fed.store.datasetsById([datasetIdOf(most), datasetIdOf(least)])
      expect([...found.values()]).toEqual([dataset, dataset])
    })

    test('is absent from the answer to unknown ids', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(event(at, [touched(at, lake('a'))]))
      const found = await fed.store.datasetsById([datasetIdOf(lake('a')), datasetIdOf(lake('b'))])
      expect([...found.keys()]).toEqual([datasetIdOf(lake('a'))])
    })
  })

  describe('a name that is hostile', () => {
    test.each(hostile)('by %s is a name and nothing more', async (_what, text) => {
      const folder = mkdtempSync(join(tmpdir(), 'lineward-contract-'))
      try {
        const name = { namespace: `s3://${text}`, name: text }
        const facet = {
          kind: 'facet',
          at,
          of: { dataset: name },
          key: text,
          value: { [text]: text },
        }
        const told = [
          ran(at, { run: text, job: text, reads: [name], writes: [lake('b')] }, [
            {
              kind: 'schema',
              at,
              dataset: name,
              fields: [{ name: text, type: text }],
              by: 'writer',
            },
            { kind: 'owners', at, of: { dataset: name }, owners: [text], by: 'producer' },
            { kind: 'tags', at, of: { dataset: name }, tags: [text] },
            facet as Fact,
          ]),
        ]
        const archive = new Archive()
        const file = join(folder, 'graph.db')
        const id = datasetIdOf(name)
        const seen = async (fed: FedStore): Promise<unknown> => ({
          dataset: await fed.store.datasetByName(name),
          details: await fed.store.datasetDetails(id, undefined),
          columns: nodesOf(await fed.store.columns(id, undefined, all)),
          column: await fed.store.column(id, text, undefined),
          facets: await fed.store.datasetFacets(id, undefined),
          listed: nodesOf(await fed.store.datasets(name.namespace, { includeRetired: true }, all)),
          namespaces: nodesOf(await fed.store.namespaces(all)),
          run: await fed.store.runByRunId(text),
          job: await fed.store.jobByName({ namespace: 'etl', name: text }),
          flows: (await flowsOf(fed.store, text)).map(({ inputs }) => inputs),
          evidence: nodesOf(await fed.store.evidence({ dataset: id }, undefined, all)),
          nearest: await fed.store.nearestNames(name, 1),
          found: nodesOf(await fed.store.search(text, ['DATASET'], { includeRetired: true }, all))
            .length,
        })
        const expected = {
          dataset: { id, name },
          details: { owners: [text], tags: [text] },
          columns: [{ name: text, type: text }],
          column: { name: text },
          facets: [{ key: text, value: { [text]: text } }],
          listed: [{ id, name }],
          run: { runId: text, job: jobIdOf({ namespace: 'etl', name: text }) },
          job: { name: { namespace: 'etl', name: text } },
          flows: [[id]],
          evidence: told.map(keyOf),
          nearest: [name],
        }
        let digest: string
        {
          await using fed = new FedStore(kind, file, archive)
          await fed.tell(...told)
          expect(await seen(fed)).toMatchObject(expected)
          digest = await fed.store.digest()
        }
        if (kind.name === 'obvious') return
        await using reopened = new FedStore(kind, file, archive)
        expect(await seen(reopened)).toMatchObject(expected)
        expect(await reopened.store.digest()).toBe(digest)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    })
  })

  describe('the names of a dataset', () => {
    test('are each spelling, with why it is the same one and what says so', async () => {
      await using fed = new FedStore(kind)
      const [table, place] = [glue('table/db/t'), lake('t')]
      const spelled: Fact = {
        kind: 'mention',
        at,
        dataset: place,
        spelling: { namespace: 's3a://lake', name: 't/dt=2026-03-01' },
        touched: true,
      }
      const located = event(at, [
        spelled,
        { kind: 'location', at, table, location: place, by: 'symlink' },
      ])
      const hive = { namespace: 'hive://meta:9083', name: 'db.t' }
      await fed.tell(located, alias(table, hive), joined(hive, lake('copy')))
      const names = nodesOf(await fed.store.names(datasetIdOf(place), all))
      expect(names.map(({ spelling, rule }) => [spelling.namespace, spelling.name, rule])).toEqual([
        [table.namespace, table.name, 'symlink'],
        [hive.namespace, hive.name, 'stated by a steward'],
        ['s3://lake', 'copy', 'stated by a steward'],
        ['s3://lake', 't', 'only table of the location'],
        ['s3a://lake', 't/dt=2026-03-01', 'spelling'],
      ])
      expect(names.at(-1)?.evidence).toEqual([keyOf(located)])
      expect(names.at(-2)?.evidence).toEqual([keyOf(located)])
    })

    test('of one that stands alone are its own', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(event(at, [touched(at, lake('a'))]))
      expect(nodesOf(await fed.store.names(datasetIdOf(lake('a')), all))).toEqual([
        { spelling: lake('a'), rule: 'name', evidence: [] },
      ])
    })

    test('do not come from a join that was split again', async () => {
      await using fed = new FedStore(kind)
      const split: Fact = { kind: 'split', at: minute(3), name: lake('a'), reason: 'apart' }
      await fed.tell(joined(lake('a'), lake('b')), decision(minute(3), [split]))
      const names = nodesOf(await fed.store.names(datasetIdOf(lake('a')), all))
      expect(names.map(({ rule }) => rule)).toEqual(['name'])
    })
  })

  describe('a location that a symlink and the catalog both gave', () => {
    test('stays after a split, as a meeting', async () => {
      await using fed = new FedStore(kind)
      const [table, place] = [glue('table/db/t'), lake('t')]
      const said = (['symlink', 'catalog'] as const).map((by): Fact => ({
        kind: 'location',
        at,
        table,
        location: place,
        by,
      }))
      await fed.tell(
        event(at, said),
        decision(later, [{ kind: 'split', at: later, name: table, reason: 'apart' }]),
      )
      const meetings = nodesOf(await fed.store.meetings(datasetIdOf(table), undefined, all))
      expect(meetings.map(({ to }) => to)).toEqual([datasetIdOf(place)])
    })
  })

  describe('the names of a ring of symlinks', () => {
    const ring = ['a', 'b', 'c', 'd'].map(lake)
    const links = ring.map((name, index) => alias(name, ring[(index + 1) % 4] as DatasetName))

    test('are one dataset, and stay one when a link of it is withdrawn', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(...links)
      expect(nodesOf(await fed.store.names(datasetIdOf(lake('d')), all))).toHaveLength(4)
      await fed.tell(retraction(links.slice(0, 1), at))
      expect(nodesOf(await fed.store.names(datasetIdOf(lake('d')), all))).toHaveLength(4)
    })

    test('fall apart when two are, and leave nothing behind when all are', async () => {
      await using fed = new FedStore(kind)
      await using empty = new FedStore(kind)
      await fed.tell(...links)
      await fed.tell(retraction([...links.slice(0, 1), ...links.slice(2, 3)], at))
      expect(await idOf(fed.store, lake('a'))).toBe(datasetIdOf(lake('a')))
      expect(await idOf(fed.store, lake('d'))).toBe(datasetIdOf(lake('a')))
      expect(await idOf(fed.store, lake('c'))).toBe(datasetIdOf(lake('b')))
      await fed.tell(retraction(links, later))
      expect(await fed.store.digest()).toBe(await empty.store.digest())
    })
  })
}
