import type { Fields, Place } from './place.ts'
import { actor, byName, code, list, names, object, placeOf, sql, text } from './place.ts'

const provenance = names('_producer', '_schemaURL')

/** A facet with these fields; what it has beside them is text. */
function facet(fields: Fields): Place {
  return object({ ...provenance, ...fields })
}

const identity = names('namespace', 'name')
const transformations = list(object(names('type', 'subtype')))
const inputField = object({ ...identity, ...names('field'), transformations })
const lineageInput = object({ ...identity, ...names('type', 'field', 'runId'), transformations })
const lineageFields = byName(object({ inputs: list(lineageInput) }))
const owners = facet({ owners: list(object({ name: actor, ...names('type') })) })
const tags = facet({ tags: list(object(names('key', 'source', 'field'))) })
const assertion = object(names('assertion', 'column', 'status', 'severity', 'type'))
const metrics = facet({ columnMetrics: byName(text) })

/** Columns lie within columns; a map closes the ring. */
function schemaField(): Place {
  const fields = new Map<string, Place>(Object.entries(names('name', 'type')))
  const field = placeOf({ reading: 'text', fields })
  fields.set('fields', list(field))
  return field
}

/** Standard facets by their key, wherever they hang: run, job, dataset, input and output. */
const standardFacets: Fields = {
  nominalTime: facet(names('nominalStartTime', 'nominalEndTime')),
  errorMessage: facet(names('programmingLanguage')),
  externalQuery: facet(names('externalQueryId', 'source')),
  processing_engine: facet(names('version', 'name', 'openlineageAdapterVersion')),
  environmentVariables: facet({ environmentVariables: list(object(names('name'))) }),
  executionParameters: facet({ parameters: list(object(names('key', 'name'))) }),
  test: facet({ tests: list(assertion) }),
  sourceCode: facet({ ...names('language'), sourceCode: code }),
  sourceCodeLocation: facet(
    names('type', 'url', 'repoUrl', 'path', 'version', 'tag', 'branch', 'pullRequestNumber'),
  ),
  sql: facet({ query: sql, ...names('dialect') }),
  jobType: facet(names('processingType', 'integration', 'jobType')),
  ownership: owners,
  tags,
  schema: facet({ fields: list(schemaField()) }),
  dataSource: facet(names('name', 'uri')),
  columnLineage: facet({
    fields: byName(object({ inputFields: list(inputField), ...names('transformationType') })),
    dataset: list(inputField),
  }),
  lineage: facet({
    entries: list(
      object({
        ...identity,
        ...names('type', 'runId'),
        inputs: list(lineageInput),
        fields: lineageFields,
      }),
    ),
    inputs: list(lineageInput),
    fields: lineageFields,
  }),
  lifecycleStateChange: facet({
    ...names('lifecycleStateChange'),
    previousIdentifier: object(identity),
  }),
  symlinks: facet({ identifiers: list(object({ ...identity, ...names('type') })) }),
  storage: facet(names('storageLayer', 'fileFormat')),
  version: facet(names('datasetVersion')),
  datasetType: facet(names('datasetType', 'subType')),
  hierarchy: facet({ hierarchy: list(object(names('type', 'name'))) }),
  catalog: facet(names('framework', 'type', 'name', 'metadataUri', 'warehouseUri', 'source')),
  dataQualityMetrics: metrics,
  dataQualityAssertions: facet({ assertions: list(assertion) }),
}

/** Facets; one that the specification does not know is text, and so is its key. */
function facets(more: Fields = {}): Place {
  const fields = new Map(Object.entries({ ...standardFacets, ...more }))
  return placeOf({ reading: 'text', fields, others: facet({}) })
}

const jobOf = object({ ...identity, facets: facets() })
const runOf = object({ ...names('runId'), facets: facets() })
const parent = facet({
  run: runOf,
  job: jobOf,
  root: object({ run: runOf, job: jobOf }),
})
const dependency = object({
  job: object(identity),
  run: object(names('runId')),
  ...names('dependency_type', 'sequence_trigger_rule', 'status_trigger_rule'),
})
const runFacets = facets({
  parent,
  parentRun: parent,
  jobDependencies: facet({
    upstream: list(dependency),
    downstream: list(dependency),
    ...names('trigger_rule'),
  }),
})
const dataset = object({
  ...identity,
  facets: facets(),
  inputFacets: facets(),
  outputFacets: facets(),
})

/** One run, job or dataset event. */
export const openLineageEvent: Place = object({
  // Words and times are nobody's names: whatever else stands there is looked through.
  eventType: actor,
  eventTime: actor,
  ...names('producer', 'schemaURL'),
  run: object({ ...names('runId'), facets: runFacets }),
  job: object({ ...identity, facets: facets() }),
  dataset,
  inputs: list(dataset),
  outputs: list(dataset),
})
