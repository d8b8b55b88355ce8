import type { DatasetName, Fact, Json } from '../../model/index.ts'
import type { OpenLineageEvent } from './event.ts'
import type { DatasetPart, Facets } from './parts.ts'
import { canonicalName, isJsonObject } from '../../model/index.ts'
import { isList, textIn } from '../members.ts'
import { spellingsIn } from './spellings.ts'

/** How the scrubber's markers begin. */
const marker = '[scrubbed:'

const lineageFacets = ['columnLineage', 'lineage', 'symlinks', 'lifecycleStateChange'] as const

/**
 * Where the scrubber took something out of a name that lineage needed, as `problem` facts that name
 * the event's datasets: what an answer shows of them may lack an edge. A name whose canonical form
 * does without the marker (a password in a URL) has lost nothing.
 */
export function redactionFacts(
  event: OpenLineageEvent,
  names: readonly DatasetName[],
): readonly Fact[] {
  const untouched = names.filter((name) => !isRedacted(name))
  return [...redactedPaths(event)].map((path): Fact => ({
    kind: 'problem',
    at: event.at,
    code: 'REDACTED',
    path,
    reason: 'A name here held something that was taken out before it was stored',
    names: untouched,
  }))
}

function* redactedPaths(event: OpenLineageEvent): Generator<string> {
  if (event.kind === 'dataset') {
    yield* pathsOf(event.dataset)
    return
  }
  if (event.kind === 'run' && event.runId.includes(marker)) yield '/run/runId'
  if (isRedacted(event.job)) yield '/job'
  yield* facetPaths(event.job.facets, '/job')
  for (const part of [...event.inputs, ...event.outputs]) yield* pathsOf(part)
}

function* pathsOf({ spelling, facets, path }: DatasetPart): Generator<string> {
  if (isRedacted(canonicalName(spelling.namespace, spelling.name))) yield path
  yield* facetPaths(facets, path)
}

function* facetPaths(facets: Facets, path: string): Generator<string> {
  for (const key of lineageFacets) {
    const facet = facets.get(key)
    if (facet !== undefined && namesRedacted(facet.value)) yield `${path}/facets/${key}`
  }
}

/** Whether some dataset or column that the facet names holds a marker. */
function namesRedacted(facet: Json): boolean {
  for (const { namespace, name } of spellingsIn(facet)) {
    if (isRedacted(canonicalName(namespace, name))) return true
  }
  return columnsRedacted(facet)
}

function columnsRedacted(value: Json): boolean {
  if (isList(value)) return value.some((item) => columnsRedacted(item))
  if (!isJsonObject(value)) return false
  if (textIn(value, 'field')?.includes(marker) === true) return true
  return Object.entries(value).some(([key, item]) => key.includes(marker) || columnsRedacted(item))
}

function isRedacted({ namespace, name }: DatasetName): boolean {
  return namespace.includes(marker) || name.includes(marker)
}
