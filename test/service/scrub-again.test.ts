import type { ScrubResult } from '../../src/api/index.ts'
import type { EntryScrub } from '../../src/ingest/index.ts'
import type { Ledger } from '../../src/ledger/index.ts'
import type { Draft, Position } from '../../src/model/index.ts'
import type { Leak } from './leaky.ts'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { retractionDraft, translate } from '../../src/ingest/index.ts'
import { loadOrCreateSigningKey } from '../../src/ledger/index.ts'
import { createLog } from '../../src/log.ts'
import { entryKeyOf } from '../../src/model/index.ts'
import { Projector } from '../../src/projector.ts'
import { openFolderGraph, systemClock } from '../../src/service/index.ts'
import { scrubAgain } from '../../src/service/scrub-again.ts'
import { draft } from '../ledger/draft.ts'
import { ledgerFile, open } from '../ledger/ledger.ts'
import { storedIn, tracesOf } from '../ledger/traces.ts'
import { temporaryFolder } from '../storage/folder.ts'
import { leaks, rulesOf } from './leaky.ts'
import { scrub } from '../scrub.ts'

describe('scrubbing again', () => {
  it('writes a clean copy behind a retraction of each entry, and erases what was there', async () => {
    const ledger = await open(ledgerFile())
    const all = leaks()
    await ledger.append(all.map(({ dirty }) => dirty))
    const result = await again(ledger)
    expect(result).toMatchObject({
      entries: all.length,
      changed: all.length,
      erased: all.length,
      headers: 0,
      headersAt: [],
      version: 2,
    })
    const entries = await ledger.read(0, 100)
    expect(entries.slice(0, all.length).map(({ erased }) => erased)).toEqual(all.map(() => true))
    for (const { clean } of all) {
      const copy = (await ledger.find([entryKeyOf(clean)])).get(entryKeyOf(clean))
      expect(copy).toMatchObject(clean)
      expect(copy?.erased).toBeUndefined()
    }
    const retraction = entries.find(({ kind }) => kind === 'retraction')
    expect(retraction).toMatchObject({ sender: 'lineward', retracts: [entries[0]?.key] })
    expect(retraction?.payload).toContain('Scrubbed again by version 2')
    expect(await inEffect(ledger)).toHaveLength(all.length + all.length)
    expect(await ledger.verify()).toMatchObject({ erased: all.length, broken: undefined })
  })

  it('has nothing to do the second time, nor for what its own version wrote', async () => {
    const ledger = await open(ledgerFile())
    const [one, ...others] = leaks()
    if (one === undefined) throw new Error('There are leaks')
    await ledger.append([one.dirty, ...others.map(({ clean }) => clean)])
    expect(await again(ledger)).toMatchObject({ changed: 1, erased: 1 })
    const head = ledger.head()
    expect(await again(ledger)).toMatchObject({ changed: 0, erased: 0, detectors: {} })
    expect(ledger.head()).toEqual(head)
  })

  it('leaves alone in what its rules find nothing', async () => {
    const ledger = await open(ledgerFile())
    await ledger.append(leaks().map(({ clean }) => ({ ...clean, scrubVersion: undefined })))
    const head = ledger.head()
    expect(await again(ledger)).toMatchObject({ entries: 7, changed: 0, erased: 0 })
    expect(ledger.head()).toEqual(head)
  })

  it('counts in a dry run by detector, and writes nothing', async () => {
    const ledger = await open(ledgerFile())
    const all = leaks()
    await ledger.append(all.map(({ dirty }) => dirty))
    const head = ledger.head()
    const dry = await again(ledger, { dryRun: true })
    expect(dry).toMatchObject({ changed: all.length, erased: 0, version: 2 })
    expect(dry.detectors).toEqual({ password: all.length, token: 3 })
    for (const { secret } of all) expect(JSON.stringify(dry)).not.toContain(secret)
    expect(ledger.head()).toEqual(head)
    expect(await ledger.verify()).toMatchObject({ erased: 0 })
    expect((await again(ledger)).detectors).toEqual(dry.detectors)
  })

  it('erases what is not in effect, and brings none of it back', async () => {
    const ledger = await open(ledgerFile())
    const [one, two] = leaks()
    if (one === undefined || two === undefined) throw new Error('There are leaks')
    await ledger.append([one.dirty, two.dirty, retractionOf(one), one.dirty, retractionOf(one)])
    expect(await again(ledger)).toMatchObject({ changed: 3, erased: 3 })
    const kinds = (await inEffect(ledger)).map(({ kind, key }) => `${kind} ${key}`)
    expect(kinds.filter((kind) => kind.startsWith('event'))).toEqual([
      `event ${entryKeyOf(two.clean)}`,
    ])
  })

  it('takes the reason of a retraction away, and the retraction holds', async () => {
    const ledger = await open(ledgerFile())
    const [one] = leaks()
    if (one === undefined) throw new Error('There are leaks')
    const payload = JSON.stringify({ reason: `password=${one.secret}`, range: {}, entries: 1 })
    await ledger.append([one.clean, { ...retractionOf(one), payload, scrubVersion: 1 }])
    expect(await again(ledger)).toMatchObject({ changed: 1, erased: 1 })
    expect(ledger.head().entries).toBe(2)
    expect(await ledger.keysIn({ positions: ['test:0' as Position] })).toEqual([])
  })

  it('does not undo a retraction that comes between', async () => {
    const ledger = await open(ledgerFile())
    const [one] = leaks()
    if (one === undefined) throw new Error('There are leaks')
    await ledger.append([one.dirty])
    const beforeChange = async (): Promise<void> => {
      await ledger.append([retractionOf(one)])
    }
    expect(await again(ledger, { beforeChange })).toMatchObject({ changed: 1, erased: 1 })
    expect(ledger.head().entries).toBe(2)
    expect((await inEffect(ledger)).map(({ kind }) => kind)).toEqual(['retraction'])
  })

  it('repairs a run that broke off between the copy and erasing', async () => {
    const ledger = await open(ledgerFile())
    const [one] = leaks()
    if (one === undefined) throw new Error('There are leaks')
    await ledger.append([one.dirty])
    await ledger.append([retractionOf(one), one.clean])
    expect(await again(ledger)).toMatchObject({ changed: 1, erased: 1 })
    expect(ledger.head().entries).toBe(3)
    expect((await ledger.read(0, 3)).map(({ erased }) => erased)).toEqual([
      true,
      undefined,
      undefined,
    ])
  })

  it('names each header that holds a find, each time, and cleans the copy', async () => {
    const ledger = await open(ledgerFile())
    const [one, two] = leaks()
    if (one === undefined || two === undefined) throw new Error('There are leaks')
    const context = { note: `password=${one.secret}` }
    await ledger.append([
      { ...one.dirty, context },
      { ...two.clean, context, scrubVersion: 1 },
    ])
    const first = await again(ledger)
    expect(first).toMatchObject({ changed: 2, erased: 1, headers: 2 })
    expect(first.headersAt).toEqual(['test:0', 'test:1'])
    for (const { clean } of [one, two]) {
      const copy = (await ledger.find([entryKeyOf(clean)])).get(entryKeyOf(clean))
      expect(copy?.context).toEqual({ note: 'password=[scrubbed:password]' })
    }
    const second = await again(ledger)
    expect(second).toMatchObject({ changed: 0, erased: 0, headers: 2 })
    expect(second.headersAt).toEqual(first.headersAt)
  })

  it('keeps what was found before beside what is found now', async () => {
    const ledger = await open(ledgerFile())
    const [one] = leaks()
    if (one === undefined) throw new Error('There are leaks')
    const path = '/job/facets/documentation/description'
    const exposures = [
      { detector: 'password', path, count: 2 },
      { detector: 'email', path: '/elsewhere', count: 1 },
    ]
    await ledger.append([{ ...one.dirty, exposures }])
    await again(ledger)
    const copy = (await ledger.find([entryKeyOf(one.clean)])).get(entryKeyOf(one.clean))
    expect(copy?.exposures).toContainEqual({ detector: 'password', path, count: 3 })
    expect(copy?.exposures).toContainEqual(exposures[1])
  })

  it('goes on behind entries that do not read, and takes large pages in pieces', async () => {
    const ledger = await open(ledgerFile(), { limits: { queueBytesMax: 20 << 20 } })
    const padding = ' '.repeat(3 << 20)
    const unread = draft('unread', { payload: `{"password": "hunter2hunter2"` })
    const large = leaks().map(({ dirty }) => ({ ...dirty, payload: `${dirty.payload}${padding}` }))
    await ledger.append([unread])
    for (const one of large) await ledger.append([one])
    expect(await again(ledger)).toMatchObject({ changed: 8, erased: 8 })
  })
})

