import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonicalName,
  canonicalNames,
  compareNames,
  datasetIdOf,
  kindByName,
  placeOf,
  placesOverlap,
} from '../../src/model/index.ts'

/** Texts made of what the rules look for, in any order, so that rules meet where nobody put them. */
const madeOf = (pieces: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...pieces), { maxLength }).map((parts) => parts.join(''))

const schemes = [
  's3', 's3a', 'gs', 'abfs', 'wasbs', 'dbfs', 'file', 'hdfs', 'nfs', 'postgresql', 'mysql', 'oracle',
  'oracle:thin', 'mssql', 'sqlserver', 'redshift', 'redshift:iam', 'snowflake', 'hive', 'trino',
  'awsathena', 'databricks', 'bigquery', 'kafka', 'kinesis', 'https', 'http', 'duckdb', 'foo', 'jdbc',
  'jdbc:postgresql', 'jdbc:jdbc:mysql', 'jdbc:aws-wrapper:mysql', 'jdbc:foo:bar', 'constructor',
] // prettier-ignore

const hosts = [
  'Host', 'h:1', 'h:0443', 'h:None', 'b,a:2', ',', 'localhost', '[::1]:5432', 'J-1', 'j-AB1', 'h\\I:1',
  'c.x.us-east-1.redshift.amazonaws.com', 'w.1.us-east-1.redshift-serverless.amazonaws.com:5439',
  'a.snowflakecomputing.com', 'lake.s3.amazonaws.com', 'w.azuresynapse.net', 'c:us-east-1', ' h ',
  '(HOST=a)(PORT=1)', 'AwsRegion=us-east-1', 'İ', '',
] // prettier-ignore

const tails = [
  '/',
  '//',
  '/DB',
  '/a/b',
  '?x=y',
  ';x=y',
  '#z',
  '@',
  ':',
  'é',
  '\ud800',
  ' ',
  '%20',
  '=',
]

const locator = fc
  .tuple(
    fc.constantFrom(...schemes),
    fc.constantFrom(':', ':/', '://', ':///', ':@', ':@//'),
    fc.constantFrom('', 'u@', 'u:p@', 'u:p@q@', 'u:p/q@'),
    fc.constantFrom(...hosts),
    madeOf(tails, 4),
  )
  .map((parts) => parts.join(''))

const arn = fc
  .tuple(
    fc.constantFrom('arn:aws', 'ARN:aws-cn', 'aws', 'arn'),
    fc.constantFrom('glue', 's3', 'iot', 'dynamodb', 'redshift', 'elasticfilesystem', 'x'),
    fc.constantFrom('us-east-1', 'cn-north-1', ''),
    fc.constantFrom('123456789012', '123456789012/', '', 'x/y'),
    fc.constantFrom('', ':', ':table/A/B', ':lake/x', ':lake', ':arn:aws:s3:::b/c'),
  )
  .map((parts) => parts.slice(0, -1).join(':') + (parts.at(-1) ?? ''))

const word = fc.constantFrom(
  '',
  'file',
  'dbfs',
  'hdfs',
  'bigquery',
  'default',
  'file.localhost',
  'u:p@s3://x',
)
const namespaces = fc.oneof(locator, arn, word, fc.string({ unit: 'binary' }))

const names = fc.oneof(
  { weight: 5, arbitrary: madeOf([
    '/', '/', '.', '%20', '%2F', '%25', '%3A', '%C3%A9', '%', 's3://', 's3a://b/', 'dbfs:/', 'dbfs%3A/',
    'file:', 'file:///', 'hdfs:/', 'https://h/', 'arn:aws:s3:::', 'arn:aws:glue:r:a:', 'table/', 'topic/',
    'database/', 'file-system/', 'stream/', '{', '}', ',', '{a,b}', 'dt=1', '2026', '03', '01', '2026-03-01',
    '202603', 'part-00000', '_SUCCESS', '_temporary', '.crc', '"', '`', '[', ']', '*', '**', '?', '!', '$',
    '+', '#', 'a', 'B', 'é', 'ß', 'İ', '\ud83d', '\ude00', ' ', '-', '@', ':', '\\', '\n', '\0',
  ], 12) }, // prettier-ignore
  { weight: 1, arbitrary: locator },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
)

