import type { Requests } from './hospital-entries.ts'
import type { Json, JsonObject } from '../../src/model/index.ts'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hospital, hospitalRequests } from '../../src/demo/index.ts'
import { isJsonObject, parseJson } from '../../src/model/index.ts'
import { handedIn } from './hospital-entries.ts'

/** The object at a path, or an empty one. */
function at(value: unknown, ...path: readonly string[]): JsonObject {
  const found = path.reduce<unknown>(
    (owner, key) => (isJsonObject(owner) ? owner[key] : undefined),
    value,
  )
  return isJsonObject(found) ? found : {}
}
const listIn = (owner: JsonObject, key: string): readonly Json[] => {
  const found = owner[key]
  return Array.isArray(found) ? (found as readonly Json[]) : []
}
const textIn = (owner: JsonObject, key: string): string => String(owner[key] ?? '')

const awsOf = (requests: Requests) =>
  requests.filter(({ path }) => path.startsWith('/api/v1/events'))
const requests = hospitalRequests()
const aws = awsOf(requests)
const lineage = hospitalRequests({ only: 'openlineage' })
const bodies = aws.filter(({ type }) => type === 'application/json').map(({ body }) => parse(body))
const logs = aws.filter(({ type }) => type === 'text/plain')

function parse(text: string): JsonObject {
  return at(parseJson(text))
}

const files = bodies.flatMap((body) => ('Records' in body ? [listIn(body, 'Records')] : []))
const queues = bodies.flatMap((body) => ('Messages' in body ? [listIn(body, 'Messages')] : []))
const pushed = bodies.filter((body) => 'detail-type' in body)
const unpacked = queues
  .flat()
  .map((message) => parse(textIn(parse(textIn(at(message), 'Body')), 'Message')))
