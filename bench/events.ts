import type { World, WorldDataset, WorldJob, WorldName } from './world.ts'
import { createHash } from 'node:crypto'

/** 2026-01-01, in milliseconds. */
const beginning = 1_767_225_600_000
const dayMs = 86_400_000
const runMs = 60_000

const producer = 'https://example.org/spark/1.40.1'
const standard = 'https://openlineage.io/spec'
const jobNamespace = 'spark-on-emr'

/** Fifteen columns: eight that every table has, and seven of its domain. */
const commonColumns = [
  ['id', 'bigint'],
  ['patient_key', 'bigint'],
  ['encounter_key', 'bigint'],
  ['facility_code', 'string'],
  ['status', 'string'],
  ['created_at', 'timestamp'],
  ['updated_at', 'timestamp'],
  ['load_batch', 'string'],
] as const
const ownColumns = 7
/** So many domains have columns of their own; the others share theirs. */
const fieldKinds = 20
const ownTypes = ['string', 'decimal(18,4)', 'date', 'int', 'boolean', 'double', 'string'] as const

type Field = Readonly<{ name: string; type: string }>

/** The events of one job's run as JSON texts: a START with names, a COMPLETE with schema and lineage. */
function eventsOfRun(world: World, job: WorldJob, run: number): readonly [string, string] {
  const offset = Number.parseInt(
    createHash('sha256').update(job.name).digest('hex').slice(0, 8),
    16,
  )
  const startedAt = beginning + run * dayMs + (offset % (dayMs - 2 * runMs))
  const inputs = job.inputs.map((index) => world.datasets[index] as WorldDataset)
  const outputs = job.outputs.map((index) => world.datasets[index] as WorldDataset)
  const event = (type: string, at: number, isEnd: boolean): string =>
    JSON.stringify({
      eventType: type,
      eventTime: new Date(at).toISOString(),
      producer,
      schemaURL: `${standard}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
      run: { runId: runId(job, run), facets: { processing_engine: engine } },
      job: { namespace: jobNamespace, name: job.name, facets: { jobType } },
      inputs: inputs.map((dataset) => port(dataset, false, undefined)),
      outputs: outputs.map((dataset) => port(dataset, isEnd, isEnd ? inputs : undefined)),
    })
  return [event('START', startedAt, false), event('COMPLETE', startedAt + runMs, true)]
}

/** Day by day the runs of all jobs, as a scheduler would start them. */
export function* worldEvents(world: World, runs: number): Iterable<string> {
  for (let run = 0; run < runs; run += 1) {
    for (const job of world.jobs) yield* eventsOfRun(world, job, run)
  }
}

function port(
  dataset: WorldDataset,
  withSchema: boolean,
  sources: readonly WorldDataset[] | undefined,
): unknown {
  const { namespace, name, symlink } = dataset
  const facets = {
    ...(withSchema
      ? { schema: facet('1-2-0/SchemaDatasetFacet', { fields: fieldsOf(dataset) }) }
      : {}),
    ...(symlink === undefined ? {} : { symlinks: symlinks(symlink) }),
    ...(sources === undefined || sources.length === 0
      ? {}
      : { columnLineage: columnLineage(dataset, sources) }),
  }
  return { namespace, name, facets }
}

const known = new Map<number, readonly Field[]>()

function fieldsOf({ domain }: WorldDataset): readonly Field[] {
  const kind = domain % fieldKinds
  const fields = known.get(kind) ?? makeFields(kind)
  known.set(kind, fields)
  return fields
}

function makeFields(kind: number): readonly Field[] {
  const common = commonColumns.map(([name, type]) => ({ name, type }))
  const own = Array.from({ length: ownColumns }, (_, index) => ({
    name: `measure_${kind}_${index}`,
    type: ownTypes[index] ?? 'string',
  }))
  return [...common, ...own]
}

/** Each column comes from one column of one input, the keys also from a second; one filter for all. */
function columnLineage(output: WorldDataset, sources: readonly WorldDataset[]): unknown {
  const input = (at: number, field: string, type: string, subtype: string): unknown => {
    const { namespace, name } = sources[at % sources.length] as WorldName
    return { namespace, name, field, transformations: [{ type, subtype }] }
  }
  const fields = fieldsOf(output).map(({ name }, at) => {
    const own = input(
      at,
      columnAt(sources, at),
      'DIRECT',
      at % 3 === 0 ? 'TRANSFORMATION' : 'IDENTITY',
    )
    const isKey = at === 1 && sources.length > 1
    return [name, { inputFields: isKey ? [own, input(at + 1, name, 'DIRECT', 'IDENTITY')] : [own] }]
  })
  return facet('1-2-0/ColumnLineageDatasetFacet', {
    fields: Object.fromEntries(fields) as unknown,
    dataset: [input(0, 'status', 'INDIRECT', 'FILTER')],
  })
}

function columnAt(sources: readonly WorldDataset[], at: number): string {
  const source = sources[at % sources.length] as WorldDataset
  return fieldsOf(source)[at]?.name ?? 'id'
}

function symlinks({ namespace, name }: WorldName): unknown {
  return facet('1-0-1/SymlinksDatasetFacet', { identifiers: [{ namespace, name, type: 'TABLE' }] })
}

function facet(schema: string, body: Readonly<Record<string, unknown>>): unknown {
  return { _producer: producer, _schemaURL: `${standard}/facets/${schema}.json`, ...body }
}

const engine = facet('1-1-1/ProcessingEngineRunFacet', {
  version: '3.5.2',
  name: 'spark',
  openlineageAdapterVersion: '1.40.1',
})
const jobType = facet('2-0-3/JobTypeJobFacet', {
  processingType: 'BATCH',
  integration: 'SPARK',
  jobType: 'JOB',
})

/** A version 7 UUID in shape, drawn from the job and the number of the run. */
function runId(job: WorldJob, run: number): string {
  const digits = createHash('sha256').update(`${job.name}/${run}`).digest('hex')
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `7${digits.slice(12, 15)}`,
    `8${digits.slice(15, 18)}`,
    digits.slice(18, 30),
  ].join('-')
}
