import type { Micros } from './time.ts'
import { drawn, happens } from './random.ts'
import { isoTime, minuteMicros, secondMicros } from './time.ts'

type Json = string | number | boolean | null | readonly Json[] | JsonObject
/** Members that are undefined are not written. */
export type JsonObject = { readonly [key: string]: Json | undefined }
export type Facets = Readonly<Record<string, JsonObject | undefined>>

/** A dataset under one of its spellings, as a producer writes it. */
export type DatasetName = Readonly<{ namespace: string; name: string }>
export type JobName = Readonly<{ namespace: string; name: string }>
/** A run as others refer to it. */
export type RunReference = Readonly<{ runId: string; job: JobName }>

/** A dataset of a run or job, with what the producer tells about it. */
export type Port = DatasetName &
  Readonly<{ facets?: Facets; inputFacets?: Facets; outputFacets?: Facets }>

export type RunState = 'START' | 'RUNNING' | 'COMPLETE' | 'ABORT' | 'FAIL'

/** Who writes the events, and how it writes times. */
export type Producer = Readonly<{ uri: string; digits: 3 | 6; zone: 'Z' | '+00:00' }>

/** An event, when it says that it happened, and when it is posted. */
export type Posting = Readonly<{ at: Micros; postedAt: Micros; event: JsonObject }>

const specification = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs'

function posting(producer: Producer, at: Micros, kind: string, body: JsonObject): Posting {
  const key = `${at}/${JSON.stringify(body).length}`
  return posted(at, key, {
    eventTime: isoTime(at, producer.digits, producer.zone),
    producer: producer.uri,
    schemaURL: `${specification}/${kind}`,
    ...body,
  })
}

// Deliveries take seconds, and neighbours change places; a few wait minutes for another try.
function posted(at: Micros, key: string, event: JsonObject): Posting {
  const delay = happens(`retried/${key}`, 25)
    ? drawn(`delay/${key}`, 3, 25) * minuteMicros
    : drawn(`delay/${key}`, 1, 45 * secondMicros)
  return { at, postedAt: at + delay, event }
}

/** A RunEvent: the state of one execution at `at`. */
export function runEvent(
  producer: Producer,
  at: Micros,
  state: RunState,
  parts: Readonly<{
    run: Readonly<{ runId: string; facets: Facets }>
    job: JobName & Readonly<{ facets: Facets }>
    inputs?: readonly Port[]
    outputs?: readonly Port[]
  }>,
): Posting {
  const { run, job, inputs = [], outputs = [] } = parts
  return posting(producer, at, 'RunEvent', { eventType: state, run, job, inputs, outputs })
}

/** A JobEvent: what a job is set up to do, without a run. */
export function jobEvent(
  producer: Producer,
  at: Micros,
  parts: Readonly<{
    job: JobName & Readonly<{ facets: Facets }>
    inputs: readonly Port[]
    outputs: readonly Port[]
  }>,
): Posting {
  return posting(producer, at, 'JobEvent', { ...parts })
}

/** A DatasetEvent: what somebody says of one dataset, without a run. */
export function datasetEvent(
  producer: Producer,
  at: Micros,
  dataset: DatasetName & Readonly<{ facets: Facets }>,
): Posting {
  return posting(producer, at, 'DatasetEvent', { dataset })
}

/** The same event, delivered at another time than at once. */
export function postedAt(planned: Posting, at: Micros): Posting {
  return { ...planned, postedAt: at }
}
