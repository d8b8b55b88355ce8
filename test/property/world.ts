import type {
  ColumnMap,
  CopiedColumns,
  Copy,
  DatasetName,
  DefinitionKey,
  ExplicitEntry,
  Fact,
  JobName,
  LifecycleChange,
  Micros,
  RunEventType,
  SchemaBy,
  TransactionEvent,
} from '../../src/model/index.ts'
import type { Told } from '../contract/told.ts'
import type { Kept } from './history.ts'
import fc from 'fast-check'
import { accessTold } from './accesses-told.ts'
import {
  decision,
  ehr,
  event,
  glue,
  job,
  keyOf,
  lake,
  mentioned,
  minute,
  runFacts,
  touched,
} from '../contract/told.ts'

/*
 * Small worlds in which names do collide: prefixes and what lies under them, a pattern, tables whose
 * locations move, other spellings of a table, and few moments, so that much happens at one.
 */

export const names: readonly DatasetName[] = [
  lake('raw'),
  lake('raw/a'),
  lake('raw/b'),
  lake('raw/*'),
  lake('cold'),
  glue('table/db/t'),
  glue('table/db/u'),
  glue('database/db'),
  { namespace: 'hive://meta:9083', name: 'db.t' },
  ehr('p'),
  warehouse('dev.ext.t'),
  warehouse('dev.ext.p'),
  warehouse('dev.lake.t'),
]
/** Schemas of the warehouse, and what they are said to stand for; of `other` nobody speaks. */
const schemas = ['dev.ext', 'dev.lake'].map(warehouse)
const schemasThere: readonly DatasetName[] = [
  glue('database/db'),
  glue('database/other'),
  { namespace: 'postgres://ehr:5432', name: 'ehr.public' },
]
const locations = names.slice(0, 5)
const tables = names.slice(5)

export const jobs: readonly JobName[] = ['load', 'load.t', 'merge', 'declared'].map(job)
const snapshots = 'snapshots'
const steady = 'steady'
const streaming = 'streaming'
export const runs: readonly string[] = ['r0', 'r1', snapshots, steady, streaming]

const hours = 12
/** Far ahead of every receipt: the clock of that sender is wrong. */
const aheadHours = 100

function warehouse(name: string): DatasetName {
  return { namespace: 'redshift://dwh.us-east-1:5439', name }
}

export const dataset = fc.constantFrom(...names)
const table = fc.constantFrom(...tables)
const location = fc.constantFrom(...locations)
const someDatasets = fc.uniqueArray(dataset, { maxLength: 2, comparator: 'IsStrictlyEqual' })
export const moment: fc.Arbitrary<Micros> = fc.oneof(
  { weight: 40, arbitrary: fc.integer({ min: 0, max: hours }).map((hour) => minute(hour * 60)) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0, max: 2 }).map((hour) => minute((aheadHours + hour) * 60)),
  },
)

const column = fc.constantFrom('id', 'name', 'ID')
const columnMap: fc.Arbitrary<ColumnMap> = fc
  .record({
    fields: fc.uniqueArray(fc.tuple(column, dataset, column), {
      maxLength: 2,
      selector: ([output]) => output,
    }),
    whole: fc.option(fc.tuple(dataset, column), { nil: undefined, freq: 4 }),
  })
  .map(({ fields, whole }) => ({
    fields: fields.map(([output, from, input]) => ({
      column: output,
      inputs: [
        {
          dataset: from,
          column: input,
          transformations: [{ type: 'DIRECT' as const, subtype: 'IDENTITY', masking: false }],
        },
      ],
    })),
    whole:
      whole === undefined
        ? []
        : [
            {
              dataset: whole[0],
              column: whole[1],
              transformations: [{ type: 'INDIRECT' as const, subtype: 'FILTER', masking: false }],
            },
          ],
  }))

const columns = fc.uniqueArray(column, { minLength: 1, maxLength: 2 })
const perhaps = <Value>(of: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(of, { nil: undefined, freq: 2 })
const rarely = <Value>(of: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: of })
const copiedColumns: fc.Arbitrary<CopiedColumns> = fc.oneof(
  perhaps(columns).map((only) => ({ by: 'name' as const, ...(only && { only }) })),
  fc
    .record({ from: perhaps(columns), to: perhaps(columns), skip: perhaps(fc.constant(1)) })
    .map(({ from, to, skip }) => ({
      by: 'position' as const,
      ...(from && { from }),
      ...(to && { to }),
      ...(skip && { skip }),
    })),
)

