import type { DatasetId, Direction, Interval, Micros } from '../../src/model/index.ts'
import type { FrontierItem, GraphReader, LineageQuestion } from '../../src/graph/index.ts'
import type { ObviousGraph } from '../obvious/index.ts'
import type { History, Kept } from './history.ts'
import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { lineage, paths } from '../../src/graph/index.ts'
import { datasetIdOf } from '../../src/model/index.ts'
import { FedStore, obviousKind, sqliteKind } from '../contract/stores.ts'
import { minute } from '../contract/told.ts'
import { obviousLineage, reaches } from '../obvious/index.ts'
import { historyOf, plainHistory } from './history.ts'
import { portraitOf } from './portrait.ts'
import { Sightings } from './sightings.ts'
import { jobs, names, runs, worldKept, worldTold } from './world.ts'

export type Effort = Readonly<{ seed: number; numRuns: number }>

/**
 * Any order, doubling, cut into batches, retraction and repost of the same tellings gives the digest
 * and the counts of having been told them once; so does a fresh store that is fed from the ledger;
 * and both stores have the same.
 */
export async function converges(
  kept: fc.Arbitrary<Kept>,
  { seed, numRuns }: Effort,
): Promise<Sightings> {
  const sightings = new Sightings()
  const cases = kept.chain((of) => historyOf(of).map((history) => ({ of, history })))
  await fc.assert(
    fc.asyncProperty(cases, async ({ of, history }) => {
      await using plain = new FedStore(obviousKind)
      await plain.feed(plainHistory(of.stays))
      const expected = await stateOf(plain.store)
      for (const kind of [obviousKind, sqliteKind]) {
        await using lived = new FedStore(kind)
        await live(lived, history)
        expect(await stateOf(lived.store), `${kind.name}, as it came`).toEqual(expected)
        await using rebuilt = new FedStore(kind)
        await rebuilt.feed(history.entries)
        expect(await stateOf(rebuilt.store), `${kind.name}, rebuilt`).toEqual(expected)
      }
      const told = [...of.stays, ...of.withdrawn]
      sightings.see(worldOf(plain), { told, withdrawn: history.retractions })
    }),
    { seed, numRuns },
  )
  return sightings
}

/** The digest, and the counts that stores keep as they go along. */
async function stateOf(reader: GraphReader): Promise<unknown> {
  return {
    digest: await reader.digest(),
    unknown: await reader.unknownEvents(1_000),
    irrelevant: await reader.irrelevantEvents(1_000),
    sources: await reader.sources(),
  }
}

const moments = fc
  .uniqueArray(fc.integer({ min: 0, max: 13 }), { minLength: 2, maxLength: 2 })
  .map((hours) => [undefined, ...hours.map((hour) => minute(hour * 60 - 30))])

async function live(fed: FedStore, { batches }: History): Promise<void> {
  for (const { entries, derive } of batches) {
    await fed.reduce(entries)
    if (derive > 0) await fed.store.derive(derive)
  }
  await fed.settle()
}

/**
 * The embedded store, after all that came and went, says to every question what the obvious one says
 * that was told it once; also as of some moments, and after it was opened again.
 */
export async function agrees({ seed, numRuns }: Effort): Promise<Sightings> {
  const sightings = new Sightings()
  const folder = mkdtempSync(join(tmpdir(), 'lineward-agrees-'))
  const cases = worldKept.chain((of) => historyOf(of).map((history) => ({ of, history })))
  let files = 0
  try {
    await fc.assert(
      fc.asyncProperty(cases, moments, async ({ of, history }, asOfs) => {
        const sitters = { names, jobs, runs, moments: asOfs, words: ['raw', 'ward', 'na'] }
        const file = join(folder, `graph-${(files += 1)}.db`)
        await using obvious = new FedStore(obviousKind)
        await obvious.feed(plainHistory(of.stays))
        const expected = await portraitOf(obvious.store, sitters)
        {
          await using sqlite = new FedStore(sqliteKind, file)
          await live(sqlite, history)
          expectSame(await portraitOf(sqlite.store, sitters), expected)
        }
        await using reopened = new FedStore(sqliteKind, file)
        expectSame(await portraitOf(reopened.store, sitters), expected)
        const told = [...of.stays, ...of.withdrawn]
        sightings.see(worldOf(obvious), { told, withdrawn: history.retractions })
      }),
      { seed, numRuns },
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return sightings
}

function expectSame(
  answers: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
): void {
  const differing = [...expected].filter(([question, answer]) => answers.get(question) !== answer)
  const [first] = differing
  if (first !== undefined) expect([first[0], answers.get(first[0])]).toEqual(first)
  expect([...answers.keys()].toSorted()).toEqual([...expected.keys()].toSorted())
}

const unlimited = { hopsMax: 1_000, nodesMax: 1_000_000, timeMsMax: 3_600_000 }

const question = fc.record({
  of: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }),
  directions: fc.constantFrom<readonly Direction[]>(
    ['UPSTREAM'],
    ['DOWNSTREAM'],
    ['UPSTREAM', 'DOWNSTREAM'],
  ),
  depth: fc.integer({ min: 1, max: 6 }),
  asOf: fc.option(
    fc.integer({ min: 0, max: 13 }).map((hour) => minute(hour * 60 - 30)),
    { nil: undefined, freq: 2 },
  ),
  inForce: fc.boolean(),
})

