import type { Translated } from '../../src/graph/index.ts'
import type { DatasetName, Fact, Micros } from '../../src/model/index.ts'
import type { Told } from '../contract/told.ts'
import { onTestFinished } from 'vitest'
import { event, minute, received, retraction } from '../contract/told.ts'
import { MeasuredGraph } from './measured-graph.ts'

const lake = 's3://lake'
const outputsPerJob = 10

const prefix: DatasetName = { namespace: lake, name: 'shared' }
/** Read by every job. */
const hub: DatasetName = { namespace: 'postgres://db.example:5432', name: 'emr.public.patient' }
const table: DatasetName = { namespace: 'bigquery', name: 'project.tables.one' }

const newPlace: DatasetName = { namespace: lake, name: 'shared/new/place' }

const output = (job: number, number: number): DatasetName => ({
  namespace: lake,
  name: `shared/${job}/${number}`,
})
const outputsOf = (job: number): readonly DatasetName[] =>
  Array.from({ length: outputsPerJob }, (_, number) => output(job, number))

const mention = (at: Micros, dataset: DatasetName): Fact => ({
  kind: 'mention',
  at,
  dataset,
  spelling: dataset,
  touched: true,
})

/** What one event of a run of a job says. */
function ran(
  job: string,
  run: string,
  how: Readonly<{
    at: Micros
    type?: 'START' | 'COMPLETE'
    reads: readonly DatasetName[]
    writes: readonly DatasetName[]
  }>,
): Told {
  const { at, type = 'COMPLETE', reads, writes } = how
  const name = { namespace: 'jobs', name: job }
  const io = (side: 'reads' | 'writes') => (dataset: DatasetName) =>
    ({ kind: 'io', at, run, part: '', side, dataset }) as const
  return event(at, [
    { kind: 'run', at, run, job: name, event: type, continuous: false },
    ...[...reads, ...writes].map((dataset) => mention(at, dataset)),
    ...reads.map(io('reads')),
    ...writes.map(io('writes')),
  ])
}

/** One run of each job: it reads the hub and what the job before it wrote. */
const firstRun = (job: number): Told =>
  ran(`job${job}`, `run${job}`, {
    at: minute(job / 1000),
    reads: [hub, ...(job === 0 ? [] : [output(job - 1, 0), output(job - 1, 1)])],
    writes: outputsOf(job),
  })

const source: DatasetName = { namespace: 'bigquery', name: 'project.tables.apart' }
const target: DatasetName = { namespace: lake, name: 'shared/apart/0' }

/** Reads and writes nothing that another event names. */
const apart = event(minute(1), [
  ...ran('apart', 'run apart', { at: minute(1), reads: [source], writes: [target] }).facts,
  {
    kind: 'columnMap',
    at: minute(1),
    run: 'run apart',
    part: '',
    output: target,
    map: {
      fields: [{ column: 'a', inputs: [{ dataset: source, column: 'b', transformations: [] }] }],
      whole: [],
    },
  },
])

/** A job that runs the more often, the larger the graph is, and makes its table anew each time. */
function busyRun(number: number): readonly Told[] {
  const run = `busy${number}`
  const [start, end] = [minute(number), minute(number + 0.5)]
  const made = output(0, 1)
  const whole = { kind: 'lifecycle', at: end, dataset: made, change: 'OVERWRITE' } as const
  const complete = ran('busy', run, { at: end, reads: [hub, output(0, 0)], writes: [made] })
  return [
    ran('busy', run, { at: start, type: 'START', reads: [hub], writes: [] }),
    event(end, [
      ...complete.facts,
      { kind: 'schema', at: end, dataset: made, fields: [{ name: 'a' }], by: 'writer' },
      { ...whole, run, whole: true },
    ]),
  ]
}
const datasetsPerBusyRun = 100

