import type { BenchOptions, Figure } from './figure.ts'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { worldEvents } from './events.ts'
import { shown } from './figure.ts'
import { openInProcess } from './in-process.ts'
import { lineageOfWorld } from './lineage.ts'
import { memory } from './memory.ts'
import { rawUpserts } from './peers/sqlite-upserts.ts'
import { projectionFigure } from './projection.ts'
import { rowsIn } from './rows.ts'
import { world } from './world.ts'

const datasets = { quick: 10_000, full: 100_000 }
const rawRows = 500_000

/**
 * A graph of 100,000 datasets, made as every graph is: its events go through intake into
 * a ledger and from there into the store. Then what it is like to have it.
 */
export async function generated({ quick, folder }: BenchOptions): Promise<readonly Figure[]> {
  const made = world({ datasets: quick ? datasets.quick : datasets.full })
  const data = join(folder, 'data')
  mkdirSync(data)
  const parts = await openInProcess(data)
  await parts.accept(worldEvents(made, 1))
  const projected = await parts.project()
  await parts[Symbol.asyncDispose]()
  const graphFile = parts.files.graph
  const raw = rawUpserts(folder, rawRows)
  const name = `${shown(made.datasets.length)} datasets, from an empty graph on`
  return [
    projectionFigure(name, { projected, rows: rowsIn(graphFile), raw }),
    ...(await memory(graphFile, made)),
    ...(await lineageOfWorld({ quick, folder }, { data, made })),
  ]
}
