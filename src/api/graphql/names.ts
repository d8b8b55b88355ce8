import type { AsOf } from '../../graph/index.ts'
import type { DatasetName, JobName } from '../../model/index.ts'
import type { Maybe } from './args.ts'
import type { ApiContext } from './context.ts'
import type { DatasetView, JobView } from './view.ts'
import { LinewardError } from '../../errors.ts'
import { canonicalJobName, canonicalName } from '../../model/index.ts'
import { quoted } from './args.ts'
import { idsOf } from './ids.ts'
import { sees } from './visible.ts'

/** `DatasetRef` in schema.graphql. */
export type DatasetRef = Readonly<{
  id?: Maybe<string>
  namespace?: Maybe<string>
  name?: Maybe<string>
  column?: Maybe<string>
}>

/** `JobRef` in schema.graphql. */
export type JobRef = Omit<DatasetRef, 'column'>

/** How many names an error message offers in place of one that is not there. */
const nearestShown = 5

/** The dataset of any of its names in any spelling; undefined when it is unknown or not to be seen. */
export async function datasetNamed(
  { namespace, name }: DatasetName,
  asOf: AsOf,
  { graph, load }: ApiContext,
): Promise<DatasetView | undefined> {
  const found = await graph.datasetByName(canonicalName(namespace, name))
  return found === undefined ? undefined : load.dataset(found.id, asOf)
}

/** The job of this name; undefined when it is unknown or not to be seen. */
export async function jobNamed(
  { namespace, name }: JobName,
  { graph, load }: ApiContext,
): Promise<JobView | undefined> {
  const found = await graph.jobByName(canonicalJobName(namespace, name))
  return found === undefined ? undefined : load.job(found.id, undefined)
}

/**
 * The dataset that is asked about.
 *
 * @throws LinewardError ARGUMENT_INVALID when it is given neither by id nor by namespace and name,
 *   or by both; NOT_FOUND with the nearest names that the caller may see.
 */
export async function datasetAsked(
  ref: DatasetRef,
  asOf: AsOf,
  context: ApiContext,
): Promise<DatasetView> {
  const { id, namespace, name } = ref
  const byName = typeof namespace === 'string' && typeof name === 'string'
  const half = !byName && (typeof namespace === 'string' || typeof name === 'string')
  if (half || byName === (typeof id === 'string')) {
    throw new LinewardError(
      'ARGUMENT_INVALID',
      'A dataset is given by `id`, or by `namespace` and `name`, and not by both',
    )
  }
  if (byName) {
    const found = await datasetNamed({ namespace, name }, asOf, context)
    return found ?? refuse({ namespace, name }, context)
  }
  const known = idsOf.dataset(String(id))
  const found = known && (await context.load.dataset(known, asOf))
  if (found !== undefined) return found
  throw new LinewardError('NOT_FOUND', `No dataset has the id ${quoted(String(id))}`)
}

/**
 * The job that is asked about.
 *
 * @throws LinewardError ARGUMENT_INVALID when it is given neither by id nor by namespace and name,
 *   or by both; NOT_FOUND.
 */
export async function jobAsked(
  { id, namespace, name }: JobRef,
  context: ApiContext,
): Promise<JobView> {
  const byName = typeof namespace === 'string' && typeof name === 'string'
  const half = !byName && (typeof namespace === 'string' || typeof name === 'string')
  if (half || byName === (typeof id === 'string')) {
    throw new LinewardError(
      'ARGUMENT_INVALID',
      'A job is given by `id`, or by `namespace` and `name`, and not by both',
    )
  }
  const known = byName ? undefined : idsOf.job(String(id))
  const found = byName
    ? await jobNamed({ namespace, name }, context)
    : known && (await context.load.job(known, undefined))
  if (found !== undefined) return found
  const words = byName ? inWords({ namespace, name }) : `with the id ${quoted(String(id))}`
  throw new LinewardError('NOT_FOUND', `There is no job ${words}; \`search\` finds jobs by words`)
}

async function refuse(name: DatasetName, { graph, caller }: ApiContext): Promise<never> {
  const near = await graph.nearestNames(canonicalName(name.namespace, name.name), nearestShown)
  const shown = near.filter(({ namespace }) => sees(caller, namespace)).map(inWords)
  const offer = shown.length === 0 ? '' : `; the nearest names are ${shown.join(', ')}`
  throw new LinewardError('NOT_FOUND', `There is no dataset ${inWords(name)}${offer}`)
}

/**
 * The column of the dataset that is asked about, by dotted path. It may come later than `asOf`, as
 * a dataset may; where no schema is known any column may be there, since what came without a column
 * map, or by a rename, may be in it.
 *
 * @throws LinewardError NOT_FOUND with some of the columns that there are.
 */
export async function columnAsked(
  dataset: DatasetView,
  column: string,
  context: ApiContext,
): Promise<string> {
  if (await hasColumn(dataset, column, context)) return column
  const ever = { ...dataset, asOf: undefined }
  if (dataset.asOf !== undefined && (await hasColumn(ever, column, context))) return column
  const { items } = await context.graph.columns(dataset.id, undefined, { first: nearestShown })
  if (items.length === 0) return column
  const some = items.map(({ node }) => quoted(node.name)).join(', ')
  throw new LinewardError(
    'NOT_FOUND',
    `There is no column ${quoted(column)} in ${inWords(dataset.name)}; it has ${some}`,
  )
}

/** Whether a schema has the column, or at least a column map of a flow next to the dataset. */
export async function hasColumn(
  dataset: DatasetView,
  column: string,
  context: ApiContext,
): Promise<boolean> {
  const record = await context.load.column(dataset, column)
  return record !== undefined || isMapped(dataset, column, context)
}

async function isMapped(
  { id, asOf }: DatasetView,
  column: string,
  { graph }: ApiContext,
): Promise<boolean> {
  const when = { asOf, inForce: false }
  const frontier = [{ dataset: id }]
  const steps = [
    ...(await graph.expand(frontier, 'UPSTREAM', when)),
    ...(await graph.expand(frontier, 'DOWNSTREAM', when)),
  ]
  const edges = await graph.columnEdges([...new Set(steps.map(({ flow }) => flow))], asOf)
  return edges.some(
    (edge) =>
      (edge.fromDataset === id && edge.from === column) ||
      (edge.toDataset === id && edge.to === column),
  )
}

function inWords({ namespace, name }: DatasetName): string {
  return `${quoted(name)} in ${quoted(namespace)}`
}
