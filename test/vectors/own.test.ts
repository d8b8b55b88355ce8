import type { Vector } from './own/vector.ts'
import { describe, it } from 'vitest'
import { openWorld } from '../api/graphql/service.ts'
import { change, check } from './own/asking.ts'
import { turned } from './own/turned.ts'
import { vectorsIn } from './own/vector.ts'

type Telling = Readonly<{
  name: string
  /** The events as they are handed in: each body is one request. */
  bodies: (events: readonly object[]) => readonly (readonly object[])[]
  changesFirst?: boolean
}>

const tellings: readonly Telling[] = [
  { name: 'in their order', bodies: (events) => [events] },
  { name: 'in reverse, before them what a steward decides', bodies: reversed, changesFirst: true },
  { name: 'twice, in requests of their own', bodies: (events) => twice(events).map((e) => [e]) },
]

describe.each(vectorsIn(new URL('own/', import.meta.url)))('$id: $rule', (vector) => {
  it.for(tellings)('holds with its events told $name', async (telling) => {
    await hold(vector, telling)
  })
})

async function hold(vector: Vector, telling: Telling): Promise<void> {
  const { events, mutations = [], expect } = vector
  await using world = await openWorld()
  const decide = async () => {
    for (const mutation of mutations) await change(world, mutation)
  }
  if (telling.changesFirst === true) await decide()
  for (const body of telling.bodies(events)) await world.postTo(vector, body)
  if (telling.changesFirst !== true) await decide()
  for (const expected of expect) await check(world, expected)
}

function reversed(events: readonly object[]): readonly (readonly object[])[] {
  return [events.toReversed()]
}

/** Every event, and then every event again with its members in another order. */
function twice(events: readonly object[]): readonly object[] {
  return [...events, ...events.map((event) => turned(event) as object)]
}
