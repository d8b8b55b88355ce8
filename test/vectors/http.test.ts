import { describe, test } from 'vitest'
import { openWorld } from '../api/graphql/service.ts'
import { answeringByGraphql, expectVector, mutationOf } from './harness.ts'
import { vectors } from './vector.ts'

describe('through the HTTP door', () => {
  test.each(vectors())('$id: $rule', async (vector) => {
    await using world = await openWorld()
    const mutations = vector.mutations ?? []
    // Latest first, in two requests with one event in both, and the decisions between them.
    const events = vector.events.toReversed()
    const middle = Math.ceil(events.length / 2)
    await world.postTo(vector, events.slice(0, middle))
    for (const mutation of mutations) await world.answer(...mutationOf(mutation))
    await world.postTo(vector, events.slice(middle - 1))
    await expectVector(
      vector,
      answeringByGraphql((query, variables) => world.answer(query, variables)),
    )
  })
})
