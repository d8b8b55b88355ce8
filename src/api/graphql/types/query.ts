import type { AsOf, DatasetFilter, Found, NodeKind } from '../../../graph/index.ts'
import type { DatasetKind } from '../../../model/index.ts'
import type { Maybe, PageArgs } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { GovernedFilter } from '../governed-filter.ts'
import type { DeadLetterView } from './dead-letter.ts'
import type { DatasetView, NodeView } from '../view.ts'
import { LinewardError } from '../../../errors.ts'
import { textWithin } from '../args.ts'
import { connection } from '../connection.ts'
import { governedFilter } from '../governed-filter.ts'
import { datasetNamed, jobNamed } from '../names.ts'
import { nodeById } from '../node-id.ts'
import { sees } from '../visible.ts'

type Named = Readonly<{ namespace: string; name: string }>
type FilterArgs = Readonly<{
  kinds?: Maybe<readonly string[]>
  owner?: Maybe<string>
  tag?: Maybe<string>
  includeRetired: boolean
}> &
  GovernedFilter
type SearchArgs = PageArgs &
  Readonly<{ text: string; kinds?: Maybe<readonly NodeKind[]>; filter?: Maybe<FilterArgs> }>

const searchCharactersMax = 1000

/** `Query` in schema.graphql but for the walks. Looking one thing up that is not there gives null. */
export const queryResolvers = {
  Query: {
    node: (_root: unknown, { id }: Readonly<{ id: string }>, context: ApiContext) =>
      nodeById(id, context),
    dataset: (
      _root: unknown,
      { namespace, name, asOf }: Named & Readonly<{ asOf?: Maybe<NonNullable<AsOf>> }>,
      context: ApiContext,
    ) => datasetNamed({ namespace, name }, asOf ?? undefined, context),
    job: (_root: unknown, { namespace, name }: Named, context: ApiContext) =>
      jobNamed({ namespace, name }, context),
    async run(_root: unknown, { runId }: Readonly<{ runId: string }>, context: ApiContext) {
      const found = await context.graph.runByRunId(runId)
      return found && context.load.run(found.id, undefined)
    },

    namespaces(_root: unknown, args: PageArgs, context: ApiContext) {
      return connection(args, context, {
        fetch: (page) => context.graph.namespaces(page),
        view: (names) => names.map((name) => (sees(context.caller, name) ? name : undefined)),
      })
    },
    datasets(
      _root: unknown,
      args: PageArgs & Readonly<{ namespace?: Maybe<string>; filter?: Maybe<FilterArgs> }>,
      context: ApiContext,
    ) {
      const filter = filterIn(args.filter)
      const { isSparse, keep } = governedFilter(args.filter ?? {}, context)
      return connection(args, context, {
        fetch: (page) => context.graph.datasets(args.namespace ?? undefined, filter, page),
        view: (found) =>
          Promise.all(found.map(async ({ id }) => keep(await context.load.dataset(id, undefined)))),
        isSparse,
      })
    },
    jobs(
      _root: unknown,
      args: PageArgs & Readonly<{ namespace?: Maybe<string> }>,
      context: ApiContext,
    ) {
      return connection(args, context, {
        fetch: (page) => context.graph.jobs(args.namespace ?? undefined, page),
        view: (found) => Promise.all(found.map(({ id }) => context.load.job(id, undefined))),
      })
    },
    async search(_root: unknown, args: SearchArgs, context: ApiContext) {
      const text = textWithin(searchCharactersMax, 'text', { value: args.text })
      const filter = filterIn(args.filter)
      const { isSparse, keep } = governedFilter(args.filter ?? {}, context)
      const page = await connection(args, context, {
        fetch: (ask) => context.graph.search(text, args.kinds ?? allKinds, filter, ask),
        view: (found) =>
          Promise.all(
            found.map(async (one) => {
              const view = await findView(one, context)
              // A job has no status and no zone: a filter of these leaves it out.
              return isSparse && (await keep(view?.dataset)) === undefined ? undefined : view
            }),
          ),
        isSparse,
      })
      const edges = page.edges.map(({ node, cursor }) => ({ ...node, cursor }))
      return { ...page, edges }
    },

    // Each field of these is read when it is asked for.
    intake: () => ({}),
    ledger: () => ({}),
    deadLetters(_root: unknown, args: PageArgs, context: ApiContext) {
      return connection(args, context, {
        fetch: (page) => context.graph.deadLetters(page),
        async view(records): Promise<readonly DeadLetterView[]> {
          const entries = await context.load.entries(records.map(({ entry }) => entry))
          return records.flatMap((record, index) => {
            const entry = entries[index]
            return entry === undefined ? [] : [{ record, entry }]
          })
        },
      })
    },
  },
}

const allKinds: readonly NodeKind[] = ['DATASET', 'COLUMN', 'JOB']

/** Every kind that a dataset can have: a kind that is none cannot be asked for. */
const datasetKinds: Readonly<Record<DatasetKind, true>> = {
  TABLE: true,
  VIEW: true,
  DATABASE: true,
  PREFIX: true,
  STREAM: true,
  TOPIC: true,
  QUEUE: true,
  SNAPSHOT: true,
  DEVICE: true,
  MODEL: true,
  DASHBOARD: true,
  ENDPOINT: true,
  FILE: true,
  JOB_OUTPUT: true,
  DATASET: true,
}

function isDatasetKind(text: string): text is DatasetKind {
  return Object.hasOwn(datasetKinds, text)
}

function filterIn(filter: Maybe<FilterArgs>): DatasetFilter {
  if (filter === null || filter === undefined) return { includeRetired: false }
  const kinds = filter.kinds ?? undefined
  if (kinds !== undefined && !kinds.every(isDatasetKind)) {
    const known = Object.keys(datasetKinds).join(', ')
    throw new LinewardError('ARGUMENT_INVALID', `\`kinds\` are of ${known}`)
  }
  return {
    kinds: kinds?.filter(isDatasetKind),
    owner: filter.owner ?? undefined,
    tag: filter.tag ?? undefined,
    includeRetired: filter.includeRetired,
  }
}

type FindView = Readonly<{ node: NodeView; dataset?: DatasetView; matched: string }>

async function findView(found: Found, { load }: ApiContext): Promise<FindView | undefined> {
  const { matched } = found
  if (found.kind === 'JOB') {
    const job = await load.job(found.job, undefined)
    return job && { node: job, matched }
  }
  const dataset = await load.dataset(found.dataset, undefined)
  if (dataset === undefined) return undefined
  return found.kind === 'DATASET'
    ? { node: dataset, dataset, matched }
    : { node: { __typename: 'Column', dataset, name: found.column }, dataset, matched }
}
