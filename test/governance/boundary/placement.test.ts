import type { Boundary } from '../../../src/governance/index.ts'
import type { Selector, Zone } from '../../../src/model/index.ts'
import type { Spelled } from './boundaries.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { compileBoundaries } from '../../../src/governance/boundary/compile.ts'
import { placementOf } from '../../../src/governance/boundary/placement.ts'
import { boundary, dataset, job, place, placed, principal } from './boundaries.ts'

const lake = 's3://lake'
const glue = (account: string) => `arn:aws:glue:us-east-1:${account}`
const [safe, open] = ['111122223333', '444455556666']

type Placing = Readonly<{
  mutations: readonly Readonly<{ defineBoundary?: Omit<Boundary, 'version'> }>[]
  expect: readonly Readonly<{ placement?: Spelled; zone?: Zone; boundary?: string }>[]
}>

test('the vector phi-11 is placed as it says', () => {
  const file = join(import.meta.dirname, '../../vectors/phi-11-most-specific-wins.json')
  const vector = JSON.parse(readFileSync(file, 'utf8')) as Placing
  const boundaries = vector.mutations.flatMap(({ defineBoundary: defined }) =>
    defined === undefined ? [] : [{ ...defined, version: 1 }],
  )
  const placements = vector.expect.flatMap(({ placement, zone, boundary: name }) =>
    placement === undefined ? [] : [{ placement, is: `${zone} ${name}` }],
  )
  expect(placements).toHaveLength(2)
  for (const { placement, is } of placements) {
    expect(place(dataset([placement]), boundaries)).toBe(is)
  }
})

describe('the most specific selector wins', () => {
  const subject = dataset(
    [['redshift://dwh.111122223333.us-east-1:5439', 'dev.mart.t']],
    ['phi', 'vpc:vpc-1'],
  )
  /** From the most to the least specific; each matches. */
  const order: readonly Selector[] = [
    { name: 'dev.mart.t', namespace: 'redshift://**' },
    { name: 'dev.mart.*', region: 'us-east-1' },
    { name: 'dev.mart.*' },
    { name: 'dev.**' },
    { namespace: 'redshift://dwh.111122223333.us-east-1:5439' },
    { namespace: 'redshift://dwh*' },
    { tag: { key: 'phi' }, vpc: '*' },
    { tag: { key: 'phi' } },
    { vpc: 'vpc-1', account: safe },
    { vpc: 'vpc-1' },
    { account: safe, region: '*' },
    { account: safe },
    { account: '1111*' },
    { region: 'us-east-1' },
    { region: 'us-*' },
  ]
  const pairs = order.flatMap((winner, at) =>
    order.slice(at + 1).map((other) => [winner, other] as const),
  )

  test.each(pairs)('%j before %j', (winner, other) => {
    const boundaries = [boundary('a', 'EXTERNAL', other), boundary('b', 'PROTECTED', winner)]
    const found = placed(subject, boundaries)
    expect(found).toMatchObject({ zone: 'PROTECTED', boundary: { name: 'b' }, ties: [] })
    expect(placed(subject, boundaries.toReversed())).toEqual(found)
  })

  it('of jobs: job, then namespace, then tag', () => {
    const ofJobs: readonly Selector[] = [
      { job: 'load', namespace: 'etl' },
      { job: 'load' },
      { job: '*' },
      { namespace: 'etl' },
      { tag: { key: 'nightly' } },
    ]
    for (const [at, winner] of ofJobs.entries()) {
      for (const other of ofJobs.slice(at + 1)) {
        const boundaries = [boundary('a', 'EXTERNAL', other), boundary('b', 'GENERAL', winner)]
        expect(place(job('etl', 'load', ['nightly']), boundaries)).toBe('GENERAL b')
      }
    }
  })
})

describe('a tie', () => {
  const boundaries = [
    boundary('protected', 'PROTECTED', { name: 'safe/*' }),
    boundary('partner', 'EXTERNAL', { name: '*/outy' }),
    boundary('general', 'GENERAL', { name: '*afe/*' }, { namespace: lake }),
  ]

  it('places in the most exposed zone and is told', () => {
    const found = placed(dataset([[lake, 'safe/outy']]), boundaries.slice(0, 2))
    expect(found).toMatchObject({ zone: 'EXTERNAL', boundary: { name: 'partner' } })
    expect(found?.ties).toEqual([
      {
        subject: 's3://lake safe/outy',
        between: [
          { boundary: 'partner', zone: 'EXTERNAL', selector: 'name */outy' },
          { boundary: 'protected', zone: 'PROTECTED', selector: 'name safe/*' },
        ],
      },
    ])
    expect(found?.why).toBe(
      'The selector (name */outy) of the boundary partner matches it; as specific is (name safe/*) of protected, and the more exposed zone holds',
    )
  })

  it('within one boundary is none', () => {
    const one = boundary('one', 'PROTECTED', { name: 'safe/*' }, { name: '*/outy' })
    expect(placed(dataset([[lake, 'safe/outy']]), [one])?.ties).toEqual([])
  })

  it('below a more specific selector is none', () => {
    const specific = boundary('all', 'GENERAL', { name: 'safe/outy' })
    const found = placed(dataset([[lake, 'safe/outy']]), [...boundaries, specific])
    expect(found).toMatchObject({ zone: 'GENERAL', boundary: { name: 'all' }, ties: [] })
  })
})

