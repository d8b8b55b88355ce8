import type { GraphStore } from '../src/graph/index.ts'
import type { Ledger } from '../src/ledger/index.ts'
import type { Log } from '../src/log.ts'
import type { Draft, Entry } from '../src/model/index.ts'
import type { ProjectorParts } from '../src/projector.ts'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { derivations } from '../src/derive/index.ts'
import { LinewardError } from '../src/errors.ts'
import { openSqliteGraph } from '../src/graph/index.ts'
import { createIntake, translate } from '../src/ingest/index.ts'
import { openLedger } from '../src/ledger/index.ts'
import { createLog } from '../src/log.ts'
import { canonicalName } from '../src/model/index.ts'
import { Projector } from '../src/projector.ts'
import { event } from './service.ts'
import { temporaryFolder } from './storage/folder.ts'
import { scrub } from './scrub.ts'

const limits = { entriesMax: 10, deriveKeysMax: 50, backoffMsMin: 1, backoffMsMax: 5 }
const soonMs = 20_000

type World = Readonly<{
  ledger: Ledger
  graph: GraphStore
  log: Log
  lines: readonly string[]
  post: (count: number) => Promise<void>
  project: (more?: Partial<ProjectorParts>) => Projector
}>

/** A real ledger and a real graph; `post` puts events into the one, nothing but a projector in the other. */
async function world(): Promise<World> {
  const folder = temporaryFolder()
  const ledger = await openLedger({ file: join(folder, 'ledger.db') })
  const graph = openSqliteGraph({
    file: join(folder, 'graph.db'),
    derivations,
    facts: async (keys) => {
      const found = await ledger.find(keys)
      return [...found.values()].map((entry) => ({ entry, facts: translate(entry) }))
    },
  })
  onTestFinished(async () => {
    await graph[Symbol.asyncDispose]()
    await ledger[Symbol.asyncDispose]()
  })
  const intake = createIntake({ ledger, digestKey: randomBytes(32), scrub, clock: () => entryTime })
  const lines: string[] = []
  const log = createLog('debug', { write: (line: string) => lines.push(line) })
  const how = { sender: 's', trust: 'SELF_REPORTED', context: {}, mode: 'refuse' } as const
  return {
    ledger,
    graph,
    log,
    lines,
    async post(count) {
      const events = Array.from({ length: count }, () => event())
      await intake.accept(
        events.map((value) => ({ ...how, value: JSON.parse(JSON.stringify(value)) })),
      )
    },
    project(more = {}) {
      const projector = new Projector({
        ledger,
        graph,
        translate,
        limits,
        log,
        clock: () => entryTime,
        ...more,
      })
      onTestFinished(() => projector.stop())
      return projector
    },
  }
}

const entryTime = 1_770_000_000_000_000 as Draft['eventTime']

const isThere = async ({ graph }: World): Promise<boolean> =>
  (await graph.datasetByName(canonicalName('n', 'out'))) !== undefined

