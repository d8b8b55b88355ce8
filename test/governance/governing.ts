import type { GraphReader } from '../../src/graph/index.ts'
import type { Micros } from '../../src/model/index.ts'
import type { FindingJournal, Found } from '../../src/governance/index.ts'
import { Governor } from '../../src/governance/index.ts'

/** Findings of one test, and what became of them. */
export function memoryJournal(): FindingJournal {
  let present: ReadonlyMap<string, Found> = new Map()
  const gone = new Map<string, Readonly<{ found: Found; at: Micros }>>()
  return {
    update(found, at) {
      for (const [id, one] of present) if (!found.has(id)) gone.set(id, { found: one, at })
      for (const id of found.keys()) gone.delete(id)
      present = found
    },
    gone: () => [...gone.values()].toReversed(),
  }
}

/** Governance over a graph, at a moment that stands still; what fails fails the test. */
export function governing(graph: GraphReader, now: Micros): Governor {
  return new Governor({
    graph,
    clock: () => now,
    journal: memoryJournal(),
    warnMs: 30 * 86_400_000,
    onError: (error) => {
      throw error
    },
  })
}
