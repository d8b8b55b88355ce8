import type { DatasetName } from '../../model/index.ts'
import type { ApiContext } from './context.ts'
import type { ColumnView, NodeView, PrincipalView } from './view.ts'
import { LinewardError } from '../../errors.ts'
import { parseJson } from '../../model/index.ts'
import { findingById } from './finding-view.ts'
import { idsOf } from './ids.ts'
import { datasetNamed, hasColumn } from './names.ts'
import { isLimited } from './visible.ts'

type Lookup = (id: string, context: ApiContext) => Promise<NodeView | undefined>

/** Every kind of node finds itself by its own ids only. */
const lookups: readonly Lookup[] = [
  async (id, { load }) => {
    const dataset = idsOf.dataset(id)
    return dataset && load.dataset(dataset, undefined)
  },
  async (id, { load }) => {
    const job = idsOf.job(id)
    return job && load.job(job, undefined)
  },
  async (id, { load }) => {
    const run = idsOf.run(id)
    return run && load.run(run, undefined)
  },
  async (id, { load }) => {
    const flow = idsOf.flow(id)
    return flow && load.flow(flow, undefined)
  },
  columnById,
  principalById,
  findingById,
]

/** What an id stands for, as it is now; undefined for any text that is no id of a node. */
export async function nodeById(id: string, context: ApiContext): Promise<NodeView | undefined> {
  for (const lookup of lookups) {
    const found = await lookup(id, context)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * A principal by its own id; undefined when no event in effect names it. Who may see only some
 * namespaces gets to know principals by what they did there, and not by asking for them.
 */
export async function principalById(
  id: string,
  { graph, caller }: ApiContext,
): Promise<PrincipalView | undefined> {
  if (isLimited(caller) || !(await graph.principalIsKnown(id))) return undefined
  return { __typename: 'Principal', id }
}

const columnPrefix = 'column_'

/** The id of a column: the name of its dataset and its path, so that it is found without an index. */
export function columnIdOf({ namespace, name }: DatasetName, path: string): string {
  const text = JSON.stringify([namespace, name, path])
  return `${columnPrefix}${Buffer.from(text).toString('base64url')}`
}

async function columnById(id: string, context: ApiContext): Promise<ColumnView | undefined> {
  const parts = columnPartsOf(id)
  if (parts === undefined) return undefined
  const [namespace, name, path] = parts
  const dataset = await datasetNamed({ namespace, name }, undefined, context)
  if (dataset === undefined || !(await hasColumn(dataset, path, context))) return undefined
  return { __typename: 'Column', dataset, name: path }
}

function columnPartsOf(id: string): readonly [string, string, string] | undefined {
  if (!id.startsWith(columnPrefix)) return undefined
  const text = Buffer.from(id.slice(columnPrefix.length), 'base64url').toString('utf8')
  try {
    const value = parseJson(text)
    if (!Array.isArray(value) || value.length !== 3) return undefined
    const [namespace, name, path]: readonly unknown[] = value
    return typeof namespace === 'string' && typeof name === 'string' && typeof path === 'string'
      ? [namespace, name, path]
      : undefined
  } catch (error) {
    if (error instanceof LinewardError) return undefined
    throw error
  }
}