describe('canonical names, of any strings at all', () => {
  test('stand for themselves', () => {
    fc.assert(
      fc.property(namespaces, names, (namespace, name) => {
        for (const canonical of canonicalNames(namespace, name)) {
          const again = canonicalNames(canonical.name.namespace, canonical.name.name)
          expect(again).toEqual([{ ...canonical, partition: undefined }])
        }
      }),
      { numRuns: 5_000, seed: 1 },
    )
  })

  test('are at least one and at most 64, and none twice', () => {
    fc.assert(
      fc.property(namespaces, names, (namespace, name) => {
        const ids = canonicalNames(namespace, name).map((canonical) => datasetIdOf(canonical.name))
        expect(ids.length).toBeGreaterThanOrEqual(1)
        expect(ids.length).toBeLessThanOrEqual(64)
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })

  test('have a place that meets itself, and a kind', () => {
    fc.assert(
      fc.property(namespaces, names, (namespace, name) => {
        const canonical = canonicalName(namespace, name)
        expect(placesOverlap(placeOf(canonical), placeOf(canonical))).toBe(true)
        expect(kindByName(canonical)).toMatch(/^[A-Z_]+$/)
      }),
    )
  })

  test('never have a password in their namespace', () => {
    const password = madeOf(['/', '@', ':', '?', '#', '%', 'x', '{', '.', '1'], 5)
    fc.assert(
      fc.property(fc.constantFrom(...schemes), password, (scheme, noise) => {
        const { namespace } = canonicalName(
          `${scheme}://user:${noise}hunter2${noise}@host:1/db`,
          'a.b.c',
        )
        expect(namespace).not.toContain('hunter2')
      }),
      { numRuns: 1_000, seed: 1 },
    )
  })

  test('are told apart by their ids, and ordered like them being equal', () => {
    fc.assert(
      fc.property(namespaces, names, namespaces, names, (n1, a, n2, b) => {
        const [one, other] = [canonicalName(n1, a), canonicalName(n2, b)]
        expect(datasetIdOf(one) === datasetIdOf(other)).toBe(compareNames(one, other) === 0)
      }),
    )
  })
})

describe('hostile names of 100,000 characters', () => {
  const long = (piece: string) => piece.repeat(100_000 / piece.length)

  test.each([
    'a', '/', '//a', '.', '%20', '%', '{', '}', '{,', '{a,', '{a,b}', ',', '*', '[', '[a', '"', '"a".', '`',
    'dt=1/', '2026/', '20260301/', 'part-0/', '=', 's3://', 'dbfs:/', 'file:/', 'arn:aws:s3:::', ':', '@', '?',
    '\u202e', '\ud83d', '\0', ' ', '-', '_', 'jdbc:', 'a:', '(HOST=', '😀', 'https://h/', 'arn:aws:glue:r:a:', '&', ';', '#', '(', '[!', 'a]', '\\',
  ])('of %j have a name, and end', (piece) => {
    for (const namespace of ['s3://lake', 'file', 'hdfs://nn', 'postgres://h', 'bigquery', 'default']) {
      const canonical = canonicalName(namespace, long(piece))
      expect(canonicalName(canonical.namespace, canonical.name)).toEqual(canonical)
      expect(placesOverlap(placeOf(canonical), placeOf(canonical))).toBe(true)
    }
    const canonical = canonicalName(long(piece), 'x')
    expect(canonicalName(canonical.namespace, canonical.name)).toEqual(canonical)
    expect(canonicalName(`jdbc:oracle:thin:${long(piece)}`, 'x').name).toMatch(/x$/)
  }) // prettier-ignore
})
