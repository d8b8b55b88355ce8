import type { Governor } from '../../src/governance/index.ts'
import type { History, Kept } from './history.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FedStore, obviousKind, sqliteKind } from '../contract/stores.ts'
import { minute } from '../contract/told.ts'
import { governing } from '../governance/governing.ts'
import { expectChains } from './chains.ts'
import { endingKinds, endingsOf } from './endings.ts'
import { GovernedSightings } from './governed-sightings.ts'
import { governedKept, hopsTold, labelledRing } from './governed-world.ts'
import { afterwards, expectedOf, shownBy, shownOf } from './governed.ts'
import { historyOf, plainHistory } from './history.ts'
import { expectEnough } from './sightings.ts'

const seed = 20_260_601
/** Far more than it takes on a machine that does nothing else. */
const timeout = 600_000

const moments = fc
  .uniqueArray(fc.integer({ min: 0, max: 13 }), { minLength: 1, maxLength: 2 })
  .map((hours) => [undefined, ...hours.map((hour) => minute(hour * 60 - 30))])

const governedTold = governedKept.map(({ stays }) => stays)

const lived = (kept: fc.Arbitrary<Kept>) =>
  kept.chain((of) => historyOf(of).map((history) => ({ of, history })))

/** Feeds a history and wakes governance now and then: what it reads in pieces must do. */
async function live(fed: FedStore, governor: Governor, { batches }: History): Promise<void> {
  for (const { entries, derive } of batches) {
    await fed.reduce(entries)
    if (derive === 0) continue
    await fed.settle()
    await caughtUp(governor)
  }
  await fed.settle()
  await caughtUp(governor)
}

async function caughtUp(governor: Governor): Promise<void> {
  governor.wake()
  expect(await governor.reached(60_000)).toBe(true)
}

describe('of governed worlds', { timeout }, () => {
  test('labels and statuses are those of the slow fixed point, however it came, on both stores', async () => {
    const sightings = new GovernedSightings()
    await fc.assert(
      fc.asyncProperty(lived(governedKept), moments, async ({ of, history }, asOfs) => {
        await using plain = new FedStore(obviousKind)
        await plain.feed(plainHistory(of.stays))
        await using reference = governing(plain.store, afterwards)
        await caughtUp(reference)
        await using fed = new FedStore(sqliteKind)
        await using governor = governing(fed.store, afterwards)
        await live(fed, governor, history)
        for (const asOf of asOfs) {
          const expected = await expectedOf(plain, asOf)
          const shown = shownOf(expected)
          const ids = [...expected.answers.keys()]
          expect(await shownBy(governor, ids, asOf), `sqlite, as of ${asOf}`).toEqual(shown)
          expect(await shownBy(reference, ids, asOf), `obvious, as of ${asOf}`).toEqual(shown)
          if (asOf === undefined) sightings.see(expected, history)
        }
      }),
      { seed, numRuns: 80 },
    )
    expectEnough('governed', sightings, 8)
  })

  test('a label that is withdrawn from a cycle leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(labelledRing, async ({ ring, label, end }) => {
        await using fed = new FedStore(sqliteKind)
        await using governor = governing(fed.store, afterwards)
        await fed.tell(...ring)
        await caughtUp(governor)
        const ids = (
          await fed.store.datasets(undefined, { includeRetired: true }, { first: 100 })
        ).items.map(({ node }) => node.id)
        const before = await shownBy(governor, ids, undefined)
        await fed.tell(label)
        await caughtUp(governor)
        expect(await shownBy(governor, ids, undefined)).not.toEqual(before)
        await fed.tell(end)
        await caughtUp(governor)
        expect(await shownBy(governor, ids, undefined)).toEqual(before)
      }),
      { seed, numRuns: 60 },
    )
  })

  test('no way leads from a label to a dataset without it except through a listed rule', async () => {
    const endings = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 3, arbitrary: hopsTold }, { weight: 1, arbitrary: governedTold }),
        async (told) => {
          await using fed = new FedStore(sqliteKind)
          await using governor = governing(fed.store, afterwards)
          await fed.feed(plainHistory(told))
          await caughtUp(governor)
          for (const ending of await endingsOf(fed.store, governor)) {
            endings.set(ending, (endings.get(ending) ?? 0) + 1)
          }
        },
      ),
      { seed, numRuns: 200 },
    )
    process.stdout.write(`endings: ${JSON.stringify(Object.fromEntries(endings))}\n`)
    for (const kind of endingKinds) expect(endings.get(kind) ?? 0, `${kind}`).toBeGreaterThan(0)
    expect(endings.get('none')).toBeUndefined()
  })

  test('every label is explained from where it was stated, by steps that there are', async () => {
    let steps = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(hopsTold, governedTold), async (told) => {
        await using fed = new FedStore(sqliteKind)
        await using governor = governing(fed.store, afterwards)
        await fed.feed(plainHistory(told))
        await caughtUp(governor)
        steps += await expectChains(fed.store, governor)
      }),
      { seed, numRuns: 80 },
    )
    process.stdout.write(`explained by ${steps} steps\n`)
    expect(steps).toBeGreaterThan(500)
  })
})
