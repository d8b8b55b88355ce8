import type { BenchOptions, Figure } from './figure.ts'
import type { Projected } from './in-process.ts'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { hospitalRequests } from '../src/demo/index.ts'
import { worldEvents } from './events.ts'
import { shown } from './figure.ts'
import { openInProcess } from './in-process.ts'
import { rawUpserts } from './peers/sqlite-upserts.ts'
import { rowsIn } from './rows.ts'
import { world } from './world.ts'

const targetPerSecond = 500
const upserts = { quick: 200_000, full: 1_000_000 }

/** From the ledger to a settled graph, beside what SQLite itself takes. */
export async function projection({ quick, folder }: BenchOptions): Promise<readonly Figure[]> {
  const raw = rawUpserts(folder, quick ? upserts.quick : upserts.full)
  const days = quick ? 21 : 180
  const repeated = hospitalRequests({ only: 'openlineage', days }).map(
    ({ body }) => JSON.parse(body) as unknown,
  )
  const hospital = repeated.flatMap((body) => (Array.isArray(body) ? body : [body]))
  const generated = worldEvents(world({ datasets: quick ? 1000 : 4000 }), quick ? 1 : 4)
  const work = [
    [`the sample hospital over ${days} days`, hospital.map((event) => JSON.stringify(event))],
    [`a generated world, ${quick ? 1 : 4} runs of each job`, generated],
  ] as const
  const figures: Figure[] = []
  for (const [index, [name, texts]] of work.entries()) {
    const own = join(folder, String(index))
    mkdirSync(own)
    figures.push(await measured(name, { folder: own, texts, raw }))
  }
  return figures
}

async function measured(
  name: string,
  { folder, texts, raw }: Readonly<{ folder: string; texts: Iterable<string>; raw: number }>,
): Promise<Figure> {
  const parts = await openInProcess(folder)
  await parts.accept(texts)
  const projected = await parts.project()
  await parts[Symbol.asyncDispose]()
  return projectionFigure(name, { projected, rows: rowsIn(parts.files.graph), raw })
}

/** Events a second, and what part of SQLite's own speed that is by the rows that are left behind. */
export function projectionFigure(
  name: string,
  { projected, rows, raw }: Readonly<{ projected: Projected; rows: number; raw: number }>,
): Figure {
  const { entries, seconds, processorSeconds, steps } = projected
  const perSecond = entries / seconds
  const rowsEach = rows / entries
  const millis = Object.entries(steps).map(([step, spent]) => {
    return `${step} ${shown((spent / entries) * 1000)} ms`
  })
  return {
    line: `projection of ${name}, ${shown(entries)} events`,
    measured: `${shown(perSecond)} events/s (${shown(entries / processorSeconds)} for each second of processor time)`,
    against: `raw SQLite: ${shown(raw)} rows/s, and ${shown(rowsEach)} rows are kept of an event: ${shown(raw / rowsEach)} events/s`,
    ratio: perSecond / (raw / rowsEach),
    target: {
      text: `at least ${targetPerSecond} events/s`,
      met: perSecond >= targetPerSecond,
    },
    note: `For each event: ${millis.join(', ')}.`,
  }
}
