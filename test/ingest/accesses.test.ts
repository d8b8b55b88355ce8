import type { Received } from '../../src/ingest/index.ts'
import type { Ledger } from '../../src/ledger/index.ts'
import type { Json, JsonObject, Micros } from '../../src/model/index.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIntake, translate } from '../../src/ingest/index.ts'
import { openLedger } from '../../src/ledger/index.ts'
import { isJsonObject, parseJson } from '../../src/model/index.ts'
import { scrub } from '../scrub.ts'
import { assumed, objectCall, record, viaEventBridge } from './aws-events.ts'

let folder: string
let ledger: Ledger

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lineward-accesses-'))
  ledger = await openLedger({ file: join(folder, 'ledger.db') })
})

afterEach(async () => {
  await ledger[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const take = async (values: readonly Json[]) => {
  const digestKey = Buffer.alloc(32, 7)
  const intake = createIntake({ ledger, digestKey, scrub, clock: () => 0 as Micros })
  const how = { sender: 's', trust: 'SELF_REPORTED', context: {}, mode: 'dead-letter' } as const
  return await intake.accept(values.map((value): Received => ({ ...how, value })))
}
const entries = () => ledger.read(0, 1000)

describe('a record of an access', () => {
  it('is kept as little as it takes, and without the name of the object', async () => {
    const [outcome] = await take([objectCall('GetObject', 'raw/visits/jane-doe.pdf')])
    expect(outcome).toMatchObject({ status: 'accepted', warnings: [] })
    const [entry] = await entries()
    expect(entry).toMatchObject({
      kind: 'event',
      format: 'cloudtrail-access',
      author: 'arn:aws:iam::111122223333:role/etl',
      source: 'cloudtrail:111122223333:eu-west-1:AWS::S3::Object',
    })
    expect(parseJson(entry?.payload ?? '')).toEqual({
      call: 's3:GetObject',
      did: [{ action: 'READ', namespace: 's3://lake', name: 'raw/visits' }],
      session: expect.stringMatching(/^~[a-z2-7]{16}$/),
      role: 'arn:aws:iam::111122223333:role/etl',
      address: '10.0.1.17',
      agent: 'aws-sdk-java',
      tls: 'TLSv1.3',
      signed: 'AuthHeader',
      encryption: 'SSE_KMS',
    })
    expect(JSON.stringify(entry)).not.toMatch(/jane|ASIA/)
  })

  it('hides folders that look like somebody, and each the same', async () => {
    await take([objectCall('GetObject', 'raw/1234567/a'), objectCall('PutObject', 'raw/1234567/b')])
    const folders = (await entries()).map(({ payload }) => /"name":"(.*?)"/.exec(payload)?.[1])
    expect(folders[0]).toMatch(/^raw\/~[a-z2-7]{16}$/)
    expect(folders[1]).toBe(folders[0])
  })

  it('is one however it was delivered, and another one with another id', async () => {
    const one = objectCall('GetObject', 'raw/x')
    const outcomes = await take([one, viaEventBridge(one), { ...one, eventID: 'another' }])
    expect(outcomes.map(({ status }) => status)).toEqual(['accepted', 'duplicate', 'accepted'])
  })

  it('stands in a block with others, whatever came in between, and gets its own receipt', async () => {
    const mixed = [
      objectCall('GetObject', 'raw/a'),
      record(),
      objectCall('GetObject', 'raw/b'),
      record({ eventTime: 'never' }),
      objectCall('GetObject', 'raw/c'),
    ]
    const outcomes = await take([{ Records: mixed }])
    expect(outcomes.map(({ status }) => status)).toEqual([
      'accepted',
      'unknown',
      'accepted',
      'dead-lettered',
      'accepted',
    ])
    const kept = await entries()
    expect(kept.map(({ format }) => format)).toEqual([
      'cloudtrail',
      'cloudtrail',
      'cloudtrail-access',
      'cloudtrail-access',
      'cloudtrail-access',
    ])
    const keyOf = (name: string) => kept.find(({ payload }) => payload.includes(name))?.key
    expect(keyOf('MergeShards')).toBe(outcomes[1]?.key)
    expect(new Set(outcomes.map(({ key }) => key)).size).toBe(5)
    expect(await ledger.verify()).toMatchObject({ entries: 5, broken: undefined })
  })

  it('is joined to the call that began its session by the token of its key', async () => {
    const key = 'ASIASECONDSECONDSECO'
    await take([assumed({ role: 'etl', key, by: { user: 'ann' } }), objectCall('GetObject', 'a/b')])
    const facts = (await entries()).flatMap(translate)
    const began = facts.find(({ kind }) => kind === 'session')
    const access = facts.find(({ kind }) => kind === 'access')
    expect(began).toMatchObject({ by: { principal: 'arn:aws:iam::111122223333:user/ann' } })
    expect(access?.kind === 'access' && access.session).toMatch(/^~/)
    expect(began?.kind === 'session' && began.session).toBe(
      access?.kind === 'access' && access.session,
    )
  })

  it('says the same whether it was kept whole or compact', async () => {
    const value = objectCall('CopyObject', 'cold/x', {
      requestParameters: { bucketName: 'lake', key: 'cold/x', 'x-amz-copy-source': 'lake/raw/x' },
    })
    await take([value])
    const [entry] = await entries()
    if (entry === undefined) throw new Error('there is no entry')
    const whole = {
      ...entry,
      format: 'cloudtrail',
      payload: JSON.stringify(scrub.event(value, 'cloudtrail').value),
    }
    const facts = translate(entry)
    expect(facts.filter(({ kind }) => kind === 'access')).toHaveLength(2)
    expect(translate(whole)).toEqual(facts)
  })
})

describe('a record of an access that is not as it should be', () => {
  const members: readonly JsonObject[] = [
    objectCall('GetObject', 'raw/x'),
    objectCall('CopyObject', 'raw/x'),
    objectCall('ListObjects', 'raw/x', { errorCode: 'AccessDenied' }),
    assumed({ role: 'etl', key: 'ASIA', by: { role: 'reader', key: 'ASIB' } }),
  ]
  const odd: fc.Arbitrary<Json> = fc.constantFrom<Json>(
    null,
    '',
    '***OMITTED***',
    'HIDDEN_DUE_TO_SECURITY_REASONS',
    {},
    [],
    [null],
    7,
    true,
    'arn:aws:s3:::lake',
    '/',
    '%E0%A4%A',
    '\ud800',
  )
  /** One member anywhere is dropped, emptied, hidden or of another type. */
  const mutated = fc
    .tuple(fc.constantFrom(...members), fc.array(fc.nat(60), { maxLength: 4 }), odd, fc.boolean())
    .map(([value, path, put, drop]) => changed(value, path, put, drop))

  it('gives facts or a coded dead letter, and never a crash or a hidden name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutated, { minLength: 1, maxLength: 20 }), async (values) => {
        const before = ledger.head().entries
        const outcomes = await take(values)
        for (const { status, code } of outcomes) {
          if (status === 'dead-lettered') expect(code).toBeDefined()
        }
        const facts = (await ledger.read(before, 100)).flatMap(translate)
        const named = facts.flatMap((fact) => {
          if (fact.kind === 'mention') return [fact.dataset]
          if (fact.kind === 'session') return [fact.of, fact.by.principal]
          return fact.kind === 'access' ? [fact.principal, fact.via, fact.dataset] : []
        })
        expect(JSON.stringify(named)).not.toMatch(/OMITTED|HIDDEN/)
      }),
      { numRuns: 60 },
    )
    expect(await ledger.verify()).toMatchObject({ broken: undefined })
  })
})

function changed(
  value: Json,
  [at = 0, ...path]: readonly number[],
  put: Json,
  drop: boolean,
): Json {
  if (!isJsonObject(value)) return put
  const keys = Object.keys(value)
  const key = keys[at % Math.max(1, keys.length)]
  if (key === undefined) return put
  const others = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
  const below = (value as JsonObject)[key] ?? null
  if (path.length === 0 || !isJsonObject(below)) return drop ? others : { ...others, [key]: put }
  return { ...others, [key]: changed(below, path, put, drop) }
}
