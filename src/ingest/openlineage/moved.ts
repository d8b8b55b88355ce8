import type { ColumnMap, DatasetName, ExplicitEntry, Json } from '../../model/index.ts'
import type { Facets } from './event.ts'
import type { EventNames, NamedPart } from './names.ts'
import { canonicalJson, compareNames } from '../../model/index.ts'
import { hash } from 'node:crypto'
import { columnMapOf, isEmptyMap } from './column-lineage.ts'
import { datasetEntry, jobEntries } from './explicit-lineage.ts'
import { facetValue } from './facet.ts'
import { previousNames } from './lifecycle.ts'

/** What an event says was moved: the same for what a run did and for what a job declares. */
export type MovedParts = Readonly<{
  inputs: readonly DatasetName[]
  outputs: readonly DatasetName[]
  maps: readonly Readonly<{ output: DatasetName; map: ColumnMap }>[]
  explicit: readonly ExplicitEntry[]
}>

export type MovedBy = Readonly<{
  jobFacets: Facets
  inputs: readonly NamedPart[]
  outputs: readonly NamedPart[]
  names: EventNames
}>

/**
 * Inputs, outputs, column maps and explicit lineage of an event. Column maps and explicit lineage
 * count on outputs alone: on an input they tell how somebody else made it.
 */
export function movedBy({ jobFacets, inputs, outputs, names }: MovedBy): MovedParts {
  const { reads, writes } = withoutRenames(inputs, outputs, names)
  const jobLineage = facetValue(jobFacets, 'lineage')
  return {
    inputs: distinct(reads),
    outputs: distinct(writes),
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
  const preimage = canonicalJson([inputs, outputs, maps, explicit] as Json)
  return hash('sha256', preimage, 'buffer').toString('base64url', 0, partBytes)
}

const partBytes = 12

type Sides = Readonly<{ reads: readonly NamedPart[]; writes: readonly NamedPart[] }>

/**
 * A rename moves data by itself: its output is no write besides, and the old name no read, unless
 * the event reads something else, which may then have gone into it.
 */
function withoutRenames(
  inputs: readonly NamedPart[],
  outputs: readonly NamedPart[],
  names: EventNames,
): Sides {
  const renamed = outputs.filter((output) => previousNames(output, names).length > 0)
  const old = new Set(renamed.flatMap((output) => previousNames(output, names)))
  const readsOthers = inputs.some((input) => input.names.some(({ name }) => !old.has(name)))
  if (renamed.length === 0 || readsOthers) return { reads: inputs, writes: outputs }
  const writes = outputs.filter((output) => !renamed.includes(output))
  return { reads: writes.length === 0 ? [] : inputs, writes }
}

function distinct(parts: readonly NamedPart[]): readonly DatasetName[] {
  const names = new Set(parts.flatMap((part) => part.names.map(({ name }) => name)))
  return [...names].toSorted(compareNames)
}