describe('a dataset', () => {
  const boundaries = [
    boundary('hospital', 'PROTECTED', { account: safe }, { namespace: lake, name: 'safe/**' }),
    boundary('lab', 'EXTERNAL', { namespace: 's3://lab' }),
    boundary('office', 'GENERAL', { account: open }),
  ]

  it('that nothing places is general, and it is said why', () => {
    expect(placed(dataset([[lake, 'open']]), boundaries)).toEqual({
      boundary: undefined,
      zone: 'GENERAL',
      why: 'No selector of any boundary matches it, and what nothing places is general',
      ties: [],
    })
    expect(place(dataset([]), boundaries)).toBe('GENERAL -')
  })

  it('of several names lies in the most exposed of their boundaries', () => {
    const names: readonly Spelled[] = [
      [glue(safe), 'table/ehr/patients'],
      ['s3://lab', 'patients'],
      ['hive://meta:9083', 'ehr.patients'],
    ]
    const found = placed(dataset(names), boundaries)
    expect(found).toMatchObject({ zone: 'EXTERNAL', boundary: { name: 'lab' }, ties: [] })
    expect(found?.why).toBe(
      'The selector (namespace s3://lab) of the boundary lab matches its name s3://lab patients; by its name arn:aws:glue:us-east-1:111122223333 table/ehr/patients it lies in hospital (PROTECTED), which is less exposed',
    )
    expect(placed(dataset(names.toReversed()), boundaries)).toEqual(found)
  })

  it('keeps its boundary though another of its names is in none', () => {
    const names: readonly Spelled[] = [
      [lake, 'open/patients'],
      [glue(safe), 'table/ehr/patients'],
    ]
    expect(place(dataset(names), boundaries)).toBe('PROTECTED hospital')
  })

  test.each<[string, Spelled, readonly string[], Selector]>([
    ['the ARN of its namespace', [glue(safe), 'table/a/b'], [], { account: safe }],
    ['the same, its region', [glue(safe), 'table/a/b'], [], { region: 'us-east-1' }],
    ['a cluster of Redshift', ['redshift://dwh.us-east-1:5439', 'a.b.c'], [], { region: 'us-*' }],
    [
      'a workgroup of Redshift',
      [`redshift://wg.${safe}.us-east-1:5439`, 'a.b.c'],
      [],
      { account: safe, region: 'us-east-1' },
    ],
    [
      'a host of AWS',
      ['awsathena://athena.eu-west-1.amazonaws.com', 'a.b.c'],
      [],
      { region: 'eu-west-1' },
    ],
    [
      'an instance of RDS',
      ['postgres://ehr.c1x2.us-east-1.rds.amazonaws.com:5432', 'a.b.c'],
      [],
      { region: 'us-east-1' },
    ],
    ['a tag, for a bucket tells none', [lake, 'x'], [`aws-account:${safe}`], { account: safe }],
    ['a tag of its region', [lake, 'x'], ['Region:us-east-1'], { region: 'us-east-1' }],
    ['a tag of its VPC', [lake, 'x'], ['vpc-id:vpc-0a1b'], { vpc: 'vpc-0a1b' }],
    ['a tag, by key', [lake, 'x'], ['phi'], { tag: { key: 'phi' } }],
    ['a tag, by key whatever its value', [lake, 'x'], ['phi:yes'], { tag: { key: 'phi' } }],
    ['a tag, by value', [lake, 'x'], ['env:prod-2'], { tag: { key: 'env', value: 'prod*' } }],
    ['a tag that is true', [lake, 'x'], ['phi'], { tag: { key: 'phi', value: 'true' } }],
    ['a spelling of its namespace', [lake, 'x'], [], { namespace: 's3a://lake/' }],
    ['a spelling of its name', [lake, 'safe/x'], [], { namespace: 's3a://lake', name: '/safe/x/' }],
    ['a folder, which it is itself', [lake, 'safe'], [], { namespace: lake, name: 'safe/**' }],
    ['the whole bucket', [lake, '/'], [], { namespace: lake, name: '**' }],
    [
      'a namespace without its port',
      ['postgres://ehr', 'a.b.c'],
      [],
      { namespace: 'postgres://ehr' },
    ],
  ])('is placed by %s', (_how, name, tags, selector) => {
    expect(place(dataset([name], tags), [boundary('b', 'PROTECTED', selector)])).toBe('PROTECTED b')
  })

  test.each<[string, Spelled, readonly string[], Selector]>([
    ['a job', [lake, 'x'], [], { job: '**' }],
    ['a principal', [lake, 'x'], [], { principal: '**' }],
    ['one part of two', [lake, 'x'], [], { namespace: lake, name: 'y' }],
    ['a selector that asks for nothing', [lake, 'x'], [], {}],
    [
      'a tag against what its name tells',
      [glue(open), 'table/a/b'],
      [`account:${safe}`],
      { account: safe },
    ],
    ['an account, where nothing tells one', [lake, 'x'], [], { account: '**' }],
    ['a tag of another value', [lake, 'x'], ['env:test'], { tag: { key: 'env', value: 'prod' } }],
    ['a tag whose key begins alike', [lake, 'x'], ['environment:x'], { tag: { key: 'env' } }],
  ])('is not placed by %s', (_how, name, tags, selector) => {
    const found = place(dataset([name], tags), [boundary('b', 'PROTECTED', selector)])
    expect(found).toBe('GENERAL -')
  })
})

