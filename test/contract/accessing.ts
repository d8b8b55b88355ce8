import type { DatasetName, Fact, Micros, SessionOrigin } from '../../src/model/index.ts'
import type { AccessesAsk, AccessRecord, GraphReader, PageAsk } from '../../src/graph/index.ts'
import type { StoreKind } from './stores.ts'
import type { Told } from './told.ts'
import { describe, expect, test } from 'vitest'
import { actedFor, actsFor } from '../../src/graph/index.ts'
import { datasetIdOf, runIdOf } from '../../src/model/index.ts'
import { FedStore } from './stores.ts'
import { event, glue, keyOf, lake, minute, ran, retraction, touched } from './told.ts'

const [raw, other] = [lake('raw'), lake('other')]
const etl = 'arn:aws:iam::1:role/etl'
const reader = 'arn:aws:iam::1:role/reader'
const ann = 'arn:aws:iam::1:user/ann'
const hour = 60

type Did = Partial<Readonly<Extract<Fact, { kind: 'access' }>>>

let made = 0

/** An access of its own: `raw` is read by `etl` unless told. */
function access(at: Micros, did: Did = {}, more: Partial<Told> = {}): Told {
  made += 1
  const eventKey = more.eventKey ?? `access:${made}`
  const dataset = did.dataset ?? raw
  const facts: readonly Fact[] = [
    {
      kind: 'access',
      at,
      dataset,
      principal: etl,
      action: 'READ',
      touched: true,
      id: eventKey,
      ...did,
    },
  ]
  return event(at, facts, { digest: `digest${made}`, ...more, eventKey })
}

function session(at: Micros, of: string, by: SessionOrigin, id?: string): Told {
  return event(at, [{ kind: 'session', at, of, by, ...(id === undefined ? {} : { session: id }) }])
}

/** What is known of the accesses of these names, in the order of the list. */
async function accessesOf(
  store: GraphReader,
  ask: Partial<AccessesAsk> & Readonly<{ names?: readonly DatasetName[] }> = {},
  page: PageAsk = { first: 100 },
): Promise<readonly AccessRecord[]> {
  const { names = [raw], since = minute(-1e6), until } = ask
  const datasets = names.map(datasetIdOf)
  const { items } = await store.accesses({ datasets, since, until }, page)
  return items.map(({ node }) => node)
}

