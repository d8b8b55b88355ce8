import type { BenchOptions, Figure } from './figure.ts'
import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { gzipSync } from 'node:zlib'
import { accessEvents } from './access-events.ts'
import { shown } from './figure.ts'
import { openInProcess } from './in-process.ts'

const counts = { quick: 50_000, full: 1_000_000 }
/** As many as CloudTrail puts into a busy file. */
const fileRecords = 5_000
const mebibyte = 1 << 20

/**
 * Object-level accesses by the million: through intake into blocks of columns, and from there into
 * the graph. What one costs on disk, beside the same records as CloudTrail's own files have them, and
 * what all of them take of memory, beside a process that has none.
 */
export async function accesses({ quick, folder }: BenchOptions): Promise<readonly Figure[]> {
  const count = quick ? counts.quick : counts.full
  const gzipped = gzipSync(JSON.stringify({ Records: [...accessEvents(fileRecords)] })).length
  const restBefore = residentBytes()
  const parts = await openInProcess(folder)
  let peak = 0
  const texts = function* (): Generator<string> {
    for (const event of accessEvents(count)) {
      yield JSON.stringify(event)
      peak = Math.max(peak, residentBytes())
    }
  }
  const from = performance.now()
  const accepted = await parts.accept(texts(), 'dead-letter')
  const intakeSeconds = (performance.now() - from) / 1000
  const projected = await parts.project()
  peak = Math.max(peak, residentBytes())
  await parts[Symbol.asyncDispose]()
  const ledger = tablesOf(parts.files.ledger)
  const graph = tablesOf(parts.files.graph)
  const blocks = (ledger.get('block') ?? 0) / accepted
  const index = (ledger.get('entry_latest') ?? 0) / accepted
  const graphEach = statSync(parts.files.graph).size / accepted
  const raw = gzipped / fileRecords
  return [
    {
      line: `an access in the ledger, of ${shown(accepted)}`,
      measured: `${shown(blocks)} bytes in blocks, ${shown(index)} in the index of keys`,
      against: `its record in a gzip file of CloudTrail: ${shown(raw)} bytes`,
      ratio: raw / (blocks + index),
      note: `Taken in at ${shown(accepted / intakeSeconds)} a second. An id and a digest of 16 bytes each cannot be made shorter.`,
    },
    {
      line: `an access in the graph, of ${shown(accepted)}`,
      measured: `${shown(graphEach)} bytes in the file`,
      against: `its record in a gzip file of CloudTrail: ${shown(raw)} bytes`,
      ratio: raw / graphEach,
      note: `Projected at ${shown(projected.entries / projected.seconds)} a second. By table: ${wordsOf(graph, accepted)}.`,
    },
    {
      line: `memory for ${shown(accepted)} accesses, taken in and projected`,
      measured: `${shown((peak - restBefore) / mebibyte)} MiB more than before, at its peak`,
      against: `the graph's cache of pages: ${shown(256)} MiB`,
      ratio: 256 / ((peak - restBefore) / mebibyte),
    },
  ]
}

function residentBytes(): number {
  return process.memoryUsage.rss()
}

/** Bytes on pages, by table or index. */
function tablesOf(file: string): ReadonlyMap<string, number> {
  using database = new DatabaseSync(file, { readOnly: true })
  const rows = database.prepare('SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name').all()
  return new Map(rows.map((row) => [String(row['name']), Number(row['bytes'])]))
}

function wordsOf(tables: ReadonlyMap<string, number>, events: number): string {
  return [...tables]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 8)
    .map(([name, bytes]) => `${name} ${shown(bytes / events)}`)
    .join(', ')
}
