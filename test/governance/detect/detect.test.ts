import type { DetectInput } from '../../../src/governance/detect/detection.ts'
import { describe, expect, it, test } from 'vitest'
import { detect, detectorVersion } from '../../../src/governance/detect/detect.ts'
import { statusOf } from '../../../src/governance/status.ts'
import { canonicalName } from '../../../src/model/index.ts'

/** A table of a database with columns `name` or `name type`. */
function table(
  name: string,
  columns: readonly string[],
  more: Partial<DetectInput> = {},
): DetectInput {
  return {
    name: canonicalName('postgres://ehr:5432', `ehr.public.${name}`),
    columns: columns.map((line) => {
      const [column = '', type] = line.split(' ')
      return type === undefined ? { name: column } : { name: column, type }
    }),
    ...more,
  }
}

/** The labels of each column that has some; suggestions end in `?`. */
function labels(input: DetectInput): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const { column = '', label, decision } of detect(input).detections) {
    const said = decision === 'applied' ? label : `${label}?`
    found[column] = found[column] === undefined ? said : `${found[column]} ${said}`
  }
  return found
}

function statusBy(input: DetectInput): string {
  const { detections, grain, isHealthContext } = detect(input)
  const applied = detections.filter(({ decision }) => decision === 'applied')
  return statusOf({ labels: applied, grain, isHealthContext }).status
}

describe('the test cases of phi.md section 9', () => {
  test('1: patients with ssn, zip and birthdate are PHI', () => {
    const patients = table('patients', ['ssn', 'zip', 'birthdate'])
    expect(labels(patients)).toEqual({ ssn: 'ID.SSN', zip: 'ID.GEO', birthdate: 'ID.DATE' })
    expect(detect(patients).grain).toBe('INDIVIDUAL')
    expect(statusBy(patients)).toBe('PHI')
  })

  test('2: the centres of ZIP areas are reference data', () => {
    const centroids = table('zip_centroid', ['zip', 'lat', 'lon', 'population'])
    expect(labels(centroids)).toEqual({})
    expect(detect(centroids).grain).toBe('REFERENCE')
    expect(statusBy(centroids)).toBe('NOT_PERSONAL')
  })

  test('3: employees are personal, and no health data', () => {
    const employees = table('employee', ['ssn', 'salary'])
    expect(labels(employees)).toMatchObject({ ssn: 'ID.SSN' })
    expect(detect(employees)).toMatchObject({ isHealthContext: false, isPersonTable: true })
    expect(statusBy(employees)).toBe('PERSONAL')
  })

  test('16: words inside other words, and words of other things, are nothing', () => {
    const words = ['address_bus_width', 'zipped_size', 'mail_queue_len', 'name_server']
    expect(labels(table('catalog', [...words, 'dose_unit_code']))).toEqual({})
    expect(labels(table('hosts', words))).toEqual({})
    expect(labels(table('patients', [...words, 'patient_id']))).toEqual({ patient_id: 'ID.OTHER' })
    const visits = table('visits_by_month', ['month', 'visits_total'])
    expect(labels(visits)).toEqual({})
    expect(detect(visits).grain).toBe('AGGREGATE')
  })

  test('17: one slip of the pen in a long word is read as the word', () => {
    expect(labels(table('patient', ['pateint_adress', 'wieght_kg', 'surnmae']))).toEqual({
      pateint_adress: 'ID.GEO?',
      wieght_kg: 'CLIN.VITAL?',
      surnmae: 'ID.NAME?',
    })
  })
})