it('after any history the graph is that of events that were clean from the start', async () => {
  const aStep = fc.oneof(
    { weight: 5, arbitrary: fc.record({ does: fc.constant('post'), what: fc.nat(5) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('retract'), what: fc.nat(5) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('scrub'), what: fc.nat(1) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('settle'), what: fc.nat(0) }) },
  )
  const seen = { erased: 0, retractions: 0, copies: 0 }
  const property = fc.asyncProperty(fc.array(aStep, { minLength: 6, maxLength: 24 }), (steps) =>
    holds(steps, seen),
  )
  await fc.assert(property, { numRuns: 12, seed: 20_261_127 })
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10)
}, 120_000)

async function holds(
  steps: readonly Readonly<{ does: string; what: number }>[],
  seen: { erased: number; retractions: number; copies: number },
): Promise<void> {
  const all = leaks()
  const file = ledgerFile()
  const signingKey = loadOrCreateSigningKey(`${file}.pem`)
  const limits = { blockEntriesMax: 4 }
  await using leaky = await open(file, { signingKey, limits })
  await using clean = await open(ledgerFile())
  await using followed = await following(leaky)
  const were: Buffer[] = []
  let version = 2
  let isScrubbed = false
  for (const { does, what } of steps) {
    const leak = all[what]
    if (does === 'settle') await followed.digest()
    else if (does === 'scrub') {
      were.push(...storedIn(file))
      version += what
      await again(leaky, { by: rulesOf(version) })
      await leaky.checkpoint()
      isScrubbed = true
    } else if (leak !== undefined) {
      const retract = retractionOf(leak)
      // Once the new rules are there, intake scrubs by them.
      const [dirty, tidy] = does === 'retract' ? [retract, retract] : [leak.dirty, leak.clean]
      const written = does !== 'retract' && isScrubbed ? { ...tidy, scrubVersion: version } : dirty
      const [receipt] = await leaky.append([written])
      await clean.append([tidy])
      if (does === 'retract') seen.retractions += 1
      else if (receipt?.duplicate === true) seen.copies += 1
    }
    followed.wake()
  }
  were.push(...storedIn(file))
  await again(leaky, { by: rulesOf(version) })
  await again(leaky, { by: rulesOf(version) })
  await leaky.checkpoint()
  followed.wake()

  await using fresh = await following(leaky)
  await using plain = await following(clean)
  const expected = await plain.digest()
  expect(await followed.digest()).toBe(expected)
  expect(await fresh.digest()).toBe(expected)
  const entries = await leaky.read(0, 1_000)
  const erased = entries.filter((entry) => entry.erased === true).length
  const verified = await leaky.verify()
  expect(verified).toMatchObject({ entries: entries.length, erased, broken: undefined })
  expect(verified.checkpoints).toBeGreaterThan(0)
  const kept = JSON.stringify(entries)
  for (const { secret } of all) expect(kept).not.toContain(secret)
  if (erased > 0) expect(tracesOf(were, file)).toEqual([])
  seen.erased += erased
}

