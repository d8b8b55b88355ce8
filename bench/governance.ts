import type { NoticeBook } from '../src/coordination/index.ts'
import type { GraphReader } from '../src/graph/index.ts'
import type { Statement } from '../src/model/index.ts'
import type { BenchOptions, Figure } from './figure.ts'
import type { InProcess } from './in-process.ts'
import type { World } from './world.ts'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openNoticeBook } from '../src/coordination/index.ts'
import { Governor } from '../src/governance/index.ts'
import { findingJournal, systemClock } from '../src/service/index.ts'
import { worldEvents } from './events.ts'
import { shown } from './figure.ts'
import { openInProcess } from './in-process.ts'
import { plainColumns, plainSpread } from './peers/plain-spread.ts'
import { plainWalk } from './peers/plain-walk.ts'
import { plainOfWorld } from './plain-of.ts'
import { world } from './world.ts'

const datasets = { quick: 10_000, full: 100_000 }
const columnsEach = 15
const columnsLeast = 10_000
const waitMs = 3_600_000
const targetRatio = 5

/**
 * What governance takes on a graph of 100,000 datasets: all labels worked out beside a
 * plain walk over the same column edges, a label at its head, and intake with it and without.
 */
export async function governance({ quick, folder }: BenchOptions): Promise<readonly Figure[]> {
  const made = world({ datasets: quick ? datasets.quick : datasets.full })
  const data = join(folder, 'data')
  mkdirSync(data)
  await using parts = await openInProcess(data)
  await parts.accept(worldEvents(made, 1))
  await parts.project()
  await using book = openNoticeBook(parts.files.coordination)
  await using governor = governanceOver(parts.graph, book)
  const place = (zone: 'PROTECTED' | 'GENERAL', namespace: string): Statement => ({
    says: 'boundary',
    name: `${zone} ${namespace}`,
    zone,
    selectors: [{ namespace }],
  })
  await parts.decide([place('PROTECTED', 's3://lake'), place('GENERAL', 'snowflake://acme')])
  await parts.project()
  return [
    await wholly(governor, made),
    await labelled(governor, parts, made),
    await oneMore(governor, parts, made),
    ...(await besideIntake(quick, folder)),
  ]
}

/** Everything worked out, without reading it from the store. */
async function wholly(governor: Governor, made: World): Promise<Figure> {
  const reading = await secondsOf(async () => {
    governor.wake()
    await governor.reached(waitMs)
  })
  const seconds = await secondsOf(async () => await governor.preview([]))
  const columns = plainColumns(made, columnsEach)
  const bits = new Uint8Array(columns.columns)
  for (let column = 0; column < columns.columns; column += columnsEach) bits[column + 1] = 1
  const plain = await secondsOf(async () => plainSpread(columns, bits))
  const edges = made.jobs.reduce(
    (sum, { inputs, outputs }) => sum + inputs.length * outputs.length,
    0,
  )
  return {
    line: `all labels, statuses and findings, ${shown(made.datasets.length)} datasets, ${shown(edges)} edges, ${shown(columns.from.length)} column edges`,
    measured: `${shown(seconds)} s`,
    against: `bits along the same column edges in typed arrays: ${shown(plain)} s`,
    ratio: plain / seconds,
    target: { text: `${targetRatio} times a plain walk`, met: seconds <= plain * targetRatio },
    note: `With reading everything from the store and detecting what each column is, the first time, it took ${shown(reading)} s.`,
  }
}

/** From a label that is stated to the findings that it raises. */
async function labelled(governor: Governor, parts: InProcess, made: World): Promise<Figure> {
  const graph = plainOfWorld(made)
  const below = (start: number): number =>
    plainWalk(graph, start, 'DOWNSTREAM', 100).datasets.size * columnsEach
  const starts = [...made.datasets.keys()].slice(0, 200)
  const start = starts.find((one) => below(one) >= columnsLeast) ?? 0
  const { namespace, name } = made.datasets[start] ?? { namespace: '', name: '' }
  const dataset = { namespace, name }
  const label = { of: { dataset, column: 'status' }, label: 'SENS.HIV', holds: true, reason: '' }
  await parts.decide([{ says: 'label', ...label }])
  await parts.project()
  const before = await findingsOf(governor)
  const seconds = await secondsOf(async () => {
    governor.wake()
    await governor.reached(waitMs)
  })
  const after = await findingsOf(governor)
  return {
    line: `a new label above ${shown(below(start))} columns, to findings`,
    measured: `${shown(seconds)} s`,
    against: 'ten seconds',
    ratio: 10 / seconds,
    note: `${before} findings before, ${after} after (of a page of 1,000).`,
  }
}

async function findingsOf(governor: Governor): Promise<number> {
  const all = { kinds: undefined, statuses: undefined, severities: undefined }
  return (await governor.findings(all, { first: 1000 })).items.length
}

/** One more run of one job near the end of the graph. */
async function oneMore(governor: Governor, parts: InProcess, made: World): Promise<Figure> {
  const last = { ...made, jobs: made.jobs.slice(-1) }
  await parts.accept([...worldEvents(last, 2)].slice(2))
  await parts.project()
  const seconds = await secondsOf(async () => {
    governor.wake()
    await governor.reached(waitMs)
  })
  return {
    line: `one more run of a job that nothing reads from, ${shown(made.datasets.length)} datasets`,
    measured: `${shown(seconds * 1000)} ms`,
    against: 'a tenth of a second',
    ratio: 0.1 / seconds,
  }
}

/** Events a second from the ledger into the graph, with governance behind it and without. */
async function besideIntake(quick: boolean, folder: string): Promise<readonly Figure[]> {
  const rates: number[] = []
  for (const isGoverned of [false, true]) {
    const data = join(folder, `intake-${isGoverned}`)
    mkdirSync(data)
    await using parts = await openInProcess(data)
    const accepted = await parts.accept(worldEvents(world({ datasets: 4000 }), quick ? 1 : 4))
    await using book = openNoticeBook(parts.files.coordination)
    await using governor = governanceOver(parts.graph, book)
    const { seconds } = await parts.project(isGoverned ? () => governor.wake() : undefined)
    rates.push(accepted / seconds)
  }
  const [off = 0, on = 0] = rates
  return [
    {
      line: 'from the ledger into the graph with governance behind it',
      measured: `${shown(on)} events/s`,
      against: `without governance: ${shown(off)} events/s`,
      ratio: on / off,
    },
  ]
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

/** As the service has it, but that it tells nobody, and fails with what failed. */
function governanceOver(graph: GraphReader, book: NoticeBook): Governor {
  return new Governor({
    graph,
    clock: systemClock,
    journal: findingJournal(book, undefined),
    warnMs: 0,
    onError: (error) => {
      throw error
    },
  })
}
