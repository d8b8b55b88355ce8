import type { StatusInput } from '../../src/governance/status.ts'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { compositionsOf } from '../../src/governance/composite-rules.ts'
import { statusOf } from '../../src/governance/status.ts'
import { isLabel, labelParts } from '../../src/governance/label.ts'
import { datasetStatuses } from '../../src/model/index.ts'

/** `ID.SSN` of the dataset, `zip:ID.GEO` of a column. */
function labels(...said: readonly string[]): StatusInput['labels'] {
  return said.map((each) => {
    const [column = '', label] = each.split(':')
    return label === undefined ? { label: column } : { label, column }
  })
}

function input(said: readonly string[], more: Partial<StatusInput> = {}): StatusInput {
  return { labels: labels(...said), grain: 'INDIVIDUAL', isHealthContext: false, ...more }
}

const health = { isHealthContext: true } as const
const unknown = { grain: 'UNKNOWN' } as const

function status(said: readonly string[], more: Partial<StatusInput> = {}): string {
  const found = statusOf(input(said, more))
  return `${found.status} ${found.rule}`
}

describe('the status of a dataset, by phi.md section 2', () => {
  test('1: identifiers with care are PHI, and PHI_SPECIAL with a special category', () => {
    expect(status(['ID.SSN', 'CLIN.DX'])).toBe('PHI 2.1')
    expect(status(['PSEUDO.ID.MRN', 'CLIN.DX'], unknown)).toBe('PHI 2.1')
    expect(status(['ID.NAME', 'SENS.HIV'])).toBe('PHI_SPECIAL 2.1')
    expect(status(['PSEUDO.SENS.HIV'], unknown)).toBe('PHI_SPECIAL 2.1')
    expect(statusOf(input(['k:ID.SSN', 'CLIN.DX', 'ID.SSN'])).because).toEqual([
      'CLIN.DX',
      'ID.SSN',
    ])
  })

  test('2: care without an identifier is PHI until somebody determines otherwise', () => {
    expect(status(['CLIN.DX'])).toBe('PHI 2.2')
    expect(status(['BILL.CLAIM'], { grain: 'EVENT_OF_INDIVIDUAL' })).toBe('PHI 2.2')
    expect(status(['CLIN.DX'], unknown)).toBe('UNKNOWN none')
  })

  test('3: identifiers without care are personal, cards and bank accounts too', () => {
    expect(status(['ID.SSN', 'QI.INCOME'])).toBe('PERSONAL 2.3')
    expect(status(['ID.NAME', 'BILL.PCI', 'BILL.BANK'])).toBe('PERSONAL 2.3')
    expect(status(['ID.EMAIL'], unknown)).toBe('PERSONAL 2.3')
  })

  test('4: reference data are of nobody, unless they came from patients', () => {
    expect(status([], { grain: 'REFERENCE' })).toBe('NOT_PERSONAL 2.4')
    expect(status(['PROV.NPI', 'PROV.NAME'], { grain: 'REFERENCE' })).toBe('NOT_PERSONAL 2.4')
    expect(status(['ID.SSN'], { grain: 'REFERENCE', ...health })).toBe('PHI 2.7')
    expect(status([], { grain: 'REFERENCE', ...health })).toBe('UNKNOWN 2.7')
  })

  test('5: sums are of nobody when the smallest cell is attested', () => {
    const sums = { grain: 'AGGREGATE', ...health } as const
    expect(status(['AGG.CLIN.DX'], sums)).toBe('UNKNOWN 2.5')
    expect(status(['AGG.CLIN.DX'], { ...sums, attestations: { smallestCell: 10 } })).toBe(
      'UNKNOWN 2.5',
    )
    expect(status(['AGG.CLIN.DX'], { ...sums, attestations: { smallestCell: 11 } })).toBe(
      'NOT_PERSONAL 2.5',
    )
    expect(status([], { grain: 'AGGREGATE' })).toBe('UNKNOWN 2.5')
    // A name is no sum, whoever vouches for the cells.
    expect(status(['ID.NAME'], { ...sums, attestations: { smallestCell: 11 } })).toBe('PHI 2.7')
  })

  test('6: a bare list of patients is PHI', () => {
    expect(status(['ID.NAME'], health)).toBe('PHI 2.6')
    expect(status(['ID.NAME'], { attestations: { healthSource: true } })).toBe('PHI 2.6')
  })

  test('7: what PHI flows into is PHI with any label of it, and unknown without', () => {
    const inherited = { ...unknown, ...health }
    for (const label of ['ID.MRN', 'PSEUDO.ID.MRN', 'CLIN.DX', 'BILL.CLAIM']) {
      expect(status([label], inherited)).toBe('PHI 2.7')
    }
    expect(status(['SENS.SUD'], inherited)).toBe('PHI_SPECIAL 2.1')
    expect(status([], inherited)).toBe('UNKNOWN 2.7')
    expect(status(['QI.SEX', 'AGG.CLIN.DX'], inherited)).toBe('UNKNOWN 2.7')
  })

  test('a limited data set stays one until one of the 16 identifiers is there', () => {
    const limited = { isLimited: true, ...health }
    expect(status(['ID.DATE', 'ID.GEO', 'ID.OTHER', 'CLIN.DX'], limited)).toBe(
      'PHI_LIMITED 164.514(e)',
    )
    expect(status(['ID.DATE', 'ID.MRN', 'CLIN.DX'], limited)).toBe('PHI 2.1')
    expect(status(['ID.DATE', 'CLIN.NOTE'], limited)).toBe('PHI 2.1')
  })

  it('is unknown where nothing is known', () => {
    expect(statusOf(input([], unknown))).toEqual({ status: 'UNKNOWN', rule: 'none', because: [] })
    expect(status(['QI.SEX', 'PROV.NPI'])).toBe('UNKNOWN none')
  })

  it('does not depend on the order of labels, and one identifier or SENS more never lowers it', () => {
    const label = fc.constantFrom(
      'ID.SSN',
      'b:ID.DATE',
      'zip:ID.GEO',
      'QI.SEX',
      'QI.AGE',
      'CLIN.DX',
      'CLIN.NOTE',
      'BILL.CLAIM',
      'BILL.PCI',
      'SENS.HIV',
      'AGG.CLIN.DX',
      'PSEUDO.ID.MRN',
      'PROV.NPI',
    )
    const grain = fc.constantFrom(
      'INDIVIDUAL',
      'EVENT_OF_INDIVIDUAL',
      'AGGREGATE',
      'REFERENCE',
      'UNKNOWN',
    )
    fc.assert(
      fc.property(
        fc.array(label),
        grain,
        fc.boolean(),
        fc.constantFrom('ID.SSN', 'ID.NAME', 'SENS.HIV'),
        (said, of, isHealthContext, more) => {
          const given = { grain: of, isHealthContext } as const
          const before = statusOf(input(said, given))
          expect(statusOf(input(said.toReversed(), given))).toEqual(before)
          const after = statusOf(input([...said, more], given)).status
          expect(datasetStatuses.indexOf(after)).toBeGreaterThanOrEqual(
            datasetStatuses.indexOf(before.status),
          )
        },
      ),
      { seed: 6, numRuns: 500 },
    )
  })
})

