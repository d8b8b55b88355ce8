import type { BenchOptions, Figure } from './figure.ts'
import type { Service } from './service.ts'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startChild } from './child.ts'
import { worldEvents } from './events.ts'
import { shown } from './figure.ts'
import { expectStatuses, send } from './send.ts'
import { startService } from './service.ts'
import { world } from './world.ts'

const batchSize = 100
const batchConnections = 8
const singleConnections = 32

/** Events that a real service takes over HTTP, durable when answered, beside a route that only appends. */
export async function intake({ quick, folder }: BenchOptions): Promise<readonly Figure[]> {
  const texts = [...worldEvents(world({ datasets: 4000 }), quick ? 1 : 4)]
  const half = Math.floor(texts.length / 2 / batchSize) * batchSize
  const batched = texts.slice(0, half)
  const batches = Array.from({ length: half / batchSize }, (_, index) =>
    arrayOf(batched.slice(index * batchSize, (index + 1) * batchSize)),
  )
  const singles = texts.slice(half, half * 2)
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length

  const data = join(folder, 'data')
  const theirs = await peer(folder, batches, singles)
  await using service = await startService(data)
  const to = { token: service.producer, folder }
  const route = `${service.url}/api/v1/lineage`
  const many = await send({
    ...to,
    url: `${route}/batch`,
    bodies: batches,
    connections: batchConnections,
  })
  expectStatuses(many, 200)
  const refused = many.answers.filter((answer) => !answer.includes('"failed":0'))
  if (refused.length > 0) throw new Error(`A batch was not accepted whole: ${refused[0]}`)
  const one = await send({ ...to, url: route, bodies: singles, connections: singleConnections })
  expectStatuses(one, 201)

  const behindSeconds = await settled(service)

  const size = `events of ${shown(bytes / 1024)} KiB`
  return [
    figure(`intake, batches of ${batchSize} over ${batchConnections} connections, ${size}`, {
      ours: batched.length / many.seconds,
      theirs: batched.length / theirs.many,
      note: 'The peer does one fsync for each batch, and reads nothing of it.',
    }),
    figure(`intake, single posts over ${singleConnections} connections, ${size}`, {
      ours: singles.length / one.seconds,
      theirs: singles.length / theirs.one,
      note: `The peer does one fsync for each event; posts to Lineward share commits. The graph followed beside both lines, and had caught up ${shown(behindSeconds)} s after the last answer.`,
    }),
  ]
}

/** Seconds until everything that was accepted is in the graph. */
async function settled({ url, admin }: Service): Promise<number> {
  const from = performance.now()
  for (;;) {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ intake { settled } }' }),
    })
    if ((await answer.text()).includes('"settled":true')) return (performance.now() - from) / 1000
    await delay(pollMs)
  }
}

const pollMs = 250

function figure(
  line: string,
  { ours, theirs, note }: Readonly<{ ours: number; theirs: number; note: string }>,
): Figure {
  return {
    line,
    measured: `${shown(ours)} events/s`,
    against: `bare Fastify, append and fsync: ${shown(theirs)} events/s`,
    ratio: ours / theirs,
    note,
  }
}

async function peer(
  folder: string,
  batches: readonly string[],
  singles: readonly string[],
): Promise<Readonly<{ many: number; one: number }>> {
  const own = join(folder, 'peer')
  mkdirSync(own, { recursive: true })
  const file = new URL('peers/append-server.ts', import.meta.url)
  await using server = await startChild(file, [join(own, 'appended')], /listening at (\S+)/)
  const to = { url: `${server.said}/append`, token: undefined, folder: own }
  const many = await send({ ...to, bodies: batches, connections: batchConnections })
  const one = await send({ ...to, bodies: singles, connections: singleConnections })
  expectStatuses(many, 201)
  expectStatuses(one, 201)
  return { many: many.seconds, one: one.seconds }
}

function arrayOf(texts: readonly string[]): string {
  return `[${texts.join(',')}]`
}
