import type { Json, JsonObject } from '../../../src/model/index.ts'

const producer = 'https://example.org/producer/1.0'
const provenance = {
  _producer: producer,
  _schemaURL: 'https://example.org/facet.json',
}

type Parts = Readonly<{
  run?: Json
  job?: Json
  input?: Json
  inputFacets?: Json
  inputIs?: { readonly namespace: string; readonly name: string }
}>

/** An event of the usual shape with something put in at one place. */
export function eventWith({
  run = {},
  job = {},
  input = {},
  inputFacets = {},
  inputIs,
}: Parts): JsonObject {
  return {
    eventTime: '2026-02-03T10:00:00.123456Z',
    eventType: 'COMPLETE',
    producer,
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
    run: { runId: '01908222-d908-77bb-b819-ea816c74e780', facets: run },
    job: { namespace: 'clinic', name: 'nightly', facets: job },
    inputs: [
      {
        namespace: inputIs?.namespace ?? 's3://lake',
        name: inputIs?.name ?? 'raw/patients',
        facets: input,
        inputFacets,
      },
    ],
    outputs: [{ namespace: 's3://lake', name: 'mart/patients' }],
  }
}

export const inSql = (query: string) => eventWith({ job: { sql: { ...provenance, query } } })

export const inCode = (language: string, sourceCode: string) =>
  eventWith({ job: { sourceCode: { ...provenance, language, sourceCode } } })

export const inError = (message: string) =>
  eventWith({
    run: { errorMessage: { ...provenance, message, programmingLanguage: 'python' } },
  })

export const inStackTrace = (stackTrace: string) =>
  eventWith({
    run: {
      errorMessage: { ...provenance, message: 'failed', programmingLanguage: 'java', stackTrace },
    },
  })

export const inDescription = (description: string) =>
  eventWith({ job: { documentation: { ...provenance, description } } })

/** A facet that no specification knows. */
export const inFacet = (more: Record<string, Json>) =>
  eventWith({ run: { clinic_details: { ...provenance, ...more } } })

export const inProperties = (properties: Record<string, Json>) =>
  eventWith({ run: { spark_properties: { ...provenance, properties } } })

export const inEnvironment = (name: string, value: string) =>
  eventWith({
    run: {
      environmentVariables: { ...provenance, environmentVariables: [{ name, value }] },
    },
  })

export const inParameter = (key: string, value: string) =>
  eventWith({
    run: { executionParameters: { ...provenance, parameters: [{ key, name: key, value }] } },
  })

export const inConfigs = (...configs: readonly string[]) =>
  eventWith({ run: { debezium_config: { ...provenance, configs } } })

export const inInput = (namespace: string, name: string) =>
  eventWith({ inputIs: { namespace, name } })

export const inUri = (uri: string) =>
  eventWith({ input: { dataSource: { ...provenance, name: 'source', uri } } })

export const inCondition = (field: string, value: Json) =>
  eventWith({
    inputFacets: {
      subset: {
        ...provenance,
        inputCondition: {
          type: 'compare',
          comparison: 'EQUAL',
          left: { type: 'field', field },
          right: { type: 'literal', value },
        },
      },
    },
  })

export const inMetrics = (column: string, min: Json) =>
  eventWith({
    input: {
      dataQualityMetrics: {
        ...provenance,
        rowCount: 12,
        columnMetrics: { [column]: { nullCount: 0, distinctCount: 3, min } },
      },
    },
  })

export const inAssertion = (column: string, actual: string) =>
  eventWith({
    inputFacets: {
      dataQualityAssertions: {
        ...provenance,
        assertions: [{ assertion: 'unique', success: false, column, actual }],
      },
    },
  })

export const inTest = (content: string) =>
  eventWith({
    run: { test: { ...provenance, tests: [{ name: 'unique_email', status: 'fail', content }] } },
  })

export const inColumns = (...fields: readonly string[]) =>
  eventWith({
    input: {
      schema: { ...provenance, fields: fields.map((name) => ({ name, type: 'string' })) },
      columnLineage: {
        ...provenance,
        fields: Object.fromEntries(
          fields.map((name) => [
            name,
            { inputFields: [{ namespace: 's3://lake', name: 'raw/people', field: name }] },
          ]),
        ),
      },
    },
  })

export const jobNamed = (name: string): Json => ({
  ...eventWith({}),
  job: { namespace: 'clinic', name },
})

export const withEventType = (eventType: Json): Json => ({ ...eventWith({}), eventType })

export const withEventTime = (eventTime: Json): Json => ({ ...eventWith({}), eventTime })
