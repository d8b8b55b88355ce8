import { createWriteStream, readFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createGzip } from 'node:zlib'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { looking, record } from '../ingest/aws-events.ts'
import { temporaryFolder } from '../storage/folder.ts'

const mebibyte = 1024 * 1024
const fileBytes = 500 * mebibyte
const memoryMax = 300 * mebibyte
const cli = join(import.meta.dirname, '../../src/cli.ts')

/** A file of CloudTrail on one line, nearly all of it irrelevant, as in a busy account. */
async function written(file: string, packed: boolean): Promise<number> {
  const out = createWriteStream(file)
  const into = packed ? createGzip({ level: 1 }) : out
  if (packed) into.pipe(out)
  const put = async (text: string): Promise<void> => {
    if (!into.write(text)) await once(into, 'drain')
  }
  await put('{"Records":[')
  let bytes = 0
  let records = 0
  while (bytes < fileBytes) {
    const some = Array.from({ length: 200 }, (_, at) =>
      JSON.stringify(at === 0 ? record() : looking()),
    )
    const text = `${records === 0 ? '' : ','}${some.join(',')}`
    bytes += text.length
    records += some.length
    await put(text)
  }
  into.end(']}\n')
  await once(out, 'close')
  return records
}

/** The most memory that the process ever had, in bytes, as its kernel counts. */
function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

it.for([
  { what: 'plain', packed: false },
  { what: 'gzip', packed: true },
])(
  'a file of 500 MiB ($what) is read in under 300 MiB of memory',
  async ({ packed }, { annotate }) => {
    const folder = temporaryFolder()
    const file = join(folder, `trail.json${packed ? '.gz' : ''}`)
    const records = await written(file, packed)
    const words = [cli, 'ingest', file, '--data', join(folder, 'data'), '--json']
    const since = performance.now()
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    let peak = 0
    const watching = setInterval(() => {
      peak = Math.max(peak, peakOf(child.pid ?? 0))
    }, 50)
    await once(child, 'close')
    clearInterval(watching)
    const seconds = (performance.now() - since) / 1000
    const figures = `peak ${Math.round(peak / mebibyte)} MiB, ${seconds.toFixed(1)} s`
    await annotate(`${records.toLocaleString('en')} records, ${figures}`)
    expect(JSON.parse(out)).toMatchObject({
      received: records,
      unknown: records / 200,
      irrelevant: records - records / 200,
      deadLettered: 0,
    })
    expect(peak).toBeGreaterThan(0)
    expect(peak).toBeLessThan(memoryMax)
  },
)