const explicitEntry: fc.Arbitrary<ExplicitEntry> = fc.record({
  target: fc.option(dataset, { nil: null, freq: 6 }),
  inputs: someDatasets,
  map: fc.oneof(
    { weight: 3, arbitrary: fc.constant<ColumnMap>({ fields: [], whole: [] }) },
    { weight: 1, arbitrary: columnMap },
  ),
})

/** What an event says besides about names: symlinks, locations, lives, renames. */
const remark = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('located' as const), table, location }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('alias' as const),
      pair: fc.oneof(fc.tuple(table, table), fc.tuple(location, location)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('catalog' as const),
      by: fc.constantFrom('catalog' as const, 'partition' as const),
      table,
      location,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('life' as const),
      of: dataset,
      change: fc.constantFrom<LifecycleChange>('CREATE', 'DROP', 'OVERWRITE', 'TRUNCATE', 'ALTER'),
      whole: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('rename' as const), from: dataset, to: dataset }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('schema' as const),
      of: dataset,
      columns: fc.uniqueArray(column, { maxLength: 2 }),
      by: fc.constantFrom<SchemaBy>('reader', 'statement', 'writer'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('facet' as const),
      of: dataset,
      value: fc.constantFrom('one', 'two', null),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('words' as const),
      of: dataset,
      text: fc.constantFrom('patients of the ward', null),
      tag: fc.constantFrom('gold', 'raw'),
    }),
  },
)
type Remark = typeof remark extends fc.Arbitrary<infer Value> ? Value : never

function remarkFacts(
  at: Micros,
  remarks: readonly Remark[],
  run: string | undefined,
): readonly Fact[] {
  return remarks.flatMap((one): readonly Fact[] => {
    switch (one.kind) {
      case 'located':
      case 'catalog': {
        const by = one.kind === 'catalog' ? one.by : 'symlink'
        return [
          mentioned(at, one.table),
          mentioned(at, one.location),
          { kind: 'location', at, table: one.table, location: one.location, by },
        ]
      }
      case 'alias': {
        const [a, b] = one.pair
        if (a === b) return []
        return [mentioned(at, a), mentioned(at, b), { kind: 'alias', at, dataset: a, other: b }]
      }
      case 'life':
        return [
          touched(at, one.of),
          {
            kind: 'lifecycle',
            at,
            dataset: one.of,
            change: one.change,
            ...(run === undefined ? {} : { run }),
            whole: one.whole,
          },
        ]
      case 'rename':
        if (one.from === one.to) return []
        return [
          mentioned(at, one.from),
          touched(at, one.to),
          {
            kind: 'rename',
            at,
            by: run === undefined ? { dataset: one.to } : { run },
            from: one.from,
            to: one.to,
          },
        ]
      case 'schema':
        return [
          touched(at, one.of),
          {
            kind: 'schema',
            at,
            dataset: one.of,
            fields: one.columns.map((name) => ({ name, type: 'text' })),
            by: one.by,
          },
        ]
      case 'facet': {
        const value = one.value
        return [
          touched(at, one.of),
          { kind: 'facet', at, of: { dataset: one.of }, key: 'custom', value },
          ...(run === undefined || value === null
            ? []
            : [
                {
                  kind: 'facet' as const,
                  at,
                  of: { run, side: 'reads' as const, dataset: one.of, group: 'facets' as const },
                  key: 'custom',
                  value,
                },
              ]),
        ]
      }
      case 'words':
        return [
          touched(at, one.of),
          { kind: 'description', at, of: { dataset: one.of }, text: one.text, by: 'producer' },
          { kind: 'tags', at, of: { dataset: one.of }, tags: [one.tag] },
        ]
    }
  })
}

const savedJob: fc.Arbitrary<DefinitionKey> = fc
  .constantFrom('nightly', 'nightly', 'nightly', 'hourly')
  .map((saved) => ({ scope: 'cluster', name: saved }))
const transaction = fc.constantFrom('dwh/1', 'dwh/2', 'dwh/3', 'dwh/4')

