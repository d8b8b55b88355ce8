import type {
  DatasetName,
  ExplicitEntry,
  Fact,
  FacetOwner,
  JobName,
  Json,
  Micros,
  Mover,
  SchemaBy,
  Side,
} from '../../model/index.ts'
import type { OpenLineageEvent } from './event.ts'
import type { EventNames, NamedPart } from './names.ts'
import type { Facets, Fault } from './parts.ts'
import { datasetTypeOf, documentationFacts, ownershipFacts, tagFacts } from './description.ts'
import { facetValue } from './facet.ts'
import { lifecycleFacts } from './lifecycle.ts'
import { schemaFields } from './schema.ts'
import { symlinkFacts } from './symlinks.ts'

export type DatasetContext = Readonly<{
  at: Micros
  names: EventNames
  by: Mover
  schemaBy: SchemaBy
  /** Undefined for a DatasetEvent, which is about the dataset alone. */
  side: Side | undefined
}>

/** Everything that an event says about one of its datasets, but for what was moved. */
export function datasetFacts(dataset: NamedPart, context: DatasetContext): readonly Fact[] {
  const { at, by, names, side } = context
  return [
    ...dataset.names.flatMap(({ name }) => factsOfName(name, dataset, context)),
    ...symlinkFacts(dataset, { at, names }),
    // What a job is declared to do to a dataset has not happened to it.
    ...('job' in by ? [] : lifecycleFacts(dataset, { at, by, names, writes: side !== 'reads' })),
  ]
}

function factsOfName(
  name: DatasetName,
  { part }: NamedPart,
  { at, by, schemaBy, side }: DatasetContext,
): readonly Fact[] {
  const { facets, ioFacets, spelling } = part
  const of = { dataset: name }
  const type = datasetTypeOf(facets)
  const fields = schemaFields(facetValue(facets, 'schema') ?? null)
  return [
    { kind: 'mention', at, dataset: name, spelling, touched: true },
    ...(type === undefined ? [] : [{ kind: 'datasetType', at, dataset: name, type } as const]),
    ...(fields === undefined
      ? []
      : [{ kind: 'schema', at, dataset: name, fields, by: schemaBy } as const]),
    ...documentationFacts({ at, of, facets }),
    ...ownershipFacts({ at, of, facets }),
    ...tagFacts({ at, of, facets }),
    ...currentFacets(facets, of, at),
    ...('run' in by && side !== undefined
      ? [
          ...snapshotFacets(facets, { run: by.run, side, dataset: name, group: 'facets' }, at),
          ...snapshotFacets(ioFacets, { run: by.run, side, dataset: name, group: 'ioFacets' }, at),
        ]
      : []),
  ]
}

/** Facets of a dataset or job as they now are: a deleted one is a tombstone. */
function currentFacets(facets: Facets, of: FacetOwner, at: Micros): readonly Fact[] {
  return [...facets].map(([key, { value, deleted }]) =>
    facetFact(of, key, deleted ? null : value, at),
  )
}

/** Facets as they were on one run, where a deletion of the current one has nothing to say. */
export function snapshotFacets(facets: Facets, of: FacetOwner, at: Micros): readonly Fact[] {
  return [...facets].flatMap(([key, { value, deleted }]) =>
    deleted ? [] : [facetFact(of, key, value, at)],
  )
}

function facetFact(of: FacetOwner, key: string, value: Json, at: Micros): Fact {
  return { kind: 'facet', at, of, key, value }
}

/**
 * The datasets that only facets name. What explicit lineage names was read or written; what a column
 * map or a rename names was only mentioned.
 */
export function facetMentions(
  names: EventNames,
  { at, explicit }: Readonly<{ at: Micros; explicit: readonly ExplicitEntry[] }>,
): readonly Fact[] {
  const touched = new Set(explicit.flatMap(({ target, inputs }) => [target, ...inputs]))
  return [...names.resolved()].flatMap(({ spelling, names: datasets }) =>
    datasets.map((dataset): Fact => ({
      kind: 'mention',
      at,
      dataset,
      spelling,
      touched: touched.has(dataset),
    })),
  )
}

/**
 * The parts of the event that had to be left out, each with the datasets that it touches: its own
 * and those that it names, or all of the event's where it belongs to none of them.
 */
export function problemFacts(
  { at, faults }: Pick<OpenLineageEvent, 'at' | 'faults'>,
  names: EventNames,
): readonly Fact[] {
  const all = names.all()
  return faults.map(({ path, message, within, named }: Fault): Fact => {
    const spelled = within === undefined ? named : [within, ...named]
    const read = spelled.flatMap((spelling) => names.of(spelling).map(({ name }) => name))
    const touched = within === undefined ? new Set([...all, ...read]) : new Set(read)
    return {
      kind: 'problem',
      at,
      code: 'FACET_MALFORMED',
      path,
      reason: message,
      names: [...touched],
    }
  })
}

/** Facts of a job that hold for it as a whole. */
export function jobFacts(job: JobName, facets: Facets, at: Micros): readonly Fact[] {
  const of = { job }
  return [
    ...documentationFacts({ at, of, facets }),
    ...ownershipFacts({ at, of, facets }),
    ...tagFacts({ at, of, facets }),
    ...currentFacets(facets, of, at),
  ]
}
