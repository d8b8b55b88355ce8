import type { DecisionPayload, Draft, Entry, Json, Micros } from '../../src/model/index.ts'
import type { Translated } from '../../src/graph/index.ts'
import type { ObviousGraph } from '../obvious/index.ts'
import type { Mutation, Vector } from './vector.ts'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decisionDraft, translate } from '../../src/ingest/index.ts'
import { cleanNames } from '../../src/ingest/clean-name.ts'
import { judge } from '../../src/ingest/judge.ts'
import {
  canonicalName,
  datasetIdOf,
  entryKeyOf,
  parseJson,
  parseTime,
} from '../../src/model/index.ts'
import { FedStore, obviousKind, storeKinds } from '../contract/stores.ts'
import { obviousLineage } from '../obvious/index.ts'
import { scrub } from '../scrub.ts'
import { expectVector } from './harness.ts'
import { answeringByReader } from './reader-answering.ts'
import { vectors } from './vector.ts'

const all = vectors()

test('every vector is there', () => {
  expect(all.map(({ id }) => id)).toHaveLength(36)
})

const shared = join(import.meta.dirname, '../../../shared/vectors')

test.skipIf(!existsSync(shared))('the copies are as the vectors are written', () => {
  const files = readdirSync(shared).filter((file) => /^(?:\d|aws-).*\.json$/.test(file))
  for (const file of files) {
    const copy = readFileSync(join(import.meta.dirname, file), 'utf8')
    expect(copy, `${file}`).toBe(readFileSync(join(shared, file), 'utf8'))
  }
  expect(files).toHaveLength(all.length)
})

describe.each(storeKinds)('on the $name store', (kind) => {
  test.each(all)('$id: $rule', async (vector) => {
    for (const order of ordersOf(vector)) {
      await using fed = new FedStore(kind)
      for (const batch of order) await fed.feed(batch)
      await expectVector(vector, answeringByReader(fed.store))
    }
  })
})

describe('a walk by the definition', () => {
  test.each(all)('lists the same for $id', async (vector) => {
    await using fed = new FedStore(obviousKind)
    await fed.feed(entriesOf(vector))
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

const received = parseTime('2026-05-01T00:00:00Z') as Micros
const decided = parseTime('2026-04-01T00:00:00Z') as Micros

/** The vector's entries, events first. */
function entriesOf(vector: Vector): readonly Translated[] {
  const { events, mutations = [] } = vector
  const drafts = [
    ...events.flatMap((event) => eventDrafts(event, vector)),
    ...mutations.map((mutation, index) =>
      decisionDraft(payloadOf(mutation), { author: 'steward', scrub, at: (decided + index) as Micros }),
    ),
  ]
  return receivedAs(drafts)
}

/**
 * The same entries in several orders: as written, backwards, and shuffled with some doubled; each cut
 * into batches; and mutations in their order, all before or all after the events.
 */
function ordersOf(vector: Vector): readonly (readonly (readonly Translated[])[])[] {
  const drafts = entriesOf(vector).map(({ entry }) => entry)
  const events = drafts.filter(({ kind }) => kind === 'event')
  const decisions = drafts.filter(({ kind }) => kind !== 'event')
  const written = [
    [...events, ...decisions],
    [...decisions, ...events.toReversed()],
  ]
  const shuffled = [1, 2, 3, 4].map((seed) => {
    const random = randomFrom(seed)
    const doubled = [...events, ...events.filter(() => random() < 0.5)]
    const mixed = doubled
      .map((draft) => [random(), draft] as const)
      .toSorted(([a], [b]) => a - b)
      .map(([, draft]) => draft)
    return seed % 2 === 0 ? [...decisions, ...mixed] : [...mixed, ...decisions]
  })
  return [...written, ...shuffled].map((order, index) => cut(receivedAs(order), randomFrom(index)))
}

function cut(
  entries: readonly Translated[],
  random: () => number,
): readonly (readonly Translated[])[] {
  const batches: (readonly Translated[])[] = []
  for (let from = 0; from < entries.length;) {
    const size = 1 + Math.floor(random() * 4)
    batches.push(entries.slice(from, from + size))
    from += size
  }
  return batches
}

/** Numbers from 0 to 1, the same for a seed each time. */
function randomFrom(seed: number): () => number {
  let count = 0
  return () => {
    const digest = createHash('sha256')
      .update(`${seed}:${(count += 1)}`)
      .digest()
    return digest.readUInt32BE(0) / 2 ** 32
  }
}

function receivedAs(drafts: readonly Draft[]): readonly Translated[] {
  return drafts.map((draft, index) => {
    const entry = {
      ...draft,
      key: entryKeyOf(draft),
      position: `chain:${index}`,
      receivedAt: received + index,
      hash: '',
    } as Entry
    return { entry, facts: translate(entry) }
  })
}

/** The entries that the intake would make of an event, at the door that its vector names. */
function eventDrafts(event: object, { context = {}, door }: Vector): readonly Draft[] {
  const how = { sender: 'vectors', trust: 'SELF_REPORTED', context } as const
  const mode = door === undefined ? 'refuse' : 'dead-letter'
  const given = 'text' in event ? { text: String(event.text) } : { value: jsonOf(event) }
  const tools = { digestOf, scrub, cleanName: cleanNames(scrub) }
  return judge({ ...given, ...how, mode }, tools).flatMap(({ draft }) => draft ?? [])
}

function jsonOf(event: object): Json {
  return parseJson(JSON.stringify(event))
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
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
