import type { AsOf, GraphReader, Page, PageAsk } from '../../../src/graph/index.ts'
import type { DatasetId } from '../../../src/model/index.ts'
import { describe, expect, it } from 'vitest'
import { actedFor, actsFor, lineage } from '../../../src/graph/index.ts'
import { minute, retraction } from '../../contract/told.ts'
import {
  accessed,
  additions,
  notRead,
  receivedNow,
  sessionBegan,
  wideGraph,
} from '../wide-graph.ts'

/** What may be read from end to end when a store answers or takes something in, and why. */
const mayBeRead: readonly (readonly [step: RegExp, because: string])[] = [
  [/^SCAN json_each /, 'a list that the question brought along'],
  [/^(?:SCAN|SEARCH) (?:said|shown|\(subquery-\d+\))/, 'what the statement itself has found'],
  [/^SCAN words /, 'the search index, by its own ways'],
  [/^SCAN source /, 'there are as many as there are kinds of producers'],
  [/^SCAN mark$/, 'what waits to be derived is counted, and soon is nothing'],
  [/^SCAN catalog USING INDEX catalog_name$/, 'in the order of the list, until the page is full'],
  [/^SCAN dead_letter USING COVERING INDEX /, 'they are counted'],
]

/** Whether a step of a plan reads what grows with the graph without a value to look for. */
function readsAll(step: string): boolean {
  if (!/^(?:SCAN|SEARCH) /.test(step) || mayBeRead.some(([allowed]) => allowed.test(step))) {
    return false
  }
  // SQLite calls it a search, too, when it goes through everything for the least value.
  return !/^SEARCH .*\(.*[=<>]/.test(step)
}

/** The first page of one, and the page after it. */
async function twoPages<Item>(
  list: (page: PageAsk) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const { items } = await list({ first: 1 })
  const after = items[0]?.cursor
  const more = after === undefined ? [] : (await list({ first: 1, after })).items
  return [...items, ...more].map(({ node }) => node)
}

const anyKind = { includeRetired: true }
const filter = { includeRetired: false, kinds: ['TABLE'], owner: 'nobody', tag: 'none' } as const
const limits = { hopsMax: 10, nodesMax: 1000, timeMsMax: 60_000 }

/** Asks a store everything that can be asked of it. */
async function askAll(reader: GraphReader, asOf: AsOf): Promise<void> {
  for (const namespace of await twoPages((page) => reader.namespaces(page))) {
    await twoPages((page) => reader.datasets(namespace, anyKind, page))
    await twoPages((page) => reader.jobs(namespace, page))
    await reader.nearestNames({ namespace, name: 'near' }, 3)
  }
  await twoPages((page) => reader.datasets(undefined, filter, page))
  const { items } = await reader.datasets(undefined, anyKind, { first: 100 })
  const ids = items.map(({ node }) => node.id)
  for (const id of ids) await askAboutDataset(reader, id, asOf)
  await askAboutFlows(reader, ids, asOf)
  for (const { id, name } of await twoPages((page) => reader.jobs(undefined, page))) {
    await Promise.all([reader.jobByName(name), reader.jobDetails(id), reader.jobFacets(id)])
    await twoPages((page) => reader.jobFlows(id, page))
    await twoPages((page) => reader.jobRuns(id, page))
    await twoPages((page) => reader.evidence({ job: id }, asOf, page))
  }
  await reader.search('shared', ['DATASET', 'COLUMN', 'JOB'], filter, { first: 1 })
  await twoPages((page) => reader.deadLetters(page))
  await Promise.all([reader.deadLetterCount(), reader.sources(), reader.marksLeft()])
  await Promise.all([reader.unknownEvents(1), reader.irrelevantEvents(1)])
  await reader.unresolved(ids, asOf)
  await askAboutAccesses(reader, ids)
}

async function askAboutAccesses(
  reader: GraphReader,
  datasets: readonly DatasetId[],
): Promise<void> {
  const ask = { datasets, since: minute(0), until: undefined }
  for (const access of await twoPages((page) => reader.accesses(ask, page))) {
    await twoPages((page) => reader.evidence({ access }, undefined, page))
    await actedFor(access, reader)
    await actsFor(access.principal, reader)
    await reader.principalIsKnown(access.principal)
  }
}

async function askAboutDataset(reader: GraphReader, id: DatasetId, asOf: AsOf): Promise<void> {
  await Promise.all([
    reader.datasetDetails(id, asOf),
    reader.datasetFacets(id, asOf),
    reader.column(id, 'a', asOf),
    reader.epochs(id, asOf),
  ])
  await twoPages((page) => reader.names(id, page))
  await twoPages((page) => reader.columns(id, asOf, page))
  await twoPages((page) => reader.schemaHistory(id, asOf, page))
  await twoPages((page) => reader.evidence({ dataset: id }, asOf, page))
  for (const meeting of await twoPages((page) => reader.meetings(id, asOf, page))) {
    await twoPages((page) => reader.evidence({ meeting }, asOf, page))
  }
}

async function askAboutFlows(
  reader: GraphReader,
  ids: readonly DatasetId[],
  asOf: AsOf,
): Promise<void> {
  const of = ids.map((dataset) => ({ dataset }))
  const question = { of, depth: 5, grain: 'COLUMN', asOf, inForce: true } as const
  const { flows } = await lineage(reader, { ...question, directions: ['DOWNSTREAM'] }, limits)
  expect(flows.length).toBeGreaterThan(0)
  for (const { stored } of flows) {
    await reader.flowActive(stored, asOf, 1)
    await twoPages((page) => reader.evidence({ flows: stored }, asOf, page))
    for (const { map } of await reader.columnEdges(stored, asOf)) {
      if (map === undefined) continue
      await reader.mapActive(stored, map, asOf, 1)
      await twoPages((page) => reader.evidence({ flows: stored, map }, asOf, page))
    }
    for (const { id, runId } of await twoPages((page) => reader.flowRuns(stored, asOf, page))) {
      await Promise.all([reader.runByRunId(runId), reader.runFacets(id), reader.runJobFacets(id)])
      await Promise.all([reader.runDatasets(id), reader.runStarter(id)])
      await twoPages((page) => reader.evidence({ run: id }, asOf, page))
    }
  }
  await reader.sourcesOf(
    flows.flatMap(({ stored }) => stored),
    ids,
  )
}

describe('statements of the embedded store', () => {
  it('look for what they need and read no table that grows from end to end', async () => {
    const graph = await wideGraph(100)
    for (const asOf of [undefined, minute(1)]) await askAll(graph.store, asOf)
    for (const told of additions.values()) await graph.feed(told.map(receivedNow))
    await graph.feed(notRead.map(receivedNow))
    const accesses = [sessionBegan, ...[1, 2, 3].map(accessed)]
    await graph.feed([...accesses, retraction(accesses.slice(3), minute(9))].map(receivedNow))
    for (const asOf of [undefined, minute(2100)]) await askAll(graph.store, asOf)

    const asked = [...graph.prepared].filter((sql) => !graph.preparedAtStart.has(sql))
    expect(asked.length).toBeGreaterThan(100)
    const reading = asked.filter((sql) => graph.planOf(sql).some(readsAll))
    expect(reading).toEqual([])
  })

  it.each([
    ['SCAN subject', true],
    ['SEARCH subject', true],
    ['SCAN member USING COVERING INDEX member_seen', true],
    ['SEARCH subject USING INDEX subject_name (kind=? AND namespace>?)', false],
    ['SEARCH entry USING INTEGER PRIMARY KEY (rowid=?)', false],
    ['SCAN json_each VIRTUAL TABLE INDEX 1:', false],
    ['USE TEMP B-TREE FOR ORDER BY', false],
  ])('are told apart by their plan: %s', (step, expected) => {
    expect(readsAll(step)).toBe(expected)
  })
})
