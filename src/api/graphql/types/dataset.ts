import type { Spelling } from '../../../model/index.ts'
import type { Caller } from '../../parts.ts'
import type { PageArgs } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { DatasetView } from '../view.ts'
import { canonicalName } from '../../../model/index.ts'
import { atMost } from '../args.ts'
import { connection } from '../connection.ts'
import { facetsByKey } from '../facets.ts'
import { governedOf } from '../governed.ts'
import { columnView } from '../view.ts'
import { sees } from '../visible.ts'
import { evidencePage } from './evidence.ts'
import { meetingsSeen } from './meeting.ts'

type Details = (dataset: DatasetView, args: unknown, context: ApiContext) => Promise<unknown>

/**
 * `Dataset` in schema.graphql: each field asks for what the dataset was at the time of the question.
 *
 * @throws LinewardError LIMIT_EXCEEDED when `first` or `last` exceeds `pageSizeMax`.
 */
export const datasetResolvers = {
  Dataset: {
    namespace: ({ name }: DatasetView) => name.namespace,
    name: ({ name }: DatasetView) => name.name,
    kind: detail('kind'),
    description: detail('description'),
    owners: detail('owners'),
    tags: detail('tags'),
    existence: detail('existence'),
    firstSeen: detail('firstSeen'),
    lastSeen: detail('lastSeen'),

    names({ id }: DatasetView, args: PageArgs, context: ApiContext) {
      return connection(args, context, {
        fetch: (page) => context.graph.names(id, page),
        view: (names) =>
          names.map((known) => (isSeen(known.spelling, context.caller) ? known : undefined)),
      })
    },
    columns(dataset: DatasetView, args: PageArgs, context: ApiContext) {
      return connection(args, context, {
        fetch: (page) => context.graph.columns(dataset.id, dataset.asOf, page),
        view: (records) => records.map((record) => columnView(dataset, record)),
      })
    },
    schemaHistory(dataset: DatasetView, args: PageArgs, context: ApiContext) {
      return connection(args, context, {
        fetch: (page) => context.graph.schemaHistory(dataset.id, dataset.asOf, page),
        view: (records) => records.map((record) => ({ dataset, record })),
      })
    },
    async facets({ id, asOf }: DatasetView, _args: unknown, { graph, caller }: ApiContext) {
      return facetsByKey(await graph.datasetFacets(id, asOf), caller)
    },
    async epochs(
      { id, asOf }: DatasetView,
      { last }: Readonly<{ last: number }>,
      { graph, config }: ApiContext,
    ) {
      const most = atMost(config.pageSizeMax, 'last', { value: last })
      return (await graph.epochs(id, asOf)).slice(-most)
    },
    meets({ id, asOf }: DatasetView, args: PageArgs, context: ApiContext) {
      return connection(args, context, {
        fetch: (page) => context.graph.meetings(id, asOf, page),
        view: (meetings) => meetingsSeen(meetings, asOf, context),
      })
    },
    status: async (dataset: DatasetView, _args: unknown, context: ApiContext) =>
      (await governedOf(dataset, context)).status,
    labels: async (dataset: DatasetView, _args: unknown, context: ApiContext) =>
      (await governedOf(dataset, context)).labels,
    boundary: async (dataset: DatasetView, _args: unknown, context: ApiContext) =>
      (await governedOf(dataset, context)).placement,
    grain: async (dataset: DatasetView, _args: unknown, context: ApiContext) =>
      (await governedOf(dataset, context)).grain,
    evidence({ id, asOf }: DatasetView, args: PageArgs, context: ApiContext) {
      return evidencePage({ dataset: id }, asOf, args, context)
    },
  },
}

/** A name of another namespace is hidden, though it is a name of a dataset that is not. */
function isSeen({ namespace, name }: Spelling, caller: Caller): boolean {
  return sees(caller, canonicalName(namespace, name).namespace)
}

function detail(name: keyof Awaited<ReturnType<ApiContext['load']['datasetDetails']>>): Details {
  return async (dataset, _args, { load }) => (await load.datasetDetails(dataset))[name]
}
