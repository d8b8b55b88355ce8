import { describe, expect, it, test } from 'vitest'
import { readMetadata } from '../../../src/governance/detect/metadata-exposure.ts'

describe('K-16: metadata that says who somebody is', () => {
  test('19: a file named for a person and a birth date', () => {
    expect(readMetadata('intake/john_smith_1954-03-02.pdf', 'NAME')).toEqual({
      exposures: [
        {
          place: 'NAME',
          label: 'ID.NAME',
          score: 0.9,
          words: 'a given name beside another word and a full date',
        },
      ],
      template: 'intake/{…}.pdf',
    })
  })

  it.each([
    ['out/123-45-6780/scan.tif', 'NAME', 'ID.SSN', 'out/{…}/scan.tif'],
    ['inbox/jane.doe@example.org/1.eml', 'NAME', 'ID.EMAIL', 'inbox/{…}/1.eml'],
    ['call 212-555-0142 for access', 'COMMENT', 'ID.PHONE', 'call {…} for access'],
    ['patient_id=0099120', 'PARTITION', 'ID.OTHER', 'patient_id={…}'],
    ['lake/mrn=A00123/part-0.parquet', 'NAME', 'ID.MRN', 'lake/mrn={…}/part-0.parquet'],
    ['export_mary_kowalczyk', 'JOB', 'ID.NAME', '{…}'],
  ] as const)('finds what is in %s', (text, place, label, template) => {
    const read = readMetadata(text, place)
    expect(read.exposures).toMatchObject([{ place, label }])
    expect(read.template).toBe(template)
  })

  it('never repeats what it found', () => {
    for (const text of ['a/john_smith_1954-03-02.pdf?by=x@example.org', 'ssn=219-09-9998']) {
      const answer = JSON.stringify(readMetadata(text, 'NAME'))
      for (const secret of ['smith', '1954', '219', 'example']) expect(answer).not.toContain(secret)
    }
  })

  it.each([
    'lake/claims/dt=2026-03-01/part-00000.snappy.parquet',
    'year=2026/month=03/day=01',
    'lab_results_2026-03-01.csv',
    'visits/2026/03/01/load_ts=20260301T000000',
    'patients.csv',
    'ehr.public.patients',
    'etl.daily_patient_load',
    'table/hr/employee',
    's3://bucket/prefix',
    'arn:aws:glue:us-east-1:123456789012',
    'region=us-east-1',
    'The number of the patient in the registry, as text',
  ])('has nothing to say of %s', (text) => {
    expect(readMetadata(text, 'NAME')).toEqual({ exposures: [], template: text })
    expect(readMetadata(text, 'COMMENT')).toEqual({ exposures: [], template: text })
  })
})
