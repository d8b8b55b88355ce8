import { expect, test } from 'vitest'
import { Follower } from '../../src/governance/engine/follower.ts'

/** Far more than it takes on a machine that does nothing else. */
const waitMs = 60_000

test('everybody who waits is told once what there was is done, and what came meanwhile is done too', async () => {
  let worked = 0
  const begun = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  await using follower = new Follower({
    work: async () => {
      worked += 1
      begun.resolve()
      await gate.promise
    },
    onError: () => undefined,
  })
  expect(follower.behind).toBe(1)
  follower.wake()
  await begun.promise
  follower.wake()
  const first = follower.reached(waitMs)
  gate.resolve()
  expect(await Promise.all([first, follower.reached(waitMs)])).toEqual([true, true])
  expect([worked, follower.behind]).toEqual([2, 0])
  expect(await follower.reached(0)).toBe(true)
  expect(worked).toBe(2)
})

test('who does not wait long enough is told so, and who waits at its end too', async () => {
  const gate = Promise.withResolvers<void>()
  const follower = new Follower({ work: () => gate.promise, onError: () => undefined })
  follower.wake()
  expect(await follower.reached(1)).toBe(false)
  const waiting = follower.reached(waitMs)
  follower.wake()
  const later = follower.reached(waitMs)
  const ended = follower[Symbol.asyncDispose]()
  gate.resolve()
  await ended
  expect(await waiting).toBe(true)
  expect(await later).toBe(false)
})

test('what failed is done again and knows that it failed', async () => {
  const again: boolean[] = []
  const errors: unknown[] = []
  await using follower = new Follower({
    work: async (isAgain) => {
      again.push(isAgain)
      if (again.length === 1) throw new RangeError('not now')
    },
    onError: (error) => errors.push(error),
  })
  follower.wake()
  expect(await follower.reached(waitMs)).toBe(true)
  expect(again).toEqual([false, true])
  expect(errors).toHaveLength(1)
})
