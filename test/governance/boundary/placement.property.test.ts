import type { Boundary } from '../../../src/governance/index.ts'
import type { Placed } from '../../../src/governance/boundary/placement.ts'
import type { Subject } from '../../../src/governance/boundary/subject.ts'
import type { DatasetName, Selector, Zone } from '../../../src/model/index.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareExposure } from '../../../src/governance/boundary/zone-order.ts'
import { compileBoundaries } from '../../../src/governance/boundary/compile.ts'
import { placementOf } from '../../../src/governance/boundary/placement.ts'
import { unmatchedSelectors } from '../../../src/governance/boundary/unmatched.ts'
import { canonicalSelector, selectorText } from '../../../src/governance/index.ts'
import { zones } from '../../../src/model/index.ts'

const names = ['safe/x', 'safe/out/x', 'open/x', 'dev.mart.t', '/', 'safe'] as const
const namespaces = [
  's3://lake',
  's3://lab',
  'redshift://dwh.us-east-1:5439',
  'arn:aws:glue:us-east-1:111122223333',
  'etl',
] as const
const tags = ['phi', 'env:prod', 'vpc:vpc-1', 'account:111122223333', 'region:us-east-1'] as const

const oneOf = <Value>(...values: readonly Value[]): fc.Arbitrary<Value> =>
  fc.constantFrom(...values)
const name: fc.Arbitrary<DatasetName> = fc.record({
  namespace: oneOf(...namespaces),
  name: oneOf(...names),
})
const someTags = fc.uniqueArray(oneOf(...tags))
const subject: fc.Arbitrary<Subject> = fc.oneof(
  fc.record({
    kind: fc.constant('dataset' as const),
    names: fc.array(name, { maxLength: 3 }),
    tags: someTags,
  }),
  fc.record({ kind: fc.constant('job' as const), name, tags: someTags }),
  fc.record({
    kind: fc.constant('principal' as const),
    id: oneOf('arn:aws:iam::111122223333:role/x', 'account:111122223333', 'anonymous'),
  }),
)

const text = (...more: readonly string[]) => oneOf('*', '**', ...more)
const selector: fc.Arbitrary<Selector> = fc.record(
  {
    namespace: text('s3://lake', 's3://la*', 'redshift://**', 'etl', 'arn:aws:glue:*'),
    name: text('safe/x', 'safe/*', 'safe/**', '**/x', '*/x', 'dev.*.t', 'dev.**'),
    account: text('111122223333', '1111*'),
    region: text('us-east-1', 'us-*'),
    vpc: text('vpc-1'),
    tag: oneOf<NonNullable<Selector['tag']>>({ key: 'phi' }, { key: 'env', value: 'p*' }),
    job: text('safe/x', 'safe/*'),
    principal: text('anonymous', 'arn:aws:iam::*:role/*'),
  },
  { requiredKeys: [] },
)

const boundaries = fc
  .array(
    fc.record({ zone: oneOf<Zone>(...zones), selectors: fc.array(selector, { maxLength: 4 }) }),
    {
      maxLength: 6,
    },
  )
  .map((list) => list.map((one, at): Boundary => ({ ...one, name: `b${at}`, version: 1 })))

const place = (of: Subject, by: readonly Boundary[]): Placed | undefined =>
  placementOf(of, compileBoundaries(by))

const runs = { numRuns: 2000, seed: 22 }

test('the order of boundaries, selectors, names and tags does not matter', () => {
  const check = fc.property(subject, boundaries, (of, by) => {
    const turned = by.map((one) => ({ ...one, selectors: one.selectors.toReversed() })).toReversed()
    const { boundary: _, ...found } = place(of, by) ?? {}
    const { boundary: _other, ...again } = place(turnedRound(of), turned) ?? {}
    expect(again).toEqual(found)
  })
  fc.assert(check, runs)
})

test('what was placed before does not change what is placed next', () => {
  const check = fc.property(fc.array(subject), boundaries, (several, by) => {
    const compiled = compileBoundaries(by)
    for (const of of several) expect(placementOf(of, compiled)).toEqual(place(of, by))
  })
  fc.assert(check, { numRuns: 500, seed: 22 })
})

test('it agrees with trying every selector by itself', () => {
  const check = fc.property(subject, boundaries, (of, by) => {
    const found = place(of, by)
    const placing = by.flatMap((one) =>
      one.selectors.flatMap((own) => {
        const alone = place(of, [{ ...one, selectors: [own] }])
        return alone?.boundary === undefined ? [] : [{ boundary: one, selector: own }]
      }),
    )
    if (placing.length === 0) {
      expect(found?.boundary).toBeUndefined()
      expect(found === undefined).toBe(of.kind !== 'dataset')
      return
    }
    expect(placing.map(({ boundary }) => boundary)).toContainEqual(found?.boundary)
  })
  fc.assert(check, runs)
})

