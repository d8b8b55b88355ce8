import type { Fact, Micros } from '../../src/model/index.ts'
import { describe, expect, test } from 'vitest'
import { datasetIdOf, jobIdOf, runIdOf } from '../../src/model/index.ts'
import { all, nodesOf } from '../contract/asking.ts'
import { FedStore, storeKinds } from '../contract/stores.ts'
import { event, glue, job, keyOf, lake, mentioned, minute, ran, touched } from '../contract/told.ts'

const [table, view, raw] = [glue('table/db/t'), glue('table/db/v'), lake('raw')]

describe.each(storeKinds)('what is said at one moment, on the $name store', (kind) => {
  test('changes a schema at most once', async () => {
    const said = (at: Micros, name: string) =>
      event(at, [{ kind: 'schema', at, dataset: raw, fields: [{ name }], by: 'writer' }])
    const [one, other] = inOrderOfKeys(said(minute(2), 'a'), said(minute(2), 'b'))
    const names = (key: string) => (key === keyOf(said(minute(2), 'a')) ? 'a' : 'b')
    await using fed = new FedStore(kind)
    // First what is said last at the second moment: between the two nothing has changed.
    await fed.tell(said(minute(1), names(keyOf(other))), one, other)
    const history = nodesOf(await fed.store.schemaHistory(datasetIdOf(raw), undefined, all))
    expect(history.map(({ since }) => since)).toEqual([minute(1)])
  })

  test('is one version of a declaration', async () => {
    const declared = (at: Micros, name: string) => {
      const moved = { inputs: [lake(name)], outputs: [raw], maps: [], explicit: [] }
      return event(at, [{ kind: 'declaration', at, by: { job: job('d') }, moved }])
    }
    const [one, other] = inOrderOfKeys(declared(minute(2), 'a'), declared(minute(2), 'b'))
    const last = keyOf(other) === keyOf(declared(minute(2), 'a')) ? 'a' : 'b'
    await using fed = new FedStore(kind)
    await fed.tell(declared(minute(1), last), one, other)
    const flows = nodesOf(await fed.store.jobFlows(jobIdOf(job('d')), all))
    expect(flows.map(({ inputs, firstSeen, lastSeen }) => [inputs, firstSeen, lastSeen])).toEqual([
      [[datasetIdOf(lake(last))], minute(1), minute(2)],
    ])
  })

  test('by two names of a dataset is one facet of what the run read', async () => {
    const at = minute(1)
    const of = (dataset: typeof table) =>
      ({ run: 'r', side: 'reads', dataset, group: 'facets' }) as const
    const alias: Fact = { kind: 'alias', at, dataset: table, other: view }
    await using fed = new FedStore(kind)
    await fed.tell(
      ran(at, { run: 'r', reads: [table, view] }, [
        alias,
        { kind: 'facet', at, of: of(table), key: 'dataSource', value: 'one' },
        { kind: 'facet', at, of: of(view), key: 'dataSource', value: 'one' },
      ]),
    )
    const [read, ...more] = await fed.store.runDatasets(runIdOf('r'))
    expect(more).toEqual([])
    expect(read?.facets.map(({ key, value }) => [key, value])).toEqual([['dataSource', 'one']])
  })

  test('by one entry proves a meeting once', async () => {
    const at = minute(1)
    const located = (name: typeof table): Fact => {
      return { kind: 'location', at, table: name, location: raw, by: 'symlink' }
    }
    const both = event(at, [touched(at, table), located(table), located(view)])
    await using fed = new FedStore(kind)
    await fed.tell(both)
    const meetings = nodesOf(await fed.store.meetings(datasetIdOf(table), undefined, all))
    expect(meetings.map(({ rule }) => rule).toSorted()).toEqual(['location', 'same location'])
    for (const meeting of meetings) {
      const proof = nodesOf(await fed.store.evidence({ meeting }, undefined, all))
      expect(proof).toEqual([keyOf(both)])
    }
  })

  test('of names that hold each other is proved by what came first by its key', async () => {
    const [under, at] = [lake('raw/a'), minute(1)]
    const told = ['x', 'y', 'z'].map((name) =>
      event(at, [mentioned(at, raw), mentioned(at, under), mentioned(at, lake(`other/${name}`))]),
    )
    const first = told.map(keyOf).toSorted()[0]
    for (const order of [told, told.toReversed()]) {
      await using fed = new FedStore(kind)
      await fed.tell(...order)
      const [meeting] = nodesOf(await fed.store.meetings(datasetIdOf(raw), undefined, all))
      if (meeting === undefined) throw new Error('They do not meet')
      expect(nodesOf(await fed.store.evidence({ meeting }, undefined, all))).toEqual([first])
    }
  })
})

function inOrderOfKeys<Told extends Parameters<typeof keyOf>[0]>(
  one: Told,
  other: Told,
): readonly [Told, Told] {
  return keyOf(one) < keyOf(other) ? [one, other] : [other, one]
}
