import type { Effort, MeasuredGraph } from './measured-graph.ts'
import { describe, expect, it } from 'vitest'
import { additions, receivedNow, wideGraph } from './wide-graph.ts'

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
})
