import type { Json, JsonObject, Micros, RunEventType, Spelling } from '../../model/index.ts'
import type { FacetGroup } from './facet-shapes.ts'
import type { ErrorCode } from '../../errors.ts'
import { isJsonObject, parseTime } from '../../model/index.ts'
import { facetShapes } from './facet-shapes.ts'
import { isList, member } from './shape.ts'
import { spellingsIn } from './spellings.ts'

/** A facet of the right shape. `deleted` takes it off its job or dataset from this event on. */
export type Facet = Readonly<{ value: Json; deleted: boolean }>
export type Facets = ReadonlyMap<string, Facet>

export type JobPart = Readonly<{ namespace: string; name: string; facets: Facets }>

/** One entry of `inputs` or `outputs`, or the dataset of a DatasetEvent. */
export type DatasetPart = Readonly<{
  spelling: Spelling
  facets: Facets
  /** `inputFacets` or `outputFacets`. */
  ioFacets: Facets
  /** A JSON pointer into the event. */
  path: string
}>

/**
 * A part that had to be left out, and why. `within` is the dataset that it belongs to, if any;
 * `named` are those that it names itself, as far as it can be read.
 */
export type Fault = Readonly<{
  path: string
  message: string
  within?: Spelling
  named: readonly Spelling[]
}>

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
    runFacets: readFacets(run, 'facets', 'run', '/run', undefined, faults),
    job: {
      ...name.spelling,
      facets: readFacets(name.of, 'facets', 'job', '/job', undefined, faults),
    },
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
    job: {
      ...name.spelling,
      facets: readFacets(name.of, 'facets', 'job', '/job', undefined, faults),
    },
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
  const facets = readFacets(name.of, 'facets', 'dataset', '/dataset', name.spelling, faults)
  const dataset = { spelling: name.spelling, facets, ioFacets: new Map(), path: '/dataset' }
  return { kind: 'dataset', at, dataset, faults: bounded(faults) }
}

/** Absent and null are an empty list; an entry without a name is left out. */
function readDatasets(
  event: JsonObject,
  side: 'inputs' | 'outputs',
  faults: Fault[],
): readonly DatasetPart[] {
  const list = member(event, side) ?? []
  if (!isList(list)) {
    faults.push({ path: `/${side}`, message: `${side} must be a list`, named: namedIn(list) })
    return []
  }
  const ioGroup = side === 'inputs' ? 'input' : 'output'
  const read: DatasetPart[] = []
  for (const [index, item] of list.entries()) {
    const path = `/${side}/${index}`
    const name = readNameOf(item)
    if (name === undefined) {
      const message = `${side}[${index}] has no namespace and name that are text`
      faults.push({ path, message, named: namedIn(item) })
      continue
    }
    const { of, spelling } = name
    read.push({
      spelling,
      facets: readFacets(of, 'facets', 'dataset', path, spelling, faults),
      ioFacets: readFacets(of, `${ioGroup}Facets`, ioGroup, path, spelling, faults),
      path,
    })
  }
  return read
}

/** Facets by key, without those that are null and those of the wrong shape. */
function readFacets(
  owner: JsonObject,
  key: string,
  group: FacetGroup,
  ownerPath: string,
  within: Spelling | undefined,
  faults: Fault[],
): Facets {
  const facets = member(owner, key) ?? null
  const path = `${ownerPath}/${key}`
  const of = within === undefined ? {} : { within }
  if (facets === null) return new Map()
  if (!isJsonObject(facets)) {
    faults.push({ path, message: `${key} must be an object`, ...of, named: [] })
    return new Map()
  }
  const read = new Map<string, Facet>()
  for (const [name, value] of Object.entries(facets)) {
    if (value === null) continue
    const deleted = mayBeDeleted(group) && isTombstone(value)
    const wrong = deleted ? undefined : facetShapes[group].get(name)?.(value, name)
    if (wrong === undefined) read.set(name, { value, deleted })
    // Only standard facets have a shape, so the name in this path is a known one.
    else {
      const named = group === 'dataset' || name === 'lineage' ? namedIn(value) : []
      faults.push({ path: `${path}/${name}`, message: wrong, ...of, named })
    }
  }
  return read
}

function mayBeDeleted(group: FacetGroup): boolean {
  return group === 'job' || group === 'dataset'
}

function isTombstone(value: Json): boolean {
  return isJsonObject(value) && member(value, '_deleted') === true
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

type NameRead = Readonly<{ of: JsonObject; spelling: Spelling }>

function readName(value: JsonObject, key: string): NameRead | undefined {
  return readNameOf(member(value, key))
}

function readNameOf(of: Json | undefined): NameRead | undefined {
  if (!isJsonObject(of)) return undefined
  const namespace = member(of, 'namespace')
  const name = member(of, 'name')
  return isName(namespace) && isName(name) ? { of, spelling: { namespace, name } } : undefined
}

function isName(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== ''
}

function namedIn(value: Json): readonly Spelling[] {
  return [...spellingsIn(value)].slice(0, namedMax)
}

/** The first faults, and one that counts the rest: an event of nothing but faults stays small. */
function bounded(faults: readonly Fault[]): readonly Fault[] {
  if (faults.length <= faultsMax) return faults
  const shown = faults.slice(0, faultsMax - 1)
  const message = `${faults.length - shown.length} more parts were left out`
  return [...shown, { path: '', message, named: [] }]
}

const faultsMax = 100
const namedMax = 1_000

const withoutTime: Refusal = {
  refused: true,
  code: 'EVENT_MALFORMED',
  reason: 'eventTime at /eventTime is missing or is no ISO 8601 time between 1685 and 2200',
  path: '/eventTime',
}

function unidentifiable(path: string, reason: string): Refusal {
  return { refused: true, code: 'EVENT_UNIDENTIFIABLE', reason, path }
}