/** `lineage` on both stores lists what the slow walk by the definition lists. */
export async function listsLineage({ seed, numRuns }: Effort): Promise<Sightings> {
  const sightings = new Sightings()
  const questions = fc.array(question, { minLength: 4, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(worldTold, questions, async (told, asked) => {
      await using obvious = new FedStore(obviousKind)
      await using sqlite = new FedStore(sqliteKind)
      for (const fed of [obvious, sqlite]) await fed.feed(plainHistory(told))
      for (const { of, asOf, ...rest } of asked) {
        const world = worldOf(obvious, asOf)
        const known = of.map(datasetIdOf).filter((id) => world.classOf(id) !== undefined)
        const starts = [...new Set(known.map((id) => world.datasetOf(id)))]
        const ask = { ...rest, asOf, of: starts.map((dataset) => ({ dataset })) }
        const reference = obviousLineage(world, ask)
        for (const { store } of [obvious, sqlite]) {
          const answer = await lineage(store, { ...ask, grain: 'DATASET' }, unlimited)
          expect(answer.truncatedBy).toEqual([])
          expect(depthsOf(answer.datasets)).toEqual(
            depthsOf(
              [...new Set([...reference.upstream.keys(), ...reference.downstream.keys()])].map(
                (dataset) => ({
                  dataset,
                  upstream: reference.upstream.get(dataset),
                  downstream: reference.downstream.get(dataset),
                }),
              ),
            ),
          )
          const shown = await store.flows([...reference.flows], asOf)
          expect(answer.flows.map(({ id }) => id).toSorted()).toEqual(
            shown.map(({ id }) => id).toSorted(),
          )
          expect(textsOf(answer.meetings)).toEqual(textsOf([...reference.meetings.values()]))
        }
        await expectSameColumns(obvious.store, sqlite.store, ask)
      }
      sightings.see(worldOf(obvious), { told })
    }),
    { seed, numRuns },
  )
  return sightings
}

/** By columns both stores answer alike, and tell the same ways from one dataset to another. */
async function expectSameColumns(
  one: GraphReader,
  other: GraphReader,
  { of, depth, ...ask }: Omit<LineageQuestion, 'grain'>,
): Promise<void> {
  const starts = of.map((start) => ({ ...start, column: 'id' }))
  const [first, last = first] = starts
  if (first === undefined || last === undefined) return
  const answers = await Promise.all(
    [one, other].map(async (reader) => {
      const asked = { ...ask, of: starts, depth, grain: 'COLUMN' } as const
      const { datasets, columnEdges, coarse } = await lineage(reader, asked, unlimited)
      const ends = { from: { dataset: first.dataset }, to: { dataset: last.dataset } }
      const between = { ...ends, depth, first: 3, grain: 'DATASET', asOf: ask.asOf } as const
      const found = await paths(reader, between, unlimited)
      return {
        depths: depthsOf(datasets),
        edges: textsOf(columnEdges),
        coarse,
        ways: found.paths.map(({ steps }) =>
          steps.map((step) => ('flow' in step ? step.flow.id : JSON.stringify(step.meeting))),
        ),
      }
    }),
  )
  expect(answers[1]).toEqual(answers[0])
}

function textsOf(items: readonly object[]): readonly string[] {
  return items.map((item) => JSON.stringify(item)).toSorted()
}

type Depth = Readonly<{
  dataset: DatasetId
  upstream: number | undefined
  downstream: number | undefined
}>

function depthsOf(datasets: readonly Depth[]): readonly string[] {
  return datasets
    .map(({ dataset, upstream, downstream }) => `${dataset} ${upstream} ${downstream}`)
    .toSorted()
}

/** x reaches y by the definition exactly when the way down from x, and the way up from y, say so. */
export async function reachesBothWays({ seed, numRuns }: Effort): Promise<Sightings> {
  const sightings = new Sightings()
  const pairs = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), {
    minLength: 6,
    maxLength: 6,
  })
  await fc.assert(
    fc.asyncProperty(worldTold, pairs, question, async (told, asked, { asOf }) => {
      await using obvious = new FedStore(obviousKind)
      await using sqlite = new FedStore(sqliteKind)
      for (const fed of [obvious, sqlite]) await fed.feed(plainHistory(told))
      const world = worldOf(obvious, asOf)
      for (const [from, to] of asked) {
        const [x, y] = [world.datasetOf(datasetIdOf(from)), world.datasetOf(datasetIdOf(to))]
        const expected = reaches(world, x, y)
        expect(await reachesDown(sqlite.store, { x, y, asOf }), 'down').toBe(expected)
        expect(await reachesUp(sqlite.store, { x, y, asOf }), 'up').toBe(expected)
      }
      sightings.see(world, { told })
    }),
    { seed, numRuns },
  )
  return sightings
}

