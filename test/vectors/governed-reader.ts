import type { GraphReader } from '../../src/graph/index.ts'
import type { FindingKind, Governance } from '../../src/governance/index.ts'
import type { FindingStatus } from '../../src/model/index.ts'
import type { GovernedAnswering } from './governed-harness.ts'
import type { Part } from './vector.ts'
import { canonicalName, parseTime } from '../../src/model/index.ts'

/** Everything that a vector of governance asks, of governance over a graph. */
export function governedByPort(graph: GraphReader, governance: Governance): GovernedAnswering {
  const idOf = async ([namespace, name]: Part) =>
    (await graph.datasetByName(canonicalName(namespace, name)))?.id
  const governed = async (of: Part, asOf: string | null) => {
    const id = await idOf(of)
    const at = asOf === null ? undefined : parseTime(asOf)
    const found = id && (await governance.datasets([id], at)).get(id)
    if (!found) throw new Error(`${of.join(' ')} is not known`)
    return found
  }
  return {
    datasetId: idOf,
    async labels(of, asOf) {
      const [, , column] = of
      const { labels } = await governed(of, asOf)
      return labels
        .filter((one) => column === undefined || one.column === column)
        .filter(({ decision }) => decision !== 'SUGGESTED' && decision !== 'REJECTED')
        .map(({ label }) => label)
    },
    async status(of, asOf) {
      const { status, enforced } = await governed(of, asOf)
      return { status, enforced }
    },
    async placement(of) {
      const { zone, boundary } = (await governed(of, null)).placement
      return { zone, boundary: boundary?.name ?? null }
    },
    async findings({ kinds, statuses }) {
      const filter = {
        kinds: kinds as readonly FindingKind[],
        statuses: statuses as readonly FindingStatus[],
        severities: undefined,
      }
      const { items } = await governance.findings(filter, { first: 1000 })
      return items.map(({ node }) => node.datasets)
    },
  }
}
