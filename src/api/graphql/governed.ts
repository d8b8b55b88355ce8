import type { DatasetGovernance } from '../../governance/index.ts'
import type { ApiContext } from './context.ts'
import type { DatasetView } from './view.ts'

/**
 * What the dataset is in law at the time of the question. Where not all is judged in time it is what
 * is known so far, and a warning says so.
 */
export async function governedOf(
  dataset: DatasetView,
  context: ApiContext,
): Promise<DatasetGovernance> {
  const found = await context.load.governed(dataset)
  await warnBehind(context)
  return found ?? notJudged(dataset)
}

/** Whether everything that was accepted is judged, after waiting for it a bounded time. */
export async function isJudged({ behind, judged }: ApiContext): Promise<boolean> {
  return (await judged()) && !behind
}

async function warnBehind(context: ApiContext): Promise<void> {
  if (await isJudged(context)) return
  context.warn({
    code: 'GRAPH_BEHIND',
    path: '',
    message: 'Not everything accepted is judged yet: statuses, labels and findings may change',
  })
}

function notJudged({ id }: DatasetView): DatasetGovernance {
  return {
    id,
    status: 'UNKNOWN',
    enforced: 'UNKNOWN',
    rule: 'It is not judged yet',
    because: [],
    grain: 'UNKNOWN',
    labels: [],
    placement: { boundary: undefined, zone: 'GENERAL', why: 'It is not judged yet' },
  }
}
