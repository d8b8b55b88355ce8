import type { Exposure, Json } from '../../../src/model/index.ts'
import { describe, expect, it } from 'vitest'
import { translate } from '../../../src/ingest/index.ts'
import { entryOf } from '../entry-of.ts'

const visits = { namespace: 's3://hospital-lake', name: 'raw/visits' }
const marked = { namespace: 's3://hospital-lake', name: 'raw/[scrubbed:ssn]/scans' }
const exposure: Exposure = { detector: 'ssn', path: '/inputs/0/name', count: 1 }

const problemsIn = (more: Record<string, Json>, exposures = [exposure]): unknown[] =>
  translate(
    entryOf(
      {
        eventTime: '2026-03-01T00:00:00Z',
        run: { runId: 'r-1' },
        job: { namespace: 'hospital-etl', name: 'load' },
        ...more,
      },
      { exposures },
    ),
  )
    .filter((fact) => fact.kind === 'problem')
    .map(({ code, path, names }) => ({ code, path, names }))

describe('a name that lost something to the scrubber', () => {
  it('is a problem of the datasets that the event still names', () => {
    expect(problemsIn({ inputs: [marked], outputs: [visits] })).toEqual([
      { code: 'REDACTED', path: '/inputs/0', names: [visits] },
    ])
  })

  it('is found where lineage looks for names: facets, job and run', () => {
    const field = { ...visits, field: '[scrubbed:ssn]' }
    const paths = problemsIn({
      run: { runId: '[scrubbed:token]' },
      job: {
        namespace: 'hospital-etl',
        name: 'load [scrubbed:email]',
        facets: { lineage: { entries: [{ type: 'DATASET', ...marked }] } },
      },
      outputs: [
        {
          ...visits,
          facets: {
            columnLineage: { fields: { ward: { inputFields: [field] } } },
            symlinks: { identifiers: [marked] },
            documentation: { description: 'ask [scrubbed:email]' },
          },
        },
      ],
    }).map((problem) => (problem as { path: string }).path)
    expect(paths).toEqual([
      '/run/runId',
      '/job',
      '/job/facets/lineage',
      '/outputs/0/facets/columnLineage',
      '/outputs/0/facets/symlinks',
    ])
  })

  it('has lost nothing where its canonical form does without it', () => {
    const postgres = {
      namespace: 'postgres://etl:[scrubbed:uri-userinfo]@ehr.hospital.example:5432',
      name: 'ehr.public.visits',
    }
    expect(problemsIn({ inputs: [postgres] })).toEqual([])
  })

  it('is only looked for where something was found', () => {
    expect(problemsIn({ inputs: [marked] }, [])).toEqual([])
  })
})

it('what the scrubber found is an exposure of the run, job or dataset', () => {
  const time = { eventTime: '2026-03-01T00:00:00Z' }
  const job = { namespace: 'hospital-etl', name: 'load' }
  const of = (event: Json): unknown =>
    translate(entryOf(event, { exposures: [exposure] })).find(({ kind }) => kind === 'exposure')
  expect(of({ ...time, run: { runId: 'r-1' }, job })).toMatchObject({
    ...exposure,
    of: { run: 'r-1' },
  })
  expect(of({ ...time, job })).toMatchObject({ of: { job } })
  expect(of({ ...time, dataset: visits })).toMatchObject({ of: { dataset: visits } })
  expect(of({ nothing: true })).toMatchObject({ of: undefined })
})
