import type { BenchOptions, Figure } from './figure.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { looking, record } from '../test/ingest/aws-events.ts'
import { shown } from './figure.ts'

const target = 0.6
const recordsOfFile = 20_000
const relevantEach = 200

/** Files of a busy account's trail read into an empty data folder, beside unpacking and parsing them. */
export async function backfill({ quick, folder }: BenchOptions): Promise<readonly Figure[]> {
  const trail = join(folder, 'trail')
  mkdirSync(trail)
  const files = Array.from({ length: quick ? 3 : 20 }, (_, index) =>
    join(trail, `${String(index).padStart(3, '0')}.json.gz`),
  )
  let bytes = 0
  for (const file of files) {
    const records = Array.from({ length: recordsOfFile }, (_, at) =>
      at % relevantEach === 0 ? record() : looking(),
    )
    const text = JSON.stringify({ Records: records })
    bytes += text.length
    writeFileSync(file, gzipSync(text, { level: 1 }))
  }
  const theirs = await seconds(new URL('peers/gunzip-and-parse.ts', import.meta.url), files)
  const cli = new URL('../src/cli.ts', import.meta.url)
  const ours = await seconds(cli, ['ingest', trail, '--data', join(folder, 'data'), '--json'])
  const mebibytes = bytes / (1 << 20)
  const records = files.length * recordsOfFile
  return [
    {
      line: `backfill of a trail, ${shown(records)} records in ${files.length} files, one of ${relevantEach} kept`,
      measured: `${shown(mebibytes / ours)} MiB/s, ${shown(records / ours)} records/s`,
      against: `gunzip and JSON.parse: ${shown(mebibytes / theirs)} MiB/s`,
      ratio: theirs / ours,
      target: { text: `at least ${target * 100}% of its speed`, met: theirs / ours >= target },
      note: 'Both are whole commands, from their start to their end, on one core each.',
    },
  ]
}

/** How long a file of this project runs as a process of its own. */
async function seconds(file: URL, args: readonly string[]): Promise<number> {
  const from = performance.now()
  const child = spawn(process.execPath, [fileURLToPath(file), ...args], { stdio: 'ignore' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${fileURLToPath(file)} ended with ${code}`)
  return (performance.now() - from) / 1000
}