describe('a job', () => {
  test.each<[string, Spelled, Selector]>([
    ['its name', ['etl', 'nightly/load'], { job: 'nightly/*' }],
    ['its namespace', ['etl', 'nightly/load'], { namespace: 'etl' }],
    ['both', ['etl', 'load'], { namespace: 'e*', job: 'load' }],
    ['its account', [`arn:aws:elasticmapreduce:us-east-1:${safe}`, 'c/s'], { account: safe }],
    ['its region', ['redshift://dwh.us-east-1:5439', 'sql/dev/1'], { region: 'us-east-1' }],
  ])('is placed by %s', (_how, [namespace, name], selector) => {
    expect(place(job(namespace, name), [boundary('b', 'EXTERNAL', selector)])).toBe('EXTERNAL b')
  })

  test.each<[string, Selector]>([
    ['a dataset', { name: '**' }],
    ['a dataset of its namespace', { namespace: 'etl', name: '**' }],
    ['a principal', { principal: '**' }],
    ['another part of the name', { job: '*' }],
  ])('has no place by %s', (_how, selector) => {
    expect(place(job('etl', 'nightly/load'), [boundary('b', 'EXTERNAL', selector)])).toBeUndefined()
  })
})

describe('a principal', () => {
  const role = `arn:aws:iam::${safe}:role/etl/nightly`
  test.each<[string, string, Selector]>([
    ['its id', role, { principal: 'arn:aws:iam::*:role/etl/*' }],
    ['its account', role, { account: safe }],
    ['an account that is all one knows', `account:${safe}`, { account: safe }],
    ['both', role, { principal: '**/nightly', account: '1111*' }],
  ])('is placed by %s', (_how, id, selector) => {
    expect(place(principal(id), [boundary('b', 'GENERAL', selector)])).toBe('GENERAL b')
  })

  test.each<[string, Selector]>([
    ['a job', { job: '**' }],
    ['a dataset', { name: '**' }],
    ['a namespace', { namespace: '**' }],
    ['a tag', { tag: { key: '**' } }],
    ['a VPC', { vpc: '**' }],
    ['another account', { account: open }],
  ])('has no place by %s', (_how, selector) => {
    expect(place(principal(role), [boundary('b', 'GENERAL', selector)])).toBeUndefined()
  })
})

test('a hundred boundaries place a hundred thousand datasets in a few seconds of one core', () => {
  const boundaries = Array.from({ length: 100 }, (_, at) =>
    boundary(
      `b${at}`,
      'PROTECTED',
      { namespace: lake, name: `area-${at}/**` },
      { namespace: `postgres://host-${at}*` },
      { account: String(100_000_000_000 + at) },
    ),
  )
  const compiled = compileBoundaries(boundaries)
  const before = process.cpuUsage()
  let found = 0
  for (let at = 0; at < 100_000; at += 1) {
    const names = [{ namespace: lake, name: `area-${at % 200}/table-${at}` }]
    const { zone } = placementOf({ kind: 'dataset', names, tags: [] }, compiled)
    if (zone === 'PROTECTED') found += 1
  }
  expect(found).toBe(50_000)
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5)
})
