import type { World } from '../../api/graphql/service.ts'
import type { Expectation, Pair } from './vector.ts'
import { describe, expect, it } from 'vitest'
import { moved } from '../../api/graphql/event.ts'
import { openWorld } from '../../api/graphql/service.ts'
import { check } from './asking.ts'
import { turned } from './turned.ts'

const source: Pair = ['postgres://ehr:5432', 'ehr.public.a']
const place: Pair = ['s3://lake', 'x']
const table: Pair = ['arn:aws:glue:us-east-1:123456789012', 'table/db/x']
const load = moved(['etl', 'load'], { inputs: [source], outputs: [place] })

const refOf = ([namespace, name]: Pair) => ({ namespace, name })
const datasetQuery = `query Q($namespace: String!, $name: String!) {
  dataset(namespace: $namespace, name: $name) {
    id
    evidence { edges { node { position } } }
  }
}`
type Dataset = Readonly<{
  id: string
  evidence: { edges: readonly { node: { position: string } }[] }
}>

describe('an event that is told again', () => {
  it('is the same entry in another order of members, white space and escapes', async () => {
    await using world = await openWorld()
    const spaced = JSON.stringify(turned(load), null, '\t').replace(
      '"COMPLETE"',
      '"COMPL\\u0045TE"',
    )
    expect(await posted(world, JSON.stringify(load))).toMatchObject({ accepted: 1, duplicates: 0 })
    expect(await posted(world, spaced)).toMatchObject({ accepted: 0, duplicates: 1 })
    expect((await dataset(world, place))?.evidence.edges).toHaveLength(1)
  })

  it('says the last of what it says twice', async () => {
    await using world = await openWorld()
    const twice = JSON.stringify(load).replace('"inputs":', '"inputs":[{"bad":true}],"inputs":')
    await posted(world, twice)
    await check(world, downstream([source, 0], [place, 1]))
  })
})

describe('an event that is taken back', () => {
  it('ends at once, and counts again when it is told again', async () => {
    await using world = await openWorld()
    await world.post(
      load,
      moved(['etl', 'next'], { inputs: [place], outputs: [['s3://lake', 'y']] }),
    )
    const all = downstream([source, 0], [place, 1], [['s3://lake', 'y'], 2])
    await check(world, all)

    const [edge] = (await dataset(world, source))?.evidence.edges ?? []
    const retraction = { positions: [edge?.node.position] }
    const retract = `mutation M($entries: RetractInput!) {
      retract(entries: $entries, reason: "sent by mistake") { entries }
    }`
    await world.answer(retract, { entries: retraction })
    expect(await dataset(world, source)).toBeUndefined()
    await check(world, {
      lineage: { of: place, direction: 'BOTH', depth: 10 },
      datasets: [
        { dataset: place, upstream: 0, downstream: 0 },
        { dataset: ['s3://lake', 'y'], upstream: null, downstream: 1 },
      ],
    })

    await world.post(load)
    await check(world, all)
  })
})

describe('the id of a dataset', () => {
  it('is that of its least name, and any other leads to it', async () => {
    await using apart = await openWorld()
    await apart.post(moved(['etl', 'scan'], { inputs: [place, table] }))
    const [ofPlace, ofTable] = [await dataset(apart, place), await dataset(apart, table)]
    expect(ofPlace?.id).not.toBe(ofTable?.id)

    await using joined = await openWorld()
    await joined.post(moved(['etl', 'scan'], { inputs: [place, table] }))
    await joined.answer(
      'mutation M($name: NameRef!, $with: NameRef!) { joinNames(name: $name, with: $with, reason: "one") { id } }',
      { name: refOf(place), with: refOf(table) },
    )
    // `arn:…` is before `s3://…` by code point.
    expect((await dataset(joined, place))?.id).toBe(ofTable?.id)
    const node = 'query Q($id: ID!) { node(id: $id) { id } }'
    expect(await joined.answer(node, { id: ofPlace?.id })).toEqual({ node: { id: ofTable?.id } })
    expect(await joined.answer(node, { id: ofTable?.id })).toEqual({ node: { id: ofTable?.id } })
  })
})

function downstream(...reached: readonly (readonly [Pair, number])[]): Expectation {
  return {
    lineage: { of: source, direction: 'DOWNSTREAM', depth: 10 },
    datasets: reached.map(([name, depth]) => ({
      dataset: name,
      upstream: null,
      downstream: depth,
    })),
  }
}

async function dataset(world: World, name: Pair): Promise<Dataset | undefined> {
  const answer = await world.answer<{ dataset: Dataset | null }>(datasetQuery, refOf(name))
  return answer.dataset ?? undefined
}

/** Hands in one body as it is written. */
async function posted(world: World, payload: string): Promise<unknown> {
  const token = await world.token('producer')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const url = '/api/v1/lineage'
  const answer = await world.service.server.app.inject({ method: 'POST', url, headers, payload })
  return answer.json()
}
