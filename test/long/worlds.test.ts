import { describe, test } from 'vitest'
import { agrees, converges, listsLineage, reachesBothWays } from '../property/properties.ts'
import { ringKept } from '../property/rings.ts'
import { expectEnough } from '../property/sightings.ts'
import { worldKept } from '../property/world.ts'

/** Other worlds than the short run has, and many more of them. */
const seed = 7

describe('of many worlds in which names collide', () => {
  test('any order, doubling, cut, retraction and repost gives one digest', async () => {
    expectEnough('one digest', await converges(worldKept, { seed, numRuns: 20_000 }))
  })

  test('a withdrawn support on a ring leaves nothing behind', async () => {
    await converges(ringKept, { seed, numRuns: 20_000 })
  })

  test('both stores say the same to every question', async () => {
    expectEnough('the same answers', await agrees({ seed, numRuns: 1_500 }))
  })

  test('lineage lists what a walk by the definition lists', async () => {
    expectEnough('lineage', await listsLineage({ seed, numRuns: 5_000 }))
  })

  test('x reaches y by the definition exactly when walks both ways say so', async () => {
    expectEnough('reach', await reachesBothWays({ seed, numRuns: 10_000 }))
  })
})
