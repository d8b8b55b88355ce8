import type { FlowRecord, PathAnswer } from '../../../graph/index.ts'
import type { AppliedLabel, Chain } from '../../../governance/index.ts'
import type { DatasetId, FlowId } from '../../../model/index.ts'
import type { ApiContext } from '../context.ts'
import type { DatasetRef } from '../names.ts'
import { covers } from '../../../model/index.ts'
import { atMost } from '../args.ts'
import { completenessOf } from '../completeness.ts'
import { governedOf } from '../governed.ts'
import { labelAsked } from '../label-asked.ts'
import { columnAsked, datasetAsked } from '../names.ts'
import { wholeDataset } from '../subject.ts'
import { datasetsIn, pathView } from '../ways.ts'

type LabelArgs = Readonly<{ of: DatasetRef; label: string; first: number }>
type StatusArgs = Readonly<{ of: DatasetRef; first: number }>

/**
 * `Query.explainLabel` and `Query.explainStatus`: how it got there, as the caller may see it.
 *
 * @throws LinewardError NOT_FOUND for a dataset or column that is not there, LABEL_UNKNOWN for what
 *   is no category and covers none, LIMIT_EXCEEDED for more chains than there may be.
 */
export const explanationResolvers = {
  Query: {
    async explainLabel(_root: unknown, args: LabelArgs, context: ApiContext) {
      const first = atMost(context.config.pageSizeMax, 'first', { value: args.first })
      const label = labelAsked(args.label)
      const dataset = await datasetAsked(args.of, undefined, context)
      const column =
        typeof args.of.column === 'string'
          ? await columnAsked(dataset, args.of.column, context)
          : undefined
      const { labels } = await governedOf(dataset, context)
      const carried = surest(labels, { label, column })
      if (carried === undefined) return undefined
      const part = { dataset: dataset.id, column: carried.column }
      const found = await context.parts.governance.explainLabel(part, carried.label, first)
      return found && { ...found, ...(await chainsShown(found.chains, dataset.id, context)) }
    },

    async explainStatus(_root: unknown, args: StatusArgs, context: ApiContext) {
      const first = atMost(context.config.pageSizeMax, 'first', { value: args.first })
      const dataset = await wholeDataset(args.of, context)
      await governedOf(dataset, context)
      const found = await context.parts.governance.explainStatus(dataset.id, first)
      return found && { ...found, ...(await chainsShown(found.chains, dataset.id, context)) }
    },
  },
}

/**
 * Of the labels that are covered the one that was meant: by its own name before one under it, of the
 * column itself before what any column may have, and the surest.
 */
function surest(
  labels: readonly AppliedLabel[],
  asked: Readonly<{ label: string; column: string | undefined }>,
): AppliedLabel | undefined {
  const isOn = ({ column }: AppliedLabel): boolean =>
    asked.column === undefined || column === undefined || column === asked.column
  const rank = ({ label, column, confidence }: AppliedLabel): number =>
    (label === asked.label ? 4 : 0) + (column === asked.column ? 2 : 0) + confidence
  return labels
    .filter((one) => one.decision !== 'REJECTED' && covers(asked.label, one.label) && isOn(one))
    .toSorted((one, other) => rank(other) - rank(one))[0]
}

async function chainsShown(chains: readonly Chain[], end: DatasetId, context: ApiContext) {
  const ids = chains.flatMap(({ steps }) =>
    steps.flatMap((step) => ('flow' in step ? [step.flow] : [])),
  )
  const flows = await context.graph.flows([...new Set(ids)], undefined)
  const byStored = new Map<FlowId, FlowRecord>(
    flows.flatMap((flow) => flow.stored.map((id) => [id, flow] as const)),
  )
  const meetings = chains.flatMap(({ steps }) =>
    steps.flatMap((step) => ('meeting' in step ? [step.meeting] : [])),
  )
  const touched = [end, ...chains.map(({ from }) => from)]
  const answered = {
    asOf: undefined,
    datasets: datasetsIn(touched, flows, meetings),
    flows,
    coarse: flows.filter(({ coarse }) => coarse).length,
    truncatedBy: [],
  }
  return {
    chains: await Promise.all(
      chains.map((chain) => pathView(wayOf(chain, byStored), undefined, context)),
    ),
    completeness: await completenessOf(answered, context),
  }
}

/** A flow that is not there any more, since an entry was just retracted, is no step. */
function wayOf({ steps }: Chain, byStored: ReadonlyMap<FlowId, FlowRecord>): PathAnswer {
  return {
    steps: steps.flatMap((step): PathAnswer['steps'] => {
      if ('meeting' in step) return [step]
      const flow = byStored.get(step.flow)
      return flow === undefined ? [] : [{ flow }]
    }),
    columnEdges: [],
  }
}
