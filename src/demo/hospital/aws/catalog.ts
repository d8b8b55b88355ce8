import type { JsonObject } from '../event.ts'
import type { Day, Micros } from '../time.ts'
import type { Told } from './told.ts'
import { calendar, isScoringDay, isWorkday } from '../calendar.ts'
import { tables } from '../tables.ts'
import { secondsAfter, secondTime, spanOn } from '../time.ts'
import { account, arnOf, region, serviceSession, sessionOf } from './account.ts'
import { catalog, tableInput } from './catalog-tables.ts'
import { enveloped, recordOf } from './record.ts'

/** The catalog over the files: set up once, told of each night's partition, crawled once a week. */
export function catalogDay(day: Day): readonly Told[] {
  return [
    ...(day.index === calendar.bedsideBuilt ? setUp(day) : []),
    ...(day.index === calendar.ruleReplaced ? widen(day) : []),
    ...(isWorkday(day) ? newPartition(day) : []),
    ...(isScoringDay(day) ? crawl(day) : []),
  ]
}

const steward = (day: Day) =>
  sessionOf('larkmere-catalog-admin', {
    session: 'catalog-console',
    since: spanOn(day, 'catalog', 505, 1).at,
  })

function setUp(day: Day): readonly Told[] {
  const { at } = spanOn(day, 'catalog', 510, 1)
  const databases = [...new Set(catalog.map(({ database }) => database))]
  return [
    ...databases.flatMap((name, index) =>
      called(day, secondsAfter(at, 7 * index), 'glue:CreateDatabase', {
        databaseInput: { name, description: `Tables of ${name.replaceAll('_', ' ')}` },
      }),
    ),
    ...databases.map((name, index): Told => {
      const told = secondsAfter(at, 7 * index + 1)
      const detail = { databaseName: name, typeOfChange: 'CreateDatabase', changedTables: [] }
      return { way: 'event', at: told, event: databaseChange(told, detail) }
    }),
    ...catalog.flatMap((table, index) => {
      const made = secondsAfter(at, 60 + 20 * index)
      const told = secondsAfter(made, 1)
      const detail = {
        databaseName: table.database,
        typeOfChange: 'CreateTable',
        changedTables: [table.name],
      }
      return [
        ...called(day, made, 'glue:CreateTable', tableInput(table, table.files.fields)),
        { way: 'event', at: told, event: databaseChange(told, detail) } as const,
      ]
    }),
    ...called(day, secondsAfter(at, 240), 'glue:CreateCrawler', {
      name: 'landing-billing',
      role: 'larkmere-glue',
      databaseName: 'ehr_landing',
      targets: { s3Targets: [{ path: `s3://larkmere-raw/${tables.landedAccounts.name}/` }] },
    }),
  ]
}

function widen(day: Day): readonly Told[] {
  const { at } = spanOn(day, 'widen', 512, 1)
  const bedside = catalog.find(({ name }) => name === 'bedside')
  if (bedside === undefined) return []
  const fields = [...bedside.files.fields, { name: 'respiratory_rate', type: 'int' }]
  const told = secondsAfter(at, 1)
  return [
    ...called(day, at, 'glue:UpdateTable', tableInput(bedside, fields)),
    tableChange(told, { ...bedside, change: 'UpdateTable', partitions: [] }),
  ]
}

function newPartition(day: Day): readonly Told[] {
  const { at } = spanOn(day, 'partition', 42, 1)
  const { landedPatients: files } = tables
  const of = { database: 'ehr_landing', name: 'patients' }
  const record = recordOf({
    at,
    call: 'glue:BatchCreatePartition',
    by: serviceSession('larkmere-emr-ec2', 'i-0c5d1e7a90b2f3846', at),
    request: {
      databaseName: of.database,
      tableName: of.name,
      partitionInputList: [
        {
          values: [day.date],
          storageDescriptor: {
            location: `${files.namespace}/${files.name}/load_date=${day.date}/`,
          },
        },
      ],
    },
  })
  return [
    { way: 'trail', at, record },
    tableChange(secondsAfter(at, 2), {
      ...of,
      change: 'BatchCreatePartition',
      partitions: [day.date],
    }),
  ]
}

function crawl(day: Day): readonly Told[] {
  const { at, until } = spanOn(day, 'crawl', 530, 3)
  const by = serviceSession('larkmere-glue', 'AWS-Crawler', at)
  const state = (time: Micros, detail: JsonObject): Told => ({
    way: 'queue',
    at: time,
    event: enveloped(time, 'aws.glue', 'Glue Crawler State Change', {
      accountId: account,
      crawlerName: 'landing-billing',
      ...detail,
    }),
  })
  const record = recordOf({
    at,
    call: 'glue:StartCrawler',
    by,
    request: { name: 'landing-billing' },
  })
  return [
    { way: 'trail', at, record },
    state(secondsAfter(at, 2), {
      startTime: secondTime(at),
      state: 'Started',
      message: 'Crawler Started',
    }),
    state(until, {
      completionDate: secondTime(until),
      state: 'Succeeded',
      message: 'Crawler Succeeded',
      tablesCreated: '0',
      tablesUpdated: '1',
      tablesDeleted: '0',
      partitionsCreated: '5',
      partitionsUpdated: '0',
      partitionsDeleted: '0',
      'runningTime (sec)': '184',
      warningMessage: 'N/A',
      cloudWatchLogLink: `https://console.aws.amazon.com/cloudwatch/home?region=${region}#logEventViewer:group=/aws-glue/crawlers;stream=landing-billing`,
    }),
  ]
}

function called(
  day: Day,
  at: Micros,
  call: `${string}:${string}`,
  request: JsonObject,
): readonly Told[] {
  return [{ way: 'bus', at, record: recordOf({ at, call, by: steward(day), request }) }]
}

function databaseChange(at: Micros, detail: JsonObject): JsonObject {
  const resources = [arnOf('glue', `database/${String(detail['databaseName'])}`)]
  return enveloped(at, 'aws.glue', 'Glue Data Catalog Database State Change', detail, resources)
}

function tableChange(
  at: Micros,
  of: Readonly<{ database: string; name: string; change: string; partitions: readonly string[] }>,
): Told {
  const detail: JsonObject = {
    databaseName: of.database,
    changedPartitions: of.partitions,
    typeOfChange: of.change,
    tableName: of.name,
  }
  const resources = [arnOf('glue', `table/${of.database}/${of.name}`)]
  const type = 'Glue Data Catalog Table State Change'
  return { way: 'event', at, event: enveloped(at, 'aws.glue', type, detail, resources) }
}
