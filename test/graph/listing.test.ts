import type { Fact } from '../../src/model/index.ts'
import { describe, expect, test } from 'vitest'
import { jobIdOf } from '../../src/model/index.ts'
import { all, flowsOf, nodesOf, oneByOne } from '../contract/asking.ts'
import { FedStore, sqliteKind, storeKinds } from '../contract/stores.ts'
import { event, job, lake, minute, ran, touched } from '../contract/told.ts'

const anyDataset = { includeRetired: true }

describe.each(storeKinds)('a list of the $name store', (kind) => {
  test('has runs that began at one moment in the order of their ids', async () => {
    const told = ['e', 'a', 'd', 'b', 'c'].map((run) =>
      ran(minute(1), { run, reads: [lake('in')], writes: [lake('out')] }),
    )
    for (const order of [told, told.toReversed()]) {
      await using fed = new FedStore(kind)
      for (const one of order) await fed.tell(one)
      const [flow] = await flowsOf(fed.store)
      if (flow === undefined) throw new Error('There is no flow')
      const ofJob = nodesOf(await fed.store.jobRuns(jobIdOf(job('j')), all)).map(({ id }) => id)
      const ofFlow = nodesOf(await fed.store.flowRuns(flow.stored, undefined, all))
      expect(ofJob).toEqual(ofJob.toSorted())
      expect(ofFlow.map(({ id }) => id)).toEqual(ofJob)
      const paged = await oneByOne((page) => fed.store.jobRuns(jobIdOf(job('j')), page))
      expect(paged.map(({ id }) => id)).toEqual(ofJob)
      const pagedOfFlow = await oneByOne((page) => fed.store.flowRuns(flow.stored, undefined, page))
      expect(pagedOfFlow.map(({ id }) => id)).toEqual(ofJob)
    }
  })

  test('has nothing where nothing is, also after a cursor', async () => {
    await using fed = new FedStore(kind)
    await fed.tell(ran(minute(1), { run: 'a' }), ran(minute(2), { run: 'b' }))
    const page = await fed.store.jobRuns(jobIdOf(job('j')), { first: 1 })
    const after = page.items[0]?.cursor
    const none = await fed.store.jobRuns(jobIdOf(job('other')), { first: 1, after })
    expect(none).toEqual({ items: [], hasNextPage: false })
  })

  test.each(['été', 'été'.normalize('NFD'), 'ete', 'ETE'])(
    'finds %j however it is written',
    async (word) => {
      await using fed = new FedStore(kind)
      const said: Fact = {
        kind: 'description',
        at: minute(1),
        of: { dataset: lake('raw') },
        text: "l'été des patients",
        by: 'producer',
      }
      await fed.tell(event(minute(1), [touched(minute(1), lake('raw')), said]))
      const found = nodesOf(await fed.store.search(word, ['DATASET'], anyDataset, all))
      expect(found).toHaveLength(1)
    },
  )
})

describe('a search on the embedded store', () => {
  test.each(['["abc"]', '[1.5]', '[1e300]', '[null]', '["1","2"]'])(
    'refuses the cursor %s of another list',
    async (text) => {
      await using fed = new FedStore(sqliteKind)
      await fed.tell(event(minute(1), [touched(minute(1), lake('raw'))]))
      const after = Buffer.from(text).toString('base64url')
      await expect(
        fed.store.search('raw', ['DATASET'], anyDataset, { first: 1, after }),
      ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' })
    },
  )
})
