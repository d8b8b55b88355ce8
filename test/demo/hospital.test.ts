import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hospital, hospitalRequests } from '../../src/demo/index.ts'
import { LinewardError } from '../../src/errors.ts'

type Node = Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The node at a path, or an empty one where there is none. */
function at(value: unknown, ...path: readonly string[]): Node {
  const found = path.reduce<unknown>((node, key) => (isNode(node) ? node[key] : undefined), value)
  return isNode(found) ? found : {}
}
const listOf = (node: Node, key: string): readonly unknown[] => {
  const value = node[key]
  return Array.isArray(value) ? value : []
}
const nameOf = (node: Node) => `${String(node['namespace'])} ${String(node['name'])}`

const requests = hospitalRequests({ only: 'openlineage' })
const events: readonly Node[] = requests.flatMap(({ body }): readonly Node[] => {
  const parsed: unknown = JSON.parse(body)
  return (Array.isArray(parsed) ? parsed : [parsed]).filter(isNode)
})
const textOf = (event: Node) => JSON.stringify(event)
const distinct = [...new Map(events.map((event) => [textOf(event), event])).values()]

const portsOf = (event: Node) => [
  ...listOf(event, 'inputs'),
  ...listOf(event, 'outputs'),
  ...('dataset' in event ? [event['dataset']] : []),
]
const outputsOf = (event: Node) => listOf(event, 'outputs').map((port) => at(port))
const runsOf = (found: readonly Node[]) => new Set(found.map((event) => at(event, 'run')['runId']))
const lifecycle = (change: string) =>
  distinct.filter((event) =>
    outputsOf(event).some(
      (port) => at(port, 'facets', 'lifecycleStateChange')['lifecycleStateChange'] === change,
    ),
  )
const inState = (...states: readonly string[]) =>
  distinct.filter((event) => states.includes(String(event['eventType'])))
const hasFacet = (event: Node, side: 'run' | 'job', key: string) =>
  Object.hasOwn(at(event, side, 'facets'), key)

/** Every facet map of an event, with what it belongs to. */
const facetsOf = (event: Node): readonly (readonly [key: string, facet: Node])[] =>
  [
    at(event, 'run', 'facets'),
    at(event, 'job', 'facets'),
    ...portsOf(event).flatMap((port) =>
      ['facets', 'inputFacets', 'outputFacets'].map((side) => at(port, side)),
    ),
  ].flatMap((facets) => Object.entries(facets).map(([key, facet]) => [key, at(facet)] as const))

describe('the hospital as a whole', () => {
  it('is the same text each time', () => {
    expect(hospitalRequests({ only: 'openlineage' })).toEqual(requests)
    expect(hospitalRequests({ only: 'openlineage', days: 21, start: '2026-02-02' })).toEqual(
      requests,
    )
  })

  it('is some hundred events, sent one by one and in arrays of fifty', () => {
    expect(events.length).toBeGreaterThanOrEqual(600)
    expect(events.length).toBeLessThanOrEqual(1000)
    const arrays = requests
      .map(({ body }): unknown => JSON.parse(body))
      .filter((body) => Array.isArray(body))
      .map((body) => body.length)
    expect(arrays.filter((length) => length === 50).length).toBeGreaterThanOrEqual(4)
    expect(Math.max(...arrays)).toBe(50)
    expect(requests.length - arrays.length).toBeGreaterThan(300)
  })

  it('grows and shrinks with the days asked for, and other days stay as they are', () => {
    const of = (days: number) =>
      new Set(
        hospitalRequests({ only: 'openlineage', days }).flatMap(({ body }) => {
          const parsed: unknown = JSON.parse(body)
          return (Array.isArray(parsed) ? parsed : [parsed]).map((event) => JSON.stringify(event))
        }),
      )
    const week = of(7)
    expect(of(1).size).toBeLessThan(week.size)
    expect(week.size).toBeLessThan(distinct.length)
    expect(of(42).size).toBeGreaterThan(distinct.length * 1.8)
    const whole = new Set(distinct.map(textOf))
    expect([...week].filter((text) => !whole.has(text))).toEqual([])
  })

  it('keeps every event time within the period, wherever that begins', () => {
    const year = hospitalRequests({ only: 'openlineage', days: 3, start: '2027-12-30' }).flatMap(
      ({ body }) => [...body.matchAll(/"eventTime":"([^"]+)"/g)],
    )
    expect(year.length).toBeGreaterThan(100)
    const days = new Set(year.map(([, time = '']) => time.slice(0, 10)))
    expect([...days].toSorted()).toEqual(['2027-12-30', '2027-12-31', '2028-01-01'])
    for (const event of events) {
      const time = String(event['eventTime'])
      expect(time).toMatch(/^2026-02-\d\dT\d\d:\d\d:\d\d\.(\d{3}|\d{6})(Z|\+00:00)$/)
      expect(Date.parse(time)).toBeGreaterThanOrEqual(Date.parse('2026-02-02T00:00:00Z'))
      expect(Date.parse(time)).toBeLessThan(Date.parse('2026-02-23T00:00:00Z'))
    }
  })

  it.each([
    { days: 0 },
    { days: 1.5 },
    { days: 4000 },
    { start: 'yesterday' },
    { start: '2026-13-01' },
    { start: '2026-02-02T00:00' },
  ])('refuses %j', (options) => {
    expect(() => hospitalRequests({ only: 'openlineage', ...options })).toThrow(LinewardError)
  })
})

