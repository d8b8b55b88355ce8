import type { ErrorCode } from '../../errors.ts'
import type { Json, JsonObject, Micros, RunEventType } from '../../model/index.ts'
import type { DatasetPart, Facets, Fault, JobPart, NameRead } from './parts.ts'
import { isJsonObject, parseTime } from '../../model/index.ts'
import { bounded, isName, readDatasets, readFacets, readName } from './parts.ts'
import { member } from '../members.ts'

type Common = Readonly<{ at: Micros; faults: readonly Fault[] }>

export type RunEvent = Common &
  Readonly<{
    kind: 'run'
    eventType: RunEventType
    runId: string
    runFacets: Facets
    job: JobPart
    inputs: readonly DatasetPart[]
    outputs: readonly DatasetPart[]
  }>
export type JobEvent = Common &
  Readonly<{
    kind: 'job'
    job: JobPart
    inputs: readonly DatasetPart[]
    outputs: readonly DatasetPart[]
  }>
export type DatasetEvent = Common & Readonly<{ kind: 'dataset'; dataset: DatasetPart }>
export type OpenLineageEvent = RunEvent | JobEvent | DatasetEvent

/** Why an event cannot be used at all. The reason names places and never quotes the event. */
export type Refusal = Readonly<{ refused: true; code: ErrorCode; reason: string; path: string }>

const eventTypes: ReadonlySet<string> = new Set<RunEventType>([
  'START',
  'RUNNING',
  'COMPLETE',
  'ABORT',
  'FAIL',
  'OTHER',
])

/**
 * An OpenLineage event as its translators read it, told apart by the presence of run, job and
 * dataset and never by `schemaURL`. Null counts as absent everywhere. What has the wrong shape and
 * is not needed to identify the event is left out and named in `faults`.
 *
 * A refusal is EVENT_UNIDENTIFIABLE when job, run or dataset cannot be told, and EVENT_MALFORMED
 * when there is no time at which it happened.
 *
 * @see openlineage.md section 1
 */
export function readEvent(value: Json): OpenLineageEvent | Refusal {
  if (!isJsonObject(value)) return unidentifiable('', 'An event is a JSON object')
  const given = (key: string): boolean => (member(value, key) ?? null) !== null
  if (given('dataset') && !(given('run') && given('job'))) return readDatasetEvent(value)
  if (given('run')) return readRunEvent(value)
  if (given('job')) return readJobEvent(value)
  return unidentifiable('', 'The event has none of run, job and dataset')
}

/** Whether `readEvent` gave a refusal. */
export function isRefusal(read: OpenLineageEvent | Refusal): read is Refusal {
  return 'refused' in read
}

function readRunEvent(value: JsonObject): RunEvent | Refusal {
  const run = member(value, 'run')
  const runId = isJsonObject(run) ? member(run, 'runId') : undefined
  if (!isJsonObject(run) || !isName(runId)) {
    return unidentifiable('/run/runId', 'The run has no runId that is text')
  }
  const name = readName(value, 'job')
  if (name === undefined) {
    return unidentifiable('/job', 'The job has no namespace and name that are text')
  }
  const at = readTime(value)
  if (at === undefined) return withoutTime
  const faults: Fault[] = []
  return {
    kind: 'run',
    at,
    eventType: readEventType(value, faults),
    runId,
    runFacets: readFacets(run, { key: 'facets', group: 'run', path: '/run' }, faults),
    job: readJob(name, faults),
    inputs: readDatasets(value, 'inputs', faults),
    outputs: readDatasets(value, 'outputs', faults),
    faults: bounded(faults),
  }
}

function readJobEvent(value: JsonObject): JobEvent | Refusal {
  const name = readName(value, 'job')
  if (name === undefined) {
    return unidentifiable('/job', 'The job has no namespace and name that are text')
  }
  const at = readTime(value)
  if (at === undefined) return withoutTime
  const faults: Fault[] = []
  return {
    kind: 'job',
    at,
    job: readJob(name, faults),
    inputs: readDatasets(value, 'inputs', faults),
    outputs: readDatasets(value, 'outputs', faults),
    faults: bounded(faults),
  }
}

function readDatasetEvent(value: JsonObject): DatasetEvent | Refusal {
  const name = readName(value, 'dataset')
  if (name === undefined) {
    return unidentifiable('/dataset', 'The dataset has no namespace and name that are text')
  }
  const at = readTime(value)
  if (at === undefined) return withoutTime
  const faults: Fault[] = []
  const facets = readFacets(
    name.of,
    { key: 'facets', group: 'dataset', path: '/dataset', within: name.spelling },
    faults,
  )
  const dataset = { spelling: name.spelling, facets, ioFacets: new Map(), path: '/dataset' }
  return { kind: 'dataset', at, dataset, faults: bounded(faults) }
}

function readJob({ of, spelling }: NameRead, faults: Fault[]): JobPart {
  const facets = readFacets(of, { key: 'facets', group: 'job', path: '/job' }, faults)
  return { ...spelling, facets }
}

function readEventType(value: JsonObject, faults: Fault[]): RunEventType {
  const given = member(value, 'eventType') ?? null
  if (given === null) return 'NONE'
  const upper = typeof given === 'string' ? given.toUpperCase() : ''
  if (isEventType(upper)) return upper
  const message = `eventType must be one of ${[...eventTypes].join(', ')}`
  faults.push({ path: '/eventType', message, named: [] })
  // Like OTHER, it says that something happened and nothing about the run's state.
  return 'OTHER'
}

function isEventType(word: string): word is RunEventType {
  return eventTypes.has(word)
}

function readTime(value: JsonObject): Micros | undefined {
  const given = member(value, 'eventTime')
  return typeof given === 'string' ? parseTime(given) : undefined
}

const withoutTime: Refusal = {
  refused: true,
  code: 'EVENT_MALFORMED',
  reason: 'eventTime at /eventTime is missing or is no ISO 8601 time between 1685 and 2200',
  path: '/eventTime',
}

function unidentifiable(path: string, reason: string): Refusal {
  return { refused: true, code: 'EVENT_UNIDENTIFIABLE', reason, path }
}
