import type { DatasetKind, DatasetOrJob, Fact, Micros } from '../../model/index.ts'
import type { Facets } from './parts.ts'
import { canonicalJson, compareCodePoints, isJsonObject } from '../../model/index.ts'
import { member, objectsIn, textIn } from '../members.ts'
import { facetValue } from './facet.ts'

type Described = Readonly<{ at: Micros; of: DatasetOrJob; facets: Facets }>

/** The `documentation` facet; a deleted one takes the description away. */
export function documentationFacts({ at, of, facets }: Described): readonly Fact[] {
  const facet = facets.get('documentation')
  if (facet === undefined) return []
  const text = facet.deleted ? null : (textIn(facet.value, 'description') ?? null)
  return [{ kind: 'description', at, of, text, by: 'producer' }]
}

/** The `ownership` facet: names of owners, each once, in the order given. */
export function ownershipFacts({ at, of, facets }: Described): readonly Fact[] {
  const facet = facets.get('ownership')
  if (facet === undefined) return []
  const names = objectsIn(facet.value, 'owners').flatMap((owner) => textIn(owner, 'name') ?? [])
  const owners = facet.deleted ? null : [...new Set(names)]
  return [{ kind: 'owners', at, of, owners, by: 'producer' }]
}

/**
 * The `tags` facet of a dataset or job: `key` where the value is true or empty, else `key:value`,
 * each once, in order. A tag of one column (`field`) is no tag of the dataset.
 */
export function tagFacts({ at, of, facets }: Described): readonly Fact[] {
  const facet = facets.get('tags')
  if (facet === undefined) return []
  if (facet.deleted) return [{ kind: 'tags', at, of, tags: null }]
  const tags = objectsIn(facet.value, 'tags').flatMap((tag) => {
    const key = textIn(tag, 'key')
    if (key === undefined || (member(tag, 'field') ?? '') !== '') return []
    const given = member(tag, 'value') ?? ''
    const value = typeof given === 'string' ? given : canonicalJson(given)
    return value === '' || value.toLowerCase() === 'true' ? [key] : [`${key}:${value}`]
  })
  return [{ kind: 'tags', at, of, tags: [...new Set(tags)].toSorted(compareCodePoints) }]
}

const kindOfType: ReadonlyMap<string, DatasetKind> = new Map<string, DatasetKind>([
  ['TABLE', 'TABLE'],
  ['VIEW', 'VIEW'],
  ['FILE', 'FILE'],
  ['TOPIC', 'TOPIC'],
  ['STREAM', 'STREAM'],
  ['MODEL', 'MODEL'],
  ['JOB_OUTPUT', 'JOB_OUTPUT'],
])

/** Formats that keep a table at a path. */
const tableLayers: ReadonlySet<string> = new Set(['iceberg', 'delta', 'hudi'])

/**
 * What kind of dataset `datasetType` says it is, else what `storage` shows: a table format at a
 * path is a table. Undefined when neither does.
 */
export function datasetTypeOf(facets: Facets): DatasetKind | undefined {
  const type = facetValue(facets, 'datasetType')
  const kind = kindOfType.get(textIn(type, 'datasetType')?.toUpperCase() ?? '')
  if (kind !== undefined) return kind
  const layer = textIn(facetValue(facets, 'storage'), 'storageLayer')?.toLowerCase() ?? ''
  return tableLayers.has(layer) ? 'TABLE' : undefined
}

/** A job's kind in words, `SPARK/SQL_JOB`; the integration alone where it gives no type. */
export function jobTypeOf(facets: Facets): string | undefined {
  const facet = facetValue(facets, 'jobType')
  const integration = textIn(facet, 'integration')
  const type = textIn(facet, 'jobType')
  if (integration === undefined) return type
  return type === undefined ? integration : `${integration}/${type}`
}

const continuousTypes: ReadonlySet<string> = new Set(['STREAMING', 'STREAM', 'SERVICE'])

/** Whether the job runs until something stops it. */
export function isContinuous(facets: Facets): boolean {
  const type = textIn(facetValue(facets, 'jobType'), 'processingType')
  return continuousTypes.has(type?.toUpperCase() ?? '')
}

/** Whether each event of the job stands alone, instead of adding to those before it. */
export function isSnapshot(facets: Facets): boolean {
  const facet = facetValue(facets, 'jobType')
  const pattern = isJsonObject(facet) ? member(facet, 'emissionPattern') : undefined
  return textIn(pattern, 'eventContentMode')?.toUpperCase() === 'COMPLETE_SNAPSHOT'
}

/** The job's SQL, or its script where it has none. */
export function jobSourceOf(facets: Facets): string | undefined {
  return (
    textIn(facetValue(facets, 'sql'), 'query') ??
    textIn(facetValue(facets, 'sourceCode'), 'sourceCode')
  )
}