/** A graph of so many datasets: all under one prefix, a hub, a table, a job for each ten of them. */
export async function wideGraph(datasets: number): Promise<MeasuredGraph> {
  const graph = new MeasuredGraph()
  onTestFinished(() => graph[Symbol.dispose]())
  const told = [
    event(minute(0), [mention(minute(0), prefix), mention(minute(0), table)]),
    apart,
    ...Array.from({ length: datasets / outputsPerJob }, (_, job) => firstRun(job)),
    ...Array.from({ length: datasets / datasetsPerBusyRun }, (_, run) => busyRun(run)).flat(),
  ]
  await graph.feed(told.map(receivedNow))
  return graph
}

let clock = minute(24 * 60)
/** What is told, received a microsecond after what was told before. */
export function receivedNow(told: Told): Translated {
  clock = (clock + 1) as Micros
  return received(told, clock)
}

/** What comes in beside what is there: it names things that are in every wide graph. */
export const additions: ReadonlyMap<string, readonly Told[]> = new Map([
  [
    'another run of a known job, which reads the hub',
    (['START', 'COMPLETE'] as const).map((type) =>
      ran('job1', 'another run', {
        at: minute(type === 'START' ? 2000 : 2001),
        type,
        reads: [hub, output(0, 0), output(0, 1)],
        writes: outputsOf(1),
      }),
    ),
  ],
  ['another run of a job that ran often', busyRun(2010)],
  [
    'a first run of a job that reads the whole prefix',
    [ran('lister', 'list', { at: minute(2002), reads: [prefix], writes: [table] })],
  ],
  [
    'a symlink between two known names',
    [
      event(minute(2003), [
        { kind: 'alias', at: minute(2003), dataset: output(1, 2), other: output(1, 3) },
      ]),
    ],
  ],
  [
    'a table that lies at a new place under the prefix',
    [
      event(minute(2004), [
        mention(minute(2004), newPlace),
        { kind: 'location', at: minute(2004), table, location: newPlace, by: 'catalog' },
      ]),
    ],
  ],
  ['a retraction', [retraction([apart], minute(2005))]],
])

const unknown = (number: number): Told =>
  event(minute(number), [{ kind: 'unknown', at: minute(number), name: 'iot:New' }])
const tally: Told = {
  kind: 'tally',
  at: minute(2006),
  facts: [{ kind: 'tally', at: minute(2006), source: 'trail', name: 'ec2:Look', count: 3 }],
}

/** What comes in and is only counted, and some of it taken back. */
export const notRead: readonly Told[] = [
  unknown(2007),
  unknown(2008),
  tally,
  retraction([unknown(2007), tally], minute(2009)),
]

/** An object of the prefix is read by a session of a role. */
export function accessed(number: number): Told {
  const at = minute(number)
  const id = `access:${number}`
  const how = { principal: role, action: 'READ', touched: true, session: 'key' } as const
  return event(at, [{ kind: 'access', at, dataset: prefix, id, ...how }], { eventKey: id })
}

const role = 'arn:aws:iam::1:role/etl'

/** A user began the session. */
export const sessionBegan = event(minute(0), [
  {
    kind: 'session',
    at: minute(0),
    session: 'key',
    of: role,
    by: { principal: 'arn:aws:iam::1:user/ann' },
  },
])

/** A graph of so many accesses to one folder, one a minute. */
export async function accessedGraph(accesses: number): Promise<MeasuredGraph> {
  const graph = new MeasuredGraph()
  onTestFinished(() => graph[Symbol.dispose]())
  const told = Array.from({ length: accesses }, (_, number) => accessed(number))
  await graph.feed(told.map(receivedNow))
  return graph
}

/** A graph of so many events that no translator knows, all of one name. */
export async function unreadGraph(events: number): Promise<MeasuredGraph> {
  const graph = new MeasuredGraph()
  onTestFinished(() => graph[Symbol.dispose]())
  const earlier = Array.from({ length: events }, (_, number) => unknown(-number))
  await graph.feed(earlier.map(receivedNow))
  return graph
}
