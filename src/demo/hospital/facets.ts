import type { DatasetName, JsonObject, Producer, RunReference } from './event.ts'

const versions = {
  ColumnLineageDatasetFacet: '1-2-0',
  DatasourceDatasetFacet: '1-0-1',
  DocumentationDatasetFacet: '1-1-0',
  DocumentationJobFacet: '1-1-0',
  EnvironmentVariablesRunFacet: '1-0-0',
  ErrorMessageRunFacet: '1-0-1',
  InputStatisticsInputDatasetFacet: '1-0-0',
  JobTypeJobFacet: '2-0-4',
  LifecycleStateChangeDatasetFacet: '1-0-1',
  LineageJobFacet: '1-0-0',
  NominalTimeRunFacet: '1-0-1',
  OutputStatisticsOutputDatasetFacet: '1-0-2',
  OwnershipDatasetFacet: '1-0-1',
  OwnershipJobFacet: '1-0-1',
  ParentRunFacet: '1-2-0',
  ProcessingEngineRunFacet: '1-1-1',
  SchemaDatasetFacet: '1-2-0',
  SourceCodeLocationJobFacet: '1-1-0',
  SQLJobFacet: '1-1-0',
  StorageDatasetFacet: '1-0-1',
  SymlinksDatasetFacet: '1-0-1',
  TagsDatasetFacet: '1-0-0',
} as const

type FacetKind = keyof typeof versions

// Two schemas hold several definitions and are named for neither.
const files: Readonly<Partial<Record<FacetKind, string>>> = { LineageJobFacet: 'LineageFacet' }

/** A facet of the standard, with the producer and the schema that it must name. */
export function facet(producer: Producer, kind: FacetKind, body: JsonObject): JsonObject {
  const file = files[kind] ?? kind
  const schema = `https://openlineage.io/spec/facets/${versions[kind]}/${file}.json#/$defs/${kind}`
  return { _producer: producer.uri, _schemaURL: schema, ...body }
}

/** A producer's own facet, which names only the base definition as its schema. */
export function ownFacet(
  producer: Producer,
  base: 'RunFacet' | 'JobFacet' | 'DatasetFacet',
  body: JsonObject,
): JsonObject {
  const schema = `https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/${base}`
  return { _producer: producer.uri, _schemaURL: schema, ...body }
}

/** The `parent` facet: the run that this one is part of, and the one that all are part of. */
export function parentFacet(
  producer: Producer,
  parent: RunReference,
  root?: RunReference,
): JsonObject {
  const reference = ({ runId, job }: RunReference) => ({
    run: { runId },
    job: { namespace: job.namespace, name: job.name },
  })
  return facet(producer, 'ParentRunFacet', {
    ...reference(parent),
    root: root && reference(root),
  })
}

const subsets = {
  input: ['InputSubsetInputDatasetFacet', 'inputCondition'],
  output: ['OutputSubsetOutputDatasetFacet', 'outputCondition'],
} as const

/** The `subset` facet of a dataset of which only one location was read or written. */
export function subset(
  producer: Producer,
  side: keyof typeof subsets,
  location: string,
): JsonObject {
  const [kind, condition] = subsets[side]
  return {
    _producer: producer.uri,
    _schemaURL: `https://openlineage.io/spec/facets/1-0-0/BaseSubsetDatasetFacet.json#/$defs/${kind}`,
    [condition]: { type: 'location', locations: [location] },
  }
}

/** The `symlinks` facet: other names of the same dataset. */
export function symlinks(
  producer: Producer,
  type: 'TABLE' | 'LOCATION',
  ...names: readonly DatasetName[]
): JsonObject {
  const identifiers = names.map(({ namespace, name }) => ({ namespace, name, type }))
  return facet(producer, 'SymlinksDatasetFacet', { identifiers })
}
