import type { DatasetKind } from '../../src/model/index.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonicalName,
  isLocation,
  kindByName,
  placeOf,
  placesOverlap,
  segmentIsPattern,
} from '../../src/model/index.ts'

const aws = (service: string) => `arn:aws:${service}:us-east-1:123456789012`
const lake = 's3://lake'
const iot = aws('iot')

describe('the kind of a name', () => {
  test.each<[DatasetKind, string, string]>([
    ['PREFIX', lake, 'raw/patients'],
    ['PREFIX', 'hdfs://nn:9820', '/user/x'],
    ['PREFIX', 'file', '/tmp/x'],
    ['PREFIX', 'smb://filer', '/share/x'],
    ['PREFIX', aws('elasticfilesystem'), 'file-system/fs-1/x'],
    ['TABLE', 's3://lake/warehouse', 'db.t'],
    ['TABLE', 'file:/tmp/warehouse', 'db.t'],
    ['TABLE', aws('glue'), 'table/db/t'],
    ['DATABASE', aws('glue'), 'database/db'],
    ['TABLE', 'awsathena://athena.us-east-1.amazonaws.com', 'awsdatacatalog.db.t'],
    ['TABLE', 'hive://meta:9083', 'db.t'],
    ['TABLE', 'hbase://j-2AX7', 'ns:t'],
    ['TABLE', 'redshift://dwh.us-east-1:5439', 'dev.mart.t'],
    ['TABLE', 'postgres://ehr:5432', 'ehr.public.t'],
    ['TABLE', 'mssql://h:1433', 'db.dbo.t'],
    ['TABLE', 'sqlserver://w.azuresynapse.net:1433', 'dbo.t'],
    ['TABLE', 'bigquery', 'p.d.t'],
    ['TABLE', 'duckdb:///x.duckdb', 'main.t'],
    ['DATABASE', aws('rds'), 'db:ehr'],
    ['DATABASE', aws('rds'), 'cluster:ehr'],
    ['SNAPSHOT', aws('rds'), 'snapshot:ehr-1'],
    ['SNAPSHOT', aws('rds'), 'cluster-snapshot:ehr-1'],
    ['STREAM', aws('kinesis'), 'stream/vitals'],
    ['STREAM', 'kinesis://kinesis.us-east-1.amazonaws.com', 'vitals'],
    ['STREAM', aws('firehose'), 'deliverystream/vitals'],
    ['TOPIC', iot, 'topic/ward/+/vitals'],
    ['DATASET', iot, 'thing/pump7/shadow'],
    ['DATASET', aws('iotanalytics'), 'channel/vitals'],
    ['TABLE', aws('dynamodb'), 'table/obs'],
    ['QUEUE', aws('sqs'), 'work'],
    ['TOPIC', aws('sns'), 'alerts'],
    ['TOPIC', 'kafka://h:9092', 'orders'],
    ['TOPIC', aws('kafka'), 'topic/c/uuid/orders'],
    ['DATASET', aws('es'), 'domain/d/index'],
    ['DATABASE', aws('timestream'), 'database/db'],
    ['TABLE', aws('timestream'), 'database/db/table/t'],
    ['DATASET', aws('logs'), 'log-group:/aws/x'],
    ['DEVICE', aws('snowball'), 'job/JID1/device'],
    ['MODEL', aws('sagemaker'), 'model/risk'],
    ['MODEL', aws('sagemaker'), 'model-package/risk/1'],
    ['TABLE', aws('sagemaker'), 'feature-group/obs'],
    ['ENDPOINT', aws('sagemaker'), 'endpoint/risk'],
    ['DASHBOARD', aws('quicksight'), 'dashboard/1'],
    ['DATASET', aws('quicksight'), 'dataset/1'],
    ['TABLE', aws('s3tables'), 'bucket/b/ns/t'],
    ['DATASET', aws('s3tables'), 'bucket/b'],
    ['ENDPOINT', 'https://api.example.com', 'v1/patients'],
    ['ENDPOINT', 'https://api.example.com', '/'],
    ['DATASET', 'http://iceberg:8181', 'db.t'],
    ['DATASET', 'food_delivery', 'public.orders'],
    ['DATASET', 'inmemory://', 'x'],
  ])('%s: %s %s', (kind, namespace, name) => {
    expect(kindByName({ namespace, name })).toBe(kind)
  })
})

