import type { DatasetName, Micros } from '../../src/model/index.ts'
import type { StoreKind } from './stores.ts'
import type { Told } from './told.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { datasetIdOf } from '../../src/model/index.ts'
import { all, idOf, nodesOf } from './asking.ts'
import { Archive, FedStore } from './stores.ts'
import { decision, event, glue, keyOf, mentioned, minute, retraction, touched } from './told.ts'

const at = minute(1)
const warehouse = (name: string): DatasetName => ({ namespace: 'redshift://dwh:5439', name })
const [ext, lake] = [warehouse('dev.ext'), warehouse('dev.lake')]
const [visits, sameVisits] = [warehouse('dev.ext.visits'), warehouse('dev.lake.visits')]
const table = glue('table/curated/visits')

const spoken = (...names: readonly DatasetName[]): Told =>
  event(
    at,
    names.map((name) => touched(at, name)),
  )
const stands = (schema: DatasetName, other: DatasetName, when: Micros = at): Told =>
  event(when, [{ kind: 'schemaAlias', at: when, schema, other }])
const forCurated = stands(ext, glue('database/curated'))

/** Schemas that stand for others: what either holds is in the other under the same name. */
export function schemasContract(kind: StoreKind): void {
  describe('a schema that stands for another', () => {
    const orders = [
      { order: 'before the names are used', told: [forCurated, spoken(visits), spoken(table)] },
      { order: 'after the names were used', told: [spoken(table), spoken(visits), forCurated] },
      { order: 'between them', told: [spoken(visits), forCurated, spoken(table)] },
    ]
    test.each(orders)('joins its names with those there, told $order', async ({ told }) => {
      await using fed = new FedStore(kind)
      for (const one of told) await fed.tell(one)
      expect(await idOf(fed.store, visits)).toBe(await idOf(fed.store, table))
      const known = nodesOf(await fed.store.names(datasetIdOf(visits), all))
      expect(known).toEqual(
        [table, visits].map((spelling) => ({
          spelling,
          rule: 'schema that stands for another',
          evidence: [keyOf(forCurated)],
        })),
      )
    })

    test('joins no names but those under it', async () => {
      await using fed = new FedStore(kind)
      const others = [
        warehouse('dev.extra.visits'),
        warehouse('dev.ext.visits.old'),
        warehouse('prod.ext.visits'),
        warehouse('dev.ext.wards'),
        glue('table/curated_old/visits'),
      ]
      await fed.tell(spoken(visits, table, ...others), forCurated)
      const ids = await Promise.all([visits, ...others].map((name) => idOf(fed.store, name)))
      expect(new Set(ids).size).toBe(others.length + 1)
    })

    test('joins its names with those of a second one that stands for the same, though nobody speaks of what is there', async () => {
      await using fed = new FedStore(kind)
      const second = stands(lake, glue('database/curated'))
      await fed.tell(spoken(visits, sameVisits), forCurated, second)
      expect(await idOf(fed.store, visits)).toBe(await idOf(fed.store, sameVisits))
      expect(await fed.store.datasetByName(table)).toBeUndefined()
      await fed.tell(retraction([second], minute(9)))
      expect(await idOf(fed.store, visits)).not.toBe(await idOf(fed.store, sameVisits))
    })

    test('keeps its names joined when nobody speaks any more of what is there', async () => {
      await using fed = new FedStore(kind)
      const ofTable = spoken(table)
      await fed.tell(spoken(visits, sameVisits), forCurated, ofTable)
      await fed.tell(stands(lake, glue('database/curated')), retraction([ofTable], minute(9)))
      expect(await idOf(fed.store, visits)).toBe(await idOf(fed.store, sameVisits))
    })

    test('joins nothing any more when what said so is taken back', async () => {
      await using fed = new FedStore(kind)
      const again = stands(ext, glue('database/curated'), minute(5))
      await fed.tell(spoken(visits, table), forCurated, again, retraction([forCurated], minute(8)))
      expect(await idOf(fed.store, visits)).toBe(await idOf(fed.store, table))
      await fed.tell(retraction([again], minute(9)))
      expect(await idOf(fed.store, visits)).not.toBe(await idOf(fed.store, table))
      expect((await fed.store.datasetByName(visits))?.name).toEqual(visits)
    })

    test('does not join a name that a steward split off', async () => {
      await using fed = new FedStore(kind)
      const split = decision(minute(2), [
        mentioned(minute(2), table),
        { kind: 'split', at: minute(2), name: table, reason: 'another one' },
      ])
      await fed.tell(spoken(visits, sameVisits), forCurated, split)
      await fed.tell(stands(lake, glue('database/curated')))
      const apart = [visits, sameVisits, table].map((name) => idOf(fed.store, name))
      expect(new Set(await Promise.all(apart)).size).toBe(3)
      // Nobody speaks of the table then: what the schemas stand for is one thing still.
      await fed.tell(retraction([split], minute(9)))
      expect(await idOf(fed.store, visits)).toBe(await idOf(fed.store, sameVisits))
    })

    test('that stood for several held what each holds for a time, and joins none', async () => {
      await using fed = new FedStore(kind)
      const moved = stands(ext, glue('database/other'), minute(60))
      const other = glue('table/other/visits')
      await fed.tell(moved, spoken(visits, table, other), forCurated)
      const found = nodesOf(await fed.store.meetings(datasetIdOf(visits), undefined, all))
      const ids = { visits: await idOf(fed.store, visits), table: await idOf(fed.store, table) }
      expect(found.toSorted((a, b) => (a.during.from ?? 0) - (b.during.from ?? 0))).toEqual([
        {
          from: ids.visits,
          to: ids.table,
          kind: 'LOCATION',
          rule: 'location',
          during: { from: undefined, until: minute(60) },
        },
        {
          from: ids.visits,
          to: await idOf(fed.store, other),
          kind: 'LOCATION',
          rule: 'location',
          during: { from: minute(60), until: undefined },
        },
      ])
      await fed.tell(retraction([moved], minute(90)))
      expect(await idOf(fed.store, visits)).toBe(await idOf(fed.store, table))
    })

    test('is known again after the store was opened anew', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'lineward-schemas-'))
      const archive = new Archive()
      try {
        {
          await using fed = new FedStore(kind, join(folder, 'graph.db'), archive)
          await fed.tell(forCurated, spoken(visits))
        }
        await using fed = new FedStore(kind, join(folder, 'graph.db'), archive)
        if (kind.name === 'obvious') await fed.tell(forCurated, spoken(visits))
        await fed.tell(spoken(table))
        expect(await idOf(fed.store, visits)).toBe(await idOf(fed.store, table))
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    })
  })
}