const runEvent = fc
  .record({
    at: moment,
    run: fc.constantFrom(...runs),
    job: fc.constantFrom(...jobs.slice(0, 3)),
    type: fc.constantFrom<RunEventType>(
      'START',
      'START',
      'COMPLETE',
      'COMPLETE',
      'FAIL',
      'RUNNING',
      'OTHER',
    ),
    reads: someDatasets,
    writes: someDatasets,
    map: fc.option(columnMap, { nil: undefined, freq: 3 }),
    explicit: rarely(explicitEntry),
    copied: perhaps(fc.tuple(dataset, copiedColumns)),
    uses: perhaps(savedJob),
    within: rarely(transaction),
    remarks: fc.array(remark, { maxLength: 2 }),
    parent: fc.option(fc.constantFrom(...runs), { nil: undefined, freq: 10 }),
  })
  .map(({ at, run: drawn, job: named, type, reads, writes, remarks, parent, ...told }): Told => {
    const { map, explicit, copied, uses, within } = told
    // Of events that neither start nor end a run a store keeps no more than the first and the last
    // of each job, so the runs that have such events have one job.
    const isPlain = type === 'RUNNING' || type === 'OTHER'
    const run = isPlain && drawn !== streaming ? steady : drawn
    const by = run === steady || run === streaming ? (jobs[0] as JobName) : named
    const part = run === snapshots ? reads.map(({ name }) => name).join('+') : ''
    const continuous = run === streaming
    const [output] = writes
    return event(at, [
      ...runFacts(at, { run, job: by.name, type, reads, writes, part, continuous }),
      ...(parent === undefined || parent === run
        ? []
        : [{ kind: 'parent' as const, at, run, parent, parentJob: jobs[2] }]),
      ...(output === undefined || map === undefined
        ? []
        : [{ kind: 'columnMap' as const, at, run, part, output, map }]),
      ...(explicit === undefined
        ? []
        : [{ kind: 'explicit' as const, at, run, part, entry: explicit }]),
      ...(uses === undefined ? [] : [{ kind: 'uses' as const, at, run, part, key: uses }]),
      ...(within === undefined ? [] : [{ kind: 'within' as const, at, run, transaction: within }]),
      ...(output === undefined || copied === undefined
        ? []
        : [copying({ at, run, part, output }, reads[0] ?? copied[0], copied[1])]),
      ...remarkFacts(at, remarks, run),
    ])
  })

function copying(
  { output, ...of }: Readonly<{ at: Micros; run: string; part: string; output: DatasetName }>,
  input: DatasetName,
  copied: CopiedColumns,
): Fact {
  return { kind: 'copies', ...of, copy: { input, output, columns: copied } }
}

function copiesOf(
  [input]: readonly DatasetName[],
  [output]: readonly DatasetName[],
  copied: CopiedColumns | undefined,
): Readonly<{ copies?: readonly Copy[] }> {
  if (input === undefined || output === undefined || copied === undefined) return {}
  return { copies: [{ input, output, columns: copied }] }
}

const declaration = fc
  .record({
    at: moment,
    by: fc.oneof(
      { weight: 2, arbitrary: fc.constant(jobs[3] as JobName).map((of) => ({ job: of })) },
      { weight: 1, arbitrary: dataset.map((of) => ({ dataset: of })) },
    ),
    inputs: someDatasets,
    outputs: someDatasets,
    copied: perhaps(copiedColumns),
    remarks: fc.array(remark, { maxLength: 1 }),
  })
  .map(({ at, by, inputs, outputs, copied, remarks }): Told => {
    const moved =
      'job' in by
        ? { inputs, outputs, maps: [], explicit: [], ...copiesOf(inputs, outputs, copied) }
        : {
            inputs: [],
            outputs: [by.dataset],
            maps: [],
            explicit: [{ target: by.dataset, inputs, map: { fields: [], whole: [] } }],
          }
    return event(at, [
      ...('job' in by ? [{ kind: 'job' as const, at, job: by.job }] : []),
      ...[...moved.inputs, ...moved.outputs, ...inputs].map((name) => touched(at, name)),
      { kind: 'declaration', at, by, moved },
      ...remarkFacts(at, remarks, undefined),
    ])
  })

/** Parts of what a job declares, and whether it is on: at the same moments as what they are parts of. */
const amended = fc
  .record({
    at: moment,
    slot: fc.constantFrom('main', 'backup'),
    inputs: someDatasets,
    outputs: someDatasets,
    active: fc.option(fc.boolean(), { nil: undefined }),
    isPart: fc.boolean(),
  })
  .map(({ at, slot, inputs, outputs, active, isPart }): Told => {
    const by = { job: jobs[3] as JobName }
    const moved = { inputs, outputs, maps: [], explicit: [] }
    return event(at, [
      ...[...inputs, ...outputs].map((name) => touched(at, name)),
      ...(isPart || active === undefined
        ? [{ kind: 'amendment' as const, at, by, slot, moved }]
        : []),
      ...(active === undefined ? [] : [{ kind: 'active' as const, at, by, active }]),
    ])
  })

