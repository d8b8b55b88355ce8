import type { Shape } from './shape.ts'
import {
  anything,
  flag,
  listOf,
  mapOf,
  nonEmptyText,
  number,
  object,
  oneOf,
  optional,
  recursive,
  scalar,
  text,
} from './shape.ts'

/** Where a facet stands: under `facets` of a run, job or dataset, or under input- or outputFacets. */
export type FacetGroup = 'run' | 'job' | 'dataset' | 'input' | 'output'

const named = object({ namespace: nonEmptyText, name: nonEmptyText })
// Text that is empty names no run and is no fault: Spark sends it for an application on its own.
const runReference = object({ runId: text })
const jobReference = object({ namespace: text, name: text })
const parent = object({
  run: runReference,
  job: jobReference,
  root: optional(object({ run: runReference, job: jobReference })),
})
const documentation = object({ description: text })
const ownership = object({ owners: optional(listOf(object({ name: text, type: optional(text) }))) })
const tags = object({
  tags: optional(
    listOf(object({ key: text, value: scalar, source: optional(text), field: optional(scalar) })),
  ),
})

const transformations = optional(
  listOf(
    object({
      type: text,
      subtype: optional(text),
      description: optional(text),
      masking: optional(flag),
    }),
  ),
)
const inputField = object({
  namespace: nonEmptyText,
  name: nonEmptyText,
  field: text,
  transformations,
})
const columnLineage = object({
  fields: mapOf(
    object({
      inputFields: listOf(inputField),
      transformationType: optional(text),
      transformationDescription: optional(text),
    }),
  ),
  dataset: optional(listOf(inputField)),
})

/** A dataset is named; a job may go without both namespace and name, and is then the event's own. */
const identity: Shape = (value, at) =>
  isJob(value, at) === undefined && nameless(value, at) === undefined ? undefined : named(value, at)
const isJob = object({ type: oneOf('JOB') })
const absent: Shape = (value, at) => ((value ?? null) === null ? undefined : `${at} is given`)
const nameless = object({ namespace: absent, name: absent })

const inputMembers = object({
  type: optional(oneOf('DATASET', 'JOB')),
  field: optional(text),
  transformations,
})
const lineageInput: Shape = (value, at) => inputMembers(value, at) ?? identity(value, at)
const targetMembers = {
  inputs: optional(listOf(lineageInput)),
  fields: optional(mapOf(object({ inputs: listOf(lineageInput) }))),
}
const entryMembers = object({ type: optional(oneOf('DATASET', 'JOB')), ...targetMembers })
const lineageEntry: Shape = (value, at) => entryMembers(value, at) ?? identity(value, at)

const schemaField: Shape = object({
  name: text,
  type: optional(text),
  description: optional(text),
  fields: optional(recursive(() => listOf(schemaField))),
})

const columnMetrics = object({
  nullCount: optional(number),
  distinctCount: optional(number),
  sum: optional(scalar),
  count: optional(number),
  min: optional(scalar),
  max: optional(scalar),
  quantiles: optional(mapOf(optional(scalar))),
})
const dataQualityMetrics = object({
  rowCount: optional(number),
  bytes: optional(number),
  fileCount: optional(number),
  columnMetrics: mapOf(columnMetrics),
})
const dataQualityAssertions = object({
  assertions: listOf(object({ assertion: text, success: flag, column: optional(text) })),
})
const statistics = object({
  rowCount: optional(number),
  size: optional(number),
  fileCount: optional(number),
})
const dependency = object({ job: jobReference, run: optional(runReference) })

/**
 * The standard facets, each with the members that make it unusable when they are missing or of
 * another kind. What only a validator would miss (`_producer`, `_schemaURL`, an ordinal) is not
 * asked for: real producers leave it out. Facets that are not here may be any JSON.
 *
 * @see openlineage.md section 4
 */
export const facetShapes: Readonly<Record<FacetGroup, ReadonlyMap<string, Shape>>> = {
  run: new Map<string, Shape>([
    ['parent', parent],
    ['parentRun', parent],
    ['nominalTime', object({ nominalStartTime: text, nominalEndTime: optional(text) })],
    ['errorMessage', object({ message: text, stackTrace: optional(text) })],
    ['externalQuery', object({ externalQueryId: text, source: text })],
    [
      'extractionError',
      object({
        totalTasks: number,
        failedTasks: number,
        errors: listOf(object({ errorMessage: text })),
      }),
    ],
    ['processing_engine', object({ version: text, name: optional(text) })],
    [
      'environmentVariables',
      object({ environmentVariables: listOf(object({ name: text, value: scalar })) }),
    ],
    ['executionParameters', object({ parameters: optional(listOf(object({ key: text }))) })],
    [
      'jobDependencies',
      object({
        upstream: optional(listOf(dependency)),
        downstream: optional(listOf(dependency)),
      }),
    ],
    ['tags', tags],
    ['test', object({ tests: listOf(object({ name: text, status: text })) })],
  ]),
  job: new Map<string, Shape>([
    ['documentation', documentation],
    ['sourceCode', object({ language: text, sourceCode: text })],
    ['sourceCodeLocation', object({ type: text, url: text })],
    ['sql', object({ query: text })],
    ['ownership', ownership],
    [
      'jobType',
      object({
        processingType: text,
        integration: text,
        jobType: optional(text),
        emissionPattern: optional(object({ eventTrigger: text, eventContentMode: text })),
      }),
    ],
    ['tags', tags],
    ['lineage', object({ entries: listOf(lineageEntry) })],
  ]),
  dataset: new Map<string, Shape>([
    ['schema', object({ fields: optional(listOf(schemaField)) })],
    ['dataSource', object({ name: optional(text), uri: optional(text) })],
    ['columnLineage', columnLineage],
    ['lineage', object(targetMembers)],
    [
      'lifecycleStateChange',
      object({
        lifecycleStateChange: oneOf('ALTER', 'CREATE', 'DROP', 'OVERWRITE', 'RENAME', 'TRUNCATE'),
        previousIdentifier: optional(object({ namespace: text, name: text })),
      }),
    ],
    [
      'symlinks',
      object({
        identifiers: optional(listOf(object({ namespace: optional(text), name: optional(text) }))),
      }),
    ],
    ['ownership', ownership],
    ['storage', object({ storageLayer: text, fileFormat: optional(text) })],
    ['version', object({ datasetVersion: optional(scalar) })],
    ['datasetType', object({ datasetType: text, subType: optional(text) })],
    ['hierarchy', object({ hierarchy: listOf(object({ type: text, name: text })) })],
    ['catalog', object({ type: optional(text), name: optional(text) })],
    ['tags', tags],
    ['documentation', documentation],
    ['dataQualityMetrics', dataQualityMetrics],
    // dbt puts this one here as well.
    ['dataQualityAssertions', dataQualityAssertions],
  ]),
  input: new Map<string, Shape>([
    ['dataQualityMetrics', dataQualityMetrics],
    ['dataQualityAssertions', dataQualityAssertions],
    ['inputStatistics', statistics],
    ['subset', object({ inputCondition: object({ type: anything }) })],
  ]),
  output: new Map<string, Shape>([
    ['outputStatistics', statistics],
    ['subset', object({ outputCondition: object({ type: anything }) })],
  ]),
}
