import type { GraphStore, Translated } from '../../../src/graph/index.ts'
import type { DatasetName, Micros } from '../../../src/model/index.ts'
import type { Received } from '../../../src/ingest/index.ts'
import type { Sitters } from '../../property/portrait.ts'
import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { hospitalRequests } from '../../../src/demo/index.ts'
import { lineage } from '../../../src/graph/index.ts'
import { createIntake, translate } from '../../../src/ingest/index.ts'
import { openLedger } from '../../../src/ledger/index.ts'
import { datasetIdOf, isJsonObject, parseJson } from '../../../src/model/index.ts'
import { Archive, obviousKind, sqliteKind } from '../../contract/stores.ts'
import {
  event,
  lake,
  mentioned,
  minute,
  received,
  retraction,
  touched,
} from '../../contract/told.ts'
import { historyOf } from '../../property/history.ts'
import { portraitOf } from '../../property/portrait.ts'
import { jobs, names, runs, worldKept } from '../../property/world.ts'
import { scrub } from '../../scrub.ts'

const folder = mkdtempSync(join(tmpdir(), 'lineward-restart-'))
let files = 0
const newFile = (): string => join(folder, `graph-${(files += 1)}.db`)
const everything = { includeRetired: true }

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a store that is closed and opened again', () => {
  test('answers the same about the sample hospital', async () => {
    const entries = await hospitalEntries()
    const sitters = sittersOf(entries)
    const archive = new Archive()
    const file = newFile()
    const answers: (ReadonlyMap<string, string> | undefined)[] = []
    {
      await using store = sqliteKind.open(archive, file)
      await feed(store, archive, entries)
      answers.push(await answersOf(store, sitters))
    }
    await using reopened = sqliteKind.open(archive, file)
    answers.push(await answersOf(reopened, sitters))
    expect(answers[0]?.size).toBeGreaterThan(1000)
    expect(answers[1]).toEqual(answers[0])
  })

  test('goes on where it was, wherever that was', async () => {
    const histories = worldKept.chain((of) => historyOf(of))
    await fc.assert(
      fc.asyncProperty(histories, async ({ batches, entries }) => {
        const archive = new Archive()
        archive.keep(entries)
        await using plain = obviousKind.open(archive)
        await plain.reduce({ chain: 'c', next: entries.length, entries })
        const file = newFile()
        for (const batch of batches) {
          await using store = sqliteKind.open(archive, file)
          await store.reduce({ chain: 'c', next: 1, entries: batch.entries })
          if (batch.derive > 0) await store.derive(1)
        }
        for (let left = 1; left > 0;) {
          await using store = sqliteKind.open(archive, file)
          left = await store.derive(2)
        }
        await using store = sqliteKind.open(archive, file)
        const sitters = { names, jobs, runs, moments: [undefined], words: ['raw', 'cold', 'db'] }
        const answers = await portraitOf(store, sitters)
        for (const [question, expected] of await portraitOf(plain, sitters)) {
          expect([question, answers.get(question)]).toEqual([question, expected])
        }
        expect(await store.digest()).toBe(await plain.digest())
      }),
      { seed: 20_260_302, numRuns: 12 },
    )
  })

  test('forgets a name that was gone when it was closed', async () => {
    const [cold, warm] = [lake('cold'), lake('warm')]
    const both = event(minute(1), [mentioned(minute(1), cold), mentioned(minute(1), warm)])
    const joined = event(minute(2), [
      touched(minute(2), warm),
      touched(minute(2), cold),
      { kind: 'alias', at: minute(2), dataset: cold, other: warm },
    ])
    const alone = event(minute(3), [touched(minute(3), warm)])
    const archive = new Archive()
    const file = newFile()
    {
      await using store = sqliteKind.open(archive, file)
      const told = [both, joined, alone].map((one, index) => received(one, minute(2000 + index)))
      await feed(store, archive, told)
      const gone = received(retraction([both, joined], minute(4)), minute(3000))
      await store.reduce({ chain: 'c', next: 4, entries: [gone] })
      // What its entries said is taken out of the cells, and no more.
      expect(await store.derive(100)).toBeGreaterThan(0)
    }
    await using store = sqliteKind.open(archive, file)
    while ((await store.derive(100)) > 0);
    expect(await store.datasetByName(cold)).toBeUndefined()
    expect((await store.search('cold', ['DATASET'], everything, { first: 5 })).items).toEqual([])
    const listed = await store.datasets(undefined, everything, { first: 5 })
    expect(listed.items.map(({ node }) => node.name)).toEqual([warm])
    const spellings = await store.names(datasetIdOf(warm), { first: 5 })
    expect(spellings.items.map(({ node }) => node.spelling.name)).toEqual(['warm'])
  })
})