describe('a location', () => {
  test.each([
    [lake, 'raw'],
    [lake, '/'],
    ['gs://lake', 'raw'],
    ['abfss://raw@a.dfs.core.windows.net', 'x'],
    ['wasbs://raw@a.blob.core.windows.net', 'x'],
    ['dbfs', 'user/x'],
    ['hdfs://nn:9820', '/x'],
    ['hdfs', '/x'],
    ['file', '/x'],
    ['file://h7', '/x'],
    ['nfs://filer', '/x'],
    ['sftp://partner', '/x'],
    [aws('elasticfilesystem'), 'file-system/fs-1'],
  ])('is a path: %s %s', (namespace, name) => {
    expect(isLocation({ namespace, name })).toBe(true)
  })

  test.each([
    ['s3://lake/warehouse', 'db.t'],
    ['file:/tmp/warehouse', 'db.t'],
    [aws('glue'), 'table/db/t'],
    ['hive://meta:9083', 'db.t'],
    ['kafka://h:9092', 't'],
    ['https://api.example.com', 'v1'],
    ['default', '/tmp/x'],
    ['', ''],
  ])('is nothing else: %s %s', (namespace, name) => {
    expect(isLocation({ namespace, name })).toBe(false)
  })
})

describe('a place', () => {
  test.each<[string, string, readonly string[]]>([
    [lake, 'raw/patients', ['raw', 'patients']],
    [lake, '/', []],
    ['file', '/tmp/x', ['tmp', 'x']],
    ['file', '/', []],
    [aws('glue'), 'database/db', ['db']],
    [aws('glue'), 'table/db/t', ['db', 't']],
    [aws('timestream'), 'database/db/table/t', ['db', 't']],
    [aws('elasticfilesystem'), 'file-system/fs-1/a/b', ['fs-1', 'a', 'b']],
    ['s3://lake/warehouse', 'db.t', ['db.t']],
    ['kafka://h:9092', 'a.b/c', ['a.b/c']],
    ['postgres://ehr:5432', 'ehr.public.t', ['ehr.public.t']],
    [aws('kinesis'), 'stream/vitals', ['stream/vitals']],
  ])('%s %s', (namespace, name, segments) => {
    expect(placeOf({ namespace, name })).toEqual({ space: namespace, segments })
  })
})

