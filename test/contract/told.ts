import type {
  DatasetName,
  Entry,
  EntryKey,
  EntryKind,
  Fact,
  JobName,
  Micros,
  Position,
  RunEventType,
} from '../../src/model/index.ts'
import type { Translated } from '../../src/graph/index.ts'
import { createHash } from 'node:crypto'
import { entryKeyOf } from '../../src/model/index.ts'

/** What is told of the world, before anybody has received it. */
export type Told = Readonly<{
  kind: EntryKind
  at: Micros
  facts: readonly Fact[]
  /** The event's own id; undefined: its content is its id, as OpenLineage has it. */
  eventKey?: string | undefined
  digest?: string | undefined
  source?: string | undefined
  /** A late correction of the event with its event key. */
  corrects?: true | undefined
  retracts?: readonly EntryKey[] | undefined
}>

/** 2026-03-01, in microseconds. */
const morning = 1_772_323_200_000_000 as Micros
const microsPerMinute = 60_000_000

/** So many minutes after the morning on which every story here begins. */
export function minute(count: number): Micros {
  return (morning + Math.round(count * microsPerMinute)) as Micros
}

/** An event that says these facts. */
export function event(at: Micros, facts: readonly Fact[], more: Partial<Told> = {}): Told {
  return { kind: 'event', at, facts, ...more }
}

/** A steward's decision. */
export function decision(at: Micros, facts: readonly Fact[]): Told {
  return { kind: 'decision', at, facts }
}

/** Ends the effect of the copies that were received before it. `at` only tells it from others. */
export function retraction(of: readonly Told[], at: Micros): Told {
  return { kind: 'retraction', at, facts: [], retracts: of.map(keyOf) }
}

export function keyOf(told: Told): EntryKey {
  return entryKeyOf(identityOf(told))
}

/** What is told as it was received at that moment. */
export function received(told: Told, receivedAt: Micros): Translated {
  const entry: Entry = {
    ...identityOf(told),
    key: keyOf(told),
    kind: told.kind,
    format: 'test',
    eventTime: told.at,
    source: told.source ?? 'test:source',
    sender: 'tester',
    trust: 'SELF_REPORTED',
    context: {},
    exposures: [],
    payload: '{}',
    retracts: told.retracts ?? [],
    ...(told.corrects === undefined ? {} : { corrects: told.corrects }),
    position: `chain:${receivedAt}` as Position,
    receivedAt,
    hash: '',
  }
  return { entry, facts: told.facts }
}

function identityOf({ kind, at, facts, eventKey, digest, source, ...more }: Told): {
  readonly eventKey: string
  readonly digest: string
} {
  const { retracts = [], corrects = false } = more
  const content = JSON.stringify([kind, at, facts, retracts, corrects, source])
  const own = digest ?? createHash('sha256').update(content).digest('base64url').slice(0, 22)
  return { eventKey: eventKey ?? `test:${own}`, digest: own }
}

// Small builders of facts, one per noun.

export function lake(name: string): DatasetName {
  return { namespace: 's3://lake', name }
}

export function glue(name: string): DatasetName {
  return { namespace: 'arn:aws:glue:us-east-1:123456789012', name }
}

export function ehr(table: string): DatasetName {
  return { namespace: 'postgres://ehr:5432', name: `ehr.public.${table}` }
}

export function job(name: string): JobName {
  return { namespace: 'etl', name }
}

/** The name stood in `inputs` or `outputs`: it was touched. */
export function touched(at: Micros, dataset: DatasetName): Fact {
  return { kind: 'mention', at, dataset, spelling: dataset, touched: true }
}

export function mentioned(at: Micros, dataset: DatasetName): Fact {
  return { kind: 'mention', at, dataset, spelling: dataset, touched: false }
}

export type RunTold = Readonly<{
  run: string
  job?: string
  type?: RunEventType
  reads?: readonly DatasetName[]
  writes?: readonly DatasetName[]
  part?: string
  continuous?: boolean
}>

/** What an event of a run says: its state, and what it read and wrote. */
export function runFacts(at: Micros, told: RunTold): readonly Fact[] {
  const { run, reads = [], writes = [], part = '' } = told
  return [
    {
      kind: 'run',
      at,
      run,
      job: job(told.job ?? 'j'),
      event: told.type ?? 'COMPLETE',
      continuous: told.continuous ?? false,
    },
    { kind: 'job', at, job: job(told.job ?? 'j') },
    ...[...reads, ...writes].map((dataset) => touched(at, dataset)),
    ...reads.map((dataset): Fact => ({ kind: 'io', at, run, part, side: 'reads', dataset })),
    ...writes.map((dataset): Fact => ({ kind: 'io', at, run, part, side: 'writes', dataset })),
  ]
}

/** An event of a run that says that and more. */
export function ran(at: Micros, told: RunTold, more: readonly Fact[] = []): Told {
  return event(at, [...runFacts(at, told), ...more])
}

/** A catalog says where the table lies. */
export function located(table: DatasetName, at: Micros, place: DatasetName): Told {
  return event(at, [
    touched(at, table),
    touched(at, place),
    { kind: 'location', at, table, location: place, by: 'catalog' },
  ])
}
