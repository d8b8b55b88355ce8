import type { Received } from '../../src/ingest/index.ts'
import type { Ledger } from '../../src/ledger/index.ts'
import type { Json, JsonObject, Micros } from '../../src/model/index.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIntake, translate } from '../../src/ingest/index.ts'
import { openLedger } from '../../src/ledger/index.ts'
import { parseJson, parseTime } from '../../src/model/index.ts'
import { scrub } from '../scrub.ts'

const digestKey = Buffer.alloc(32, 7)
const now = parseTime('2026-03-02T00:00:00Z') as Micros
const visits = { namespace: 'postgres://ehr.hospital.example:5432', name: 'ehr.public.visits' }

const eventOf = (more: JsonObject = {}): JsonObject => ({
  eventType: 'COMPLETE',
  eventTime: '2026-03-01T02:10:00Z',
  producer: 'https://github.com/example/hospital-jobs/tree/2.4.0/etl?run=1',
  run: { runId: '0195d2f0-6c1e-7a44-9d5e-2f6a1c0b7e31' },
  job: { namespace: 'hospital-etl', name: 'load_visits' },
  inputs: [visits],
  outputs: [],
  ...more,
})
const received = (value: Json, more: Partial<Received> = {}): Received => ({
  value,
  sender: 'etl',
  trust: 'SELF_REPORTED',
  context: {},
  mode: 'refuse',
  ...more,
})
const text = (body: string, mode: Received['mode']): Received => ({
  text: body,
  sender: 'etl',
  trust: 'DELIVERED',
  context: { key: 'in/1.json' },
  mode,
})

let folder: string
let ledger: Ledger
const intake = () => createIntake({ ledger, digestKey, scrub, clock: () => now })
const entries = () => ledger.read(0, 100)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lineward-intake-'))
  ledger = await openLedger({ file: join(folder, 'ledger.db'), clock: () => now })
})

