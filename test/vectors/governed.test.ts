import type { Micros } from '../../src/model/index.ts'
import type { GovernedVector } from './vector.ts'
import { describe, expect, test } from 'vitest'
import { decisionDraft } from '../../src/ingest/index.ts'
import { parseTime } from '../../src/model/index.ts'
import { openWorld } from '../api/graphql/service.ts'
import { FedStore, storeKinds } from '../contract/stores.ts'
import { governing } from '../governance/governing.ts'
import { scrub } from '../scrub.ts'
import { expectGoverned, governedByGraphql } from './governed-harness.ts'
import { governedByPort } from './governed-reader.ts'
import { govern, statementsOf } from './governing.ts'
import { eventDrafts, ordersOf } from './orders.ts'
import { governedVectors } from './vector.ts'

const all = governedVectors()
const decided = parseTime('2026-04-01T00:00:00Z') as Micros
const now = parseTime('2026-06-01T00:00:00Z') as Micros
const waitMs = 60_000

describe.each(storeKinds)('governance over the $name store', (kind) => {
  test.each(all)('$id: $rule', async (vector) => {
    const events = vector.events.flatMap((event) => eventDrafts(event, {}))
    const decisions = statementsOf(vector).map(({ statement, person }, index) =>
      decisionDraft(
        { decision: 'state', statement, person },
        { author: person, scrub, at: (decided + index) as Micros },
      ),
    )
    // What is stated is stated in its order, before the events or after them.
    for (const order of ordersOf(events, decisions, (index) => index % 3 === 2)) {
      await using fed = new FedStore(kind)
      await using governor = governing(fed.store, now)
      for (const [index, batch] of order.entries()) {
        await fed.feed(batch)
        // Now and then, so that what is read in pieces is the same as what is read at once.
        if (index % 3 === 0) {
          governor.wake()
          await governor.reached(waitMs)
        }
      }
      governor.wake()
      expect(await governor.reached(waitMs)).toBe(true)
      await expectGoverned(vector, governedByPort(fed.store, governor))
    }
  })
})

const tellings: readonly Readonly<{
  name: string
  bodies: (events: GovernedVector['events']) => readonly (readonly object[])[]
}>[] = [
  { name: 'in their order', bodies: (events) => [events] },
  { name: 'in reverse, in two requests', bodies: halves },
  { name: 'twice, each in a request of its own', bodies: twice },
]

describe.each(tellings)('governance through the HTTP door, events told $name', ({ bodies }) => {
  test.each(all)('$id: $rule', async (vector) => {
    await using world = await openWorld()
    for (const body of bodies(vector.events)) await world.postTo({}, body)
    await govern(world, vector)
    await expectGoverned(
      vector,
      governedByGraphql((query, variables) => world.answer(query, variables)),
    )
  })
})

function halves(events: readonly object[]): readonly (readonly object[])[] {
  const reversed = events.toReversed()
  const middle = Math.ceil(events.length / 2)
  // One event is in both.
  return [reversed.slice(0, middle), reversed.slice(middle - 1)]
}

function twice(events: readonly object[]): readonly (readonly object[])[] {
  return [...events, ...events].map((event) => [event])
}
