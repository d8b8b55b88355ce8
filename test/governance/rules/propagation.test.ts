import type { Transformation } from '../../../src/model/index.ts'
import { describe, expect, test } from 'vitest'
import { datasetIdOf } from '../../../src/model/index.ts'
import { event, glue, lake, located, minute, touched } from '../../contract/told.ts'
import {
  Story,
  aggregated,
  attested,
  certified,
  from,
  hop,
  hour,
  identity,
  indirect,
  labelled,
  mayCrossInto,
  placedIn,
  revoked,
  schema,
  statedAs,
  story,
  transformed,
} from './story.ts'

const [a, b, c, d] = [lake('a'), lake('b'), lake('c'), lake('d')]

/** What becomes of a label of `a.k` in `b.x` when that is made of it so. */
async function madeOf(
  label: string,
  ...how: readonly Transformation[]
): Promise<readonly string[]> {
  await using told = await story(
    labelled(a, 'k', label),
    hop(a, b, { map: { x: [from(a, 'k', ...how)] } }),
  )
  return await told.labels(b, 'every')
}

describe('the rules of phi.md section 6', () => {
  test('P-01: a copied column keeps its label', async () => {
    expect(await madeOf('ID.SSN', identity)).toEqual(['ID.SSN'])
    expect(await madeOf('ID.SSN')).toEqual(['ID.SSN'])
  })

  test('P-02: what is made of several columns has the labels of all', async () => {
    await using told = await story(
      labelled(a, 'k', 'ID.NAME'),
      labelled(a, 'l', 'CLIN.DX'),
      hop(a, b, {
        map: { x: [from(a, 'k', transformed('concat(k, l)')), from(a, 'l', transformed(''))] },
      }),
    )
    expect(await told.labels(b, 'x')).toEqual(['CLIN.DX', 'ID.NAME'])
  })

  test('P-03: a generalisation needs an attestation, and months are dates', async () => {
    expect(await madeOf('ID.DATE', transformed('year(k)'))).toEqual(['ID.DATE'])
    await using told = await story(
      labelled(a, 'k', 'ID.DATE'),
      labelled(a, 'z', 'ID.GEO'),
      attested(b, { agesTopCoded: true, zip3Rule: true }),
      hop(a, b, {
        map: {
          y: [from(a, 'k', transformed('year(k)'))],
          m: [from(a, 'k', transformed("date_trunc('month', k)"))],
          z: [from(a, 'z', transformed('left(z, 3)'))],
        },
      }),
    )
    expect(await told.labels(b, 'y')).toEqual(['QI.YEAR'])
    expect(await told.labels(b, 'm')).toEqual(['ID.DATE'])
    expect(await told.labels(b, 'z')).toEqual(['QI.GEO'])
  })

  test.each([
    'sha256(k)',
    "hmac_sha256(k, 'x')",
    'aes_encrypt(k)',
    'tokenize(k)',
    'date_shift(k, 3)',
  ])('P-04: %s makes a pseudonym, which is PHI as before', async (expression) => {
    expect(await madeOf('ID.MRN', transformed(expression, true))).toEqual(['PSEUDO.ID.MRN'])
  })

  test('P-05: partial masking keeps the label', async () => {
    expect(await madeOf('ID.SSN', transformed('right(k, 4)', true))).toEqual(['ID.SSN'])
    expect(await madeOf('ID.EMAIL', transformed("regexp_replace(k, '.+@', '***@')", true))).toEqual(
      ['ID.EMAIL'],
    )
  })

  test('P-06: a constant ends the label of its column, a masking flag alone does not', async () => {
    expect(await madeOf('ID.NAME', transformed('CAST(NULL AS string)'))).toEqual([])
    expect(await madeOf('ID.NAME', transformed("'n/a'", true))).toEqual([])
    expect(await madeOf('ID.NAME', transformed('', true))).toEqual(['ID.NAME'])
    expect(await madeOf('ID.NAME', transformed('my_redact(k)', true))).toEqual(['ID.NAME'])
  })

  test.each(['FILTER', 'JOIN', 'GROUP_BY'])(
    'P-07: %s on what is known of health tells about all that is left',
    async (subtype) => {
      await using told = await story(
        labelled(a, 'k', 'SENS.HIV'),
        labelled(a, 'n', 'ID.NAME'),
        hop(a, b, {
          map: { n: [from(a, 'n', identity)] },
          whole: [from(a, 'k', indirect(subtype)), from(a, 'n', indirect(subtype))],
        }),
      )
      expect(await told.labels(b)).toEqual(['SENS.HIV'])
      expect(await told.labels(b, 'n')).toEqual(['ID.NAME'])
    },
  )

  test('P-08: a condition is in its column as the values are', async () => {
    expect(await madeOf('CLIN.DX', indirect('CONDITIONAL'))).toEqual(['CLIN.DX'])
  })

  test('P-09: sorting and windows tell nothing; what a window returns is a value', async () => {
    expect(await madeOf('CLIN.DX', indirect('SORT'))).toEqual([])
    expect(await madeOf('CLIN.DX', indirect('WINDOW'))).toEqual([])
    expect(await madeOf('CLIN.DX', indirect('WINDOW'), transformed('lag(k)'))).toEqual(['CLIN.DX'])
  })

  test.each([
    'min(k)',
    'max(k)',
    'any_value(k)',
    'mode(k)',
    'percentile_disc(k)',
    'collect_list(k)',
    'listagg(k)',
    'map_agg(k)',
    'nobody_knows(k)',
    undefined,
  ])('P-10: %s can return a value as it was', async (expression) => {
    expect(await madeOf('ID.DATE', aggregated(expression))).toEqual(['ID.DATE'])
  })

  test('P-11: counts and sums are aggregates, of one person where a group is one', async () => {
    for (const count of ['count(k)', 'sum(k)', 'avg(k)', 'stddev(k)']) {
      expect(await madeOf('CLIN.DX', aggregated(count))).toEqual(['AGG.CLIN.DX'])
    }
    await using told = await story(
      labelled(a, 'k', 'CLIN.DX'),
      labelled(c, 'p', 'ID.MRN'),
      hop([a, c], b, {
        map: { n: [from(a, 'k', aggregated('count(k)')), from(c, 'p', indirect('GROUP_BY'))] },
      }),
    )
    expect(await told.labels(b, 'n')).toEqual(['AGG.CLIN.DX', 'CLIN.DX'])
    expect((await told.of(b)).grain).toBe('INDIVIDUAL')
  })

  test('P-12: an aggregate ends with an attested smallest cell of eleven, or a certificate', async () => {
    const counted = hop(a, b, { map: { n: [from(a, 'k', aggregated('count(k)'))] } })
    await using told = await story(labelled(a, 'k', 'CLIN.DX'), counted)
    expect(await told.labels(b, 'n')).toEqual(['AGG.CLIN.DX'])
    await told.tell(attested(b, { smallestCell: 10 }))
    expect(await told.labels(b, 'n')).toEqual(['AGG.CLIN.DX'])
    await told.tell(attested(b, { smallestCell: 11 }, hour(4)))
    expect(await told.labels(b, 'n')).toEqual([])
    await using other = await story(labelled(a, 'k', 'CLIN.DX'), counted, certified(b))
    expect(await other.labels(b, 'n')).toEqual([])
  })

  test('P-13: a join on a key of persons makes rows of persons with the labels of both', async () => {
    await using told = await story(
      labelled(a, 'p', 'ID.MRN'),
      labelled(a, 'k', 'CLIN.DX'),
      labelled(c, 'p', 'PSEUDO.ID.MRN'),
      labelled(c, 'e', 'CLIN.RX'),
      hop([a, c], b, {
        map: { x: [from(a, 'k', identity)], e: [from(c, 'e', identity)] },
        whole: [from(a, 'p', indirect('JOIN')), from(c, 'p', indirect('JOIN'))],
      }),
    )
    expect(await told.labels(b, 'every')).toEqual(['CLIN.DX', 'CLIN.RX'])
    expect((await told.of(b)).grain).toBe('INDIVIDUAL')
  })

  test('P-14: without a map every label is on every output, and less is known of it', async () => {
    await using told = await story(
      labelled(a, 'k', 'ID.SSN'),
      labelled(c, undefined, 'CLIN.DX'),
      hop([a, c], b),
    )
    expect(await told.labels(b)).toEqual(['CLIN.DX', 'ID.SSN'])
    for (const { coarse, confidence } of (await told.of(b)).labels) {
      expect([coarse, confidence]).toEqual([true, 0.6])
    }
  })

  test('P-15: a report or a model is a dataset with the status of its inputs', async () => {
    const report = { namespace: 'https://bi.example', name: 'reports/7' }
    await using told = await story(statedAs(a, 'PHI'), hop(a, report))
    expect(await told.status(report)).toBe('PHI')
  })

  test('P-16: a recipient outside is a crossing of the worst severity', async () => {
    const outside = { namespace: 'https://partner.example', name: 'upload' }
    await using told = await story(
      statedAs(a, 'PHI'),
      hop(a, outside),
      placedIn('PROTECTED', { namespace: 's3://lake' }),
      placedIn('EXTERNAL', { namespace: 'https://partner.example' }),
    )
    const [crossing, ...others] = await told.findings('CROSSING')
    expect(others).toEqual([])
    expect(crossing).toMatchObject({
      severity: 'CRITICAL',
      datasets: [a, outside].map(datasetIdOf).toSorted(),
    })
  })

  test('P-17: what was overwritten keeps its labels in its time, and what was read from it', async () => {
    await using told = await story(
      labelled(a, 'k', 'ID.SSN'),
      hop(a, b, { at: hour(1) }),
      hop(b, c, { at: hour(2) }),
      hop(d, b, { at: hour(3), replaces: 'OVERWRITE' }),
    )
    expect(await told.labels(b)).toEqual([])
    expect(await told.labels(b, undefined, hour(2))).toEqual(['ID.SSN'])
    expect(await told.labels(c)).toEqual(['ID.SSN'])
  })

  test('P-18: new knowledge holds for what was written before, new data does not', async () => {
    await using told = await story(
      hop(a, b, { at: hour(1), map: { x: [from(a, 'k', identity)] } }),
      hop(d, a, { at: hour(5), replaces: 'OVERWRITE' }),
      labelled(a, 'k', 'CLIN.DX', { at: hour(50) }),
      labelled(d, 'e', 'ID.SSN', { at: hour(50) }),
    )
    expect(await told.labels(b, 'x')).toEqual(['CLIN.DX'])
    expect(await told.labels(b, 'x', hour(2))).toEqual(['CLIN.DX'])
    expect(await told.labels(a, 'every')).toEqual(['CLIN.DX', 'ID.SSN'])
    expect(await told.labels(b, 'every')).not.toContain('ID.SSN')
  })

  test('P-19: a withdrawn label is gone from a cycle, and what has another source stays', async () => {
    await using told = await story(
      labelled(a, 'k', 'ID.SSN'),
      labelled(b, undefined, 'CLIN.DX'),
      hop(a, b),
      hop(b, c),
      hop(c, a),
    )
    expect(await told.labels(a)).toEqual(['CLIN.DX', 'ID.SSN'])
    await told.tell(labelled(a, 'k', 'ID.SSN', { holds: false, at: hour(9) }))
    for (const dataset of [a, b, c])
      expect(await told.labels(dataset, 'every')).toEqual(['CLIN.DX'])
  })

  test('P-20: a certificate covers runs until it expires; revoked, it covered nothing', async () => {
    const [may, july, end] = [hour(100), hour(300), hour(200)]
    await using told = await story(
      labelled(a, 'k', 'ID.SSN'),
      certified(b, { from: hour(50), expires: end }),
      certified(c, { from: hour(50), expires: end }),
      hop(a, b, { at: may }),
      hop(a, c, { at: july }),
      hop(b, d, { at: july }),
    )
    expect([await told.labels(b), await told.status(b)]).toEqual([[], 'DEIDENTIFIED'])
    expect(await told.labels(c)).toEqual(['ID.SSN'])
    expect((await told.findings('CERTIFICATE')).length).toBeGreaterThan(0)
    await told.tell(revoked(b))
    expect(await told.labels(b)).toEqual(['ID.SSN'])
    expect(await told.labels(d)).toEqual(['ID.SSN'])
  })

  test('P-20: for columns it ends these alone, and two of them add up', async () => {
    const map = { x: [from(a, 'k', identity)], y: [from(a, 'l', identity)] }
    const labels = [labelled(a, 'k', 'ID.SSN'), labelled(a, 'l', 'ID.GEO')]
    await using told = await story(...labels, certified(b, { columns: ['x'] }), hop(a, b, { map }))
    expect(await told.labels(b, 'every')).toEqual(['ID.GEO'])
    await using whole = await story(
      ...labels,
      certified(b, { columns: ['x', 'y'] }),
      hop(a, b, { map }),
    )
    expect([await whole.labels(b, 'every'), await whole.status(b)]).toEqual([[], 'DEIDENTIFIED'])
  })

  test('P-21: another schema or other input columns suspend a certificate', async () => {
    const make = (column: string, at: number) =>
      hop(a, b, { at: hour(at), map: { x: [from(a, column, identity)] } })
    await using told = await story(
      labelled(a, 'k', 'ID.SSN'),
      certified(b, { approvedAt: hour(20) }),
      make('k', 10),
    )
    expect(await told.status(b)).toBe('DEIDENTIFIED')
    await told.tell(make('l', 30))
    expect(await told.labels(b, 'x')).toEqual(['ID.SSN'])
    expect((await told.governor.certificates()).map(({ state }) => state)).toEqual(['SUSPENDED'])
    await using other = await story(
      labelled(a, 'k', 'ID.SSN'),
      schema(b, ['x'], hour(5)),
      certified(b, { approvedAt: hour(20) }),
      make('k', 10),
      schema(b, ['x', 'y'], hour(30)),
    )
    expect(await other.labels(b, 'x')).toEqual(['ID.SSN'])
  })

  test('P-22: the first hop out is a crossing, a hop to outside another, hops within are scope', async () => {
    const at = (name: string) => ({ namespace: `s3://${name}`, name: 't' })
    const [home, out, further, outside] = ['home', 'out', 'further', 'outside'].map(at) as [
      typeof a,
      typeof a,
      typeof a,
      typeof a,
    ]
    await using told = await story(
      statedAs(home, 'PHI'),
      hop(home, out),
      hop(out, further),
      hop(further, outside),
      placedIn('PROTECTED', { namespace: 's3://home' }),
      placedIn('EXTERNAL', { namespace: 's3://outside' }),
    )
    const found = (await told.findings('CROSSING')).map(({ datasets }) => datasets)
    expect(found.toSorted()).toEqual(
      [
        [home, out],
        [further, outside],
      ]
        .map((ends) => ends.map(datasetIdOf).toSorted())
        .toSorted(),
    )
  })

  test('P-22: who may cross does, and one run by somebody else is a crossing again', async () => {
    const clerk = 'arn:aws:iam::111122223333:role/clerk'
    await using told = await story(
      statedAs(a, 'PHI'),
      hop(a, b, { by: clerk }),
      placedIn('PROTECTED', { namespace: a.namespace, name: a.name }),
      placedIn('EXTERNAL', { namespace: b.namespace, name: b.name }),
      mayCrossInto('EXTERNAL', { principal: 'arn:aws:iam::*:role/clerk' }),
    )
    expect(await told.findings('CROSSING')).toEqual([])
    await told.tell(hop(a, b, { at: hour(3), by: 'arn:aws:iam::111122223333:role/other' }))
    expect(await told.findings('CROSSING')).toHaveLength(1)
    await using unknown = await story(
      statedAs(a, 'PHI'),
      hop(a, b, { by: clerk }),
      hop(a, b, { at: hour(3) }),
      placedIn('PROTECTED', { namespace: a.namespace, name: a.name }),
      placedIn('EXTERNAL', { namespace: b.namespace, name: b.name }),
      mayCrossInto('EXTERNAL', { principal: 'arn:aws:iam::*:role/clerk' }),
    )
    expect(await unknown.findings('CROSSING')).toHaveLength(1)
  })

  test('P-17: a label ends with the content that it was in, also in an answer for a moment before', async () => {
    await using told = await story(
      labelled(a, 'k', 'ID.SSN'),
      hop(a, b, { at: hour(1) }),
      hop(c, b, { at: hour(5), replaces: 'OVERWRITE' }),
    )
    const { labels } = await told.of(b, hour(3))
    expect(labels.map(({ label, until }) => [label, until])).toEqual([['ID.SSN', hour(5)]])
    expect(await told.labels(b)).toEqual([])
    expect((await told.of(a, hour(3))).labels.map(({ until }) => until)).toEqual([undefined])
  })

  test('P-23: an explanation takes the way of highest confidence, and of these the shortest', async () => {
    await using told = await story(
      labelled(a, 'k', 'CLIN.DX'),
      labelled(d, 'k', 'CLIN.DX'),
      hop([a, d], c, { at: hour(3), job: 'whole' }),
      hop(a, b, { at: hour(1), map: { k: [from(a, 'k', identity)] } }),
      hop(b, c, { at: hour(2), whole: [from(b, 'k', indirect('FILTER'))] }),
    )
    const explanation = await told.explain(c, undefined, 'CLIN.DX')
    expect(explanation?.label.confidence).toBe(1)
    expect(explanation?.chains).toMatchObject([
      { from: datasetIdOf(a), confidence: 1, steps: [{}, {}] },
      { from: datasetIdOf(d), confidence: 0.6, steps: [{}] },
    ])
    expect(explanation?.rules).toEqual(['P-01', 'P-07', 'P-14'])
    expect(await told.explain(b, 'k', 'CLIN.DX')).toMatchObject({ others: 0, chains: [{}] })
  })

  test('P-24: what shares a place has the labels, coarse, and not through a third', async () => {
    const [table, other] = [glue('table/db/e'), glue('table/db/f')]
    const place = lake('shared')
    await using told = await story(
      labelled(table, 'k', 'ID.SSN'),
      located(table, minute(1), place),
      located(other, minute(2), place),
      event(minute(3), [touched(minute(3), lake('shared/part'))]),
      hop(other, c),
    )
    expect(await told.labels(other)).toEqual(['ID.SSN'])
    expect(await told.labels(c)).toEqual(['ID.SSN'])
    await using apart = await story(
      labelled(lake('p/e'), 'k', 'ID.SSN'),
      event(minute(3), [touched(minute(3), lake('p'))]),
      event(minute(3), [touched(minute(3), lake('p/f'))]),
      hop(lake('p/f'), c),
    )
    expect(await apart.labels(lake('p'))).toEqual(['ID.SSN'])
    expect(await apart.labels(lake('p/f'))).toEqual([])
    expect(await apart.labels(c)).toEqual([])
  })

  test('P-25: without evidence for each read all that went in is in all that came out', async () => {
    const scratch = lake('scratch')
    await using told = await story(
      labelled(a, 'k', 'ID.SSN'),
      labelled(b, 'k', 'CLIN.DX'),
      hop([a, b], scratch, { hours: 2 }),
      hop(scratch, c, { at: hour(2), hours: 2 }),
      hop(scratch, d, { at: hour(2), hours: 2 }),
    )
    for (const output of [c, d]) expect(await told.labels(output)).toEqual(['CLIN.DX', 'ID.SSN'])
  })

  test('nothing is said of what nobody has told of', async () => {
    await using told = new Story()
    await expect(told.of(a)).rejects.toThrow('not known')
  })
})
