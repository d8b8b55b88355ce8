import type { DatasetName } from '../../../src/model/index.ts'
import { describe, expect, test } from 'vitest'
import { detect } from '../../../src/governance/detect/detect.ts'
import { lake } from '../../contract/told.ts'
import {
  aggregated,
  attested,
  certified,
  from,
  hop,
  hour,
  identity,
  indirect,
  labelled,
  placedIn,
  schema,
  statedAs,
  story,
  transformed,
} from './story.ts'

const [a, b, c, d] = [lake('a'), lake('b'), lake('c'), lake('d')]
const out: DatasetName = { namespace: 's3://general', name: 'out' }
const table = (name: string): DatasetName => ({ namespace: 'postgres://db:5432', name })
/** The lake is protected, anything else is not. */
const boundary = placedIn('PROTECTED', { namespace: 's3://lake' })

function detected(name: string, ...columns: readonly string[]): readonly string[] {
  const { detections } = detect({
    name: table(name),
    columns: columns.map((column) => ({ name: column })),
  })
  return detections
    .filter(({ decision }) => decision === 'applied')
    .map(({ label, column }) => `${column} ${label}`)
}

describe('the test cases of phi.md section 9', () => {
  test('1: patients are PHI', async () => {
    const patients = table('ehr.public.patients')
    await using told = await story(schema(patients, ['ssn', 'zip', 'birthdate']))
    for (const [column, label] of [
      ['ssn', 'ID.SSN'],
      ['zip', 'ID.GEO'],
      ['birthdate', 'ID.DATE'],
    ]) {
      expect(await told.labels(patients, column)).toEqual([label])
    }
    expect([await told.status(patients), (await told.of(patients)).grain]).toEqual([
      'PHI',
      'INDIVIDUAL',
    ])
  })

  test('2: a table of ZIP codes is reference data', async () => {
    const centroids = table('ref.public.zip_centroid')
    await using told = await story(schema(centroids, ['zip', 'lat', 'lon', 'population']))
    expect([await told.status(centroids), (await told.of(centroids)).grain]).toEqual([
      'NOT_PERSONAL',
      'REFERENCE',
    ])
  })

  test('3: employees are persons, and no patients', async () => {
    const employee = table('hr.public.employee')
    await using told = await story(schema(employee, ['ssn', 'salary']))
    expect(await told.labels(employee, 'ssn')).toEqual(['ID.SSN'])
    expect(await told.status(employee)).toBe('PERSONAL')
  })

  test('4: counts of diagnoses are aggregates of unknown cells, and end nothing', async () => {
    const counts = lake('dx_counts')
    await using told = await story(
      statedAs(a, 'PHI'),
      labelled(a, 'dx', 'CLIN.DX'),
      schema(counts, ['dx', 'month', 'n']),
      hop(a, counts, {
        map: { n: [from(a, 'dx', aggregated('count(dx)'))] },
      }),
    )
    expect(await told.labels(counts, 'n')).toEqual(['AGG.CLIN.DX'])
    expect((await told.of(counts)).enforced).toMatch(/^PHI/)
  })

  test('5: a hash is PHI as before, and its way out a crossing', async () => {
    await using told = await story(
      labelled(a, 'mrn', 'ID.MRN'),
      statedAs(a, 'PHI'),
      hop(a, out, { map: { x: [from(a, 'mrn', transformed('sha256(mrn)', true))] } }),
      boundary,
    )
    expect([await told.labels(out, 'x'), await told.status(out)]).toEqual([
      ['PSEUDO.ID.MRN'],
      'PHI',
    ])
    expect(await told.findings('CROSSING')).toHaveLength(1)
  })

  test('6: max and collect_list return values', async () => {
    await using told = await story(
      labelled(a, 'birthdate', 'ID.DATE'),
      labelled(a, 'name', 'ID.NAME'),
      hop(a, b, {
        map: {
          x: [from(a, 'birthdate', aggregated('max(birthdate)'))],
          y: [from(a, 'name', aggregated('collect_list(name)'))],
        },
      }),
    )
    expect([await told.labels(b, 'x'), await told.labels(b, 'y')]).toEqual([
      ['ID.DATE'],
      ['ID.NAME'],
    ])
  })

  test('7: names of those whom a filter found carry what it asked for', async () => {
    await using told = await story(
      labelled(a, 'name', 'ID.NAME'),
      labelled(a, 'hiv_result', 'SENS.HIV'),
      hop(a, b, {
        map: { n: [from(a, 'name', identity)] },
        whole: [from(a, 'hiv_result', indirect('FILTER'))],
      }),
    )
    expect([await told.labels(b), await told.status(b)]).toEqual([['SENS.HIV'], 'PHI_SPECIAL'])
  })

  test('8: a condition on a diagnosis makes one', async () => {
    await using told = await story(
      labelled(a, 'dx', 'CLIN.DX'),
      hop(a, b, { map: { x: [from(a, 'dx', indirect('CONDITIONAL'))] } }),
    )
    expect(await told.labels(b, 'x')).toEqual(['CLIN.DX'])
  })

  test('9: a certificate covers the run in May and not the one in July', async () => {
    const [may, july] = [hour(100), hour(300)]
    const other: DatasetName = { namespace: 's3://general', name: 'other' }
    await using told = await story(
      statedAs(a, 'PHI'),
      boundary,
      certified(out, { from: hour(50), expires: hour(200) }),
      hop(a, out, { at: may }),
    )
    expect(await told.findings('CROSSING')).toEqual([])
    await told.tell(hop(a, out, { at: july }))
    const [crossing] = await told.findings('CROSSING')
    expect(crossing).toMatchObject({ firstSeen: july, occurrences: 1 })
    expect(await told.status(out, hour(150))).toBe('DEIDENTIFIED')
    const [expiry] = await told.findings('CERTIFICATE')
    expect(expiry?.title).toContain('has expired')
    await expect(told.of(other)).rejects.toThrow('not known')
  })

  test('10: a column more suspends the certificate, and the way is a crossing', async () => {
    const columns = ['age_band', 'state']
    const made = (names: readonly string[], at: number) =>
      hop(a, out, {
        at: hour(at),
        map: Object.fromEntries(names.map((name) => [name, [from(a, name, identity)]])),
      })
    await using told = await story(
      statedAs(a, 'PHI'),
      labelled(a, 'zip', 'ID.GEO'),
      boundary,
      certified(out, { columns, approvedAt: hour(20) }),
      schema(out, columns, hour(5)),
      made(columns, 10),
    )
    expect([await told.status(out), await told.findings('CROSSING')]).toEqual(['DEIDENTIFIED', []])
    await told.tell(schema(out, [...columns, 'zip'], hour(30)), made([...columns, 'zip'], 30))
    expect((await told.governor.certificates()).map(({ state }) => state)).toEqual(['SUSPENDED'])
    expect(await told.labels(out, 'zip')).toEqual(['ID.GEO'])
    expect(await told.findings('CROSSING')).toHaveLength(1)
  })

  test('11: a column that is reclassified in August counts for what March wrote', async () => {
    const [march, august] = [hour(10), hour(500)]
    await using told = await story(
      hop(a, b, { at: march, map: { x: [from(a, 'k', identity)] } }),
      labelled(a, 'k', 'CLIN.DX', { at: august }),
    )
    expect(await told.labels(b, 'x', hour(20))).toEqual(['CLIN.DX'])
  })

  test('12: a cycle ends', async () => {
    await using told = await story(labelled(a, 'k', 'ID.SSN'), hop(a, b), hop(b, a))
    expect([await told.labels(b), await told.labels(a)]).toEqual([['ID.SSN'], ['ID.SSN']])
  })

  test('13: de-identified data joined with voters by what they have in common is a linkage', async () => {
    const voters = c
    const joins = ['zip', 'birth_year', 'sex'].flatMap((column) =>
      [b, voters].map((dataset) => from(dataset, column, indirect('JOIN'))),
    )
    await using told = await story(
      statedAs(a, 'PHI'),
      certified(b),
      hop(a, b),
      labelled(voters, 'name', 'ID.NAME'),
      labelled(voters, 'sex', 'QI.SEX'),
      hop([b, voters], d, {
        at: hour(2),
        map: { x: [from(b, 'dx', identity)], y: [from(voters, 'party', identity)] },
        whole: joins,
      }),
    )
    const found = await told.findings('LINKAGE')
    expect(found.map(({ detail }) => detail)).toEqual([expect.stringContaining('K-14')])
    expect(await told.status(d)).toBe('UNKNOWN')
  })

  test('14: with lineage of datasets alone every label is on every output, with less confidence', async () => {
    await using told = await story(labelled(a, 'k', 'ID.SSN'), hop(a, b))
    expect((await told.of(b)).labels).toMatchObject([
      { label: 'ID.SSN', column: undefined, coarse: true, confidence: 0.6 },
    ])
  })

  test.each([
    ['catalog.items', 'address_bus_width', 'zipped_size', 'mail_queue_len', 'name_server'],
    ['catalog.items', 'dose_unit_code'],
    ['mart.daily_totals', 'visits_total'],
  ])('16: nothing of %s tells of persons', (name, ...columns) => {
    expect(detected(name, ...columns)).toEqual([])
  })

  test('17: mistyped names are read in a table of patients', () => {
    const { detections } = detect({
      name: table('ehr.public.patients'),
      columns: ['pateint_adress', 'wieght_kg', 'surnmae'].map((name) => ({ name })),
    })
    expect(detections.map(({ label }) => label)).toEqual(['ID.GEO', 'CLIN.VITAL', 'ID.NAME'])
  })

  test('18: what a person rejects stays rejected, and the other label stays', async () => {
    const patients = table('ehr.public.patients')
    await using told = await story(schema(patients, ['ssn', 'zip', 'birthdate']))
    await told.tell(labelled(patients, 'zip', 'ID.GEO', { holds: false }))
    await told.tell(schema(patients, ['ssn', 'zip', 'birthdate', 'sex'], hour(9)))
    expect(await told.labels(patients, 'zip')).toEqual([])
    expect(await told.labels(patients, 'ssn')).toEqual(['ID.SSN'])
    const { labels } = await told.of(patients)
    expect(labels.find(({ column }) => column === 'zip')).toMatchObject({ decision: 'REJECTED' })
  })

  test('20: when its agreement has ended a limited data set is PHI, and its way out a crossing', async () => {
    const recipient: DatasetName = { namespace: 's3://general', name: 'study' }
    await using told = await story(
      statedAs(a, 'PHI'),
      attested(b, { grain: 'INDIVIDUAL' }),
      certified(b, { method: 'LIMITED_DATA_SET', from: hour(0), expires: hour(200) }),
      hop(a, b, { at: hour(100) }),
      hop(b, recipient, { at: hour(300) }),
      boundary,
    )
    expect(await told.status(b, hour(150))).toBe('PHI_LIMITED')
    expect(await told.status(b)).toBe('PHI')
    const [crossing] = await told.findings('CROSSING')
    expect(crossing?.title).toMatch(/^PHI goes/)
  })
})
