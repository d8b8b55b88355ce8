import type { Effort, MeasuredGraph } from './measured-graph.ts'
import { describe, expect, it } from 'vitest'
import { minute, retraction } from '../contract/told.ts'
import {
  accessed,
  accessedGraph,
  additions,
  notRead,
  receivedNow,
  unreadGraph,
  wideGraph,
} from './wide-graph.ts'

async function effortsIn(graph: MeasuredGraph): Promise<ReadonlyMap<string, Effort>> {
  const efforts = new Map<string, Effort>()
  graph.reopen()
  for (const [name, told] of additions) {
    efforts.set(name, await graph.effortOf(told.map(receivedNow)))
  }
  return efforts
}

describe('one more event on the embedded store', () => {
  it('takes as much work with 100,000 datasets as with 1,000', { timeout: 300_000 }, async () => {
    const small = await wideGraph(1000)
    const large = await wideGraph(100_000)
    expect(small.datasets()).toBeGreaterThan(1000)
    expect(large.datasets()).toBeGreaterThan(100_000)

    const efforts = await effortsIn(small)
    for (const { marks, derived, rows, read, statements } of efforts.values()) {
      expect(Math.min(marks, derived, rows, read, statements)).toBeGreaterThan(0)
    }
    expect(await effortsIn(large)).toEqual(efforts)
  })

  it('that nobody reads is counted with as much work among 20,000 as among 100', async () => {
    const [few, many] = [await unreadGraph(100), await unreadGraph(20_000)]
    const effort = await few.effortOf(notRead.map(receivedNow))
    expect(effort.rows).toBeGreaterThan(0)
    expect(await many.effortOf(notRead.map(receivedNow))).toEqual(effort)
    const [counted] = await many.store.unknownEvents(1)
    expect(counted).toMatchObject({ name: 'iot:New', count: 20_001, lastSeen: minute(2008) })
  })

  it('of an access, or its retraction, takes as much work among 20,000 of one folder as among 100', async () => {
    const [few, many] = [await accessedGraph(100), await accessedGraph(20_000)]
    const told = [accessed(1e6), accessed(1e6 + 1), retraction([accessed(1), accessed(1e6)], at)]
    const more = told.map(receivedNow)
    const effort = await few.effortOf(more)
    expect(effort.rows).toBeGreaterThan(0)
    expect(effort.derived).toBeGreaterThan(0)
    expect(await many.effortOf(more)).toEqual(effort)
  })
})

const at = minute(5)
