import { describe, expect, test } from 'vitest'
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
  statedAs,
  story,
} from './story.ts'

const [a, b, c, d] = [lake('a'), lake('b'), lake('c'), lake('d')]

describe('the rules of phi.md section 5 that flows decide', () => {
  test('K-03: care and its payment joined on a key of persons are a linked profile', async () => {
    const told = (key: string) =>
      story(
        labelled(a, 'p', key),
        labelled(a, 'dx', 'CLIN.DX'),
        labelled(c, 'paid', 'BILL.CLAIM'),
        hop([a, c], b, {
          map: { x: [from(a, 'dx', identity)], y: [from(c, 'paid', identity)] },
          whole: [from(a, 'p', indirect('JOIN')), from(c, 'p', indirect('JOIN'))],
        }),
      )
    await using joined = await told('ID.MRN')
    expect(await joined.status(b)).toBe('LINKED_PROFILE')
    await using other = await told('QI.SEX')
    expect(await other.status(b)).not.toBe('LINKED_PROFILE')
  })

  test('K-08: an aggregate with a small cell stays at risk below PHI', async () => {
    const counted = hop(a, b, {
      map: { n: [from(a, 'dx', aggregated('count(dx)'))] },
    })
    await using told = await story(
      statedAs(a, 'PHI'),
      labelled(a, 'dx', 'CLIN.DX'),
      attested(b, { smallestCell: 10 }),
      counted,
    )
    expect(await told.status(b)).toBe('UNKNOWN, PHI')
  })

  test('K-09: names of those whom a filter on a diagnosis found carry it', async () => {
    await using told = await story(
      labelled(a, 'name', 'ID.NAME'),
      labelled(a, 'dx', 'CLIN.DX'),
      hop(a, b, {
        map: { n: [from(a, 'name', identity)] },
        whole: [from(a, 'dx', indirect('FILTER'))],
      }),
    )
    expect([await told.labels(b), await told.status(b)]).toEqual([['CLIN.DX'], 'PHI'])
  })

  test('K-14: de-identified data beside unknown data is a linkage, beside certified data it is none', async () => {
    const both = (other: 'c' | 'certified') =>
      story(
        statedAs(a, 'PHI'),
        certified(b),
        hop(a, b),
        ...(other === 'certified' ? [certified(c), hop(a, c)] : [hop(lake('e'), c)]),
        hop([b, c], d, { at: hour(2) }),
      )
    await using told = await both('c')
    expect([await told.status(d), (await told.findings('LINKAGE')).length]).toEqual(['UNKNOWN', 1])
    await using other = await both('certified')
    expect([await other.status(d), await other.findings('LINKAGE')]).toEqual(['DEIDENTIFIED', []])
  })
})