type Following = Readonly<{ wake: () => void; digest: () => Promise<string> }> & AsyncDisposable

/** A real graph that a projector keeps as far as the ledger. */
async function following(ledger: Ledger): Promise<Following> {
  const config = readConfig({ env: {} })
  const graph = await openFolderGraph(join(temporaryFolder(), 'graph.db'), ledger, config)
  const limits = { entriesMax: 7, deriveKeysMax: 50, backoffMsMin: 1, backoffMsMax: 5 }
  const log = createLog('silent')
  const projector = new Projector({ ledger, graph, translate, limits, log, clock: systemClock })
  return {
    wake: () => projector.wake(),
    async digest() {
      projector.wake()
      expect(await projector.reached(ledger.head().entries, 20_000)).toBe(true)
      return await graph.digest()
    },
    async [Symbol.asyncDispose]() {
      await projector.stop()
      await graph[Symbol.asyncDispose]()
    },
  }
}

async function again(
  ledger: Ledger,
  more: Partial<{ by: EntryScrub; dryRun: boolean; beforeChange: () => Promise<void> }> = {},
): Promise<ScrubResult> {
  const { by = rulesOf(2), dryRun = false, beforeChange = async () => undefined } = more
  const done: number[] = []
  const result = await scrubAgain({
    ledger,
    by,
    dryRun,
    beforeChange,
    clock: systemClock,
    onProgress: (progress) => done.push(progress.done),
  })
  expect(done.at(-1) ?? 0).toBe(result.entries)
  return result
}

function retractionOf({ dirty }: Leak): Draft {
  const by = {
    author: 'Stella',
    at: systemClock(),
    reason: `No ${retractions++}`,
    range: {},
    scrub,
  }
  return retractionDraft([entryKeyOf(dirty)], by)
}

let retractions = 0

async function inEffect(ledger: Ledger) {
  const entries = await ledger.read(0, ledger.head().entries)
  const positions = entries.map(({ position }) => position)
  const keys = new Set(await ledger.keysIn({ positions }))
  const found = await ledger.find([...keys])
  const retracting = entries.filter(({ kind }) => kind === 'retraction')
  return [...found.values(), ...retracting]
}
