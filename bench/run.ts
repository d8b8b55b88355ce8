import type { BenchOptions, Figure } from './figure.ts'
import type { Run } from './report.ts'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { accesses } from './accesses.ts'
import { backfill } from './backfill.ts'
import { detectors } from './detectors.ts'
import { generated } from './generated.ts'
import { governance } from './governance.ts'
import { intake } from './intake.ts'
import { lineageOfSample } from './lineage.ts'
import { projection } from './projection.ts'
import { loadNow, page } from './report.ts'
import { translation } from './translation.ts'

/*
 * Measures what the design promises, each line beside a peer or a limit in the same run, and writes
 * the results beside this file. `--quick` takes smaller worlds, `--only NAME` (or the
 * name alone) one line and writes nothing.
 */

const lines: Readonly<Record<string, (options: BenchOptions) => Promise<readonly Figure[]>>> = {
  intake,
  backfill,
  translation,
  projection,
  sample: lineageOfSample,
  generated,
  accesses,
  governance,
  detectors,
}

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
  allowPositionals: true,
})
const { quick, only = positionals[0] } = values
if (positionals.length > 1 || (only !== undefined && !Object.hasOwn(lines, only))) {
  throw new Error(`Name one of ${Object.keys(lines).join(', ')}`)
}

const root = mkdtempSync(join(tmpdir(), 'lineward-bench-'))
const runs: Run[] = []
try {
  for (const [name, line] of Object.entries(lines)) {
    if (only !== undefined && only !== name) continue
    const folder = join(root, name)
    mkdirSync(folder)
    const loadBefore = loadNow()
    const figures = await line({ quick, folder })
    runs.push({ figures, loadBefore, loadAfter: loadNow() })
    rmSync(folder, { recursive: true, force: true })
    for (const { line: what, measured } of figures) console.log(`${what}: ${measured}`)
  }
} finally {
  rmSync(root, { recursive: true, force: true })
}
const file = join(import.meta.dirname, 'results.md')
const text = await format(page(runs, { quick }), {
  ...(await resolveConfig(file)),
  filepath: file,
})
console.log(`\n${text}`)
if (only === undefined) writeFileSync(file, text)
