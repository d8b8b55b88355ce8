import type { Draft, Entry, Json, Micros, Statement } from '../../src/model/index.ts'
import type { Translated } from '../../src/graph/index.ts'
import type { PhiExpectation, PhiMutation, PhiVector } from './phi-vector.ts'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { cleanNames } from '../../src/ingest/clean-name.ts'
import { decisionDraft, translate } from '../../src/ingest/index.ts'
import { judge } from '../../src/ingest/judge.ts'
import { canonicalName, entryKeyOf, parseJson, parseTime } from '../../src/model/index.ts'
import { FedStore, storeKinds } from '../contract/stores.ts'
import { scrub } from '../scrub.ts'
import { governing } from './governing.ts'
import { phiVectors } from './phi-vector.ts'

const received = parseTime('2026-05-01T00:00:00Z') as Micros
const decided = parseTime('2026-04-01T00:00:00Z') as Micros

describe.each(storeKinds)('on the $name store', (kind) => {
  test.each(phiVectors())('$id: $rule', async (vector) => {
    for (const order of ordersOf(vector)) {
      await using fed = new FedStore(kind)
      await using governor = governing(fed.store, parseTime('2026-06-01T00:00:00Z') as Micros)
      for (const [index, batch] of order.entries()) {
        await fed.feed(batch)
        // Woken now and then, so that what is read in pieces is the same as what is read at once.
        if (index % 2 === 0) {
          governor.wake()
          await governor.reached(60_000)
        }
      }
      governor.wake()
      expect(await governor.reached(60_000)).toBe(true)
      for (const [index, one] of vector.expect.entries()) {
        await expectOne(one, fed.store, governor, `${vector.id}, ${index}`)
      }
    }
  })
})

type Governing = ReturnType<typeof governing>

async function expectOne(
  one: PhiExpectation,
  store: FedStore['store'],
  governor: Governing,
  at: string,
): Promise<void> {
  const idOf = async (namespace: string, name: string) => {
    const found = await store.datasetByName(canonicalName(namespace, name))
    expect(found, `${at}: ${namespace} ${name} is known`).toBeDefined()
    return found?.id as NonNullable<typeof found>['id']
  }
  const governed = async (namespace: string, name: string, asOf: string | null) => {
    const id = await idOf(namespace, name)
    const time = asOf === null ? undefined : parseTime(asOf)
    return (await governor.datasets([id], time)).get(id)
  }
  if ('labels' in one) {
    const [namespace, name, column] = one.labels.of
    const found = await governed(namespace, name, one.labels.asOf)
    const labels = (found?.labels ?? [])
      .filter((label) => column === undefined || label.column === column)
      .filter(({ decision }) => decision === undefined || decision === 'CONFIRMED')
      .map(({ label }) => label)
    for (const label of one.has) expect(labels, `${at}`).toContain(label)
    for (const label of one.hasNot) expect(labels, `${at}`).not.toContain(label)
  } else if ('status' in one) {
    const found = await governed(...one.status, one.asOf)
    expect(found?.status, `${at}`).toBe(one.is)
    if (one.enforced !== undefined) expect(found?.enforced, `${at}`).toBe(one.enforced)
  } else if ('statusIsNot' in one) {
    const found = await governed(...one.statusIsNot, null)
    expect(one.not, `${at}`).not.toContain(found?.status)
  } else if ('placement' in one) {
    const found = await governed(...one.placement, null)
    expect([found?.placement.zone, found?.placement.boundary?.name], `${at}`).toEqual([
      one.zone,
      one.boundary,
    ])
  } else {
    const { items } = await governor.findings(
      { ...one.findings, severities: undefined } as Parameters<Governing['findings']>[0],
      { first: 1000 },
    )
    const found = items.map(({ node }) => node)
    if (one.atLeast !== undefined) expect(found.length, `${at}`).toBeGreaterThanOrEqual(one.atLeast)
    if (one.are === undefined) return
    expect(found, `${at}`).toHaveLength(one.are.length)
    for (const names of one.are) {
      const ids = await Promise.all(names.map((name) => idOf(...name)))
      expect(
        found.some(({ datasets }) => ids.every((id) => datasets.includes(id))),
        `${at}: ${names.join(', ')}`,
      ).toBe(true)
    }
  }
}