/** Who did what to which datasets, when and how often, and who stood behind them. */
export function accessingContract(kind: StoreKind): void {
  describe('accesses', () => {
    test('are counted by principal, action, way and hour, newest hour first', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        access(minute(1)),
        access(minute(59)),
        access(minute(30), { action: 'WRITE' }),
        access(minute(30), { principal: reader }),
        access(minute(30), { via: 'service:athena.amazonaws.com' }),
        access(minute(hour)),
        access(minute(2), { dataset: other }),
      )
      const found = await accessesOf(fed.store)
      expect(
        found.map(({ principal, action, hour: of, via, count }) => [
          principal,
          action,
          of,
          via,
          count,
        ]),
      ).toEqual([
        [etl, 'READ', minute(hour), undefined, 1],
        [etl, 'READ', minute(0), undefined, 2],
        [etl, 'READ', minute(0), 'service:athena.amazonaws.com', 1],
        [etl, 'WRITE', minute(0), undefined, 1],
        [reader, 'READ', minute(0), undefined, 1],
      ])
      expect(found[1]).toMatchObject({ first: minute(1), last: minute(59) })
      expect(await accessesOf(fed.store, { names: [raw, other] })).toHaveLength(6)
      expect(await accessesOf(fed.store, { names: [lake('nothing')] })).toEqual([])
    })

    test('are those from a time on and before another', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(access(minute(10)), access(minute(20)), access(minute(70)))
      const between = { since: minute(20), until: minute(70) }
      expect(await accessesOf(fed.store, between)).toMatchObject([{ count: 1, first: minute(20) }])
      expect(await accessesOf(fed.store, { since: minute(70) })).toHaveLength(1)
      expect(await accessesOf(fed.store, { since: minute(20), until: minute(20) })).toEqual([])
      expect(await accessesOf(fed.store, { since: minute(71) })).toEqual([])
    })

    test('come in pages that go on where the last one ended', async () => {
      await using fed = new FedStore(kind)
      const told = [0, 1, 2].flatMap((at) =>
        ['READ', 'WRITE', 'DELETE'].map((action) => access(minute(at * hour), { action })),
      )
      await fed.tell(...told)
      const ask = { datasets: [datasetIdOf(raw)], since: minute(0), until: undefined }
      const found: string[] = []
      for (let after: string | undefined, more = true; more;) {
        const page = await fed.store.accesses(ask, { first: 2, after })
        found.push(...page.items.map(({ node }) => `${node.hour} ${node.action}`))
        after = page.items.at(-1)?.cursor
        more = page.hasNextPage
      }
      const whole = await accessesOf(fed.store)
      expect(found).toEqual(whole.map((node) => `${node.hour} ${node.action}`))
      expect(found).toHaveLength(9)
    })

    test('count each event once, however many copies came in whatever order', async () => {
      await using fed = new FedStore(kind)
      const [one, two] = [access(minute(1)), access(minute(2))]
      await fed.tell(two, one, two, one, one)
      const found = await accessesOf(fed.store)
      expect(found).toMatchObject([{ count: 2, first: minute(1), last: minute(2) }])
      const [record] = found
      if (record === undefined) throw new Error('no access')
      const { items } = await fed.store.evidence({ access: record }, undefined, { first: 10 })
      expect(items.map(({ node }) => node)).toEqual([two, one].map(keyOf))
    })

    test('count an action once that two accounts were told of, for the one who is named', async () => {
      await using fed = new FedStore(kind)
      const shared = { id: 'shared:1' }
      const owner = access(minute(1), { ...shared, principal: 'account:2:AROAX' })
      await fed.tell(owner)
      expect(await accessesOf(fed.store)).toMatchObject([
        { principal: 'account:2:AROAX', count: 1 },
      ])
      await fed.tell(access(minute(1), shared), access(minute(3), { principal: 'account:2:AROAX' }))
      expect(await accessesOf(fed.store)).toMatchObject([
        { principal: 'account:2:AROAX', count: 1, first: minute(3) },
        { principal: etl, count: 1 },
      ])
      await fed.tell(access(minute(1), shared))
      expect(await accessesOf(fed.store)).toMatchObject([{ count: 1 }, { count: 1 }])
    })

    test('end with a retraction, and are there again with the next copy', async () => {
      await using fed = new FedStore(kind)
      const [one, two] = [access(minute(1)), access(minute(2), { principal: reader })]
      await fed.tell(one, two)
      await fed.tell(retraction([two], minute(5)))
      expect(await accessesOf(fed.store)).toMatchObject([{ principal: etl }])
      expect(await fed.store.principalIsKnown(reader)).toBe(false)
      expect(await fed.store.principalIsKnown(etl)).toBe(true)
      await fed.tell(two)
      expect(await accessesOf(fed.store)).toHaveLength(2)
    })

    test('of two versions of one event only the one in effect counts', async () => {
      await using fed = new FedStore(kind)
      const id = { eventKey: 'access:same' }
      await fed.tell(
        access(minute(1), {}, { ...id, digest: 'b' }),
        access(minute(1), { action: 'WRITE' }, { ...id, digest: 'a' }),
      )
      expect(await accessesOf(fed.store)).toMatchObject([{ action: 'WRITE', count: 1 }])
    })

    test('of all names of a dataset are accesses of it', async () => {
      await using fed = new FedStore(kind)
      const table = glue('table/db/t')
      await fed.tell(
        access(minute(1)),
        access(minute(2), { dataset: table }),
        event(minute(3), [
          touched(minute(3), raw),
          touched(minute(3), table),
          { kind: 'alias', at: minute(3), dataset: table, other: raw },
        ]),
      )
      const dataset = await fed.store.datasetByName(raw)
      for (const names of [[raw], [table], [raw, table]]) {
        expect(await accessesOf(fed.store, { names })).toMatchObject([
          { dataset: dataset?.id, count: 2 },
        ])
      }
    })
  })

  describe('who stands behind a principal', () => {
    test('is at the beginning of the chain of roles', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        session(minute(3), etl, { principal: reader, session: 'k1' }, 'k2'),
        session(minute(2), reader, { principal: ann }, 'k1'),
        access(minute(4), { session: 'k2' }),
        access(minute(5), { session: 'unheard' }),
      )
      expect(await actsFor(etl, fed.store)).toEqual([ann])
      expect(await actsFor(reader, fed.store)).toEqual([ann])
      expect(await actsFor(ann, fed.store)).toEqual([])
      const [record] = await accessesOf(fed.store)
      if (record === undefined) throw new Error('no access')
      expect(await actedFor(record, fed.store)).toEqual([ann])
      expect(await fed.store.accessSessions(record)).toEqual(['k2', 'unheard'])
      expect(await fed.store.principalIsKnown(ann)).toBe(true)
      expect(await fed.store.principalIsKnown('nobody')).toBe(false)
    })

    test('is told apart by session where one role was used by several', async () => {
      await using fed = new FedStore(kind)
      const service = 'service:glue.amazonaws.com'
      await fed.tell(
        session(minute(1), etl, { principal: ann }, 'k1'),
        session(minute(1), etl, { principal: service }, 'k2'),
        access(minute(2), { session: 'k2' }),
      )
      const [record] = await accessesOf(fed.store)
      if (record === undefined) throw new Error('no access')
      expect(await actedFor(record, fed.store)).toEqual([service])
      expect(await actsFor(etl, fed.store)).toEqual([ann, service])
    })

    test('is the person that a session is stated to be of, before the role that began it', async () => {
      await using fed = new FedStore(kind)
      const person = 'sourceidentity:ann@clinic.example'
      await fed.tell(
        session(minute(1), etl, { principal: reader, session: 'k0' }, 'k1'),
        session(minute(2), etl, { principal: person }, 'k1'),
        access(minute(3), { session: 'k1' }),
      )
      const [record] = await accessesOf(fed.store)
      if (record === undefined) throw new Error('no access')
      expect(await actedFor(record, fed.store)).toEqual([person])
    })

    test('is a role where no more is known, and nobody in a ring', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(session(minute(1), etl, { principal: reader, session: 'gone' }, 'k1'))
      expect(await actsFor(etl, fed.store)).toEqual([reader])
      await fed.tell(
        session(minute(1), reader, { principal: etl, session: 'k1' }, 'gone'),
        session(minute(1), 'alone', { principal: etl }),
      )
      expect(await actsFor(etl, fed.store)).toEqual([])
      expect(await actsFor('alone', fed.store)).toEqual([etl])
    })

    test('ends with the retraction of the call that said so', async () => {
      await using fed = new FedStore(kind)
      const began = session(minute(1), etl, { principal: ann }, 'k1')
      await fed.tell(began, access(minute(2), { session: 'k1' }))
      await fed.tell(retraction([began], minute(5)))
      expect(await actsFor(etl, fed.store)).toEqual([])
      expect(await fed.store.principalIsKnown(ann)).toBe(false)
    })
  })

  test('who started a run is whoever was there first', async () => {
    await using fed = new FedStore(kind)
    const starter = (at: Micros, principal: string): Fact => {
      return { kind: 'starter', at, run: 'r', principal }
    }
    await fed.tell(
      ran(minute(2), { run: 'r', type: 'RUNNING' }, [starter(minute(2), ann)]),
      ran(minute(1), { run: 'r', type: 'START' }, [starter(minute(1), reader)]),
      ran(minute(3), { run: 's' }),
    )
    expect(await fed.store.runStarter(runIdOf('r'))).toBe(reader)
    expect(await fed.store.runStarter(runIdOf('s'))).toBeUndefined()
    expect(await fed.store.runStarter(runIdOf('unknown'))).toBeUndefined()
  })
}