describe('the projector', () => {
  it('brings what was there and what comes into the graph, and says when it is settled', async () => {
    const here = await world()
    await here.post(25)
    const projector = here.project()
    expect(await projector.reached(25, soonMs)).toBe(true)
    expect(await isThere(here)).toBe(true)
    expect(await projector.lag()).toEqual({ entries: 0, marks: 0 })
    await here.post(3)
    projector.wake()
    expect(await projector.reached(28, soonMs)).toBe(true)
    expect(await here.graph.watermark(here.ledger.head().chain)).toBe(28)
  })

  it('says no, and goes on, when something was not reached in time', async () => {
    const here = await world()
    const projector = here.project()
    expect(await projector.reached(1, 0)).toBe(false)
    expect(await projector.reached(1, 20)).toBe(false)
    await here.post(1)
    projector.wake()
    expect(await projector.reached(1, soonMs)).toBe(true)
  })

  it('starts where the graph stands, and reads nothing twice', async () => {
    const here = await world()
    await here.post(12)
    const first = here.project()
    await first.reached(12, soonMs)
    await first.stop()
    await here.post(5)
    const seen: Entry[] = []
    const second = here.project({
      translate: (entry) => {
        seen.push(entry)
        return translate(entry)
      },
    })
    expect(await second.reached(17, soonMs)).toBe(true)
    expect(seen).toHaveLength(5)
  })

  it('leaves out an entry on which a translator fails, tells of it, and goes on', async () => {
    const here = await world()
    await here.post(3)
    const projector = here.project({
      translate: (entry) => {
        if (entry.position.endsWith(':1')) throw new TypeError('a bug of ours')
        return translate(entry)
      },
    })
    expect(await projector.reached(3, soonMs)).toBe(true)
    expect(projector.untranslated).toBe(1)
    expect(projector.failure).toBeUndefined()
    expect(here.lines.filter((line) => line.includes('TRANSLATION_FAILED'))).toHaveLength(1)
    const { items } = await here.graph.deadLetters({ first: 10 })
    expect(items.map(({ node }) => node.code)).toEqual(['TRANSLATION_FAILED'])
  })

  it('goes on by itself after the store failed, wherever it failed', async () => {
    for (const step of ['watermark', 'reduce', 'derive'] as const) {
      const here = await world()
      await here.post(20)
      let failures = 3
      const flaky = new Proxy(here.graph, {
        get(graph, name) {
          const method: unknown = Reflect.get(graph, name, graph)
          if (typeof method !== 'function') return method
          return async (...args: readonly unknown[]) => {
            if (name !== step || failures === 0) return await Reflect.apply(method, graph, args)
            failures -= 1
            throw new LinewardError('STORE_UNAVAILABLE', 'The disk is away')
          }
        },
      })
      const projector = here.project({ graph: flaky })
      expect(await projector.reached(20, soonMs)).toBe(true)
      expect(failures).toBe(0)
      expect(projector.failure).toBeUndefined()
      expect(here.lines.filter((line) => line.includes('STORE_UNAVAILABLE'))).toHaveLength(3)
    }
  })

  it('leaves the time to those who send, until somebody waits for it or they pause', async () => {
    const { ledger, graph, post, project } = await world()
    await post(30)
    let steps = 0
    const slow: ProjectorParts['graph'] = {
      watermark: (chain) => graph.watermark(chain),
      marksLeft: () => graph.marksLeft(),
      reduce: async (batch) => {
        steps += 1
        await delay(100)
        await graph.reduce(batch)
      },
      derive: (limit) => graph.derive(limit),
    }
    const projector = project({ graph: slow })
    const since = performance.now()
    // Somebody sends all the time: the first batch, and then most of 400 ms to nobody else.
    while (performance.now() - since < 400) {
      projector.wake()
      await delay(2)
    }
    expect(steps).toBeLessThanOrEqual(2)
    const sending = setInterval(() => projector.wake(), 2)
    onTestFinished(() => clearInterval(sending))
    expect(await projector.reached(ledger.head().entries, soonMs)).toBe(true)
    expect(performance.now() - since).toBeLessThan(5000)
  })

  it('never has two batches under way, and none while it is held', async () => {
    const here = await world()
    await here.post(60)
    let underWay = 0
    let most = 0
    let held = false
    let broken = 0
    const watched = new Proxy(here.graph, {
      get(graph, name) {
        const method: unknown = Reflect.get(graph, name, graph)
        if (typeof method !== 'function') return method
        return async (...args: readonly unknown[]) => {
          underWay += 1
          most = Math.max(most, underWay)
          if (held) broken += 1
          await delay(1)
          try {
            return await Reflect.apply(method, graph, args)
          } finally {
            underWay -= 1
          }
        }
      },
    })
    const projector = here.project({ graph: watched })
    const given = await projector.hold(async () => {
      held = true
      await delay(30)
      held = false
      return 7
    })
    expect(given).toBe(7)
    expect(await projector.reached(60, soonMs)).toBe(true)
    expect({ most, broken }).toEqual({ most: 1, broken: 0 })
  })

  it('that is stopped tells those who wait', async () => {
    const here = await world()
    const projector = here.project()
    const waiting = projector.reached(5, soonMs)
    await projector.stop()
    expect(await waiting).toBe(false)
    expect(await projector.reached(5, soonMs)).toBe(false)
  })
})
