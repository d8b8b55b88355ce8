import type { Received } from '../../src/ingest/index.ts'
import type { Ledger } from '../../src/ledger/index.ts'
import type { Entry, Json, JsonObject, Micros } from '../../src/model/index.ts'
import fc from 'fast-check'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIntake, translate } from '../../src/ingest/index.ts'
import { openLedger } from '../../src/ledger/index.ts'
import { isJsonObject, parseJson } from '../../src/model/index.ts'
import {
  activityLine,
  assumed,
  connectionLine,
  digestFile,
  kinesisRecord,
  logs,
  looking,
  native,
  objectCall,
  record,
  s3Notification,
  sns,
  snsRecord,
  sqs,
  userLine,
  viaEventBridge,
} from './aws-events.ts'
import { entryOf } from './entry-of.ts'
import { scrub } from '../scrub.ts'

const golden = join(import.meta.dirname, '../golden/openlineage')
const openLineage = globSync('*/*.event.json', { cwd: golden })
  .toSorted()
  .map((path) => parseJson(readFileSync(join(golden, path), 'utf8')))
const ofAws: readonly Json[] = [
  record(),
  ...Array.from({ length: 14 }, () => looking()),
  viaEventBridge(record()),
  objectCall('GetObject', 'raw/visits/x.csv'),
  objectCall('CopyObject', 'raw/visits/x.csv', {
    requestParameters: { bucketName: 'b', key: 'k', 'x-amz-copy-source': '/c/raw/x' },
  }),
  objectCall('ListObjects', 'raw/', { errorCode: 'AccessDenied', requestParameters: null }),
  assumed({ role: 'etl', key: 'ASIAETL', by: { role: 'reader', key: 'ASIAREADER' } }),
  native(),
  { Records: [sqs(sns(record())), kinesisRecord('x'), s3Notification(), snsRecord(native())] },
  logs('/aws/redshift/cluster/dwh/useractivitylog', [activityLine, connectionLine, userLine]),
  digestFile(),
]
const events = [...openLineage, ...ofAws, ...ofAws, ...ofAws]

/** Strings that have meant something to somebody. */
const hostile = fc.constantFrom(
  '__proto__',
  'constructor',
  "'; DROP TABLE datasets; --",
  '\u202etxt.exe',
  '\u0000',
  '\ud800',
  '{a,b,{c,d}}',
  's3a://lake//x/dt=2026-03-01/part-0000.parquet',
  '[scrubbed:ssn]',
  'x'.repeat(10_000),
  '',
)
const anything: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>,
  hostile,
)

/** A golden event in which a few places, found by chance, hold something else or are gone. */
const mutated: fc.Arbitrary<Json> = fc
  .tuple(
    fc.constantFrom(...events),
    fc.array(fc.tuple(fc.array(fc.nat(), { maxLength: 8 }), anything), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([event, changes]) =>
    changes.reduce<Json>((value, [way, put]) => replaced(value, way, put), event),
  )

describe('any JSON', () => {
  let folder: string
  let ledger: Ledger

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lineward-any-json-'))
    ledger = await openLedger({ file: join(folder, 'ledger.db') })
  })
  afterAll(async () => {
    await ledger[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  it('gives facts, a count or a coded refusal, and never a failure', async () => {
    const intake = createIntake({
      ledger,
      digestKey: Buffer.alloc(32, 3),
      scrub,
      clock: () => 0 as Micros,
    })
    const seen = {
      accepted: 0,
      refused: 0,
      'dead-lettered': 0,
      duplicate: 0,
      unknown: 0,
      irrelevant: 0,
      warned: 0,
    }
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 4, arbitrary: mutated }, { weight: 1, arbitrary: anything }),
        fc.constantFrom<Received['mode']>('refuse', 'dead-letter'),
        async (value, mode) => {
          // A list may hold several events, and an empty one none.
          const outcomes = await intake.accept([
            { value, mode, sender: 'any', trust: 'SELF_REPORTED', context: {} },
          ])
          if (mode === 'refuse') expect(outcomes).toHaveLength(1)
          for (const outcome of outcomes) {
            seen[outcome.status] += 1
            seen.warned += Number(outcome.warnings.length > 0)
            if (outcome.status === 'refused') {
              expect(outcome.code).toMatch(/^[A-Z_]+$/)
              expect(outcome.key).toBeUndefined()
              continue
            }
            if (outcome.status === 'irrelevant') {
              expect(outcome.key).toBeUndefined()
              continue
            }
            const key = outcome.key ?? ('' as Entry['key'])
            const entry = (await ledger.find([key])).get(key)
            if (entry === undefined) throw new Error('what was accepted is not there')
            const facts = translate(entry)
            expect(facts.length).toBeGreaterThan(0)
            expect(JSON.stringify(translate(entry))).toBe(JSON.stringify(facts))
          }
        },
      ),
      { numRuns: 400, seed: 1 },
    )
    // A run that met too few of a kind would have shown nothing about it.
    const { duplicate: _, ...kinds } = seen
    for (const [kind, count] of Object.entries(kinds))
      expect([kind, count > 10]).toEqual([kind, true])
  })

  it('in an entry is translated, whatever kind of entry it is', () => {
    const kinds = ['event', 'decision', 'retraction', 'dead-letter', 'replay'] as const
    const formats = ['openlineage', 'lineward', 'text', 'json', 'unheard-of']
    fc.assert(
      fc.property(
        fc.oneof(mutated, anything),
        fc.constantFrom(...kinds),
        fc.constantFrom(...formats),
        (value, kind, format) => {
          const facts = translate(entryOf(value, { kind, format }))
          expect(Array.isArray(facts)).toBe(true)
        },
      ),
      { numRuns: 500, seed: 1 },
    )
  })
})

/** The value with what lies at the end of the way replaced; `put` of null takes a member away. */
function replaced(value: Json, [step, ...way]: readonly number[], put: Json): Json {
  if (step === undefined) return put
  if (isList(value)) {
    if (value.length === 0) return put
    return value.map((item, index) =>
      index === step % value.length ? replaced(item, way, put) : item,
    )
  }
  if (!isJsonObject(value)) return put
  const entries = Object.entries(value)
  const [chosen] = entries[step % Math.max(entries.length, 1)] ?? []
  if (chosen === undefined) return put
  if (way.length === 0 && put === null)
    return Object.fromEntries(entries.filter(([key]) => key !== chosen))
  const members = entries.map(([key, item]): [string, Json] => [
    key,
    key === chosen ? replaced(item, way, put) : item,
  ])
  return Object.fromEntries(members) satisfies JsonObject
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
