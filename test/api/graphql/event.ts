import { createHash } from 'node:crypto'

/** Namespace and name, of a dataset or a job. */
export type Name = readonly [namespace: string, name: string]

type Side = Name | Readonly<{ name: Name; facets: object }>

const producer = 'https://example.org/tests'
const schemaURL = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent'

/** A run of a job that moved data from its inputs to its outputs; one event, COMPLETE by default. */
export function moved(
  job: Name,
  {
    at = '2026-03-01T12:00:00Z',
    run = job.join('/'),
    type = 'COMPLETE',
    inputs = [],
    outputs = [],
    runFacets = {},
    jobFacets = {},
  }: Readonly<{
    at?: string
    run?: string
    type?: string
    inputs?: readonly Side[]
    outputs?: readonly Side[]
    runFacets?: object
    jobFacets?: object
  }> = {},
): object {
  return {
    eventType: type,
    eventTime: at,
    producer,
    schemaURL,
    run: { runId: runIdOf(run), facets: runFacets },
    job: { namespace: job[0], name: job[1], facets: jobFacets },
    inputs: inputs.map(sideOf),
    outputs: outputs.map(sideOf),
  }
}

/** A dataset with facets, each with what every facet has. */
export function having(name: Name, facets: Readonly<Record<string, object>>): Side {
  return { name, facets: Object.fromEntries(Object.entries(facets).map(withProvenance)) }
}

export function facet(content: object): object {
  return { _producer: producer, _schemaURL: `${producer}/facet.json`, ...content }
}

/** A UUID for a word, always the same. */
export function runIdOf(word: string): string {
  const hex = createHash('sha256').update(word).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The columns of a dataset, as the schema facet has them. */
export function columns(...names: readonly string[]): object {
  return { fields: names.map((name) => ({ name, type: 'string' })) }
}

function withProvenance([key, content]: readonly [string, object]): readonly [string, object] {
  return [key, facet(content)]
}

function sideOf(side: Side): object {
  const { name, facets } = 'name' in side ? side : { name: side, facets: {} }
  return { namespace: name[0], name: name[1], facets }
}
