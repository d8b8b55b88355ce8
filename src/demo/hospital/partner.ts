import type { Port, Posting, Producer, RunState } from './event.ts'
import type { Day, Micros } from './time.ts'
import { columnMap, from } from './columns.ts'
import { datasetEvent, postedAt, runEvent } from './event.ts'
import { facet, symlinks } from './facets.ts'
import { portOf } from './port.ts'
import { uuidAt } from './random.ts'
import { places, tables } from './tables.ts'
import { spanOn, timeOn } from './time.ts'

const { deidPatients, deidEncounters, deidPatientsCatalog, deidEncountersCatalog, cohort } = tables

const pythonClient: Producer = {
  uri: 'https://github.com/OpenLineage/OpenLineage/tree/1.52.0/client/python',
  digits: 6,
  zone: '+00:00',
}

/** The partner's job, which knows the extract by its tables in the catalog and not by its files. */
export function features(day: Day): readonly Posting[] {
  const span = spanOn(day, 'readmission_features', 600, 6)
  const inputs: readonly Port[] = [
    portOf(pythonClient, deidPatientsCatalog),
    portOf(pythonClient, deidEncountersCatalog),
  ]
  const map = columnMap(
    {
      person_key: [from(deidPatientsCatalog, 'person_key')],
      age_band: [from(deidPatientsCatalog, 'birth_year', 'transformed')],
      prior_admissions: [from(deidEncountersCatalog, 'encounter_key', 'counted')],
      diagnosis_group: [from(deidEncountersCatalog, 'diagnosis_code', 'transformed')],
    },
    [
      from(deidPatientsCatalog, 'person_key', 'joined'),
      from(deidEncountersCatalog, 'person_key', 'joined'),
    ],
  )
  const output = portOf(pythonClient, cohort, {
    fields: cohort.fields,
    facets: { columnLineage: facet(pythonClient, 'ColumnLineageDatasetFacet', map) },
  })
  const event = (at: Micros, state: RunState, outputs: readonly Port[]) =>
    runEvent(pythonClient, at, state, {
      run: { runId: uuidAt(span.at, `readmission_features/${day.date}`), facets: {} },
      job: {
        namespace: 'northfold-analytics',
        name: 'readmission_features',
        facets: {
          sourceCodeLocation: facet(pythonClient, 'SourceCodeLocationJobFacet', {
            type: 'git',
            url: 'https://code.northfold.example/readmission/features.py',
            branch: 'main',
          }),
        },
      },
      inputs,
      outputs,
    })
  return [event(span.at, 'START', []), event(span.until, 'COMPLETE', [output])]
}

const crawler: Producer = {
  uri: 'https://code.larkmere.example/catalog/glue-export/tree/1.3.0',
  digits: 3,
  zone: 'Z',
}

/** Where the files of those tables are: said once, of the first extract, and delivered last. */
export function catalog(day: Day): readonly Posting[] {
  const at = timeOn(day, 540) + 12_250_000
  const pairs = [
    [deidPatientsCatalog, deidPatients],
    [deidEncountersCatalog, deidEncounters],
  ] as const
  return day.index < 7
    ? pairs.map(([table, files]) =>
        postedAt(
          datasetEvent(crawler, at, {
            namespace: places.glue,
            name: table.name,
            facets: { symlinks: symlinks(crawler, 'LOCATION', files) },
          }),
          Number.POSITIVE_INFINITY,
        ),
      )
    : []
}
