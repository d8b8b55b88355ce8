import type { Fact, Json } from '../../src/model/index.ts'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../src/errors.ts'
import { coverage, translate } from '../../src/ingest/index.ts'
import { recognise } from '../../src/ingest/recognise.ts'
import { isJsonObject, parseJson } from '../../src/model/index.ts'
import { memberOf, objectIn } from '../../src/ingest/members.ts'
import { entryOf } from './entry-of.ts'

const root = join(import.meta.dirname, '../golden')
const events = globSync('{emr,firehose,glue,iot,kinesis,s3}/*/*.event.json', { cwd: root })
  .toSorted()
  .map((file) => parseJson(readFileSync(join(root, file), 'utf8')))

/** By what a value is hidden, emptied or retyped. `undefined` takes the member away. */
const puts: readonly (Json | undefined)[] = [
  undefined,
  null,
  '',
  [],
  {},
  0,
  -1.5,
  true,
  'x',
  [null],
  [{}],
  { items: [] },
  { items: ['x', { name: 'x' }] },
  'HIDDEN_DUE_TO_SECURITY_REASONS',
  'HIDDEN_FOR_SECURITY_REASONS',
  '***OMITTED***',
  '****',
  '***',
  '<sensitiveDataRemoved>',
  'Value hidden due to security reasons.',
  ['***'],
  ['HIDDEN_DUE_TO_SECURITY_REASONS', 'x'],
  's3://',
  's3:///x',
  'arn:aws:s3:::',
  'arn:aws:kinesis:eu-west-1:111122223333:stream/',
  'jdbc:redshift://',
  '${',
  "SELECT '",
  'constructor',
  '__proto__',
  '\u{d800}',
]

const marker = /HIDDEN_(?:DUE_TO|FOR)_|\*{3}|sensitiveDataRemoved|Value hidden/

const mutated = fc
  .tuple(
    fc.constantFrom(...events),
    fc.array(
      fc.tuple(fc.array(fc.nat(), { minLength: 2, maxLength: 6 }), fc.constantFrom(...puts)),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([event, changes]) => ({
    event,
    // What an event is called and when it was stay: this is about what translators read.
    value: changes.reduce<Json>((value, [way, put]) => inPayload(value, way, put), event),
  }))

describe('an event of AWS of which parts are gone, empty, hidden or of another type', () => {
  it('gives facts or a coded problem, and no name that is a marker', () => {
    const seen = { facts: 0, problems: 0 }
    fc.assert(
      fc.property(mutated, ({ event, value }) => {
        const format = recognise(value)
        if (format === undefined) throw new Error('it is still an event of AWS')
        const text = JSON.stringify(value)
        const author = format.authorOf?.({ value, context: {} })
        const entry = entryOf(text, { format: format.name, author })
        const facts = translate(entry)
        expect(JSON.stringify(translate(entry))).toBe(JSON.stringify(facts))
        for (const fact of facts) expectSound(fact)
        if (facts.length === 0) expect(mayBeSilent(event)).toBe(true)
        seen.facts += Number(facts.some(({ kind }) => kind !== 'problem'))
        seen.problems += Number(facts.some(({ kind }) => kind === 'problem'))
      }),
      { numRuns: 3000, seed: 7 },
    )
    expect(seen.facts).toBeGreaterThan(1000)
    expect(seen.problems).toBeGreaterThan(300)
  })
})

function expectSound(fact: Fact): void {
  if (fact.kind === 'problem') expect(Object.keys(errorCodes)).toContain(fact.code)
  for (const name of namesIn(fact as unknown as Json)) {
    expect(name).not.toMatch(marker)
    expect(name).not.toBe('')
  }
  if ('run' in fact) {
    expect(fact.run).not.toMatch(marker)
    expect(fact.run).not.toBe('')
  }
}

/** Every name of a dataset or job in a fact. */
function namesIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn)
  if (!isJsonObject(value)) return []
  const [namespace, name] = ['namespace', 'name'].map((key) => memberOf(value, key))
  const own = typeof namespace === 'string' && typeof name === 'string' ? [name, namespace] : []
  return [...own, ...Object.values(value).flatMap((one) => namesIn(one ?? null))]
}

/** A refused call changed nothing, and some only ask. */
function mayBeSilent(event: Json): boolean {
  const name = recognise(event)?.nameOf(event) ?? ''
  const row = coverage.calls.read[name]
  return row?.gives.startsWith('nothing') === true || (isJsonObject(event) && 'errorCode' in event)
}

const payloads = ['requestParameters', 'responseElements', 'additionalEventData', 'detail']

function inPayload(event: Json, [at = 0, ...way]: readonly number[], put: Json | undefined): Json {
  if (!isJsonObject(event)) return event
  const present = payloads.filter((key) => objectIn(event, key) !== undefined)
  const key = present[at % Math.max(present.length, 1)]
  const within = key === undefined ? undefined : memberOf(event, key)
  if (key === undefined || within === undefined) return event
  return { ...event, [key]: replaced(within, way, put) ?? null }
}

/** The value with what lies at the end of the way replaced, or taken away. */
function replaced(
  value: Json,
  [step, ...way]: readonly number[],
  put: Json | undefined,
): Json | undefined {
  if (step === undefined) return put
  if (Array.isArray(value)) {
    const list: readonly Json[] = value
    if (list.length === 0) return put
    return list.flatMap((item, index) =>
      index === step % list.length ? [replaced(item, way, put)].filter(isThere) : [item],
    )
  }
  if (!isJsonObject(value)) return put
  const entries = Object.entries(value)
  const [chosen] = entries[step % Math.max(entries.length, 1)] ?? []
  const members = entries.map(([key, item]) => {
    return [key, key === chosen ? replaced(item, way, put) : item] as const
  })
  return Object.fromEntries(
    members.filter((member): member is [string, Json] => isThere(member[1])),
  )
}

function isThere<Value>(value: Value | undefined): value is Value {
  return value !== undefined
}
