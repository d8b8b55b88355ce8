import type { GraphReader } from '../../src/graph/index.ts'
import type { Micros } from '../../src/model/index.ts'
import { Governor } from '../../src/governance/index.ts'

/** Governance over a graph, at a moment that stands still; what fails fails the test. */
export function governing(graph: GraphReader, now: Micros): Governor {
  return new Governor({
    graph,
    clock: () => now,
    warnMs: 30 * 86_400_000,
    onError: (error) => {
      throw error
    },
  })
}
