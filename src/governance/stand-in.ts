import type { GraphReader } from '../graph/index.ts'
import type { DatasetId, DatasetStatus, Micros } from '../model/index.ts'
import type { AppliedLabel, Boundary, Certificate, Finding, Governance, Policy } from './port.ts'

/** Only what people stated, until the engine is here. */
export function standIn(graph: GraphReader): Governance {
  const idOf = async (name: { namespace: string; name: string }) =>
    (await graph.datasetByName(name))?.id
  const versions = async (kind: 'boundary' | 'policy') => {
    const found = new Map<string, { version: number; last: unknown }>()
    for (const { statement: s } of await graph.statements()) {
      const name = s.says === kind || (kind === 'boundary' && s.says === 'noBoundary') ? s.name : ''
      if (name === '') continue
      const version = (found.get(name)?.version ?? 0) + 1
      found.set(name, { version, last: s.says === kind ? { ...s, version } : undefined })
    }
    return [...found.values()].flatMap(({ last }) => (last === undefined ? [] : [last]))
  }
  const datasets: Governance['datasets'] = async (ids) => {
    const statements = await graph.statements()
    const result = new Map()
    for (const id of ids) {
      const labels = new Map<string, AppliedLabel>()
      let status: DatasetStatus = 'UNKNOWN'
      for (const { at, statement: s } of statements) {
        if (s.says !== 'label' && s.says !== 'status') continue
        if ((await idOf(s.of.dataset)) !== id) continue
        if (s.says === 'status') status = s.status
        else if (!s.holds) labels.delete(`${s.of.column} ${s.label}`)
        else {
          labels.set(`${s.of.column} ${s.label}`, {
            label: s.label,
            column: s.of.column,
            origin: 'ASSERTED',
            confidence: 1,
            coarse: false,
            decision: 'CONFIRMED',
            from: at,
            until: undefined,
            attributes: {},
          })
        }
      }
      result.set(id, {
        id,
        status,
        enforced: status,
        rule: 'stated',
        because: [...labels.values()],
        grain: 'UNKNOWN',
        labels: [...labels.values()],
        placement: { boundary: undefined, zone: 'GENERAL', why: 'Nothing places it' },
      })
    }
    return result
  }
  const certificates = async (): Promise<readonly Certificate[]> => {
    const found = new Map<string, Certificate>()
    for (const { at, statement: s, by } of await graph.statements()) {
      if (s.says === 'certificate') {
        found.set(s.id, {
          ...s,
          state: 'REQUESTED',
          requestedBy: by.person,
          approvedBy: undefined,
          validFrom: s.validFrom ?? at,
        })
      }
      if (s.says === 'approval') {
        const one = found.get(s.certificate)
        if (one) found.set(one.id, { ...one, state: 'VALID', approvedBy: by.person })
      }
      if (s.says === 'revocation') {
        const one = found.get(s.certificate)
        if (one) found.set(one.id, { ...one, state: 'REVOKED' })
      }
    }
    return [...found.values()]
  }
  const findings = async (): Promise<readonly Finding[]> => {
    const setup: Finding = {
      id: 'finding_setup',
      kind: 'SETUP',
      severity: 'MEDIUM',
      status: 'OPEN',
      title: 'No boundary is defined',
      detail: 'Define one',
      firstSeen: 0 as Micros,
      lastSeen: 0 as Micros,
      occurrences: 1,
      datasets: [],
      flow: undefined,
      columns: [],
      principals: [],
      assignee: undefined,
      history: [],
      evidence: [],
    }
    let one = setup
    for (const { at, statement: s, by } of await graph.statements()) {
      if (s.says === 'assignment') one = { ...one, assignee: s.assignee }
      if (s.says === 'decision') {
        const change = { at, by: by.person, status: s.status, reason: s.reason, until: s.until }
        one = { ...one, status: s.status, history: [...one.history, change] }
      }
    }
    return [one]
  }
  return {
    reached: async () => true,
    datasets,
    async footprint(_ask, { first }) {
      const all = await graph.datasets(undefined, { includeRetired: true }, { first })
      const found = await datasets(
        all.items.map(({ node }) => node.id as DatasetId),
        undefined,
      )
      return {
        items: [...found.values()].map((node) => ({ node, cursor: node.id })),
        hasNextPage: false,
      }
    },
    async explainLabel({ dataset, column }, label) {
      const found = (await datasets([dataset], undefined)).get(dataset)
      const one = found?.labels.find((l) => l.label === label && l.column === column)
      return (
        one && {
          label: one,
          chains: [{ from: dataset, steps: [], confidence: 1 }],
          others: 0,
          rules: ['P-01'],
        }
      )
    },
    async explainStatus(dataset) {
      const found = (await datasets([dataset], undefined)).get(dataset)
      return found && { status: found.status, rule: found.rule, because: found.labels, chains: [] }
    },
    boundaries: async () => (await versions('boundary')) as unknown as readonly Boundary[],
    policies: async () => (await versions('policy')) as unknown as readonly Policy[],
    certificates,
    async findings() {
      const items = (await findings()).map((node) => ({ node, cursor: node.id }))
      return { items, hasNextPage: false }
    },
    finding: async (id) => (await findings()).find((one) => one.id === id),
    preview: async () => ({ opens: [], closes: [], statusChanges: [] }),
  }
}
