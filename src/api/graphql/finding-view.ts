import type { Finding } from '../../governance/index.ts'
import type { FlowId } from '../../model/index.ts'
import type { ApiContext } from './context.ts'
import type { FindingView } from './view.ts'
import { isLimited } from './visible.ts'

/**
 * A finding as the caller may see it; undefined when all of its datasets are hidden, or when it is
 * about none and the caller sees only some namespaces.
 */
export async function findingView(
  record: Finding,
  context: ApiContext,
): Promise<FindingView | undefined> {
  const datasets = await context.load.datasets(record.datasets, undefined)
  const view = { __typename: 'Finding', record, datasets } as const
  if (!isLimited(context.caller)) return { ...view, isWhole: true }
  if (datasets.length === 0) return undefined
  const isWhole =
    datasets.length === record.datasets.length &&
    (record.flow === undefined || (await isFlowSeen(record.flow, context)))
  return { ...view, isWhole }
}

/** The finding of this id, as the caller may see it. */
export async function findingById(
  id: string,
  context: ApiContext,
): Promise<FindingView | undefined> {
  await context.judged()
  const record = await context.parts.governance.finding(id)
  return record && findingView(record, context)
}

/** Words about a flow tell of its job and of every dataset of it. */
async function isFlowSeen(id: FlowId, { load }: ApiContext): Promise<boolean> {
  const flow = await load.flow(id, undefined)
  if (flow === undefined) return false
  const ends = new Set([...flow.inputs, ...flow.outputs])
  const seen = await load.datasets([...ends], undefined)
  const job = flow.job === undefined || (await load.job(flow.job, undefined)) !== undefined
  return job && seen.length === ends.size
}
