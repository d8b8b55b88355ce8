import type { Name } from './event.ts'
import type { World } from './service.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { facet, moved } from './event.ts'
import { openWorld } from './service.ts'

const source: Name = ['postgres://ehr:5432', 'ehr.public.patients']
const target: Name = ['s3://lake', 'patients']
const elsewhere: Name = ['s3://other', 'weather']

type Completeness = Readonly<{
  complete: boolean
  unresolved: number
  hidden: number
  unknownCoverage: readonly string[]
}>

describe('completeness', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
    await world.post(
      moved(['etl', 'copy'], { inputs: [source], outputs: [target] }),
      moved(['etl', 'weather'], { outputs: [elsewhere] }),
    )
  })
  afterAll(() => world[Symbol.asyncDispose]())

  async function of([namespace, name]: Name, token?: string): Promise<Completeness> {
    const { lineage } = await world.answer<{ lineage: { completeness: Completeness } }>(
      `query Q($of: [DatasetRef!]!) {
        lineage(of: $of) { completeness { complete unresolved hidden unknownCoverage } }
      }`,
      { of: [{ namespace, name }] },
      token,
    )
    return lineage.completeness
  }

  it('names the sources of which nobody knows what they could not see', async () => {
    const { complete, unknownCoverage } = await of(target)
    expect(complete).toBe(false)
    expect(unknownCoverage).toEqual([expect.stringContaining('openlineage')])
  })

  it('counts what could not be read and names a dataset of the answer, and no other', async () => {
    const broken = { eventType: 'COMPLETE', inputs: [{ namespace: source[0], name: source[1] }] }
    const before = await of(target)
    await world.service.server.app.inject({
      method: 'POST',
      url: '/api/v1/events',
      headers: { authorization: `Bearer ${await world.token('producer')}` },
      payload: [broken],
    })
    const after = await of(target)
    expect([before.unresolved, after.unresolved]).toEqual([0, 1])
    expect((await of(elsewhere)).unresolved).toBe(0)
  })

  it('counts a part of an event that had to be left out', async () => {
    const before = await of(elsewhere)
    await world.post(
      moved(['etl', 'weather'], {
        run: 'second',
        outputs: [{ name: elsewhere, facets: { schema: facet({ fields: 'not a list' }) } }],
      }),
    )
    const after = await of(elsewhere)
    expect(after.unresolved).toBe(before.unresolved + 1)
  })

  it('counts what a token may not see, and names none of it', async () => {
    const token = await world.token('auditor', [target[0]])
    const { hidden, complete } = await of(target, token)
    expect([hidden, complete]).toEqual([1, false])
  })
})
