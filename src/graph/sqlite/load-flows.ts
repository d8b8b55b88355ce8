import type { FlowId, FlowKind, JobId } from '../../model/index.ts'
import type { Adjacency, FlowNode, NameNode } from './adjacency.ts'
import type { Database } from './database.ts'
import { emptySummary, shownOf, summaryFrom } from './flow-summary.ts'

/** Loads every flow into memory; the names must be there. */
export function loadFlows(db: Database, adjacency: Adjacency): void {
  const names = new Map<number, NameNode>()
  for (const node of adjacency.names.values()) names.set(node.row, node)
  const jobs = new Map(
    db
      .all(
        `SELECT id, key FROM subject
           WHERE id IN (SELECT job FROM flow)`,
      )
      .map((row) => [Number(row['id']), String(row['key']) as JobId]),
  )
  const shown = new Map<number, FlowNode['shown'][number][]>()
  for (const row of db.each('SELECT flow, mapset, shown_from, coarse FROM flow_shown')) {
    const flow = Number(row['flow'])
    const list = shown.get(flow) ?? []
    list.push(shownOf(row))
    shown.set(flow, list)
  }
  for (const row of db.each('SELECT * FROM flow')) {
    const side = (column: string): readonly NameNode[] =>
      (JSON.parse(String(row[column])) as number[])
        .map((id) => names.get(id))
        .filter((node) => node !== undefined)
    const flow: FlowNode = {
      id: String(row['key']) as FlowId,
      row: Number(row['id']),
      job: row['job'] === null ? undefined : jobs.get(Number(row['job'])),
      kind: String(row['kind']) as FlowKind,
      inputs: side('inputs'),
      outputs: side('outputs'),
      ...emptySummary,
    }
    summaryFrom(flow, row, shown.get(flow.row) ?? [])
    adjacency.addFlow(flow)
  }
}
