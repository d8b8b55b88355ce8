import { describe, test } from 'vitest'
import { agrees, converges, listsLineage, reachesBothWays } from './properties.ts'
import { ringKept } from './rings.ts'
import { expectEnough } from './sightings.ts'
import { worldKept } from './world.ts'

const seed = 20_260_301
/** Far more than it takes on a machine that does nothing else. */
const timeout = 600_000

describe('of worlds in which names collide', { timeout }, () => {
  test('any order, doubling, cut, retraction and repost gives one digest, and so does a rebuild', async () => {
    const sightings = await converges(worldKept, { seed, numRuns: 200 })
    expectEnough('one digest', sightings)
  })

  test('a withdrawn support on a ring leaves nothing behind', async () => {
    await converges(ringKept, { seed, numRuns: 250 })
  })

  test('both stores say the same to every question', async () => {
    const sightings = await agrees({ seed, numRuns: 24 })
    expectEnough('the same answers', sightings, 8)
  })

  test('lineage lists what a walk by the definition lists', async () => {
    const sightings = await listsLineage({ seed, numRuns: 60 })
    expectEnough('lineage', sightings)
  })

  test('x reaches y by the definition exactly when walks both ways say so', async () => {
    const sightings = await reachesBothWays({ seed, numRuns: 120 })
    expectEnough('reach', sightings)
  })
})