/** The declared job is set up as part of a configuration, which consists of nothing at another time. */
const configured = fc
  .record({ first: declaration, from: moment, until: moment })
  .map(({ first, from, until }): readonly Told[] => {
    const key = { scope: 'bucket', name: 'rules' }
    const set = (at: Micros, parts: readonly JobName[]): Told =>
      event(at, [{ kind: 'configuration', at, key, jobs: parts }])
    return [first, set(from, jobs.slice(2)), set(until, [])]
  })

/** A saved job, or where a transaction begins or ends. */
const sharing = fc.oneof(
  fc
    .record({
      at: moment,
      key: savedJob,
      inputs: someDatasets,
      outputs: someDatasets,
      copied: perhaps(copiedColumns),
    })
    .map(({ at, key, inputs, outputs, copied }): Told => {
      const copies = copiesOf(inputs, outputs, copied)
      const moved = { inputs, outputs, maps: [], explicit: [], ...copies }
      return event(at, [
        ...[...inputs, ...outputs].map((name) => mentioned(at, name)),
        { kind: 'definition', at, key, moved },
      ])
    }),
  fc
    .record({
      at: moment,
      id: transaction,
      event: fc.constantFrom<TransactionEvent>('BEGIN', 'BEGIN', 'COMMIT', 'ROLLBACK'),
    })
    .map(({ at, ...told }): Told => event(at, [{ kind: 'transaction', at, ...told }])),
)

/** A schema that stands for another, or for two at several times, and somebody speaks of what it holds. */
const schemaAliases = fc
  .record({
    schema: fc.constantFrom(...schemas),
    first: fc.tuple(moment, fc.constantFrom(...schemasThere.slice(0, 2))),
    second: perhaps(fc.tuple(moment, fc.constantFrom(...schemasThere))),
    spoken: fc.uniqueArray(fc.constantFrom(...names.slice(-3), names[5] as DatasetName), {
      minLength: 2,
      maxLength: 3,
    }),
  })
  .map(({ schema, first, second, spoken }): readonly Told[] => [
    ...[first, second]
      .filter((one) => one !== undefined)
      .map(([at, other]) => event(at, [{ kind: 'schemaAlias', at, schema, other }])),
    ...spoken.map((name) => event(first[0], [touched(first[0], name)])),
  ])

const statement = fc
  .record({ at: moment, remarks: fc.array(remark, { minLength: 1, maxLength: 2 }) })
  .map(({ at, remarks }) => event(at, remarkFacts(at, remarks, undefined)))

const decided = fc
  .record({
    at: moment,
    what: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('join' as const),
          pair: fc.tuple(dataset, dataset),
        }),
      },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('split' as const), of: dataset }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('owners' as const), of: dataset }) },
    ),
  })
  .map(({ at, what }): Told => {
    switch (what.kind) {
      case 'join': {
        const [name, other] = what.pair
        return decision(at, [
          mentioned(at, name),
          mentioned(at, other),
          { kind: 'join', at, name, with: other, reason: 'said so' },
        ])
      }
      case 'split':
        return decision(at, [
          mentioned(at, what.of),
          { kind: 'split', at, name: what.of, reason: 'said so' },
        ])
      case 'owners':
        return decision(at, [
          mentioned(at, what.of),
          { kind: 'owners', at, of: { dataset: what.of }, owners: ['ward'], by: 'steward' },
        ])
    }
  })

const deadLetter = fc.record({ at: moment, of: someDatasets }).map(({ at, of }): Told => ({
  kind: 'dead-letter',
  at,
  facts: [
    {
      kind: 'problem',
      at,
      code: 'EVENT_MALFORMED',
      path: '/run',
      reason: 'no run',
      names: of,
    },
  ],
}))

/** What a run or a job did and nobody told; of a run that its own events may name another job of. */
const untold = fc
  .record({
    at: moment,
    path: fc.constantFrom('/steps/0', '/steps/1'),
    of: fc.oneof(
      fc.constantFrom(...runs).map((run) => ({ run })),
      fc.constantFrom(...jobs).map((named) => ({ job: named })),
    ),
    names: fc.uniqueArray(dataset, { maxLength: 1 }),
  })
  .map(({ at, ...told }): Told =>
    event(at, [{ kind: 'problem', at, code: 'COMMAND_REDACTED', reason: 'hidden', ...told }]),
  )

