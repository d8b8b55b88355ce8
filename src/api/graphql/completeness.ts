import type { AsOf, FlowRecord, Limit } from '../../graph/index.ts'
import type { DatasetId } from '../../model/index.ts'
import type { ApiContext } from './context.ts'

/** What an answer is about, hidden or not. */
export type Answered = Readonly<{
  asOf: AsOf
  datasets: ReadonlySet<DatasetId>
  flows: readonly FlowRecord[]
  coarse: number
  truncatedBy: readonly Limit[]
}>

/** `Completeness` in schema.graphql, but for what is not judged yet: that is asked when it is shown. */
export type Completeness = Readonly<{
  complete: boolean
  truncatedBy: readonly Limit[]
  hidden: number
  coarse: number
  unresolved: number
  behind: boolean
  unknownCoverage: readonly string[]
  blindSpots: readonly never[]
}>

/**
 * What the answer may lack. `coarse` does not speak against completeness: a coarse edge says that
 * any column may be in any other, which is more than there is and never less.
 */
export async function completenessOf(
  { asOf, datasets, flows, coarse, truncatedBy }: Answered,
  { graph, load, behind }: ApiContext,
): Promise<Completeness> {
  const ids = [...datasets]
  const [seen, unresolved, sources] = await Promise.all([
    load.datasets(ids, asOf),
    graph.unresolved(ids, asOf),
    graph.sourcesOf(
      flows.flatMap(({ stored }) => stored),
      ids,
    ),
  ])
  const hidden = ids.length - seen.length
  // Whatever sends events of its own accord can be silent about some; nobody can tell from here.
  const unknownCoverage = sources
  const complete =
    truncatedBy.length === 0 &&
    hidden === 0 &&
    unresolved === 0 &&
    !behind &&
    unknownCoverage.length === 0
  const spots = { blindSpots: [], unknownCoverage }
  return { complete, truncatedBy, hidden, coarse, unresolved, behind, ...spots }
}
