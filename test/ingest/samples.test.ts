import type { Received } from '../../src/ingest/index.ts'
import type { Ledger } from '../../src/ledger/index.ts'
import type { Entry, Micros } from '../../src/model/index.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIntake, translate } from '../../src/ingest/index.ts'
import { openLedger } from '../../src/ledger/index.ts'
import { sampleFiles, samplesAreThere } from './shared-samples.ts'
import { scrub } from '../scrub.ts'

type Count = { accepted: number; duplicate: number; warnings: number; 'dead-lettered': number }

/** What became of each folder of samples: accepted, duplicates, warnings, dead letters. */
const expected: Readonly<Record<string, readonly [number, number, number, number]>> = {
  airflow: [10, 0, 0, 0],
  dbt: [6, 0, 0, 0],
  debezium: [1, 0, 0, 0],
  flink: [3, 0, 0, 0],
  'from-expectations/dbt': [180, 0, 0, 0],
  'from-expectations/flink': [8, 0, 0, 0],
  'from-expectations/flink2': [1, 0, 0, 0],
  'from-expectations/hive': [28, 0, 0, 0],
  'from-expectations/spark': [38, 0, 0, 0],
  glue: [2, 0, 0, 0],
  hive: [1, 0, 0, 0],
  invalid: [5, 0, 5, 1],
  'marquez-seed': [26, 0, 0, 0],
  proxy: [2, 0, 0, 0],
  'python-client': [3, 0, 0, 0],
  spark: [33, 0, 0, 0],
  'spec-docs': [13, 0, 0, 0],
  starrocks: [3, 0, 0, 0],
  unknown: [3, 0, 0, 0],
}

describe.skipIf(!samplesAreThere)('the shared samples of OpenLineage (../shared)', () => {
  let folder: string
  let ledger: Ledger
  const counts = new Map<string, Count>()

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lineward-samples-'))
    ledger = await openLedger({ file: join(folder, 'ledger.db') })
    const intake = createIntake({
      ledger,
      digestKey: Buffer.alloc(32, 1),
      scrub,
      clock: () => 0 as Micros,
    })
    for (const { folder: name, events } of sampleFiles()) {
      const none: Count = { accepted: 0, duplicate: 0, warnings: 0, 'dead-lettered': 0 }
      const count = counts.get(name) ?? none
      counts.set(name, count)
      const batch = events.map((value): Received => ({
        value,
        sender: 'samples',
        trust: 'SELF_REPORTED',
        context: {},
        mode: 'dead-letter',
      }))
      for (const { status, warnings } of await intake.accept(batch)) {
        if (status in count) count[status as keyof Count] += 1
        count.warnings += warnings.length
      }
    }
  })

  afterAll(async () => {
    await ledger[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  it('come in by the counts that are known', () => {
    const table = [...counts].map(([name, count]) => [
      name,
      [count.accepted, count.duplicate, count.warnings, count['dead-lettered']],
    ])
    expect(Object.fromEntries(table)).toEqual(expected)
  })

  it('are all there afterwards, and each gives facts, twice the same', async () => {
    const all: Entry[] = []
    while (all.length < ledger.head().entries) all.push(...(await ledger.read(all.length, 100)))
    expect(all.filter(({ kind }) => kind === 'event')).toHaveLength(366)
    for (const entry of all) {
      const facts = translate(entry)
      expect(facts.length).toBeGreaterThan(0)
      expect(translate(entry)).toEqual(facts)
    }
  })

  it('keep no password', async () => {
    const stored = await ledger.read(0, 500)
    const debezium = stored.find(({ payload }) => payload.includes('"debezium_config"'))
    expect(debezium?.payload.includes('database.password=[scrubbed:password]')).toBe(true)
    expect(debezium?.exposures.some(({ detector }) => detector === 'password')).toBe(true)
  })
})
