import type { Page, PageAsk } from '../../../graph/index.ts'
import type { FindingChange, FindingKind, Severity } from '../../../governance/index.ts'
import type { EntryKey, FindingStatus } from '../../../model/index.ts'
import type { Maybe, PageArgs } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { ColumnView, FindingView, PrincipalView } from '../view.ts'
import { LinewardError } from '../../../errors.ts'
import { connection } from '../connection.ts'
import { findingView } from '../finding-view.ts'
import { isJudged } from '../governed.ts'
import { present } from '../loads.ts'

type FindingsArgs = PageArgs &
  Readonly<{
    kinds?: Maybe<readonly FindingKind[]>
    statuses?: Maybe<readonly FindingStatus[]>
    severities?: Maybe<readonly Severity[]>
  }>
type ChangeView = FindingChange & Readonly<{ isWhole: boolean }>

const hiddenWords = 'A dataset, flow or job of it is hidden from you'

/** `Query.findings` and `Finding` in schema.graphql. */
export const findingResolvers = {
  Query: {
    async findings(_root: unknown, args: FindingsArgs, context: ApiContext) {
      const filter = {
        kinds: args.kinds ?? undefined,
        statuses: args.statuses ?? undefined,
        severities: args.severities ?? undefined,
      }
      const isAll = await isJudged(context)
      const page = await connection(args, context, {
        fetch: (wanted) => context.parts.governance.findings(filter, wanted),
        view: (found) => Promise.all(found.map((one) => findingView(one, context))),
      })
      return { ...page, behind: !isAll }
    },
  },
  Finding: {
    id: ({ record }: FindingView) => record.id,
    kind: ({ record }: FindingView) => record.kind,
    severity: ({ record }: FindingView) => record.severity,
    status: ({ record }: FindingView) => record.status,
    title: ({ record, isWhole }: FindingView) =>
      isWhole ? record.title : `${record.kind}: ${hiddenWords}`,
    detail: ({ record, isWhole }: FindingView) => (isWhole ? record.detail : hiddenWords),
    firstSeen: ({ record }: FindingView) => record.firstSeen,
    lastSeen: ({ record }: FindingView) => record.lastSeen,
    occurrences: ({ record }: FindingView) => record.occurrences,
    assignee: ({ record, isWhole }: FindingView) => (isWhole ? record.assignee : undefined),
    flow: ({ record }: FindingView, _args: unknown, { load }: ApiContext) =>
      record.flow && load.flow(record.flow, undefined),
    async columns({ record }: FindingView, _args: unknown, { load }: ApiContext) {
      const views = record.columns.map(async ({ dataset: id, column }) => {
        const dataset = await load.dataset(id, undefined)
        return dataset && ({ __typename: 'Column', dataset, name: column } satisfies ColumnView)
      })
      return present(await Promise.all(views))
    },
    principals: ({ record, isWhole }: FindingView) =>
      isWhole
        ? record.principals.map((id): PrincipalView => ({ __typename: 'Principal', id }))
        : [],
    history: ({ record, isWhole }: FindingView) =>
      record.history.map((change): ChangeView => ({ ...change, isWhole })),
    evidence({ record, isWhole }: FindingView, args: PageArgs, context: ApiContext) {
      return connection(args, context, {
        fetch: (page) =>
          evidenceOf(isWhole ? record : { ...record, flow: undefined }, page, context),
        view: (keys) => context.load.entries(keys),
      })
    },
  },
  FindingChange: {
    by: ({ by, isWhole }: ChangeView) => (isWhole ? by : ''),
    reason: ({ reason, isWhole }: ChangeView) => (isWhole ? reason : ''),
  },
}

/** What was stated, and behind it what says of the flow. A cursor tells in which of the two it is. */
async function evidenceOf(
  { evidence, flow }: Pick<FindingView['record'], 'evidence' | 'flow'>,
  { first, after }: PageAsk,
  { graph }: ApiContext,
): Promise<Page<EntryKey>> {
  const [, place = 's', cursor] = /^([sf])\.(.*)$/s.exec(after ?? 's.-1') ?? []
  if (cursor === undefined || (place === 's' && !/^(?:-1|\d{1,9})$/.test(cursor))) {
    throw new LinewardError('ARGUMENT_INVALID', '`after` is no cursor that an answer gave')
  }
  const start = place === 's' ? Number(cursor) + 1 : evidence.length
  const stated = evidence
    .slice(start, start + first)
    .map((node, index) => ({ node, cursor: `s.${start + index}` }))
  if (flow === undefined) {
    return { items: stated, hasNextPage: evidence.length > start + stated.length }
  }
  const [found] = await graph.flows([flow], undefined)
  const wanted = first - stated.length

  const page = await graph.evidence({ flows: found?.stored ?? [flow] }, undefined, {
    first: Math.max(1, wanted),
    after: place === 'f' ? cursor : undefined,
  })
  const ofFlow = page.items
    .slice(0, wanted)
    .map((item) => ({ ...item, cursor: `f.${item.cursor}` }))
  const hasNextPage = page.hasNextPage || page.items.length > ofFlow.length
  return { items: [...stated, ...ofFlow], hasNextPage }
}
