import type { Micros } from '../../model/index.ts'
import type { FlowNode } from './adjacency.ts'
import type { Row } from './database.ts'
import type { LoadedMap } from './map-table.ts'

/** Of a flow whose members are not gone through yet. */
export const emptySummary = {
  shown: [],
  shownFrom: Infinity,
  passing: false,
  firstStart: Infinity,
  lastEnd: -Infinity,
  firstSeen: 0 as Micros,
  lastSeen: 0 as Micros,
  declaredEnd: undefined,
  now: undefined,
  group: '',
} as const

export const bases = ['OBSERVED', 'DECLARED', 'INFERRED'] as const

/** Takes over what the flow's row keeps of its members. */
export function summaryFrom(flow: FlowNode, row: Row, shown: FlowNode['shown']): void {
  flow.shown = shown
  flow.now = undefined
  flow.shownFrom = shown.reduce((least, { from }) => Math.min(least, from), Infinity)
  flow.passing = row['passing'] === 1
  flow.firstStart = Number(row['first_start'])
  flow.lastEnd = row['last_end'] === null ? Infinity : Number(row['last_end'])
  flow.firstSeen = Number(row['first_seen']) as Micros
  flow.lastSeen = Number(row['last_seen']) as Micros
  flow.declaredEnd =
    row['declared_end'] === null ? undefined : (Number(row['declared_end']) as Micros)
}

export function shownOf(row: Row): FlowNode['shown'][number] {
  return {
    mapset: Number(row['mapset']),
    from: Number(row['shown_from']),
    coarse: row['coarse'] === 1,
  }
}

/** Some input reaches some output that its maps do not explain. */
export function isCoarse(flow: FlowNode, maps: readonly LoadedMap[]): boolean {
  if (flow.kind === 'RENAME') return false
  return flow.outputs.some(({ id }) => {
    const explained = maps.filter(({ output }) => output === id).map(({ datasets }) => datasets)
    return flow.inputs.some((input) => !explained.some((datasets) => datasets.has(input.id)))
  })
}