describe('each event', () => {
  it('has what the specification requires, by shape', () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    for (const event of distinct) {
      expect(String(event['producer'])).toMatch(/^https:\/\//)
      const kind = 'run' in event ? 'RunEvent' : 'dataset' in event ? 'DatasetEvent' : 'JobEvent'
      expect(String(event['schemaURL'])).toMatch(new RegExp(`#/\\$defs/${kind}$`))
      if (kind === 'RunEvent') {
        expect(String(at(event, 'run')['runId'])).toMatch(uuid)
        expect(event['eventType']).toMatch(/^(START|RUNNING|COMPLETE|ABORT|FAIL)$/)
      }
      const named = [...portsOf(event), ...('job' in event ? [event['job']] : [])]
      for (const one of named) {
        expect(at(one)['namespace']).toMatch(/./)
        expect(at(one)['name']).toMatch(/./)
      }
      for (const [, facet] of facetsOf(event)) {
        expect(facet['_producer']).toMatch(/^https:\/\//)
        expect(facet['_schemaURL']).toMatch(/^https:\/\/openlineage\.io\/spec\//)
      }
    }
  })

  it('maps columns that its datasets have', () => {
    const columns = new Map<string, Set<string>>()
    const folder = (name: string) =>
      name
        .replace('s3a:', 's3:')
        .replace(/ \//, ' ')
        .replace(/\/(load_date=|dt=|\d{4}\/).*$/, '')
        .replace(/\/$/, '')
    for (const event of distinct) {
      for (const port of portsOf(event).map((one) => at(one))) {
        const fields = listOf(at(port, 'facets', 'schema'), 'fields').map((one) => at(one))
        const known = columns.get(folder(nameOf(port))) ?? new Set()
        columns.set(folder(nameOf(port)), known)
        for (const field of fields) known.add(String(field['name']))
      }
    }
    let checked = 0
    for (const port of distinct.flatMap(outputsOf)) {
      const map = at(port, 'facets', 'columnLineage')
      const sources = Object.entries(at(map, 'fields')).flatMap(([column, entry]) => {
        expect(columns.get(folder(nameOf(port)))).toContain(column)
        return listOf(at(entry), 'inputFields')
      })
      for (const source of [...sources, ...listOf(map, 'dataset')].map((one) => at(one))) {
        const known = columns.get(folder(nameOf(source)))
        expect(known).toBeDefined()
        // Of a catalog table, or a table read by an operator, nobody may have sent the schema.
        if (known === undefined || known.size === 0) continue
        expect(known).toContain(source['field'])
        checked += 1
      }
    }
    expect(checked).toBeGreaterThan(1000)
  })
})

describe('beside the specification', () => {
  const folder = new URL('../../../shared/openlineage-spec/', import.meta.url)
  const present = existsSync(folder)
  const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'))
  const required = (definition: Node): readonly unknown[] => [
    ...listOf(definition, 'required'),
    ...listOf(definition, 'allOf').flatMap((part) => required(at(part))),
  ]

  it.skipIf(!present)('has all that the published core schema requires', () => {
    const schema = at(read('OpenLineage.json'), '$defs')
    const base = required(at(schema, 'BaseEvent'))
    expect(base.length).toBeGreaterThan(2)
    for (const event of distinct) {
      const kind = String(event['schemaURL']).split('/').at(-1) ?? ''
      expect(Object.keys(event)).toEqual(expect.arrayContaining([...base]))
      expect(Object.keys(event)).toEqual(expect.arrayContaining([...required(at(schema, kind))]))
    }
  })

  it.skipIf(!present)('has all that the published facet schemas require', () => {
    const seen = new Set<string>()
    for (const [, facet] of distinct.flatMap(facetsOf)) {
      const [, version = '', file = '', kind = ''] =
        /facets\/([\d-]+)\/(\w+\.json)#\/\$defs\/(\w+)$/.exec(String(facet['_schemaURL'])) ?? []
      if (version === '') continue
      // A version that is current but not among the published copies is in the other folder.
      const current = `facets/${file}`
      const path = existsSync(new URL(`published-versions/facets/${version}/${file}`, folder))
        ? `published-versions/facets/${version}/${file}`
        : current
      const schema = read(path)
      expect(at(schema)['$id']).toContain(`/${version}/`)
      const definition = at(schema, '$defs', kind)
      expect(Object.keys(definition).length).toBeGreaterThan(0)
      expect(Object.keys(facet)).toEqual(expect.arrayContaining([...required(definition)]))
      seen.add(kind)
    }
    expect(seen.size).toBeGreaterThan(20)
  })
})

describe('what happens in the hospital', () => {
  it('has jobs of many producers, parents, custom facets and nested columns', () => {
    const producers = new Set(distinct.map((event) => String(event['producer'])))
    expect(producers.size).toBeGreaterThanOrEqual(9)
    const keys = new Set(distinct.flatMap(facetsOf).map(([key]) => key))
    for (const key of [
      'parent',
      'nominalTime',
      'sql',
      'jobType',
      'processing_engine',
      'dataSource',
      'schema',
      'columnLineage',
      'symlinks',
      'outputStatistics',
      'documentation',
      'ownership',
      'tags',
      'subset',
      'spark_properties',
      'hive_session',
      'larkmere_gateway',
    ]) {
      expect(keys).toContain(key)
    }
    const all = distinct.map(textOf).join('\n')
    expect(all).toContain('"_element"')
    expect(all).toContain('"masking":true')
    expect(all).toContain('"INDIRECT"')
    expect(all).toContain('s3a://')
    expect(all).toContain('.redshift.amazonaws.com:5439')
  })

  it('has a failed run with a quoted row, and the retry that went well', () => {
    const failed = distinct.filter((event) => textOf(event).includes(hospital.planted.ssn))
    expect(failed.map((event) => event['eventType'])).toEqual(['FAIL'])
    expect(failed.map(textOf).join()).toContain(hospital.planted.email)
    const task = distinct.filter(
      (event) =>
        nameOf(at(event, 'job')) === nameOf(hospital.jobs.curation) &&
        String(event['eventTime']).startsWith('2026-02-05'),
    )
    const ended = task.filter((event) => event['eventType'] !== 'START')
    expect(ended.map((event) => event['eventType']).toSorted()).toEqual(['COMPLETE', 'FAIL'])
    expect(runsOf(ended).size).toBe(2)
  })

  it('has one run that failed and then said that it completed', () => {
    const failed = runsOf(inState('FAIL'))
    const both = [...runsOf(inState('COMPLETE'))].filter((run) => failed.has(run))
    expect(both).toHaveLength(1)
  })

  it('has a stream that is cancelled once and started again', () => {
    const stream = distinct.filter(
      (event) => nameOf(at(event, 'job')) === nameOf(hospital.jobs.stream),
    )
    const count = (state: string) => stream.filter((event) => event['eventType'] === state).length
    expect(inState('ABORT')).toHaveLength(1)
    expect([count('START'), count('RUNNING'), count('ABORT')]).toEqual([2, 21, 1])
    expect(runsOf(stream).size).toBe(2)
  })

  it('renames a table away and another to its name, drops, and rebuilds daily', () => {
    expect(lifecycle('RENAME').flatMap(outputsOf).map(nameOf)).toEqual([
      nameOf(hospital.datasets.riskScoresOld),
      nameOf(hospital.datasets.riskScores),
    ])
    expect(lifecycle('DROP').flatMap(outputsOf).map(nameOf)).toEqual([
      nameOf(hospital.datasets.riskScoresOld),
    ])
    const rebuilt = lifecycle('OVERWRITE').filter((event) =>
      outputsOf(event).some(
        (port) => nameOf(port) === nameOf(hospital.datasets.claimsByDepartment),
      ),
    )
    expect(runsOf(rebuilt).size).toBe(15)
  })

  it('has two writers under a prefix that one job reads whole', () => {
    const jobs = (side: 'inputs' | 'outputs', wanted: RegExp) =>
      new Set(
        distinct
          .filter((event) => listOf(event, side).some((port) => wanted.test(nameOf(at(port)))))
          .map((event) => String(at(event, 'job')['name']).split('.')[0]),
      )
    expect(jobs('outputs', /larkmere-raw \/?devices\//)).toEqual(
      new Set(['vitals_to_lake', 'pump_export']),
    )
    expect(jobs('inputs', /larkmere-raw devices\/$/)).toEqual(new Set(['device_daily']))
  })

  it('has a job whose name grows while it runs', () => {
    const names = new Map<unknown, Set<string>>()
    for (const event of distinct.filter((one) => 'run' in one)) {
      const run = at(event, 'run')['runId']
      names.set(run, (names.get(run) ?? new Set()).add(String(at(event, 'job')['name'])))
    }
    const grown = [...names.values()].filter((known) => known.size > 1)
    expect(grown.length).toBeGreaterThan(3)
    for (const known of grown) {
      const [short = '', long = ''] = [...known].toSorted((one, two) => one.length - two.length)
      expect(known.size).toBe(2)
      expect(long.startsWith(`${short}.`)).toBe(true)
    }
  })

  it('declares one job twice, describes datasets, and states lineage once', () => {
    const declared = distinct.filter((event) => 'job' in event && !('run' in event))
    expect(declared.map((event) => nameOf(at(event, 'job')))).toEqual([
      nameOf(hospital.jobs.registryUpload),
      nameOf(hospital.jobs.registryUpload),
    ])
    expect(new Set(declared.map((event) => JSON.stringify(event['inputs']))).size).toBe(2)
    const described = distinct.filter(
      (event) =>
        'documentation' in at(event, 'dataset', 'facets') &&
        'tags' in at(event, 'dataset', 'facets'),
    )
    expect(described.length).toBeGreaterThanOrEqual(2)
    expect(distinct.filter((event) => hasFacet(event, 'job', 'lineage'))).toHaveLength(1)
  })

  it('leaks one password once', () => {
    const leaks = distinct.filter((event) => textOf(event).includes(hospital.planted.password))
    expect(leaks).toHaveLength(1)
    expect(leaks.every((event) => hasFacet(event, 'run', 'environmentVariables'))).toBe(true)
  })

  it('delivers out of order: an alias last of all, an end days late, and copies', () => {
    expect(events.length - distinct.length).toBeGreaterThanOrEqual(4)
    const last = events.at(-1) ?? {}
    expect(hasFacet({ job: last['dataset'] }, 'job', 'symlinks')).toBe(true)
    expect(String(last['eventTime'])).toMatch(/^2026-02-08/)

    const times = events.map((event) => Date.parse(String(event['eventTime'])))
    const latest = times.map((_, index) => Math.max(...times.slice(0, index + 1)))
    const behind = times.map((time, index) => ((latest[index] ?? time) - time) / 3_600_000)
    expect(behind.filter((hours) => hours > 0).length).toBeGreaterThan(20)
    const late = events.filter(
      (event, index) => event['eventType'] === 'COMPLETE' && (behind[index] ?? 0) > 90,
    )
    expect(late.flatMap(outputsOf).map(nameOf)).toEqual([
      nameOf(hospital.datasets.deidentifiedPatients),
    ])
  })

  it('names in its story only what the events name', () => {
    const named = new Set([
      ...distinct.flatMap((event) => [
        ...portsOf(event).map((port) => nameOf(at(port))),
        nameOf(at(event, 'job')),
      ]),
      ...distinct.flatMap((event) =>
        portsOf(event).flatMap((port) =>
          listOf(at(port, 'facets', 'symlinks'), 'identifiers').map((one) => nameOf(at(one))),
        ),
      ),
    ])
    // Names that no producer spells this way: with a date in it, or a slash behind it.
    const { datasets, jobs } = hospital
    const spelledOtherwise = [
      datasets.rawPatients,
      datasets.devicePrefix,
      datasets.landedPatients,
      datasets.bedsideFiles,
    ]
    // Only AWS tells of these: `hospital-aws.test.ts`.
    const ofAws = [
      datasets.bedsideTopic,
      datasets.bedsideMart,
      datasets.patientAccount,
      datasets.patientExport,
      jobs.bedsideRule,
      jobs.importPatients,
    ]
    const asked = [
      ...Object.values(hospital.datasets),
      ...Object.values(hospital.columns),
      ...Object.values(hospital.jobs),
    ].filter(
      (one) => ![...spelledOtherwise, ...ofAws].some((other) => nameOf(other) === nameOf(one)),
    )
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.map(nameOf).filter((name) => !named.has(name))).toEqual([])
  })
})
