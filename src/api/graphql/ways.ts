import type { AsOf, FlowRecord, PathAnswer } from '../../graph/index.ts'
import type { DatasetId, Meeting } from '../../model/index.ts'
import type { ColumnFlowView } from './column-flows.ts'
import type { ApiContext } from './context.ts'
import type { FlowView, StepView } from './view.ts'
import { columnFlowsOf } from './column-flows.ts'
import { present } from './loads.ts'
import { flowsSeen } from './types/flow.ts'
import { meetingsSeen } from './types/meeting.ts'

/** `Path` in schema.graphql. */
export type PathView = Readonly<{
  steps: readonly StepView[]
  columnFlows: readonly ColumnFlowView[]
}>

/** One way as the caller may see it: steps that show nothing but hidden things are left out. */
export async function pathView(
  { steps, columnEdges }: PathAnswer,
  asOf: AsOf,
  context: ApiContext,
): Promise<PathView> {
  const views = await Promise.all(
    steps.map(async (step): Promise<StepView | undefined> => {
      const [view] =
        'flow' in step
          ? await flowsSeen([step.flow], asOf, context)
          : await meetingsSeen([step.meeting], asOf, context)
      return view
    }),
  )
  const shown = present(views)
  const flows = shown.filter((view): view is FlowView => 'stored' in view)
  const { load } = context
  return { steps: shown, columnFlows: await columnFlowsOf(columnEdges, flows, { asOf, load }) }
}

/** Every dataset that an answer names or would name. */
export function datasetsIn(
  touched: readonly DatasetId[],
  flows: readonly FlowRecord[],
  meetings: readonly Meeting[],
): ReadonlySet<DatasetId> {
  return new Set([
    ...touched,
    ...flows.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
    ...meetings.flatMap(({ from, to }) => [from, to]),
  ])
}