/** Events in their order, backwards and doubled, in batches; mutations stay in their own. */
function ordersOf(vector: PhiVector): readonly (readonly (readonly Translated[])[])[] {
  const events = vector.events.flatMap((event) => eventDrafts(event))
  const decisions = statementsOf(vector.mutations).map(({ statement, author }, index) =>
    decisionDraft(
      { decision: 'state', statement, person: author },
      { author, scrub, at: (decided + index) as Micros },
    ),
  )
  const orders = [
    [...events, ...decisions],
    [...events.toReversed(), ...events, ...decisions],
    [...decisions, ...events.toReversed()],
  ]
  return orders.map((order) => {
    const entries = receivedAs(order)
    return [0, 1, 2].map((part) => entries.filter((_, index) => index % 3 === part))
  })
}

function statementsOf(
  mutations: readonly PhiMutation[],
): readonly Readonly<{ statement: Statement; author: string }>[] {
  const reason = 'A vector says so'
  const dataset = (namespace: string, name: string) => ({ namespace, name })
  let last = ''
  return mutations.map((mutation, index) => {
    const author = 'approveLast' in mutation ? 'ada' : 'stella'
    return { author, statement: stated(mutation, index) }
  })

  function stated(mutation: PhiMutation, index: number): Statement {
    if ('assertLabel' in mutation || 'withdrawLabel' in mutation) {
      const holds = 'assertLabel' in mutation
      const { of, label } =
        'assertLabel' in mutation ? mutation.assertLabel : mutation.withdrawLabel
      const [namespace, name, column] = of
      const part = {
        dataset: dataset(namespace, name),
        ...(column === undefined ? {} : { column }),
      }
      return { says: 'label', of: part, label, holds, reason }
    }
    if ('assertStatus' in mutation) {
      const { of, status } = mutation.assertStatus
      const part = { dataset: dataset(...of) }
      return { says: 'status', of: part, status: status as 'PHI', reason }
    }
    if ('defineBoundary' in mutation) {
      const { name, zone, selectors } = mutation.defineBoundary
      return { says: 'boundary', name, zone: zone as 'GENERAL', selectors }
    }
    if ('certify' in mutation) {
      const { job, outputs, method, validFrom, expires } = mutation.certify
      last = `certificate-${index}`
      return {
        says: 'certificate',
        id: last,
        job: dataset(...job),
        outputs: outputs.map((output) => ({ dataset: dataset(...output) })),
        method: method as 'SAFE_HARBOR',
        signer: 'Dr. Grace',
        validFrom: parseTime(validFrom) as Micros,
        expires: parseTime(expires) as Micros,
        statement: 'No risk that is more than very small',
      }
    }
    return { says: 'approval', certificate: last, reason }
  }
}

function receivedAs(drafts: readonly Draft[]): readonly Translated[] {
  return drafts.map((draft, index) => {
    const entry = {
      ...draft,
      key: entryKeyOf(draft),
      position: `chain:${index}`,
      receivedAt: received + index,
      hash: '',
    } as Entry
    return { entry, facts: translate(entry) }
  })
}

function eventDrafts(event: object): readonly Draft[] {
  const value = parseJson(JSON.stringify(event)) as Json
  const how = { sender: 'vectors', trust: 'SELF_REPORTED', context: {}, mode: 'refuse' } as const
  const tools = { digestOf, scrub, cleanName: cleanNames(scrub) }
  return judge({ value, ...how }, tools).flatMap(({ draft }) => draft ?? [])
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