afterEach(async () => {
  await ledger[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

describe('an event that is accepted', () => {
  it('is one entry, with where it came from', async () => {
    const [outcome] = await intake().accept([received(eventOf(), { context: { bucket: 'in' } })])
    expect(outcome).toMatchObject({ status: 'accepted', warnings: [] })
    const [entry, ...others] = await entries()
    expect(others).toEqual([])
    expect(entry).toMatchObject({
      kind: 'event',
      format: 'openlineage',
      key: outcome?.key,
      eventTime: parseTime('2026-03-01T02:10:00Z'),
      source: 'openlineage:github.com/example/hospital-jobs/etl',
      sender: 'etl',
      trust: 'SELF_REPORTED',
      context: { bucket: 'in' },
      exposures: [],
    })
    expect(parseJson(entry?.payload ?? '')).toEqual(eventOf())
  })

  it('is a duplicate the second time, however it is written', async () => {
    const reordered = Object.fromEntries(Object.entries(eventOf()).toReversed())
    await intake().accept([received(eventOf())])
    const again = await intake().accept([received(eventOf()), received(reordered)])
    expect(again.map(({ status }) => status)).toEqual(['duplicate', 'duplicate'])
    expect(await entries()).toHaveLength(1)
  })

  it('is another event when one value differs, also one that is scrubbed', async () => {
    const failing = (password: string): Json =>
      eventOf({ run: { runId: 'r', facets: { conn: { password } } } })
    const outcomes = await intake().accept([
      received(failing('hunter2')),
      received(failing('hunter3')),
      received(failing('hunter2')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'duplicate'])
    const stored = await entries()
    expect(JSON.stringify(stored)).not.toMatch(/hunter/)
    expect(stored[0]?.exposures).toEqual([
      { detector: 'password', path: '/run/facets/conn/password', count: 1 },
    ])
    expect(stored.flatMap(translate).filter(({ kind }) => kind === 'exposure')).toHaveLength(2)
  })

  it('has another key under another digest key', async () => {
    const [one] = await intake().accept([received(eventOf())])
    const other = createIntake({ ledger, digestKey: Buffer.alloc(32, 8), scrub, clock: () => now })
    const [two] = await other.accept([received(eventOf())])
    expect(two).toMatchObject({ status: 'accepted' })
    expect(two?.key).not.toBe(one?.key)
  })

  it('is accepted without the facets and datasets that are malformed, each named', async () => {
    const event = eventOf({
      inputs: [{ ...visits, facets: { schema: { fields: 'mrn' } } }, { name: 'nowhere' }],
    })
    const [outcome] = await intake().accept([received(event)])
    expect(outcome).toMatchObject({
      status: 'accepted',
      warnings: [
        { code: 'FACET_MALFORMED', path: '/inputs/0/facets/schema' },
        { code: 'FACET_MALFORMED', path: '/inputs/1' },
      ],
    })
    const [entry] = await entries()
    const problems = (await entries()).flatMap(translate).filter(({ kind }) => kind === 'problem')
    expect(problems).toHaveLength(2)
    expect(parseJson(entry?.payload ?? '')).toEqual(event)
  })
})

describe('what cannot be identified', () => {
  it('is refused to whoever can mend it, and nothing is kept', async () => {
    const outcomes = await intake().accept([
      received(eventOf({ run: {} })),
      received('hello'),
      text('{"run"', 'refuse'),
    ])
    expect(outcomes.map(({ status, code }) => [status, code])).toEqual([
      ['refused', 'EVENT_UNIDENTIFIABLE'],
      ['refused', 'EVENT_UNIDENTIFIABLE'],
      ['refused', 'JSON_MALFORMED'],
    ])
    expect(outcomes.every(({ reason, key }) => reason !== undefined && key === undefined)).toBe(
      true,
    )
    expect(ledger.head().entries).toBe(0)
  })

  it('is kept all the same when it names what it is about and says not when', async () => {
    const unusable = eventOf({ eventTime: 'soon' })
    const [outcome] = await intake().accept([received(unusable)])
    expect(outcome).toMatchObject({
      status: 'dead-lettered',
      code: 'EVENT_MALFORMED',
      path: '/eventTime',
    })
    const [entry, ...others] = await entries()
    expect(others).toEqual([])
    expect(entry).toMatchObject({ kind: 'dead-letter', key: outcome?.key })
    expect(parseJson(entry?.payload ?? '')).toEqual(unusable)
  })

  it('has no secret in what its sender said beside it either', async () => {
    const context = {
      account: '111122223333',
      key: 'in/2026/03/01/219099998.json',
      password: 'hunter2',
      url: 'jdbc:postgresql://db/a?user=b&password=hunter2',
    }
    await intake().accept([
      received(eventOf(), { context }),
      received([1], { context, mode: 'dead-letter' }),
    ])
    const stored = await entries()
    expect(JSON.stringify(stored)).not.toMatch(/hunter/)
    for (const entry of stored) {
      expect(entry.context).toMatchObject({
        account: context.account,
        key: context.key,
        password: '[scrubbed:password]',
        url: 'jdbc:postgresql://db/a?user=b&password=[scrubbed:password]',
      })
      expect(entry.exposures).toEqual([
        { detector: 'password', path: '/context/password', count: 1 },
        { detector: 'password', path: '/context/url', count: 1 },
      ])
    }
  })

  it('costs nothing else of its batch', async () => {
    const outcomes = await intake().accept([
      received(eventOf()),
      received(null),
      received(eventOf({ eventType: 'START' })),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['accepted', 'refused', 'accepted'])
    expect(outcomes[2]?.key).toBe((await entries())[1]?.key)
  })

  it('is a scrubbed dead letter where nobody can, with the names that it still has', async () => {
    const event = eventOf({ run: {}, note: { password: 'hunter2' } })
    const outcomes = await intake().accept([
      received(event, { mode: 'dead-letter', context: { bucket: 'in' } }),
      text('ERROR password=hunter2 for jane@hospital.example', 'dead-letter'),
      received([1], { mode: 'dead-letter' }),
    ])
    expect(outcomes.map(({ status, code }) => [status, code])).toEqual([
      ['dead-lettered', 'EVENT_UNIDENTIFIABLE'],
      ['dead-lettered', 'JSON_MALFORMED'],
      ['dead-lettered', 'EVENT_UNIDENTIFIABLE'],
    ])
    const stored = await entries()
    expect(stored.map(({ kind, format }) => [kind, format])).toEqual([
      ['dead-letter', 'openlineage'],
      ['dead-letter', 'text'],
      ['dead-letter', 'json'],
    ])
    expect(JSON.stringify(stored)).not.toMatch(/hunter2|jane@/)
    expect(stored[0]?.context).toMatchObject({ bucket: 'in' })
    const problems = stored.flatMap(translate).filter((fact) => fact.kind === 'problem')
    expect(problems).toMatchObject([
      { code: 'EVENT_UNIDENTIFIABLE', path: '/run/runId', names: [visits] },
      { code: 'JSON_MALFORMED', at: 0, names: [] },
      { code: 'EVENT_UNIDENTIFIABLE', at: 0, names: [] },
    ])
  })

  it('is one dead letter however often it comes', async () => {
    const batch = [received(7, { mode: 'dead-letter' }), text('x', 'dead-letter')]
    await intake().accept(batch)
    const again = await intake().accept(batch)
    expect(again.map(({ status }) => status)).toEqual(['dead-lettered', 'dead-lettered'])
    expect(await entries()).toHaveLength(2)
  })
})

describe('a dead letter that is tried again', () => {
  it('stays one while it cannot be read', async () => {
    await intake().accept([received(eventOf({ run: {} }), { mode: 'dead-letter' })])
    const [entry] = await entries()
    if (entry === undefined) throw new Error('there is no dead letter')
    const outcome = await intake().replay(entry, 'ines')
    expect(outcome).toMatchObject({ status: 'dead-lettered', code: 'EVENT_UNIDENTIFIABLE' })
    expect(await entries()).toHaveLength(1)
  })

  it('becomes its event when it can be, once, and the sender sends a copy from then on', async () => {
    // As an older version would have left it: a dead letter that is readable today.
    await intake().accept([received(eventOf({ run: {} }), { mode: 'dead-letter' })])
    const [old] = await entries()
    if (old === undefined) throw new Error('there is no dead letter')
    const [known] = await intake().accept([received(eventOf())])
    const [event] = (await entries()).slice(1)
    const letter = { ...old, payload: event?.payload ?? '', digest: event?.digest ?? '' }

    const outcome = await intake().replay(letter, 'ines')
    expect(outcome).toMatchObject({ status: 'duplicate', key: known?.key })
    const replay = (await entries()).at(-1)
    expect(replay).toMatchObject({ kind: 'replay', sender: 'ines', retracts: [old.key] })
    expect(parseJson(replay?.payload ?? '')).toEqual({
      deadLetter: old.key,
      events: [known?.key],
    })
    expect(replay === undefined ? undefined : translate(replay)).toEqual([])
  })

  it('is told apart from an event, which a rebuild reads again anyway', async () => {
    await intake().accept([received(eventOf())])
    const [entry] = await entries()
    if (entry === undefined) throw new Error('there is no event')
    expect(await intake().replay(entry, 'ines')).toMatchObject({ status: 'duplicate' })
    expect(await entries()).toHaveLength(1)
  })
})
