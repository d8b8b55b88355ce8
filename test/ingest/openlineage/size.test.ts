import type { Json } from '../../../src/model/index.ts'
import { describe, expect, it } from 'vitest'
import { translate } from '../../../src/ingest/index.ts'
import { entryOf } from '../entry-of.ts'

const table = (index: number): { namespace: string; name: string } => ({
  namespace: 'postgres://ehr.hospital.example:5432',
  name: `ehr.public.t${index}`,
})
const eventOf = (more: Record<string, Json>): Json => ({
  eventTime: '2026-03-01T00:00:00Z',
  run: { runId: 'r-1' },
  job: { namespace: 'hospital-etl', name: 'wide' },
  ...more,
})
const columnLineageOf = (fields: Record<string, Json>): Json => ({
  ...table(0),
  facets: { columnLineage: { fields } },
})

// Each of these takes moments; what is quadratic in them would not end within the time of a test.
describe('an event of enormous size', () => {
  it('may map 50,000 columns from a table each', () => {
    const fields = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, index) => [
        `c${index}`,
        { inputFields: [{ ...table(index), field: 'x' }] },
      ]),
    )
    const facts = translate(entryOf(eventOf({ outputs: [columnLineageOf(fields)] })))
    expect(facts.filter(({ kind }) => kind === 'mention')).toHaveLength(50_000)
  })

  it('may repeat 300 filters under each of 300 columns, and they are said once', () => {
    const filters = Array.from({ length: 300 }, (_, index) => ({
      ...table(1),
      field: `f${index}`,
      transformations: [{ type: 'INDIRECT', subtype: 'FILTER' }],
    }))
    const fields = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [
        `c${index}`,
        { inputFields: [{ ...table(1), field: `c${index}` }, ...filters] },
      ]),
    )
    const facts = translate(entryOf(eventOf({ outputs: [columnLineageOf(fields)] })))
    const map = facts.find((fact) => fact.kind === 'columnMap')?.map
    expect(map?.whole).toHaveLength(300)
    expect(map?.fields.every(({ inputs }) => inputs.length === 1)).toBe(true)
  })

  it('may read 20,000 datasets that all end alike, named without their databases', () => {
    const inputs = Array.from({ length: 20_000 }, (_, index) => ({
      namespace: 'postgres://ehr.hospital.example:5432',
      name: `db${index}.public.visits`,
    }))
    const fields = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [
        `c${index}`,
        { inputFields: [{ ...table(0), name: `public.v${index}`, field: 'x' }] },
      ]),
    )
    const facts = translate(entryOf(eventOf({ inputs, outputs: [columnLineageOf(fields)] })))
    expect(facts.filter(({ kind }) => kind === 'io')).toHaveLength(20_001)
  })

  it('may hold 20,000 malformed datasets, of which the first are named and the rest counted', () => {
    const inputs = Array.from({ length: 40_000 }, (_, index) =>
      index % 2 === 0 ? table(index) : { name: index },
    )
    const problems = translate(entryOf(eventOf({ inputs }))).filter(
      ({ kind }) => kind === 'problem',
    )
    expect(problems).toHaveLength(100)
    expect(problems.at(-1)).toMatchObject({ reason: '19901 more parts were left out' })
  })

  it('may name a dataset by 10,000 characters of dots or braces', () => {
    const inputs = ['.', '{', '{a,', '/'].map((part) => ({
      namespace: 's3://hospital-lake',
      name: part.repeat(5_000),
    }))
    const facts = translate(entryOf(eventOf({ inputs })))
    expect(facts.filter(({ kind }) => kind === 'io').length).toBeGreaterThan(0)
  })
})