describe('what decides', () => {
  it('weighs an exact name, its table, and what others declare', () => {
    const [found] = detect(
      table('patients', ['ssn'], { tags: [{ key: 'pii', value: 'ssn', column: 'ssn' }] }),
    ).detections
    expect(found).toEqual({
      label: 'ID.SSN',
      column: 'ssn',
      // 1 − 0.05 · 0.25 · 0.7
      score: 0.9913,
      decision: 'applied',
      evidence: [
        { kind: 'DECLARED_TAG', weight: 0.95, strength: 1, words: 'pii=ssn' },
        { kind: 'EXACT_NAME', weight: 0.75, strength: 1, words: 'ssn' },
        { kind: 'TABLE_CONTEXT', weight: 0.3, strength: 1, words: 'patient' },
      ],
    })
    expect(Number.isInteger(detectorVersion)).toBe(true)
  })

  it('suggests a name alone, and applies it in its table', () => {
    expect(labels(table('t7', ['e_mail']))).toEqual({ e_mail: 'ID.EMAIL?' })
    expect(labels(table('members', ['email']))).toEqual({ email: 'ID.EMAIL' })
  })

  it('drops a label that the type cannot hold, and never for a string or no type', () => {
    expect(labels(table('patients', ['patient_id', 'phone boolean', 'last_name float']))).toEqual({
      patient_id: 'ID.OTHER',
    })
    expect(labels(table('patients', ['phone string', 'last_name']))).toEqual({
      phone: 'ID.PHONE',
      last_name: 'ID.NAME',
    })
  })

  it('reads a comment where the name says nothing', () => {
    const columns = [{ name: 'c17', description: 'Social security number of the insured' }]
    expect(detect({ ...table('patients', []), columns }).detections[0]).toMatchObject({
      label: 'ID.SSN',
      decision: 'suggested',
      evidence: [{ kind: 'DESCRIPTION' }, { kind: 'TABLE_CONTEXT' }],
    })
  })

  it('takes the words of Macie and others', () => {
    const of = (category: string, confidence = 1) =>
      detect(
        table('t', ['c'], {
          findings: [{ column: 'c', category, kind: 'Macie', confidence }],
        }),
      ).detections.map(({ label, decision }) => `${label} ${decision}`)
    expect(of('USA_SOCIAL_SECURITY_NUMBER')).toEqual(['ID.SSN suggested'])
    expect(of('US_DRUG_ENFORCEMENT_AGENCY_NUMBER')).toEqual(['PROV.DEA applied'])
    expect(of('USA_HEALTH_INSURANCE_CLAIM_NUMBER')).toEqual(['ID.HEALTHPLAN suggested'])
    expect(of('USA_NATIONAL_DRUG_CODE')).toEqual(['CLIN.RX suggested'])
    expect(of('USA_NATIONAL_PROVIDER_IDENTIFIER')).toEqual(['PROV.NPI applied'])
    expect(of('USA_SOCIAL_SECURITY_NUMBER', 0.3)).toEqual([])
    expect(of('A_KIND_OF_ITS_OWN')).toEqual([])
  })

  it('reads tags in the manners of those who tag, and what they deny', () => {
    const of = (key: string, value?: string) =>
      detect(
        table('t', ['c'], {
          tags: [value === undefined ? { key, column: 'c' } : { key, value, column: 'c' }],
        }),
      ).detections.map(({ label }) => label)
    expect(of('classification', 'ID.MRN')).toEqual(['ID.MRN'])
    expect(of('pii', 'email, phone')).toEqual(['ID.EMAIL', 'ID.PHONE'])
    expect(of('SSN', 'true')).toEqual(['ID.SSN'])
    expect(of('SSN')).toEqual(['ID.SSN'])
    expect(of('SSN', 'false')).toEqual([])
    expect(of('PII.Email')).toEqual(['ID.EMAIL'])
    expect(of('owner', 'name')).toEqual([])
    expect(detect(table('t', ['c'], { tags: [{ key: 'phi', value: 'true' }] }))).toMatchObject({
      isHealthContext: true,
    })
    expect(detect(table('t', ['c'], { tags: [{ key: 'phi', value: 'false' }] }))).toMatchObject({
      isHealthContext: false,
    })
  })

  it('keeps special categories beside the column’s own', () => {
    expect(labels(table('lab_results', ['patient_id', 'hiv_result']))).toEqual({
      patient_id: 'ID.OTHER',
      hiv_result: 'CLIN.LAB SENS.HIV',
    })
  })

  it('knows fields of messages by their numbers', () => {
    expect(labels(table('x', ['PID-5', 'pid_19', 'obx_5_1', 'NM104', 'in1.36']))).toEqual({
      'PID-5': 'ID.NAME',
      pid_19: 'ID.SSN',
      obx_5_1: 'CLIN.LAB',
      NM104: 'ID.NAME',
      'in1.36': 'ID.HEALTHPLAN',
    })
  })

  it('tells patients, staff, places and sums apart by their tables', () => {
    expect(labels(table('providers', ['id', 'name', 'npi', 'city']))).toEqual({
      id: 'PROV.OTHER',
      name: 'PROV.NAME',
      npi: 'PROV.NPI',
    })
    expect(labels(table('facility_directory', ['name', 'address', 'zip', 'phone']))).toEqual({})
    expect(detect(table('patient_class_lookup', ['code', 'description'])).grain).toBe('REFERENCE')
    expect(detect(table('patient_summary', ['patient_id', 'dob'])).grain).toBe('INDIVIDUAL')
    expect(detect(table('appointments_tomorrow', ['name'])).grain).toBe('EVENT_OF_INDIVIDUAL')
    expect(statusBy(table('appointments_tomorrow', ['name']))).toBe('PHI')
  })

  it('sees all names of a dataset', () => {
    const input = table('t_0042', ['ssn'])
    expect(labels(input)).toEqual({ ssn: 'ID.SSN?' })
    const names = [canonicalName('s3://lake', 'clean/patients')]
    expect(labels({ ...input, names })).toEqual({ ssn: 'ID.SSN' })
  })
})