const own = [...pushed, ...unpacked].filter(
  (event) => event['detail-type'] !== 'AWS API Call via CloudTrail',
)
const records = [
  ...new Map(
    [...files.flat(), ...pushed.map((event) => at(event, 'detail'))]
      .map((record) => at(record))
      .filter((record) => 'eventID' in record)
      .map((record) => [textIn(record, 'eventID'), record]),
  ).values(),
]
const callsOf = (name: string) => records.filter((record) => record['eventName'] === name)
const statements = logs.flatMap(({ body }) => body.trimEnd().split(/\n(?=')/))

describe('what AWS tells of the hospital', () => {
  it('is the same text each time, in order, around what comes as OpenLineage', () => {
    expect(hospitalRequests()).toEqual(requests)
    expect(requests.filter(({ path }) => path === '/api/v1/lineage')).toEqual(lineage)
    const times = requests.map(({ postedAt }) => postedAt)
    expect(times).toEqual(times.toSorted((one, other) => (one < other ? -1 : Number(one > other))))
  })

  it('comes in by every way: files, envelopes, own events, a queue behind a topic, logs', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(pushed.filter((event) => 'eventID' in at(event, 'detail')).length).toBeGreaterThan(60)
    expect(pushed.length - 60).toBeGreaterThan(20)
    expect(queues.length).toBeGreaterThan(15)
    expect(logs.length).toBeGreaterThanOrEqual(15)
    for (const batch of queues) expect(batch.length).toBeLessThanOrEqual(10)
    const contexts = new Set(
      aws.map(({ path }) => [...new URL(path, 'http://x').searchParams.keys()].join()),
    )
    const log = 'context.account,context.region,context.cluster'
    expect(contexts).toEqual(new Set(['', 'context.object', log]))
  })

  it('is some hundreds of events of all systems', () => {
    expect(records.length + own.length + statements.length).toBeGreaterThan(450)
    expect(records.length + own.length + statements.length).toBeLessThan(700)
    const services = new Set(records.map((record) => textIn(record, 'eventSource').split('.')[0]))
    for (const service of ['elasticmapreduce', 'firehose', 'glue', 'iot', 'kinesis', 's3', 'sts']) {
      expect(services).toContain(service)
    }
  })

  it('lies within the period, and other days stay as they are', () => {
    const timesOf = (of: Requests) =>
      of.flatMap(({ body }) =>
        [...body.matchAll(/(?:eventTime\\?"|[{,]\\*"time\\*"):\\*"([^"\\]+)|^'(\S+) UTC/gm)].map(
          ([, time, logged]) => time ?? logged ?? '',
        ),
      )
    const times = timesOf(aws)
    expect(times.length).toBeGreaterThan(500)
    for (const time of times) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      expect(time >= '2026-02-02T00' && time < '2026-02-23T00').toBe(true)
    }
    const days = timesOf(awsOf(hospitalRequests({ days: 2, start: '2027-12-31' })))
    expect(new Set(days.map((time) => time.slice(0, 10)))).toEqual(
      new Set(['2027-12-31', '2028-01-01']),
    )
    const week = awsOf(hospitalRequests({ days: 7 })).map(({ body }) => body)
    const whole = new Set(aws.map(({ body }) => body))
    expect(week.filter((body) => !whole.has(body))).toEqual([])
    expect(week.length).toBeLessThan(aws.length)
  })

  it('has records with what every record has, and each call once', () => {
    const keys = 'eventVersion userIdentity eventTime eventSource eventName awsRegion eventID'
    for (const record of records) {
      for (const key of keys.split(' ')) expect(record).toHaveProperty(key)
      expect(record['recipientAccountId']).toBe('111122223333')
      expect(record['eventType']).toBe('AwsApiCall')
    }
    const calls = records.map((record) =>
      [textIn(record, 'eventName'), textIn(record, 'eventTime'), JSON.stringify(record)].join(),
    )
    expect(new Set(calls).size).toBe(calls.length)
  })

  it('tells many calls twice: pushed at once, and in the file that comes later', () => {
    const inFiles = new Set(files.flat().map((record) => textIn(at(record), 'eventID')))
    const pushedCalls = pushed.map((event) => at(event, 'detail')).filter((one) => 'eventID' in one)
    expect(pushedCalls.filter((one) => !inFiles.has(textIn(one, 'eventID')))).toEqual([])
  })
})

describe('the story that they tell', () => {
  it('joins: Sqoop lands where Spark reads, the catalog points where it writes, COPY reads that', () => {
    const ports = (side: 'inputs' | 'outputs') =>
      new Set(
        lineage
          .flatMap(({ body }) => [parseJson(body)].flat() as readonly Json[])
          .flatMap((event) => listIn(at(event), side).map((port) => at(port)))
          .map((port) =>
            `${textIn(port, 'namespace')}/${textIn(port, 'name')}`
              .replace('s3a:', 's3:')
              .replace(/\/$/, ''),
          ),
      )
    const steps = callsOf('AddJobFlowSteps').flatMap((record) =>
      listIn(at(record, 'requestParameters'), 'steps').map((step) => JSON.stringify(step)),
    )
    const targets = steps.flatMap((step) => /--target-dir\W+(s3:[^\s"\\]+)/.exec(step)?.[1] ?? [])
    expect(targets.length).toBeGreaterThan(25)
    const [read, written] = [ports('inputs'), ports('outputs')]
    for (const target of targets) expect(read).toContain(target)

    const tables = [...callsOf('CreateTable'), ...callsOf('UpdateTable')].map((record) =>
      textIn(at(record, 'requestParameters', 'tableInput', 'storageDescriptor'), 'location'),
    )
    expect(tables.length).toBe(6)
    const landed = [...targets, 's3://larkmere-raw/telemetry/bedside/']
    for (const location of tables) {
      const path = location.replace(/\/$/, '')
      expect([...written, ...landed].some((one) => one.startsWith(path))).toBe(true)
    }
    const copied = statements.flatMap((line) => /copy [^]* from '([^']+)\/'/.exec(line)?.[1] ?? [])
    expect(new Set(copied)).toEqual(
      new Set(['s3://larkmere-curated/patient_index', 's3://larkmere-curated/bedside_hourly']),
    )
    for (const source of copied) expect(written).toContain(source)
  })

  it('binds every step that was added to the states that it went through', () => {
    const told = Map.groupBy(
      own.filter((event) => event['detail-type'] === 'EMR Step Status Change'),
      (event) => textIn(at(event, 'detail'), 'stepId'),
    )
    const added = callsOf('AddJobFlowSteps').flatMap((record) =>
      listIn(at(record, 'responseElements'), 'stepIds').map(String),
    )
    expect(new Set(added).size).toBe(added.length)
    // The step of RunJobFlow gets its id from its own events.
    expect(told.size).toBe(added.length + 1)
    for (const id of added) expect(told.get(id)).toHaveLength(2)
    const ends = [...told.values()].map((events) => textIn(at(events[1], 'detail'), 'state'))
    expect(ends.filter((state) => state === 'FAILED')).toHaveLength(1)
  })

  it('hides the words of one command, defines one job and runs it every night', () => {
    const steps = [...callsOf('RunJobFlow'), ...callsOf('AddJobFlowSteps')].flatMap((record) =>
      listIn(at(record, 'requestParameters'), 'steps').map((step) =>
        listIn(at(step, 'hadoopJarStep'), 'args').join(' '),
      ),
    )
    expect(steps.filter((words) => words === '')).toHaveLength(1)
    expect(steps.filter((words) => words.includes('job --create import_claims'))).toHaveLength(1)
    expect(steps.filter((words) => words === 'sqoop job --exec import_claims')).toHaveLength(15)
  })

  it('loads in one transaction, and rolls an export back', () => {
    const headOf = (line: string) => / xid=(\d+) \]' LOG: (\w+)/.exec(line)?.slice(1) ?? []
    const byTransaction = Map.groupBy(statements.map(headOf), ([xid]) => xid)
    const open = [...byTransaction.values()]
      .map((lines) => lines.map(([, verb]) => verb).join(' '))
      .filter((verbs) => verbs.startsWith('begin'))
    const load = 'begin delete copy delete insert commit'
    expect(open.filter((verbs) => verbs === load)).toHaveLength(15)
    expect(open.filter((verbs) => verbs === 'begin create rollback')).toHaveLength(1)
    expect(open).toHaveLength(16)
    for (const verb of ['unload', 'create', 'drop', 'select']) {
      expect(statements.some((line) => headOf(line)[1] === verb)).toBe(true)
    }
  })

  it('reads objects by roles, a person, a partner, and through a chain of roles', () => {
    const reads = callsOf('GetObject')
    const kinds = new Set(reads.map((record) => textIn(at(record, 'userIdentity'), 'type')))
    expect(kinds).toEqual(new Set(['AssumedRole', 'AWSAccount']))
    expect(reads.filter((one) => 'onBehalfOf' in at(one, 'userIdentity'))).toHaveLength(6)
    expect(reads.filter((one) => one['errorCode'] === 'AccessDenied')).toHaveLength(1)

    const keyOf = (record: JsonObject) => textIn(at(record, 'userIdentity'), 'accessKeyId')
    const given = (record: JsonObject) =>
      textIn(at(record, 'responseElements', 'credentials'), 'accessKeyId')
    const [first, second, ...others] = callsOf('AssumeRole').toSorted((one, other) =>
      textIn(one, 'eventTime') < textIn(other, 'eventTime') ? -1 : 1,
    )
    expect(others).toEqual([])
    expect(textIn(at(first, 'userIdentity'), 'type')).toBe('IAMUser')
    expect(keyOf(second ?? {})).toBe(given(first ?? {}))
    expect(reads.filter((read) => keyOf(read) === given(second ?? {}))).toHaveLength(3)
  })

  it('has nobody in it: no number, address or name of a patient', () => {
    for (const { body } of aws) {
      for (const value of Object.values(hospital.planted)) expect(body).not.toContain(value)
      expect(body).not.toMatch(/\b\d{3}-\d\d-\d{4}\b/)
      expect(body).not.toMatch(/[\w.]+@[\w.]+\.\w/)
    }
  })

  it('has what the story asks for by name', () => {
    const all = aws.map(({ body }) => body).join('\n')
    const { datasets, jobs } = hospital
    for (const name of [
      datasets.bedsideTopic.name.slice('topic/'.length),
      datasets.bedsideFiles.name,
      datasets.landedPatients.name,
      datasets.patientIndex.name,
      datasets.bedsideMart.name.slice('dwh.'.length),
      datasets.patientAccount.name.slice('dwh.'.length),
      datasets.patientExport.name.slice('dwh.'.length),
      jobs.bedsideRule.name.slice('rule/'.length),
      ...jobs.importPatients.name.split('/'),
    ]) {
      expect(all).toContain(name)
    }
  })
})

describe('beside published samples', () => {
  const samples = new URL('../../../shared/samples/aws/', import.meta.url)
  const present = existsSync(samples)
  const keysOf = (value: JsonObject) => Object.keys(value).toSorted()
  const sample = (path: string) => parse(readFileSync(new URL(path, samples), 'utf8'))

  it.skipIf(!present).each([
    ['emr/EMR-Step-Status-Change__awsdocs.json', 'EMR Step Status Change', 'RUNNING'],
    ['emr/EMR-Cluster-State-Change__awsdocs.json', 'EMR Cluster State Change', 'STARTING'],
    [
      'glue/Glue-Data-Catalog-Table-State-Change__awsdocs.json',
      'Glue Data Catalog Table State Change',
    ],
    [
      'glue/Glue-Data-Catalog-Database-State-Change__awsdocs2021.json',
      'Glue Data Catalog Database State Change',
    ],
    ['glue/Glue-Crawler-State-Change__awsdocs2021-2.json', 'Glue Crawler State Change', 'Started'],
    ['glue/Glue-Crawler-State-Change__awsdocs2021.json', 'Glue Crawler State Change', 'Succeeded'],
  ])('%s has the members of the hospital’s events', (path, type, state?: string) => {
    const found = own.find(
      (event) =>
        event['detail-type'] === type && (!state || at(event, 'detail')['state'] === state),
    )
    const published = sample(path)
    expect(keysOf(found ?? {})).toEqual(keysOf(published))
    expect(keysOf(at(found, 'detail'))).toEqual(keysOf(at(published, 'detail')))
  })

  it.skipIf(!present)('calls have members that published records have', () => {
    const pairs = [
      ['emr/RunJobFlow__ctwatcher.json', 'RunJobFlow', ['requestParameters']],
      ['emr/RunJobFlow__ctwatcher.json', 'RunJobFlow', ['responseElements']],
      ['s3/GetObject__otrf.json', 'GetObject', ['requestParameters']],
      ['s3/GetObject__otrf.json', 'GetObject', ['additionalEventData']],
      ['iam-sts/AssumeRole__stratus-4.json', 'AssumeRole', ['requestParameters']],
      ['iam-sts/AssumeRole__stratus-4.json', 'AssumeRole', ['responseElements', 'credentials']],
      ['kinesis/CreateStream__awsdocs.json', 'CreateStream', ['requestParameters']],
    ] as const
    for (const [path, name, at_] of pairs) {
      const published = keysOf(at(sample(path), ...at_))
      const made = keysOf(at(callsOf(name)[0], ...at_))
      const beyond = made.filter(
        (key) => !published.includes(key) && key !== 'securityConfiguration',
      )
      expect([path, beyond]).toEqual([path, []])
    }
  })
})

describe('handed in', () => {
  it('every event is accepted, counted or a copy, and what is read gives facts', async () => {
    const { outcomes, entries } = await handedIn(aws)
    const counts = Map.groupBy(outcomes, ({ status }) => status)
    expect([...counts.keys()].toSorted()).toEqual([
      'accepted',
      'duplicate',
      'irrelevant',
      'unknown',
    ])
    expect(outcomes.flatMap(({ warnings }) => warnings)).toEqual([])
    expect(counts.get('irrelevant')?.length).toBe(53)
    expect(counts.get('unknown')?.length).toBe(1)

    const unknown = entries.flatMap(({ facts: all }) =>
      all.flatMap((fact) => (fact.kind === 'unknown' ? [fact.name] : [])),
    )
    expect(unknown).toEqual([hospital.unread])
    // What a program of its own does, and what is hidden, nobody can tell from a command.
    const codes = entries.flatMap(({ facts }) =>
      facts.flatMap((fact) => (fact.kind === 'problem' ? [fact.code] : [])),
    )
    const times = (count: number, code: string) => Array.from({ length: count }, () => code)
    expect(codes.toSorted()).toEqual([
      ...times(1, 'COMMAND_REDACTED'),
      ...times(15, 'COMMAND_UNRESOLVED'),
    ])
  })
})
