import type { AccessRecord } from '../../../graph/index.ts'
import type { DatasetId, Meeting, Micros } from '../../../model/index.ts'
import type { Maybe, PageArgs } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { DatasetRef } from '../names.ts'
import type { AccessView } from '../view.ts'
import { LinewardError } from '../../../errors.ts'
import { atMost, listWithin } from '../args.ts'
import { connection } from '../connection.ts'
import { datasetAsked } from '../names.ts'
import { entriesOf } from './evidence.ts'

type AccessesArgs = PageArgs &
  Readonly<{ of: readonly DatasetRef[]; since: Micros; until?: Maybe<Micros> }>

/** How many datasets one question may name. */
const askedMax = 100

/**
 * `Query.accesses` and `Access` in schema.graphql: what was done to the datasets that are asked about,
 * to what lies in them, and to what shares their content by its location.
 *
 * @throws LinewardError ARGUMENT_INVALID for a dataset that is not given whole, NOT_FOUND for one that
 *   is not there, LIMIT_EXCEEDED for more datasets than one answer may look at.
 */
export const accessResolvers = {
  Query: {
    async accesses(_root: unknown, args: AccessesArgs, context: ApiContext) {
      if (args.of.length === 0) {
        throw new LinewardError('ARGUMENT_INVALID', '`of` is empty: there is nothing to ask about')
      }
      const refs = listWithin(askedMax, 'of', args.of)
      const asked = await Promise.all(refs.map((ref) => datasetAsked(ref, undefined, context)))
      const datasets = await withContents(
        asked.map(({ id }) => id),
        context,
      )
      const ask = { datasets, since: args.since, until: args.until ?? undefined }
      return connection(args, context, {
        fetch: (page) => context.graph.accesses(ask, page),
        view: (records) => Promise.all(records.map((record) => viewOf(record, context))),
      })
    },
  },
  Access: {
    principal: ({ record }: AccessView) => ({
      __typename: 'Principal',
      id: record.principal,
      access: record,
    }),
    action: ({ record }: AccessView) => record.action,
    hour: ({ record }: AccessView) => record.hour,
    count: ({ record }: AccessView) => record.count,
    first: ({ record }: AccessView) => record.first,
    last: ({ record }: AccessView) => record.last,
    via: ({ record }: AccessView) => record.via,
    evidence({ record }: AccessView, { first }: Readonly<{ first: number }>, context: ApiContext) {
      const most = atMost(context.config.pageSizeMax, 'first', { value: first })
      return entriesOf({ access: record }, undefined, most, context)
    },
  },
}

/** One of a dataset that the caller may not see is not there. */
async function viewOf(record: AccessRecord, { load }: ApiContext): Promise<AccessView | undefined> {
  const dataset = await load.dataset(record.dataset, undefined)
  return dataset && { record, dataset }
}

/** With what shares their content, but for what they only lie in: there much else may have been done. */
async function withContents(
  asked: readonly DatasetId[],
  { graph, config }: ApiContext,
): Promise<readonly DatasetId[]> {
  const found = new Set(asked)
  for (const id of asked) {
    let after: string | undefined
    do {
      const page = await graph.meetings(id, undefined, { first: config.pageSizeMax, after })
      for (const { node } of page.items) {
        if (!liesIn(id, node)) found.add(node.from === id ? node.to : node.from)
      }
      if (found.size > config.walkNodesMax) {
        const most = config.walkNodesMax
        throw new LinewardError('LIMIT_EXCEEDED', `Over ${most} datasets lie in those of \`of\``)
      }
      after = page.hasNextPage ? page.items.at(-1)?.cursor : undefined
    } while (after !== undefined)
  }
  return [...found]
}

function liesIn(id: DatasetId, { kind, to }: Meeting): boolean {
  return kind === 'CONTAINS' && to === id
}
