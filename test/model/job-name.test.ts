import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJobName, jobIdOf, runIdOf } from '../../src/model/index.ts'

const hex64 = '0123456789abcdef'.repeat(4)
const uuid = '01907a2c-9c5e-7c3a-8b1f-0242ac120002'
const nameOf = (name: string) => canonicalJobName('etl', name).name

describe('a job keeps its name', () => {
  test.each([
    'nightly',
    'shakespeare_on_spark.adaptive_spark_plan',
    'dag.task',
    'model.jaffle_shop.customers.sql.1',
    'test.jaffle_shop.unique_customers_customer_id.c5af1ff4b1',
    'random-gcp-project.dbt_test1.test_model.build.run',
    'load_2026', // a year is what it is about
    'load_202613', // no month, and six digits are a code
    'icd_100200',
    'debezium.0',
    'q1-2026',
    'v2.1',
    `load_${uuid.replaceAll('-', '')}`, // may be a hash of what it does
    'port_8080',
    'patients_20261301', // no day
    'app_1234567890123', // milliseconds of 2009: before any of this
    '20260301', // nothing else is left of it
    uuid,
    '1729097570970',
    '',
    '.',
    '__proto__',
    'nativespark_orders',
    `jr_${hex64}`,
  ])('%s', (name) => {
    expect(nameOf(name)).toBe(name)
  })
})

describe('what changes with every run is folded', () => {
  test.each([
    ['the run of a Glue job', `nativespark_load_orders_jr_${hex64}`, 'load_orders'],
    ['with the dashes of its application', `nativespark-load-orders-jr_${hex64}`, 'load-orders'],
    ['and a second try', `nativespark_load_jr_${hex64}_attempt_1`, 'load'],
    [
      'in front of an action',
      `nativespark_load_jr_${hex64}.execute_insert.s3_out`,
      'load.execute_insert.s3_out',
    ],
    ['a run of Glue alone', `load_jr_${hex64}`, 'load'],
    [
      'milliseconds',
      'app.adaptive_spark_plan.outputs_1729097570970',
      'app.adaptive_spark_plan.outputs',
    ],
    ['seconds', 'app-1729097570', 'app'],
    ['microseconds', 'app_1729097570970123', 'app'],
    ['behind each dot', 'app_1729097570970.insert.out_20260301', 'app.insert.out'],
    ['alone behind the last dot', 'app.1729097570970', 'app'],
    ['a day', 'load_2026-03-01', 'load'],
    ['a day as Spark spells it', 'load_2026_03_01', 'load'],
    ['a day without marks', 'load-20260301', 'load'],
    ['a time', 'load 2026-03-01T01:02:03.123Z', 'load'],
    ['a time with its zone', 'scheduled__2026-03-01T00:00:00+00:00', 'scheduled'],
    ['a time without marks', 'load_20260301T010203Z', 'load'],
    ['a time of digits', 'load_20260301010203', 'load'],
    ['a day and a time', 'load_20260301_010203', 'load'],
    ['as Spark spells it', 'load_2026_03_01_01_02_03', 'load'],
    ['a UUID', `load-${uuid}`, 'load'],
    ['a UUID as Spark spells it', `load_${uuid.replaceAll('-', '_')}`, 'load'],
    ['one after the other', `load_2026-03-01_${uuid}`, 'load'],
    ['a query of Trino', '20260301_010203_00042_ab3de', 'query'],
    ['behind a word', 'trino-20260301_010203_00042_ab3de', 'trino'],
    ['an application of YARN', 'application_1729097570970_0001', 'application'],
    ['a local one', 'local-1729097570970', 'local'],
  ])('%s', (_what, name, folded) => {
    expect(nameOf(name)).toBe(folded)
    expect(nameOf(folded)).toBe(folded)
  })
})

describe('a job\u2019s namespace', () => {
  test.each([
    ['is as it was sent', 'http://localhost:18081', 'http://localhost:18081'],
    ['also when it is a word', 'Team A/prod', 'Team A/prod'],
    ['but for a user and a password', 'http://u:p@airflow:8080', 'http://airflow:8080'],
    ['with any character in it', 'http://u:p@/#w@airflow:8080', 'http://airflow:8080'],
  ])('%s', (_what, namespace, expected) => {
    expect(canonicalJobName(namespace, 'j')).toEqual({ namespace: expected, name: 'j' })
  })
})

describe('canonical job names, of any strings at all', () => {
  const pieces = [
    'nativespark',
    '_',
    '-',
    '.',
    ' ',
    'jr_',
    hex64,
    uuid,
    '20260301',
    '2026',
    '03',
    '01',
    'T',
    '1729097570970',
    '010203',
    '00042',
    'ab3de',
    'load',
    'attempt_1',
    'Z',
    '+00:00',
    '\ud800',
    '@',
    ':',
    '//',
  ]
  const text = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  )

  test('stand for themselves, and leave something of a name', () => {
    fc.assert(
      fc.property(text, text, (namespace, name) => {
        const canonical = canonicalJobName(namespace, name)
        expect(canonicalJobName(canonical.namespace, canonical.name)).toEqual(canonical)
        expect(canonical.name === '').toBe(name === '')
      }),
      { numRuns: 3_000, seed: 1 },
    )
  })

  test.each([
    '_',
    '.',
    '-',
    '1',
    '_1',
    '_20260301',
    '.1729097570970',
    `_jr_${hex64}`,
    'nativespark_',
    '2026-03-01T',
    '_a-',
    '@',
    ':@',
  ])('are found in a name of 100,000 characters of %j', (piece) => {
    const long = piece.repeat(100_000 / piece.length)
    const canonical = canonicalJobName(long, long)
    expect(canonicalJobName(canonical.namespace, canonical.name)).toEqual(canonical)
  })
})

describe('ids', () => {
  test('of a job follow its namespace and name', () => {
    const ids = [
      jobIdOf({ namespace: 'etl', name: 'j' }),
      jobIdOf({ namespace: 'etl', name: 'J' }),
      jobIdOf({ namespace: 'etlj', name: '' }),
    ]
    expect(new Set(ids).size).toBe(3)
    expect(jobIdOf({ namespace: 'etl', name: 'j' })).toBe(ids[0])
  })

  test('of a run follow the id that its events carry, whatever its form', () => {
    expect(runIdOf(uuid)).toMatch(/^run_[\w-]{22}$/)
    expect(runIdOf('run_id')).not.toBe(runIdOf('RUN_ID'))
  })
})