describe('composite rules, by phi.md section 5', () => {
  const rules = (said: readonly string[], more: Partial<StatusInput> = {}) =>
    compositionsOf(input(said, more)).map(({ rule }) => rule)

  test('K-01: birth date, ZIP and sex single out', () => {
    const three = ['birth_date:ID.DATE', 'zip:ID.GEO', 'sex:QI.SEX']
    expect(compositionsOf(input(three))).toEqual([
      {
        rule: 'K-01',
        says: 'Birth date, ZIP and sex together single out nearly everybody.',
        label: 'ID.OTHER',
        finding: 'LINKAGE',
        because: ['ID.DATE', 'ID.GEO', 'QI.SEX'],
      },
    ])
    expect(rules(three.slice(0, 2))).toEqual([])
    expect(rules(['hired:ID.DATE', 'zip:ID.GEO', 'sex:QI.SEX'])).toEqual([])
    expect(rules(three, { grain: 'AGGREGATE' })).toEqual([])
  })

  test('K-02: two rare traits are PHI without any direct identifier', () => {
    const two = ['occupation:QI.OCCUPATION', 'race:QI.RACE', 'ethnicity:QI.ETHNICITY']
    expect(status(two, health)).toBe('PHI K-02')
    expect(statusOf(input(two, health)).because).toEqual([
      'QI.ETHNICITY',
      'QI.OCCUPATION',
      'QI.RACE',
    ])
    expect(rules(['dob:ID.DATE', 'city:ID.GEO'], health)).toEqual(['K-02'])
    expect(
      rules(['admit_date:ID.DATE', 'discharge_date:ID.DATE', 'job:QI.OCCUPATION'], health),
    ).toEqual(['K-02'])
    expect(status(two.slice(0, 2), health)).toBe('UNKNOWN 2.7')
    expect(status(two)).toBe('UNKNOWN none')
  })

  test('K-03: care and payment on one key are a linked profile', () => {
    expect(status(['ID.OTHER', 'CLIN.DX', 'BILL.CLAIM'])).toBe('LINKED_PROFILE K-03')
    expect(status(['PSEUDO.ID.MRN', 'CLIN.DX', 'BILL.PLAN'], unknown)).toBe('LINKED_PROFILE K-03')
    expect(status(['ID.OTHER', 'CLIN.DX', 'BILL.CLAIM', 'SENS.MH'])).toBe('PHI_SPECIAL 2.1')
    expect(rules(['CLIN.DX', 'BILL.CLAIM'])).toEqual([])
    expect(rules(['ID.OTHER', 'CLIN.DX', 'BILL.PCI'])).toEqual([])
    expect(rules(['ID.OTHER', 'AGG.CLIN.DX', 'BILL.CLAIM'])).toEqual([])
  })

  test('K-06: an age is a date until somebody vouches that 90 and over is one group', () => {
    expect(compositionsOf(input(['age:QI.AGE'], health))).toMatchObject([
      { rule: 'K-06', label: 'ID.DATE', column: 'age' },
    ])
    expect(rules(['year_of_birth:QI.YEAR'], health)).toEqual(['K-06'])
    expect(rules(['fiscal_year:QI.YEAR'], health)).toEqual([])
    expect(rules(['age:QI.AGE'], { ...health, attestations: { agesTopCoded: true } })).toEqual([])
  })

  test('K-07: three digits of a ZIP are a place until somebody vouches for its size', () => {
    expect(compositionsOf(input(['zip3:QI.GEO'], health))).toMatchObject([
      { rule: 'K-07', label: 'ID.GEO', column: 'zip3' },
    ])
    expect(rules(['zip3:QI.GEO'], { ...health, attestations: { zip3Rule: true } })).toEqual([])
    expect(rules(['state:QI.GEO'], health)).toEqual([])
  })

  test('K-10: many moments of one person are a trajectory', () => {
    const event = { grain: 'EVENT_OF_INDIVIDUAL' } as const
    const readings = ['patient_id:ID.OTHER', 'ts:ID.DATE', 'hr:CLIN.VITAL']
    expect(rules(readings, event)).toEqual(['K-10'])
    expect(rules(readings)).toEqual([])
    expect(rules(readings.slice(1), event)).toEqual([])
  })

  test('K-11: free text names people', () => {
    expect(compositionsOf(input(['note:CLIN.NOTE'], unknown))).toMatchObject([
      { rule: 'K-11', label: 'ID.NAME', column: 'note' },
    ])
    expect(status(['note:CLIN.NOTE'], unknown)).toBe('PHI 2.1')
  })

  test('K-12: a device with times can be looked up', () => {
    expect(compositionsOf(input(['ID.DEVICE', 'ID.IP'], unknown))).toMatchObject([
      { rule: 'K-12', finding: 'LINKAGE', because: ['ID.DEVICE', 'ID.IP'] },
    ])
    expect(rules(['ID.DEVICE'], unknown)).toEqual([])
  })

  test('K-15: sums by provider can be of very few patients', () => {
    const sums = { grain: 'AGGREGATE' } as const
    expect(rules(['PROV.NPI', 'AGG.CLIN.DX'], sums)).toEqual(['K-15'])
    expect(
      rules(['PROV.NPI', 'AGG.CLIN.DX'], { ...sums, attestations: { smallestCell: 11 } }),
    ).toEqual([])
    expect(rules(['PROV.NPI'], sums)).toEqual([])
  })
})

describe('a label', () => {
  it('is a category, its pseudonym, its aggregate, or the aggregate of its pseudonym', () => {
    for (const label of ['ID.MRN', 'PSEUDO.ID.MRN', 'AGG.CLIN.DX', 'AGG.PSEUDO.ID.SSN']) {
      expect(isLabel(label)).toBe(true)
    }
    for (const label of [
      'ID',
      'ID.',
      'id.ssn',
      'PSEUDO.AGG.ID.SSN',
      'AGG.AGG.ID.SSN',
      'AGG.',
      'constructor',
    ]) {
      expect(isLabel(label)).toBe(false)
    }
    expect(labelParts('AGG.PSEUDO.ID.SSN')).toEqual({
      category: 'ID.SSN',
      group: 'ID',
      isPseudonym: true,
      isAggregate: true,
    })
  })
})
