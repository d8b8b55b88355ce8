import type { DecisionPayload, Draft, Micros } from '../../src/model/index.ts'
import type { ObviousGraph } from '../obvious/index.ts'
import type { Mutation, Vector } from './vector.ts'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decisionDraft } from '../../src/ingest/index.ts'
import { canonicalName, datasetIdOf, parseTime } from '../../src/model/index.ts'
import { FedStore, obviousKind, storeKinds } from '../contract/stores.ts'
import { obviousLineage } from '../obvious/index.ts'
import { scrub } from '../scrub.ts'
import { expectVector } from './harness.ts'
import { eventDrafts, ordersOf, receivedAs } from './orders.ts'
import { answeringByReader } from './reader-answering.ts'
import { governedVectors, vectors } from './vector.ts'

const all = vectors()

test('every vector is there', () => {
  expect(all.map(({ id }) => id)).toHaveLength(36)
  expect(governedVectors().map(({ id }) => id)).toHaveLength(24)
})

const shared = join(import.meta.dirname, '../../../shared/vectors')

test.skipIf(!existsSync(shared))('the copies are as the vectors are written', () => {
  const files = readdirSync(shared).filter((file) => /^(?:\d|aws-|phi-).*\.json$/.test(file))
  for (const file of files) {
    const copy = readFileSync(join(import.meta.dirname, file), 'utf8')
    expect(copy, `${file}`).toBe(readFileSync(join(shared, file), 'utf8'))
  }
  expect(files).toHaveLength(all.length + governedVectors().length)
})

describe.each(storeKinds)('on the $name store', (kind) => {
  test.each(all)('$id: $rule', async (vector) => {
    const { events, decisions } = draftsOf(vector)
    // Mutations in their order, all before or all after the events.
    const orders = ordersOf(events, decisions, (order) => order % 2 === 1)
    for (const order of orders) {
      await using fed = new FedStore(kind)
      for (const batch of order) await fed.feed(batch)
      await expectVector(vector, answeringByReader(fed.store))
    }
  })
})

describe('a walk by the definition', () => {
  test.each(all)('lists the same for $id', async (vector) => {
    await using fed = new FedStore(obviousKind)
    const { events, decisions } = draftsOf(vector)
    await fed.feed(receivedAs([...events, ...decisions]))
    const graph = fed.store as ObviousGraph
    const questions = vector.expect.filter((one) => 'lineage' in one)
    for (const { lineage: asked, datasets } of questions) {
      const world = graph.world(asked.asOf === null ? undefined : parseTime(asked.asOf))
      const idOf = (name: readonly [string, string]) =>
        world.datasetOf(datasetIdOf(canonicalName(...name)))
      const listed = obviousLineage(world, {
        of: [{ dataset: idOf(asked.of) }],
        directions: asked.direction === 'BOTH' ? ['UPSTREAM', 'DOWNSTREAM'] : [asked.direction],
        depth: asked.depth,
        inForce: false,
      })
      const ids = new Set([...listed.upstream.keys(), ...listed.downstream.keys()])
      const found = [...ids].map((id) => [
        id,
        listed.upstream.get(id) ?? null,
        listed.downstream.get(id) ?? null,
      ])
      const expected = datasets.map((one) => [idOf(one.dataset), one.upstream, one.downstream])
      expect(sorted(found)).toEqual(sorted(expected))
    }
    expect(vector.expect.length).toBeGreaterThan(0)
  })
})

function sorted(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted()
}

const decided = parseTime('2026-04-01T00:00:00Z') as Micros

/** What the vector tells: its events, and what a steward decides. */
function draftsOf(
  vector: Vector,
): Readonly<{ events: readonly Draft[]; decisions: readonly Draft[] }> {
  const { events, mutations = [] } = vector
  return {
    events: events.flatMap((event) => eventDrafts(event, vector)),
    decisions: mutations.map((mutation, index) =>
      decisionDraft(payloadOf(mutation), {
        author: 'steward',
        scrub,
        at: (decided + index) as Micros,
      }),
    ),
  }
}

function payloadOf(mutation: Mutation): DecisionPayload {
  const spelled = ([namespace, name]: readonly [string, string]) => ({ namespace, name })
  const reason = 'A vector says so'
  if ('splitNames' in mutation) {
    return { decision: 'splitNames', name: spelled(mutation.splitNames), reason }
  }
  const [name, other] = mutation.joinNames
  return { decision: 'joinNames', name: spelled(name), with: spelled(other), reason }
}