/** What the hospital's producers post, as entries of a ledger. */
async function hospitalEntries(): Promise<readonly Translated[]> {
  await using ledger = await openLedger({ file: join(folder, 'ledger.db') })
  const clock = (): Micros => minute(2_000_000)
  const intake = createIntake({ ledger, digestKey: Buffer.alloc(32, 1), scrub, clock })
  for (const { body } of hospitalRequests({ only: 'openlineage', days: 18 })) {
    const value = parseJson(body)
    const events = Array.isArray(value) ? value : [value]
    const context = { sender: 'demo', trust: 'SELF_REPORTED', context: {} } as const
    await intake.accept(
      events.map((one): Received => ({ ...context, value: one, mode: 'dead-letter' })),
    )
  }
  const entries = await ledger.read(0, ledger.head().entries)
  expect(entries.length).toBeGreaterThan(500)
  return entries.map((entry) => ({ entry, facts: translate(entry) }))
}

/** Every name, job and run that the facts name; and half-way through all that happened. */
function sittersOf(entries: readonly Translated[]): Sitters {
  const found = { names: new Map<string, DatasetName>(), jobs: new Map<string, DatasetName>() }
  const runIds = new Set<string>()
  for (const fact of entries.flatMap(({ facts }) => facts)) {
    if (fact.kind === 'mention') found.names.set(JSON.stringify(fact.dataset), fact.dataset)
    if (fact.kind === 'job') found.jobs.set(JSON.stringify(fact.job), fact.job)
    if (fact.kind === 'run') runIds.add(fact.run)
  }
  const times = entries.map(({ entry }) => entry.eventTime).toSorted((a, b) => a - b)
  return {
    names: [...found.names.values()],
    jobs: [...found.jobs.values()],
    runs: [...runIds].slice(0, 50),
    moments: [undefined, times[times.length >> 1]],
    words: ['patient', 'raw', 'mart'],
  }
}

async function answersOf(
  store: GraphStore,
  sitters: Sitters,
): Promise<ReadonlyMap<string, string>> {
  const answers = new Map(await portraitOf(store, sitters))
  answers.set('digest', await store.digest())
  const limits = { hopsMax: 50, nodesMax: 100_000, timeMsMax: 60_000 }
  for (const asOf of sitters.moments) {
    for (const name of sitters.names) {
      const of = [{ dataset: (await store.datasetByName(name))?.id ?? datasetIdOf(name) }]
      const question = { of, depth: 50, asOf, inForce: false } as const
      for (const grain of ['DATASET', 'COLUMN'] as const) {
        const directions = ['UPSTREAM', 'DOWNSTREAM'] as const
        const answer = await lineage(store, { ...question, grain, directions }, limits)
        answers.set(`${grain} lineage of ${JSON.stringify(name)} at ${asOf}`, textOf(answer))
      }
    }
  }
  return answers
}

/** Its lists are sets: a store has them in any order. */
function textOf(answer: object): string {
  const value = parseJson(JSON.stringify(answer))
  if (!isJsonObject(value)) throw new Error('An answer is an object')
  return JSON.stringify(
    Object.entries(value).map(([key, list]) => [
      key,
      Array.isArray(list) ? list.map((item) => JSON.stringify(item)).toSorted() : list,
    ]),
  )
}

async function feed(
  store: GraphStore,
  archive: Archive,
  entries: readonly Translated[],
): Promise<void> {
  archive.keep(entries)
  for (let from = 0; from < entries.length; from += 200) {
    const batch = entries.slice(from, from + 200)
    await store.reduce({ chain: 'c', next: from + batch.length, entries: batch })
    while ((await store.derive(100)) > 0);
  }
}
