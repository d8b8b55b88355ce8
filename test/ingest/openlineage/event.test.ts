import type { Json } from '../../../src/model/index.ts'
import { describe, expect, it } from 'vitest'
import { isRefusal, readEvent } from '../../../src/ingest/openlineage/event.ts'

const job = { namespace: 'hospital-etl', name: 'load_visits' }
const run = { runId: 'r-1' }
const dataset = { namespace: 's3://hospital-lake', name: 'raw/visits' }
const at = { eventTime: '2026-03-01T00:00:00Z' }

const kindOf = (event: Json): string => {
  const read = readEvent(event)
  return isRefusal(read) ? `${read.code} ${read.path}` : read.kind
}

describe('an event is told by what it has', () => {
  it.each([
    ['run', { ...at, run, job }],
    ['run', { ...at, run, job, dataset }],
    ['run', { ...at, run, job, schemaURL: '…/OpenLineage.json#/$defs/DatasetEvent' }],
    ['job', { ...at, job }],
    ['job', { ...at, job, run: null, eventType: 'START' }],
    ['dataset', { ...at, dataset }],
    ['dataset', { ...at, dataset, job }],
    ['dataset', { ...at, dataset, run }],
    ['dataset', { ...at, dataset, run: null, job: null }],
  ])('%s', (kind, event) => {
    expect(kindOf(event)).toBe(kind)
  })
})

describe('an event is refused', () => {
  it.each<[string, string, Json]>([
    ['EVENT_UNIDENTIFIABLE', '', 'START'],
    ['EVENT_UNIDENTIFIABLE', '', []],
    ['EVENT_UNIDENTIFIABLE', '', { ...at, inputs: [dataset] }],
    ['EVENT_UNIDENTIFIABLE', '', { ...at, run: null, job: null }],
    ['EVENT_UNIDENTIFIABLE', '/run/runId', { ...at, run: {}, job }],
    ['EVENT_UNIDENTIFIABLE', '/run/runId', { ...at, run: { runId: '' }, job }],
    ['EVENT_UNIDENTIFIABLE', '/run/runId', { ...at, run: { runId: 7 }, job }],
    ['EVENT_UNIDENTIFIABLE', '/run/runId', { ...at, run: 'r-1', job }],
    ['EVENT_UNIDENTIFIABLE', '/job', { ...at, run }],
    ['EVENT_UNIDENTIFIABLE', '/job', { ...at, run, job: { namespace: 'x' } }],
    ['EVENT_UNIDENTIFIABLE', '/job', { ...at, run, job: { namespace: '', name: 'x' } }],
    ['EVENT_UNIDENTIFIABLE', '/job', { ...at, job: { namespace: ['x'], name: 'x' } }],
    ['EVENT_UNIDENTIFIABLE', '/job', { ...at, job: 'load_visits' }],
    ['EVENT_UNIDENTIFIABLE', '/dataset', { ...at, dataset: { namespace: 'x', name: null } }],
    ['EVENT_MALFORMED', '/eventTime', { run, job }],
    ['EVENT_MALFORMED', '/eventTime', { eventTime: 'yesterday', run, job }],
    ['EVENT_MALFORMED', '/eventTime', { eventTime: 1_772_323_200, job }],
    ['EVENT_MALFORMED', '/eventTime', { eventTime: null, dataset }],
  ])('%s %s', (code, path, event) => {
    expect(kindOf(event)).toBe(`${code} ${path}`)
  })

  it('by words that quote nothing of it', () => {
    const secret = 'hunter2'
    const events: readonly Json[] = [
      secret,
      { run: { runId: [secret] }, job },
      { eventTime: secret, job },
    ]
    for (const event of events) {
      expect(JSON.stringify(readEvent(event))).not.toContain(secret)
    }
  })
})
