import type { ColumnMap, DatasetName, ExplicitEntry } from '../../model/index.ts'
import type { EventNames, NamedPart } from './names.ts'
import type { Facets } from './parts.ts'
import { compareNames } from '../../model/index.ts'
import { hash } from 'node:crypto'
import { columnMapOf, isEmptyMap } from './column-lineage.ts'
import { datasetEntry, jobEntries } from './explicit-lineage.ts'
import { facetValue } from './facet.ts'
import { renameOf } from './lifecycle.ts'

/** What an event says was moved: the same for what a run did and for what a job declares. */
export type MovedParts = Readonly<{
  inputs: readonly DatasetName[]
  outputs: readonly DatasetName[]
  maps: readonly Readonly<{ output: DatasetName; map: ColumnMap }>[]
  explicit: readonly ExplicitEntry[]
}>

export type MovedBy = Readonly<{
  /** Whether renames stand for themselves, as what a run did; a declaration only says what moves. */
  renames: boolean
  jobFacets: Facets
  inputs: readonly NamedPart[]
  outputs: readonly NamedPart[]
  names: EventNames
}>

/**
 * Inputs, outputs, column maps and explicit lineage of an event. Column maps and explicit lineage
 * count on outputs alone: on an input they tell how somebody else made it.
 */
export function movedBy({ renames, jobFacets, inputs, outputs, names }: MovedBy): MovedParts {
  const jobLineage = facetValue(jobFacets, 'lineage')
  return {
    ...readsAndWrites({ renames, inputs, outputs, names }),
    maps: outputs.flatMap((output) => mapsOf(output, names)),
    explicit: [
      ...(jobLineage === undefined ? [] : jobEntries(jobLineage, names)),
      ...outputs.flatMap((output) => explicitOf(output, names)),
    ],
  }
}

/** Column maps of one output, one for each of its names; none where the facet says nothing. */
export function mapsOf({ part, names: own }: NamedPart, names: EventNames): MovedParts['maps'] {
  const facet = facetValue(part.facets, 'columnLineage')
  if (facet === undefined) return []
  const map = columnMapOf(facet, names)
  return isEmptyMap(map) ? [] : own.map(({ name }) => ({ output: name, map }))
}

/** Explicit lineage of one dataset, from its own facet. */
export function explicitOf(
  { part, names: own }: NamedPart,
  names: EventNames,
): readonly ExplicitEntry[] {
  const facet = facetValue(part.facets, 'lineage')
  return facet === undefined ? [] : own.map(({ name }) => datasetEntry(name, facet, names))
}

/** A short digest of what was moved: equal for snapshots that say the same. */
export function digestOf({ inputs, outputs, maps, explicit }: MovedParts): string {
  // All of it is made here, sorted and with its members in one order: equal sets are equal text.
  const preimage = JSON.stringify([inputs, outputs, maps, explicit])
  return hash('sha256', preimage, 'buffer').toString('base64url', 0, partBytes)
}

const partBytes = 12

/**
 * A rename moves data by itself: its output is no write besides, and the old name no read, unless
 * the event reads something else, which may then have gone into it. Where a rename does not stand
 * for itself, the old name is read.
 */
function readsAndWrites(by: Omit<MovedBy, 'jobFacets'>): Pick<MovedParts, 'inputs' | 'outputs'> {
  const renamed = by.outputs
    .map((output) => ({ output, ...renameOf(output, by.names) }))
    .filter(({ names }) => names.length > 0)
  const standing = renamed.filter(({ partial }) => by.renames && !partial)
  const moved = renamed.filter((rename) => !standing.includes(rename))
  const reads = distinct([...namesOf(by.inputs), ...moved.flatMap(({ names }) => names)])

  const old = new Set(standing.flatMap(({ names }) => names))
  if (standing.length === 0 || reads.some((name) => !old.has(name))) {
    return { inputs: reads, outputs: distinct(namesOf(by.outputs)) }
  }
  const outputs = by.outputs.filter(
    (output) => !standing.some((rename) => rename.output === output),
  )
  return { inputs: outputs.length === 0 ? [] : reads, outputs: distinct(namesOf(outputs)) }
}

function namesOf(parts: readonly NamedPart[]): readonly DatasetName[] {
  return parts.flatMap(({ names }) => names.map(({ name }) => name))
}

function distinct(names: readonly DatasetName[]): readonly DatasetName[] {
  return [...new Set(names)].toSorted(compareNames)
}