describe('two names', () => {
  const overlap = (one: readonly [string, string], other: readonly [string, string]) => {
    const [a, b] = [one, other].map(([namespace, name]) => placeOf(canonicalName(namespace, name)))
    if (a === undefined || b === undefined) throw new Error('both have a place')
    expect(placesOverlap(b, a)).toBe(placesOverlap(a, b))
    return placesOverlap(a, b)
  }

  test.each<[string, string, readonly string[], readonly string[]]>([
    [
      'a prefix and what lies under it',
      lake,
      ['raw', 'raw/x', 'raw/x/y', '/'],
      ['rawer', 'x/raw', 'Raw'],
    ],
    ['a sibling', lake, ['raw/x'], ['raw/y', 'raw/x2']],
    ['the whole bucket', lake, ['/'], []],
    ['a glob', lake, ['raw/*'], []],
    ['a star in a folder', lake, ['raw/a*', 'raw/abc', 'raw/abc/x', 'raw', '/'], ['raw/b', 'x']],
    ['a star between folders', lake, ['a/*/c', 'a/b', 'a/b/c', 'a/b/c/d'], ['a/b/d', 'b']],
    ['a question mark', lake, ['raw/a?', 'raw/ab', 'raw/a\u{1f600}'], ['raw/a', 'raw/abc']],
    ['a class', lake, ['raw/[a-c]x', 'raw/bx'], ['raw/dx', 'raw/[a-c]']],
    ['a negated class', lake, ['raw/[!a-c]', 'raw/d', 'raw/*'], ['raw/b', 'raw/[ab]']],
    ['a class with a bracket', lake, ['raw/[]a]', 'raw/a'], ['raw/b']],
    ['a bracket that does not close', lake, ['x]y[z', 'x*'], ['y*', '*y']],
    ['any number of folders', lake, ['a/**/z', 'a', 'a/z', 'a/b/c/z', 'a/b'], ['b']],
    ['two globs with a name in common', lake, ['*.csv', 'a*', 'ab.csv'], ['*.json']],
    [
      'a table of a Glue database',
      aws('glue'),
      ['table/db/t', 'database/db'],
      ['table/db/u', 'database/d'],
    ],
    [
      'a filter',
      iot,
      ['topic/ward/+/vitals', 'topic/ward/7/vitals', 'topic/#', 'topic/ward/#'],
      ['topic/ward/7', 'topic/ward/7/vitals/x', 'topic/ward/7/8/vitals'],
    ],
    ['a topic contains no other', iot, ['topic/ward'], ['topic/ward/7', 'topic/ward/', 'topic/']],
    [
      'a hash is also the level above',
      iot,
      ['topic/ward/#', 'topic/ward', 'topic/ward/7/8'],
      ['topic/wards'],
    ],
    ['two filters', iot, ['topic/+/a', 'topic/b/+', 'topic/#'], ['topic/+/c', 'topic/+/+/a']],
    [
      'the topics of the server',
      iot,
      ['topic/$aws/rules/x', 'topic/$aws/#', 'topic/$aws/+/x'],
      ['topic/#', 'topic/+/rules/x'],
    ],
    [
      'a thing is no topic',
      iot,
      ['thing/x/shadow'],
      ['topic/#', 'topic/+', 'topic/thing/x/shadow'],
    ],
    [
      'a star among tables',
      'bigquery',
      ['p.d.events_*', 'p.d.events_2026'],
      ['p.d.event', 'p.d.users_*'],
    ],
    ['no class among tables', 'mssql://h:1433', ['d.s.t?', 'd.s.t?'], ['d.s.tx']],
    [
      'a pattern of Kafka topics',
      'kafka://h:9092',
      ['orders.*', 'orders_eu', 'orders.eu'],
      ['order'],
    ],
    ['a database among tables of a server', 'postgres://h:5432', ['d.s.t'], ['d', 'd.s']],
    ['a segment that is another with more behind', lake, ['a'], ['a.b']],
  ])('%s', (_what, namespace, [first = '', ...meeting], apart) => {
    const self: readonly [string, string] = [namespace, first]
    expect([first, ...meeting].filter((name) => !overlap(self, [namespace, name]))).toEqual([])
    expect(apart.filter((name) => overlap(self, [namespace, name]))).toEqual([])
  })

  test('of two namespaces never meet', () => {
    expect(overlap(['s3://lake', 'x'], ['s3://other', 'x'])).toBe(false)
    expect(overlap(['s3://lake', '/'], ['s3://lake/warehouse', 'x'])).toBe(false)
  })

  test('with too many braces to be names may meet all that lies in their folder', () => {
    const list = `raw/x{${Array.from({ length: 65 }, (_item, index) => `a/${index}`).join(',')}}/z`
    expect(overlap([lake, list], [lake, 'raw/xa/3/z'])).toBe(true)
    expect(overlap([lake, list], [lake, 'other'])).toBe(false)
  })

  test('that are plain meet when they are equal, or one lies above the other', () => {
    const folder = fc.constantFrom('a', 'b', 'ab', 'a.b', 'a]b')
    const path = fc.array(folder, { maxLength: 4 }).map((parts) => parts.join('/') || '/')
    const contains = (one: string, other: string) =>
      one === '/' || one === other || other.startsWith(`${one}/`)
    fc.assert(
      fc.property(path, path, (a, b) => {
        expect(overlap([lake, a], [lake, b])).toBe(contains(a, b) || contains(b, a))
      }),
    )
  })

  test('meet as globs exactly when some text matches both', () => {
    const alphabet = ['a', 'b', 'c']
    const texts = [0, 1, 2, 3, 4].flatMap((length) =>
      Array.from({ length }).reduce<string[]>(
        (all) => all.flatMap((text) => alphabet.map((letter) => text + letter)),
        [''],
      ),
    )
    const piece = fc.constantFrom('a', 'b', '*', '?', '[ab]', '[!a]', '[a-c]', '[^a-c]')
    const glob = fc.array(piece, { minLength: 1, maxLength: 4 })
    const matches = (parts: readonly string[], text: string) =>
      new RegExp(
        `^${parts.map((part) => part.replace('*', '.*').replace('?', '.').replace('[!', '[^')).join('')}$`,
      ).test(text)
    fc.assert(
      fc.property(glob, glob, (a, b) => {
        const some = texts.some((text) => matches(a, text) && matches(b, text))
        const found = overlap([lake, `x/${a.join('')}`], [lake, `x/${b.join('')}`])
        // Texts of other letters than these three match negated classes too.
        const others =
          `${a.join('')}${b.join('')}`.includes('[!') || `${a.join('')}${b.join('')}`.includes('[^')
        expect(found || !some).toBe(true)
        if (!others) expect(found).toBe(some)
      }),
      { numRuns: 2_000, seed: 1 },
    )
  })
})

describe('a segment is a pattern', () => {
  test.each<[string, string, boolean]>([
    [lake, 'a*', true],
    [lake, '**', true],
    [lake, 'a?', true],
    [lake, '[ab]', true],
    [lake, '[', false],
    [lake, '[]', false],
    [lake, '+', false],
    [`${iot}/topic`, '+', true],
    [`${iot}/topic`, '#', true],
    [`${iot}/topic`, 'a+', false],
    [`${iot}/topic`, '*', false],
    ['bigquery', 'p.d.events_*', true],
    ['mssql://h:1433', '[dbo].[t?]', false],
  ])('in %s, %s: %s', (space, segment, expected) => {
    expect(segmentIsPattern(segment, space)).toBe(expected)
  })

  test('when the place of a filter says so', () => {
    const { space, segments } = placeOf({ namespace: iot, name: 'topic/ward/+/#' })
    expect(segments.filter((segment) => segmentIsPattern(segment, space))).toEqual(['+', '#'])
  })
})
