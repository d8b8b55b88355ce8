import type { GraphReader } from '../../src/graph/index.ts'
import type { Micros } from '../../src/model/index.ts'
import { expect, test } from 'vitest'
import { LinewardError } from '../../src/errors.ts'
import { Governor } from '../../src/governance/index.ts'
import { datasetIdOf } from '../../src/model/index.ts'
import { FedStore, sqliteKind } from '../contract/stores.ts'
import { decision, lake, minute, ran } from '../contract/told.ts'
import { memoryJournal } from './governing.ts'

/** Far more than it takes on a machine that does nothing else. */
const waitMs = 60_000
const [a, b] = [lake('a'), lake('b')]
const isPhi = decision(minute(1), [
  {
    kind: 'statement',
    at: minute(1),
    statement: { says: 'status', of: { dataset: a }, status: 'PHI', reason: 'seen' },
    by: { author: 'stella', person: 'Stella' },
  },
])

test('what a store did not answer is asked again, and nothing that changed meanwhile is missed', async () => {
  await using fed = new FedStore(sqliteKind)
  const failures: unknown[] = []
  let broken = false
  const graph = new Proxy<GraphReader>(fed.store, {
    get(store, name) {
      const method = Reflect.get(store, name) as (...args: readonly unknown[]) => unknown
      return (...args: readonly unknown[]) => {
        if (broken && name === 'governed') {
          throw new LinewardError('STORE_UNAVAILABLE', 'not now')
        }
        return Reflect.apply(method, store, args)
      }
    },
  })
  const failed = Promise.withResolvers<void>()
  await using governor = new Governor({
    graph,
    clock: () => minute(99) as Micros,
    journal: memoryJournal(),
    warnMs: 0,
    onError: (error) => {
      failures.push(error)
      failed.resolve()
    },
  })
  await fed.tell(isPhi)
  governor.wake()
  expect(await governor.reached(waitMs)).toBe(true)

  broken = true
  await fed.tell(ran(minute(2), { run: 'r', reads: [a], writes: [b] }))
  governor.wake()
  await failed.promise
  expect(failures).toMatchObject([{ code: 'STORE_UNAVAILABLE' }])
  expect(governor.behind).toBe(1)

  broken = false
  expect(await governor.reached(waitMs)).toBe(true)
  const id = datasetIdOf(b)
  expect((await governor.datasets([id], undefined)).get(id)?.status).toBe('PHI')
})
