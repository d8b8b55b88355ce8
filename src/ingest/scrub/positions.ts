import type { Json } from '../../model/index.ts'
import type { Reading, Treatment } from './detectors.ts'
import { placeOfAws, placeOfLog, placeOfNotification } from './aws-positions.ts'

/** How the strings at one place of an event are read, and which places lie under it. */
export type Place = Readonly<{
  reading: Reading
  /** What becomes of a string or number here, instead of being looked through. */
  treatment?: Treatment
  /** The keys of `fields` are in lower case, and are found in any. */
  isFolded?: boolean
  /** Places under keys that the specification knows. Their keys are never changed. */
  fields: ReadonlyMap<string, Place>
  /** Where every other key is a name, such as a column's: its place. */
  named?: Place
  /** The place under any other key; such a key is free text itself. */
  others?: Place
  /** The place of an array's elements. */
  items?: Place
}>

const nothing: ReadonlyMap<string, Place> = new Map()

/** Free text, and all below it: what the tables say nothing about. */
export const text: Place = { reading: 'text', fields: nothing }
const name: Place = { reading: 'name', fields: nothing }
const actor: Place = { reading: 'actor', fields: nothing }
const sql: Place = { reading: 'sql', fields: nothing }
const code: Place = { reading: 'code', fields: nothing }

type Fields = Readonly<Record<string, Place>>

function object(fields: Fields): Place {
  return { reading: 'text', fields: new Map(Object.entries(fields)) }
}

function list(items: Place): Place {
  return { reading: 'text', fields: nothing, items }
}

function byName(named: Place): Place {
  return { reading: 'text', fields: nothing, named }
}

/** All the given keys at one place. */
function names(...keys: readonly string[]): Fields {
  return Object.fromEntries(keys.map((key) => [key, name]))
}

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
  const field: Place = { reading: 'text', fields }
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
  return { reading: 'text', fields, others: facet({}) }
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

const openLineageEvent = object({
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

const openLineage: Place = { ...openLineageEvent, items: openLineageEvent }

/** What is kept of an access: words and ids of AWS, folders as those of an object's key, people. */
const access = object({
  ...names('call', 'via', 'role', 'shared', 'error', 'address', 'tls', 'signed', 'encryption'),
  ...names('endpoint'),
  did: list(object({ ...names('action', 'namespace'), name: { ...name, treatment: 'folders' } })),
  people: list(actor),
  session: { ...name, treatment: 'token' },
})

/** The place of an event of each format, or of a list of them; what nobody knows is looked through. */
const positions: Readonly<Record<string, (event: Json) => Place>> = {
  openlineage: () => openLineage,
  cloudtrail: placeOfAws,
  'cloudtrail-access': () => access,
  'cloudtrail-digest': placeOfAws,
  eventbridge: placeOfAws,
  'aws-record': placeOfAws,
  delivery: placeOfAws,
  's3-notification': () => placeOfNotification,
  'redshift-connection-log': () => placeOfLog,
  'redshift-user-log': () => placeOfLog,
  'redshift-user-activity-log': () => placeOfLog,
}

/** Where the walk over an event of a format begins. */
export function placeOfEvent(format: string, event: Json): Place {
  const place = Object.hasOwn(positions, format) ? positions[format] : undefined
  return place === undefined ? openLineage : place(event)
}

/** What a sender says beside the bytes: accounts, clusters, object keys, by names of its own. */
export const contextPlace: Place = { reading: 'text', fields: nothing, others: actor }

/** How a program is read, by the language that its facet names. */
export function placeOfCode(language: unknown): Place {
  if (typeof language !== 'string') return text
  if (/sql|hql/i.test(language)) return sql
  return /^(?:ba|z|k|c|fi)?sh(?:ell)?$|powershell|batch/i.test(language) ? text : code
}

/** Keys that hold a statement where no table says so: read as SQL when the value begins as one. */
export const statementKeys =
  /(?:sql|query|hql|statement|(?:query|sql)_?(?:text|string)|(?:compiled|raw)_?code)$/i

/** Pairs of a name and its value, in the spellings of the formats: `{"name": …, "value": …}`. */
export const nameKeys =
  'name key Name Key parameterKey ParameterKey parameterName property option'.split(' ')

/** Keys that say nothing of their value: it belongs to the name beside it, or to the key above. */
export const valueKeys: ReadonlySet<string> = new Set(
  (
    'value Value values Values val parameterValue ParameterValue default defaultValue ' +
    'literal left right min max quantiles'
  ).split(' '),
)

/** The same, but a result and no value: `{"column": "password", "actual": "0"}` is a count. */
export const resultKeys: ReadonlySet<string> = new Set(['expected', 'actual', 'content'])
