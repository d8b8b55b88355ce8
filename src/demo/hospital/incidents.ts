import type { DagRun } from './airflow.ts'
import type { DatasetName, Facets, JsonObject, Posting, Producer } from './event.ts'
import type { Table } from './tables.ts'
import type { Day } from './time.ts'
import { calendar } from './calendar.ts'
import { curation } from './curation.ts'
import { datasetEvent, jobEvent, runEvent } from './event.ts'
import { facet } from './facets.ts'
import { portOf } from './port.ts'
import { uuidAt } from './random.ts'
import { emrSpark } from './spark.ts'
import { tables } from './tables.ts'
import { spanOn, timeOn } from './time.ts'

const integration: Producer = {
  uri: 'https://code.larkmere.example/platform/job-registry/tree/2.0.1',
  digits: 3,
  zone: 'Z',
}

/** What happens once in the period, on the days of the calendar. */
export function incidents(day: Day, dag: DagRun): readonly Posting[] {
  const { index } = day
  return [
    ...(index === calendar.referenceLoaded ? referenceLoad(day) : []),
    ...(index === calendar.registryDeclared ? [registryUpload(day, 1)] : []),
    ...(index === calendar.catalogDescribed ? descriptions(day) : []),
    ...(index === calendar.curationFailed ? curation(day, dag, 1) : []),
    ...(index === calendar.registryDeclaredAnew ? [registryUpload(day, 2)] : []),
  ]
}

/** A password as it was once left in the environment of a job. It opens nothing. */
export const plantedPassword = 'Ferry-Lantern-8814!'

/** Facets that a job of that day should not have sent. */
export function leakedOn(day: Day): Facets {
  if (day.index !== calendar.passwordLeaked) return {}
  const environmentVariables = [
    { name: 'AWS_REGION', value: 'us-east-1' },
    { name: 'EHR_DB_USER', value: 'etl_reader' },
    { name: 'EHR_DB_PASSWORD', value: plantedPassword },
  ]
  return {
    environmentVariables: facet(emrSpark, 'EnvironmentVariablesRunFacet', { environmentVariables }),
  }
}

// One run copies two tables that have nothing to do with each other, and says so itself: without
// its own word each output would seem to come from both inputs.
function referenceLoad(day: Day): readonly Posting[] {
  const { provider, department, rawProvider, rawDepartment } = tables
  const span = spanOn(day, 'reference_load', 45, 4)
  const run = { runId: uuidAt(span.at, `reference_load/${day.date}`), facets: {} }
  const job = { namespace: 'larkmere-integration', name: 'reference_load' }
  const entry = (to: Table, source: Table): JsonObject => ({
    ...nameOf(to),
    type: 'DATASET',
    inputs: [{ ...nameOf(source), type: 'DATASET' }],
  })
  const lineage = facet(integration, 'LineageJobFacet', {
    entries: [entry(rawProvider, provider), entry(rawDepartment, department)],
  })
  return [
    runEvent(integration, span.at, 'START', { run, job: { ...job, facets: {} } }),
    runEvent(integration, span.until, 'COMPLETE', {
      run,
      job: { ...job, facets: { lineage } },
      inputs: [provider, department].map((table) =>
        portOf(integration, table, { fields: table.fields }),
      ),
      outputs: [rawProvider, rawDepartment].map((table) =>
        portOf(integration, table, { fields: table.fields }),
      ),
    }),
  ]
}

const nameOf = ({ namespace, name }: DatasetName) => ({ namespace, name })

// A monthly upload that sends no runs: only what it is set up to do is known, and that changed.
function registryUpload(day: Day, version: 1 | 2): Posting {
  const { dimPatient, factEncounter, readmissions } = tables
  const inputs = version === 1 ? [dimPatient, factEncounter] : [readmissions]
  return jobEvent(integration, timeOn(day, 570) + 31_500_000, {
    job: {
      namespace: 'larkmere-integration',
      name: 'stroke_registry_upload',
      facets: {
        documentation: facet(integration, 'DocumentationJobFacet', {
          description: `Monthly upload to the regional stroke registry, version ${version}.`,
          contentType: 'text/plain',
        }),
        ownership: facet(integration, 'OwnershipJobFacet', {
          owners: [{ name: 'quality-office', type: 'STEWARD' }],
        }),
      },
    },
    inputs: inputs.map((table) => portOf(integration, table)),
    outputs: [portOf(integration, tables.registryUpload)],
  })
}

// What the data catalog says of the tables that most people ask for.
function descriptions(day: Day): readonly Posting[] {
  const of = (
    table: Table,
    minutes: number,
    description: string,
    owner: string,
    tags: readonly Readonly<{ key: string; value: string; field?: string }>[],
  ) =>
    datasetEvent(integration, timeOn(day, minutes) + 500_000, {
      ...nameOf(table),
      facets: {
        documentation: facet(integration, 'DocumentationDatasetFacet', { description }),
        ownership: facet(integration, 'OwnershipDatasetFacet', {
          owners: [{ name: owner, type: 'STEWARD' }],
        }),
        tags: facet(integration, 'TagsDatasetFacet', {
          tags: tags.map((tag) => ({ ...tag, source: 'CATALOG' })),
        }),
      },
    })
  return [
    of(tables.patients, 580, 'One row per living or deceased patient.', 'data-platform', [
      { key: 'layer', value: 'curated' },
      { key: 'pii', value: 'true', field: 'ssn' },
      { key: 'pii', value: 'true', field: 'mrn' },
    ]),
    of(tables.dimPatient, 581, 'Patients for reports, without street addresses.', 'reporting', [
      { key: 'layer', value: 'mart' },
      { key: 'pii', value: 'true', field: 'full_name' },
    ]),
    of(tables.census, 582, 'Patients in house at midnight, by department.', 'reporting', [
      { key: 'layer', value: 'mart' },
      { key: 'audience', value: 'operations' },
    ]),
  ]
}
