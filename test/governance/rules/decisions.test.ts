import { describe, expect, test } from 'vitest'
import { lake } from '../../contract/told.ts'
import {
  aggregated,
  certified,
  from,
  hop,
  hour,
  identity,
  indirect,
  labelled,
  schema,
  statedAs,
  story,
  transformed,
} from './story.ts'

const [a, b, c, d] = [lake('a'), lake('b'), lake('c'), lake('d')]
const bare = { map: { z: [from(a, 'z', identity)] } }

describe('the decisions of phi.md section 6.1', () => {
  test('a stated status is that dataset’s own, and is enforced as what was found', async () => {
    await using told = await story(
      labelled(a, 'k', 'SENS.HIV'),
      statedAs(a, 'NOT_PERSONAL'),
      hop(a, b),
      hop(a, c, bare),
    )
    expect(await told.status(a)).toBe('NOT_PERSONAL, PHI_SPECIAL')
    expect(await told.status(b)).toBe('PHI_SPECIAL')
    expect(await told.status(c)).toBe('UNKNOWN, PHI')
    expect(await told.findings('REVIEW')).toHaveLength(1)
  })

  test('what a steward states of something unknown below PHI does not get past it', async () => {
    await using told = await story(
      statedAs(a, 'PHI'),
      hop(a, b, bare),
      statedAs(b, 'DEIDENTIFIED'),
      hop(b, c),
    )
    expect(await told.status(b)).toBe('DEIDENTIFIED, PHI')
    expect(await told.status(c)).toBe('UNKNOWN, PHI')
  })

  test('lowering holds for its epoch, raising for all time', async () => {
    await using told = await story(
      statedAs(a, 'PHI'),
      hop(a, b, { at: hour(1) }),
      statedAs(b, 'NOT_PERSONAL', hour(2)),
      statedAs(c, 'PHI', hour(2)),
      hop(a, b, { at: hour(3), replaces: 'OVERWRITE' }),
      hop(d, c, { at: hour(3), replaces: 'OVERWRITE' }),
    )
    expect(await told.status(b)).toBe('PHI')
    expect(await told.status(b, hour(2))).toBe('NOT_PERSONAL, PHI')
    expect(await told.status(c)).toBe('PHI')
  })

  test('an unknown input among harmless ones makes unknown', async () => {
    await using told = await story(
      statedAs(a, 'NOT_PERSONAL'),
      statedAs(b, 'NOT_PERSONAL'),
      hop([a, b], c),
      hop([a, d], lake('e')),
    )
    expect(await told.status(c)).toBe('NOT_PERSONAL')
    expect(await told.status(lake('e'))).toBe('UNKNOWN')
  })

  test('a limited data set passes on as one until a direct identifier is there', async () => {
    await using told = await story(
      labelled(a, 'k', 'ID.SSN'),
      labelled(a, 'l', 'ID.DATE'),
      certified(b, { method: 'LIMITED_DATA_SET' }),
      hop(a, b),
      labelled(c, 'y', 'ID.DATE'),
      hop(b, c, { at: hour(2), map: { x: [from(b, 'l', identity)] } }),
    )
    expect(await told.status(b)).toBe('PHI_LIMITED')
    expect(await told.status(c)).toMatch(/PHI_LIMITED$/)
    await told.tell(labelled(c, 'n', 'ID.NAME'), labelled(c, 'm', 'CLIN.DX'))
    expect(await told.status(c)).toBe('PHI')
  })

  test('only aggregates left below PHI are unknown, and enforced as PHI', async () => {
    await using told = await story(
      labelled(a, 'k', 'CLIN.DX'),
      statedAs(a, 'PHI'),
      hop(a, b, { map: { n: [from(a, 'k', aggregated('count(k)'))] } }),
    )
    expect(await told.status(b)).toBe('UNKNOWN, PHI')
  })

  test('a pseudonym of a special category is special; forms do not pile up', async () => {
    const hash = transformed('sha256(k)', true)
    const twice = (label: string) =>
      story(
        labelled(a, 'k', label),
        hop(a, b, { map: { x: [from(a, 'k', hash)] } }),
        hop(b, c, { map: { x: [from(b, 'x', hash)], n: [from(b, 'x', aggregated('count(x)'))] } }),
        hop(c, d, { map: { x: [from(c, 'n', hash)] } }),
      )
    await using told = await twice('SENS.HIV')
    expect(await told.status(c)).toBe('PHI_SPECIAL')
    await using other = await twice('ID.SSN')
    expect(await other.labels(c, 'x')).toEqual(['PSEUDO.ID.SSN'])
    expect(await other.labels(c, 'n')).toEqual(['AGG.PSEUDO.ID.SSN'])
    expect(await other.labels(d, 'x')).toEqual(['AGG.PSEUDO.ID.SSN'])
  })

  test('a coarse label stays on the dataset when a map comes later', async () => {
    await using told = await story(
      labelled(a, 'k', 'ID.SSN'),
      hop(a, b),
      hop(b, c, { map: { x: [from(b, 'q', transformed('NULL'))] } }),
    )
    expect(await told.labels(c)).toEqual(['ID.SSN'])
  })

  test('a column that the map does not mention proves no constant', async () => {
    await using told = await story(
      schema(b, ['x', 'q']),
      statedAs(a, 'PHI'),
      hop(a, b, { map: { x: [from(a, 'k', identity)] } }),
    )
    expect([await told.labels(b, 'q'), await told.status(b)]).toEqual([[], 'UNKNOWN, PHI'])
  })

  test('a condition keeps its column beside other inputs that decide rows', async () => {
    await using told = await story(
      labelled(a, 'k', 'CLIN.DX'),
      hop(a, b, {
        map: { x: [from(a, 'k', indirect('CONDITIONAL'), indirect('FILTER'))] },
      }),
    )
    expect([await told.labels(b, 'x'), await told.labels(b)]).toEqual([['CLIN.DX'], ['CLIN.DX']])
  })

  test('an overwrite from nowhere ends nothing, also not of what lies under it', async () => {
    const [prefix, part] = [lake('p'), lake('p/a')]
    await using told = await story(
      statedAs(a, 'PHI'),
      hop(a, b, { at: hour(1), map: { x: [from(a, 'k', identity)] } }),
      hop([], b, { at: hour(2), replaces: 'OVERWRITE' }),
      hop(a, part, { at: hour(1), map: { x: [from(a, 'k', identity)] } }),
      hop([], prefix, { at: hour(2), replaces: 'OVERWRITE' }),
    )
    expect(await told.status(b)).toBe('UNKNOWN, PHI')
    expect(await told.status(part)).toBe('UNKNOWN, PHI')
  })

  test('a certified output that shows a direct identifier beside its columns is suspended', async () => {
    await using told = await story(
      labelled(a, 'k', 'ID.SSN'),
      certified(b, { columns: ['x'] }),
      hop(a, b, { map: { x: [from(a, 'k', identity)] } }),
      schema(b, ['x', 'patient_ssn', 'patient_id'], hour(0)),
    )
    expect(await told.labels(b, 'x')).toEqual(['ID.SSN'])
  })

  test('a withdrawn detection is rejected and stays so', async () => {
    const patients = lake('patients')
    await using told = await story(schema(patients, ['ssn', 'birth_date', 'name']))
    expect(await told.labels(patients, 'ssn')).toEqual(['ID.SSN'])
    await told.tell(labelled(patients, 'ssn', 'ID.SSN', { holds: false }))
    await told.tell(schema(patients, ['ssn', 'birth_date', 'name', 'city'], hour(5)))
    expect(await told.labels(patients, 'ssn')).toEqual([])
  })

  test('a column that was dropped is still in what was copied from it, and gone with its content', async () => {
    const patients = lake('patients')
    await using told = await story(
      schema(patients, ['patient_id', 'ssn', 'birth_date'], hour(0)),
      hop(patients, b, { at: hour(1), map: { x: [from(patients, 'ssn', identity)] } }),
      schema(patients, ['patient_id', 'birth_date'], hour(5)),
    )
    expect(await told.labels(b, 'x')).toEqual(['ID.SSN'])
    expect(await told.labels(patients, 'ssn')).toEqual(['ID.SSN'])
    await told.tell(hop(d, lake('patients'), { at: hour(9), replaces: 'OVERWRITE' }))
    expect(await told.labels(b, 'x')).toEqual(['ID.SSN'])
  })

  test('a column that only a map has shown is one', async () => {
    const patients = lake('patients')
    await using told = await story(
      hop(patients, b, { map: { x: [from(patients, 'ssn', identity)] } }),
    )
    expect(await told.labels(b, 'x')).toEqual(['ID.SSN'])
  })
})
