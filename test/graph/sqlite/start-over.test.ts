import type { Entry, EntryKey, Fact, Micros, Position } from '../../../src/model/index.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { derivations } from '../../../src/derive/index.ts'
import { openSqliteGraph } from '../../../src/graph/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'lineward-start-over-'))
const file = join(folder, 'graph.db')
const dataset = { namespace: 's3://lake', name: 'raw' }
const everything = { includeRetired: true }

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a graph of older translators starts empty, one of the same goes on', async () => {
  const fact: Fact = { kind: 'mention', at: 1 as Micros, dataset, spelling: dataset, touched: true }
  {
    await using graph = open(1)
    await graph.reduce({ chain: 'c', next: 1, entries: [{ entry, facts: [fact] }] })
    while ((await graph.derive(100)) > 0);
  }
  {
    await using graph = open(1)
    expect(await graph.watermark('c')).toBe(1)
    expect((await graph.datasetByName(dataset))?.name).toEqual(dataset)
    expect((await graph.search('raw', ['DATASET'], everything, { first: 5 })).items).toHaveLength(1)
  }
  await using graph = open(2)
  expect(await graph.watermark('c')).toBe(0)
  expect(await graph.datasetByName(dataset)).toBeUndefined()
  expect((await graph.search('raw', ['DATASET'], everything, { first: 5 })).items).toEqual([])
})

function open(translationVersion: number) {
  return openSqliteGraph({ file, derivations, facts: async () => [], translationVersion })
}

const entry: Entry = {
  kind: 'event',
  format: 'openlineage',
  eventKey: 'openlineage:d',
  digest: 'd',
  eventTime: 1 as Micros,
  source: 'openlineage:test',
  sender: 'test',
  trust: 'SELF_REPORTED',
  context: {},
  exposures: [],
  payload: '{}',
  retracts: [],
  key: 'entry-key-of-22-letters' as EntryKey,
  position: 'c:0' as Position,
  receivedAt: 2 as Micros,
  hash: '',
}