test('a more specific selector never loses, and of a tie the more exposed zone holds', () => {
  const one: fc.Arbitrary<Subject> = fc.oneof(
    fc.record({ kind: fc.constant('dataset' as const), names: fc.tuple(name), tags: someTags }),
    fc.record({ kind: fc.constant('job' as const), name, tags: someTags }),
  )
  const zone = oneOf<Zone>(...zones)
  const keys = ['namespace', 'name', 'account', 'region', 'tag', 'job'] as const
  const few = fc
    .tuple(selector, oneOf(...keys), oneOf(...keys))
    .map(([all, ...kept]): Selector =>
      Object.fromEntries(kept.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]]]))),
    )
  let decided = 0
  const check = fc.property(one, few, few, zone, zone, (of, a, b, zoneA, zoneB) => {
    const first: Boundary = { name: 'a', zone: zoneA, selectors: [a], version: 1 }
    const second: Boundary = { name: 'b', zone: zoneB, selectors: [b], version: 1 }
    const isIn = (boundary: Boundary): boolean => place(of, [boundary])?.boundary !== undefined
    if (!isIn(first) || !isIn(second)) return
    decided += 1
    const found = place(of, [first, second])
    const order = slowSpecificity(a, b)
    if (order !== 0) {
      expect(found).toMatchObject({ boundary: { name: order > 0 ? 'a' : 'b' }, ties: [] })
      return
    }
    expect(found?.ties).toHaveLength(1)
    expect(found?.zone).toBe(compareExposure(zoneA, zoneB) > 0 ? zoneA : zoneB)
  })
  fc.assert(check, { numRuns: 5000, seed: 22 })
  expect(decided).toBeGreaterThan(100)
})

test('whatever the texts hold, it gives a placement', () => {
  const any = fc.string({ unit: 'binary', maxLength: 40 })
  const wild = fc.array(fc.oneof(any, oneOf('*', '**', '/', ':', '.')), { maxLength: 6 })
  const pattern = wild.map((list) => list.join(''))
  const keys = ['namespace', 'name', 'account', 'region', 'vpc', 'job', 'principal'] as const
  const hostile = fc.record(
    {
      ...(Object.fromEntries(keys.map((key) => [key, pattern])) as Record<
        (typeof keys)[number],
        fc.Arbitrary<string>
      >),
      tag: fc.record({ key: pattern, value: pattern }, { requiredKeys: ['key'] }),
    },
    { requiredKeys: [] },
  )
  const spelled = fc.record({ namespace: any, name: any })
  const check = fc.property(
    fc.array(hostile),
    fc.array(spelled),
    fc.array(any),
    any,
    (selectors, all, own, id) => {
      const compiled = compileBoundaries([{ name: 'b', zone: 'EXTERNAL', selectors, version: 1 }])
      const zone = placementOf({ kind: 'dataset', names: all, tags: own }, compiled).zone
      expect(['EXTERNAL', 'GENERAL']).toContain(zone)
      for (const of of all) placementOf({ kind: 'job', name: of, tags: own }, compiled)
      placementOf({ kind: 'principal', id }, compiled)
    },
  )
  fc.assert(check, { numRuns: 500, seed: 22 })
})

test('selectors without a match are those that place nothing alone', () => {
  const check = fc.property(fc.array(subject), boundaries, (several, [one]) => {
    if (one === undefined) return
    const unmatched = unmatchedSelectors(one, several)
    const matching = one.selectors.filter((own) =>
      several.some((of) => place(of, [{ ...one, selectors: [own] }])?.boundary !== undefined),
    )
    const texts = (list: readonly Selector[]) =>
      new Set(list.map((own) => selectorText(canonicalSelector(own))))
    const expected = texts(one.selectors).difference(texts(matching))
    expect(unmatched.toSorted()).toEqual([...expected].toSorted())
  })
  fc.assert(check, { numRuns: 500, seed: 22 })
})

function turnedRound(of: Subject): Subject {
  if (of.kind === 'principal') return of
  if (of.kind === 'job') return { ...of, tags: (of.tags ?? []).toReversed() }
  return { ...of, names: of.names.toReversed(), tags: of.tags.toReversed() }
}

/** As phi.md section 6.1 says it: by the properties asked for, then by literal characters. */
function slowSpecificity(a: Selector, b: Selector): number {
  const order = [
    'name',
    'job',
    'principal',
    'namespace',
    'tag',
    'vpc',
    'account',
    'region',
  ] as const
  for (const key of order) {
    const difference = Number(a[key] !== undefined) - Number(b[key] !== undefined)
    if (difference !== 0) return difference
  }
  const texts = (one: Selector): readonly string[] => {
    const { tag, ...plain } = one
    const ofTag =
      tag === undefined ? [] : [tag.value === undefined ? tag.key : `${tag.key}:${tag.value}`]
    return [...Object.values(plain), ...ofTag]
  }
  const literals = (one: Selector): number =>
    texts(one)
      .join('\n')
      .replaceAll(/\/\*\*$|\*\*\/|\/\*\*(?=\n)|[*\n]/g, '').length
  const isExact = (one: Selector): boolean => !texts(one).join('').includes('*')
  return literals(a) - literals(b) || Number(isExact(a)) - Number(isExact(b))
}