type Ends = Readonly<{ x: DatasetId; y: DatasetId; asOf: Micros | undefined }>

async function reachesDown(reader: GraphReader, { x, y, asOf }: Ends): Promise<boolean> {
  const met = await datasetsThatMeet(reader, y, asOf)
  const touched = new Set([y, ...met.map(([id]) => id)])
  const steps = await allSteps(reader, { dataset: x }, 'DOWNSTREAM', asOf)
  return steps.some(({ to }) => to.some((output) => touched.has(output)))
}

async function reachesUp(reader: GraphReader, { x, y, asOf }: Ends): Promise<boolean> {
  const met = await datasetsThatMeet(reader, x, asOf)
  const steps = await allSteps(reader, { dataset: y }, 'UPSTREAM', asOf)
  for (const { flow, to } of steps) {
    if (to.includes(x)) return true
    const active = await reader.flowActive([flow], asOf, 1_000)
    const isMet = to.some((input) =>
      met.some(([id, during]) => id === input && active.some((one) => overlaps(one, during))),
    )
    if (isMet) return true
  }
  return false
}

async function datasetsThatMeet(
  reader: GraphReader,
  id: DatasetId,
  asOf: Micros | undefined,
): Promise<readonly (readonly [DatasetId, Interval])[]> {
  const { items } = await reader.meetings(id, asOf, { first: 1_000 })
  return items.map(({ node }) => [node.from === id ? node.to : node.from, node.during])
}

/** Activity has both its ends in it, a meeting only the first. */
function overlaps(active: Interval, during: Interval): boolean {
  const begins = (active.from ?? -Infinity) < (during.until ?? Infinity)
  return begins && (active.until ?? Infinity) >= (during.from ?? -Infinity)
}

async function allSteps(
  reader: GraphReader,
  start: FrontierItem,
  direction: Direction,
  asOf: Micros | undefined,
): Promise<Awaited<ReturnType<GraphReader['expand']>>> {
  const all: Awaited<ReturnType<GraphReader['expand']>>[number][] = []
  const been = new Set<string>()
  let frontier: readonly FrontierItem[] = [start]
  while (frontier.length > 0) {
    const steps = await reader.expand(frontier, direction, { asOf, inForce: false })
    all.push(...steps)
    const items = steps.flatMap(({ flow, to }) =>
      to.map((dataset) => (direction === 'UPSTREAM' ? { dataset, read: flow } : { dataset })),
    )
    frontier = items.filter((item) => {
      const key = JSON.stringify(item)
      return !been.has(key) && been.add(key)
    })
  }
  return all
}

function worldOf(fed: FedStore, asOf?: Micros): ReturnType<ObviousGraph['world']> {
  return (fed.store as ObviousGraph).world(asOf)
}