const name = fc.constantFrom('iot:New', 'emr:New', 'glue:New')

const source = fc.constantFrom('trail', 'bus')

const unknown = fc
  .record({ at: moment, name, source })
  .map(({ at, name: of, source: from }): Told =>
    event(at, [{ kind: 'unknown', at, name: of }], { source: from }),
  )

const tallied = fc
  .record({
    at: moment,
    of: fc.uniqueArray(fc.record({ name, source, count: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
      maxLength: 2,
      selector: ({ name: one, source: from }) => `${from} ${one}`,
    }),
  })
  .map(({ at, of }): Told => ({
    kind: 'tally',
    at,
    facts: of.map((one) => ({ kind: 'tally', at, ...one })),
  }))

const transactionEvent = (of: TransactionEvent) => fc.tuple(moment, fc.constant(of))

/** An event of a run in a transaction that begins, mostly, and ends, or not. */
const transacted = fc
  .record({
    told: runEvent,
    id: transaction,
    begun: fc.option(transactionEvent('BEGIN'), { nil: undefined, freq: 4 }),
    ended: perhaps(
      fc.oneof(
        { weight: 1, arbitrary: transactionEvent('COMMIT') },
        { weight: 2, arbitrary: transactionEvent('ROLLBACK') },
      ),
    ),
  })
  .map(({ told, id, begun, ended }): readonly Told[] => [
    {
      ...told,
      facts: told.facts.flatMap((fact): readonly Fact[] =>
        fact.kind === 'run'
          ? [fact, { kind: 'within', at: fact.at, run: fact.run, transaction: id }]
          : [fact],
      ),
    },
    ...[begun, ended]
      .filter((one) => one !== undefined)
      .map(([at, of]): Told => event(at, [{ kind: 'transaction', at, id, event: of }])),
  ])

/** What an id can stand for: what is read, and what no translator knows. */
const withId = fc.oneof({ weight: 3, arbitrary: runEvent }, { weight: 1, arbitrary: unknown })

/** Of two events that claim one id, only one is in effect. */
const rivals = fc
  .tuple(withId, withId, fc.integer({ min: 0, max: 99 }))
  .map(([one, other, id]) =>
    [one, other].map((told): Told => ({ ...told, eventKey: `event:${id}` })),
  )

/** And of an event and its late corrections, one of these. */
const corrected = fc
  .tuple(withId, withId, withId, fc.integer({ min: 100, max: 199 }))
  .map(([first, one, other, id]) => [
    { ...first, eventKey: `event:${id}` },
    ...[one, other].map((late): Told => ({ ...late, eventKey: `event:${id}`, corrects: true })),
  ])

const alone = fc.oneof(
  { weight: 12, arbitrary: runEvent },
  { weight: 2, arbitrary: declaration },
  { weight: 1, arbitrary: amended },
  { weight: 9, arbitrary: sharing },
  { weight: 3, arbitrary: statement },
  { weight: 6, arbitrary: decided },
  { weight: 1, arbitrary: deadLetter },
  { weight: 2, arbitrary: untold },
  { weight: 2, arbitrary: unknown },
  { weight: 3, arbitrary: tallied },
)

export const telling = fc.oneof(
  { weight: 12, arbitrary: alone.map((told) => [told]) },
  { weight: 4, arbitrary: transacted },
  { weight: 3, arbitrary: schemaAliases },
  { weight: 1, arbitrary: configured },
  { weight: 1, arbitrary: rivals },
  { weight: 1, arbitrary: corrected },
)

/** Everything that is told of one world. */
export const worldTold: fc.Arbitrary<readonly Told[]> = fc
  .tuple(
    fc.array(telling, { minLength: 6, maxLength: 20 }),
    fc.array(accessTold({ moment, dataset, run: fc.constantFrom(...runs) }), { maxLength: 6 }),
  )
  .map(([groups, accesses]) => [...groups.flat(), ...accesses])

/** A world, and what else was told of it and taken back. */
export const worldKept: fc.Arbitrary<Kept> = fc
  .tuple(worldTold, fc.array(telling, { maxLength: 4 }))
  .map(([stays, others]) => {
    const keys = new Set(stays.map(keyOf))
    return { stays, withdrawn: others.flat().filter((told) => !keys.has(keyOf(told))) }
  })
