import { describe, expect, it } from 'vitest'
import { categoryGroups } from '../../src/model/category.ts'
import { covers, coversAny, nearestCategories, parseCategory } from '../../src/model/index.ts'

describe('a category', () => {
  it('is one of the table, or what was made of one', () => {
    expect(parseCategory('ID.SSN')).toEqual({
      label: 'ID.SSN',
      group: 'ID',
      base: 'ID.SSN',
      isPseudonym: false,
      isAggregate: false,
    })
    expect(parseCategory('PSEUDO.ID.MRN')).toMatchObject({ base: 'ID.MRN', isPseudonym: true })
    expect(parseCategory('AGG.CLIN.DX')).toMatchObject({ group: 'CLIN', isAggregate: true })
    expect(parseCategory('AGG.PSEUDO.ID.MRN')).toMatchObject({
      base: 'ID.MRN',
      isPseudonym: true,
      isAggregate: true,
    })
    expect(parseCategory('NONE')).toMatchObject({ group: 'NONE', base: 'NONE' })
    expect(categoryGroups.ID).toHaveLength(18)
  })

  it.each([
    'ID',
    'id.ssn',
    'ID.SSN ',
    'SSN',
    '',
    'PSEUDO.AGG.CLIN.DX',
    'AGG.AGG.CLIN.DX',
    'PSEUDO.NONE',
    'UNKNOWN',
    '__proto__',
    'ID.constructor',
  ])('is not %j', (label) => {
    expect(parseCategory(label)).toBeUndefined()
  })

  it('covers those under it, and not what was made of them', () => {
    expect(covers('ID', 'ID.SSN')).toBe(true)
    expect(covers('ID.SSN', 'ID.SSN')).toBe(true)
    expect(covers('ID.S', 'ID.SSN')).toBe(false)
    expect(covers('ID', 'PSEUDO.ID.SSN')).toBe(false)
    expect(['ID', 'PSEUDO', 'AGG.PSEUDO', 'CLIN.DX'].every(coversAny)).toBe(true)
    expect(['IDS', 'DX', ''].some(coversAny)).toBe(false)
  })

  it.each([
    ['SSN', 'ID.SSN'],
    ['id.ssn', 'ID.SSN'],
    ['ID.SNS', 'ID.SSN'],
    ['ID_MRN', 'ID.MRN'],
    ['CLIN.DIAG', 'CLIN.DX'],
    ['HIV', 'SENS.HIV'],
    ['hash(ID.MRN)', 'ID.MRN'],
  ])('that is written %j is meant as %s', (text, meant) => {
    expect(nearestCategories(text, 3)).toContain(meant)
  })

  it('is looked for in a bounded part of a text', () => {
    expect(nearestCategories('x'.repeat(100_000), 2)).toHaveLength(2)
  })
})
