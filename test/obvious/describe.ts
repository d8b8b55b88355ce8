import type {
  DatasetId,
  DatasetKind,
  DatasetName,
  DatasetOrJob,
  EntryKey,
  FactKind,
  JobId,
  Json,
  RunId,
  SchemaField,
} from '../../src/model/index.ts'
import type {
  ColumnRecord,
  DatasetDetails,
  FacetRecord,
  JobDetails,
  KnownName,
  RunDataset,
  SchemaRecord,
} from '../../src/graph/index.ts'
import type { Said } from './said.ts'
import type { World } from './world.ts'
import { compareCodePoints, kindByName } from '../../src/model/index.ts'
import { datasetIdOf, jobIdOf, runIdOf } from './id.ts'
import { bySchema, splitsOf, standingsOf } from './identity.ts'
import { best, byRank, byTime, greatest, least, ofKind } from './said.ts'
import { subjectIdsOf } from './subject.ts'

/** Which of two statements counts: "a steward beats a producer, whatever the times". */
const statedBy = { producer: 1, steward: 2 } as const
/** "A writer's schema beats a reader's"; a statement about it stands between them. */
export const schemaBy = { reader: 1, statement: 2, writer: 3 } as const

/** Kinds that a name alone suggests and that say less than another name of the same dataset. */
const vague: ReadonlySet<DatasetKind> = new Set(['DATASET', 'PREFIX', 'FILE'])

export function kindOf(world: World, id: DatasetId): DatasetKind {
  const types = saidOfNames(world, id, 'datasetType', ({ dataset }) => dataset)
  const byName = world.namesOf(id).map(kindByName)
  return (
    best(types, byRank())?.fact.type ??
    byName.find((kind) => !vague.has(kind)) ??
    byName[0] ??
    'DATASET'
  )
}

export function datasetDetails(world: World, id: DatasetId): DatasetDetails {
  const names = world.nameIdsOf(id)
  const seen = world.said
    .filter(({ entry }) => entry.kind === 'event')
    .filter((one) => subjectIdsOf(one).some((key) => names.has(key as DatasetId)))
    .map(({ entry }) => entry.eventTime)
  return {
    kind: kindOf(world, id),
    ...stated({
      descriptions: saidOfNames(world, id, 'description', nameIn),
      owners: saidOfNames(world, id, 'owners', nameIn),
      tags: saidOfNames(world, id, 'tags', nameIn),
    }),
    firstSeen: least(seen),
    lastSeen: greatest(seen),
    existence: world.existence(id),
  }
}

/**
 * What is said of the dataset, name by name in their order: of what one entry says of several of
 * them, the least name counts.
 */
function saidOfNames<Kind extends FactKind>(
  world: World,
  id: DatasetId,
  kind: Kind,
  nameOf: (fact: Said<Kind>['fact']) => DatasetName | undefined,
): readonly Said<Kind>[] {
  return world.namesOf(id).flatMap((name) =>
    ofKind(world.said, kind).filter(({ fact }) => {
      const of = nameOf(fact)
      return of !== undefined && datasetIdOf(of) === datasetIdOf(name)
    }),
  )
}

function nameIn({ of }: Readonly<{ of: DatasetOrJob }>): DatasetName | undefined {
  return 'dataset' in of ? of.dataset : undefined
}

type Statements = Readonly<{
  descriptions: readonly Said<'description'>[]
  owners: readonly Said<'owners'>[]
  tags: readonly Said<'tags'>[]
}>

/** What is said last of a dataset or a job; null takes it back. */
function stated({
  descriptions,
  owners,
  tags,
}: Statements): Pick<DatasetDetails, 'description' | 'owners' | 'tags'> {
  const byAuthor = byRank<'description' | 'owners'>(({ by }) => statedBy[by])
  return {
    description: best(descriptions, byAuthor)?.fact.text ?? undefined,
    owners: best(owners, byAuthor)?.fact.owners ?? [],
    tags: best(tags, byRank())?.fact.tags ?? [],
  }
}

export function fieldsOf(world: World, id: DatasetId): readonly SchemaField[] {
  const byWriter = byRank<'schema'>(({ by }) => schemaBy[by])
  return best(schemasOf(world, id), byWriter)?.fact.fields ?? []
}

/** Columns in the order of the schema, nested ones after their parent by dotted path. */
export function columnsOf(fields: readonly SchemaField[], above = ''): readonly ColumnRecord[] {
  return fields.flatMap(({ name, type, description, fields: nested = [] }) => [
    { name: above + name, type, description },
    ...columnsOf(nested, `${above}${name}.`),
  ])
}

/** "Every change of the schema, newest first", by those who know it best. */
export function schemaHistory(world: World, id: DatasetId): readonly SchemaRecord[] {
  const said = schemasOf(world, id)
  const rankOf = ({ fact, ahead }: Said<'schema'>): number => (ahead ? 0 : schemaBy[fact.by])
  const highest = Math.max(...said.map(rankOf))
  const ofTheBest = said.filter((one) => rankOf(one) === highest)
  const moments = Map.groupBy(ofTheBest, ({ fact }) => fact.at)
  const inOrder = [...moments.values()]
    .map((of) => best(of, byTime) as Said<'schema'>)
    .toSorted(byTime)
  const changes = inOrder.filter(
    ({ fact }, index) =>
      index === 0 ||
      JSON.stringify(fact.fields) !== JSON.stringify(inOrder[index - 1]?.fact.fields),
  )
  return changes
    .map(({ fact, entry }) => ({ since: fact.at, fields: fact.fields, evidence: entry.key }))
    .toReversed()
}

export function schemasOf(world: World, id: DatasetId): readonly Said<'schema'>[] {
  return saidOfNames(world, id, 'schema', ({ dataset }) => dataset)
}

/** Names of the class in their order; after each, how it was spelled, if otherwise. */
export function knownNames(world: World, id: DatasetId): readonly KnownName[] {
  return world.namesOf(id).flatMap((name) => {
    const mentions = ofKind(world.all, 'mention').filter(
      ({ fact }) => datasetIdOf(fact.dataset) === datasetIdOf(name),
    )
    const bySpelling = Map.groupBy(mentions, ({ fact: { spelling } }) =>
      JSON.stringify([spelling.namespace, spelling.name]),
    )
    bySpelling.delete(JSON.stringify([name.namespace, name.name]))
    const spellings = [...bySpelling]
      .toSorted(([a], [b]) => compareCodePoints(a, b))
      .map(([, of]): KnownName => {
        const { fact, entry } = best(of, byTime) as Said<'mention'>
        return { spelling: fact.spelling, rule: 'spelling', evidence: [entry.key] }
      })
    return [{ spelling: name, ...whyJoined(world, datasetIdOf(name)) }, ...spellings]
  })
}

/** "By rule and evidence only, never by similarity; each join is explained": the strongest reason. */
function whyJoined(world: World, id: DatasetId): Pick<KnownName, 'rule' | 'evidence'> {
  const members = world.nameIdsOf(id)
  const splitAt = (name: DatasetId): number => splitsOf(world.all).get(name) ?? -Infinity
  // A steward's join holds when it was stated after every split; all others, where there was none.
  const holds = ({ at }: Said['fact'], pair: readonly DatasetId[], bySteward: boolean): boolean =>
    pair[0] !== pair[1] &&
    pair.includes(id) &&
    pair.every((end) => members.has(end)) &&
    pair.every((end) => (bySteward ? at > splitAt(end) : splitAt(end) === -Infinity))
  const joins = ofKind(world.all, 'join').filter(({ fact }) =>
    holds(fact, [datasetIdOf(fact.name), datasetIdOf(fact.with)], true),
  )
  const aliases = ofKind(world.all, 'alias').filter(({ fact }) =>
    holds(fact, [datasetIdOf(fact.dataset), datasetIdOf(fact.other)], false),
  )
  const locations = ofKind(world.all, 'location').filter(({ fact }) =>
    holds(fact, [datasetIdOf(fact.table), datasetIdOf(fact.location)], false),
  )
  const asTable = locations.filter(({ fact }) => datasetIdOf(fact.table) === id)
  const asLocation = locations.filter(({ fact }) => datasetIdOf(fact.location) === id)
  const standings = standingsOf(
    [...world.classes.values()].flatMap(({ names }) => names),
    world.all,
  )
  const standing = bySchema(standings, splitsOf(world.all))
  const targets = new Map(standing)
  // Two names are one by what both stand for, where that is the name of nothing itself.
  const isBySchema = (a: DatasetId, b: DatasetId): boolean => {
    const target = targets.get(a)
    if (target === undefined) return false
    return target === b || (!world.classes.has(target) && targets.get(b) === target)
  }
  const others = [...members].filter((other) => other !== id)
  const unsplit = others.filter((other) => splitAt(other) === -Infinity)
  const near = splitAt(id) === -Infinity ? unsplit : []
  const joined = near.filter((other) => isBySchema(id, other) || isBySchema(other, id))
  const saying = new Set(
    joined.flatMap((other) => [
      ...(isBySchema(id, other) ? [id] : []),
      ...(isBySchema(other, id) ? [other] : []),
    ]),
  )
  const schemas = standings.filter(({ pair }) => saying.has(pair[0])).map(({ said }) => said)
  const reasons: readonly (readonly [string, readonly Said[]])[] = [
    ['stated by a steward', joins],
    ['symlink', aliases],
    ['schema that stands for another', schemas],
    ['only location of the table', asTable],
    ['only table of the location', asLocation],
  ]
  const [rule, said] = reasons.find(([, of]) => of.length > 0) ?? ['name', []]
  return { rule, evidence: keysOf(said) }
}

function keysOf(said: readonly Said[]): readonly EntryKey[] {
  return [...new Set(said.map(({ entry }) => entry.key))].toSorted()
}

export function datasetFacets(world: World, id: DatasetId): readonly FacetRecord[] {
  const own = saidOfNames(world, id, 'facet', ({ of }) =>
    'dataset' in of && !('run' in of) ? of.dataset : undefined,
  )
  return facetsIn(own)
}

export function jobFacets(world: World, id: JobId): readonly FacetRecord[] {
  return facetsWhere(world, (of) => 'job' in of && jobIdOf(of.job) === id)
}

export function runFacets(world: World, id: RunId): readonly FacetRecord[] {
  return facetsWhere(world, (of) => 'run' in of && !('side' in of) && runIdOf(of.run) === id)
}

export function runJobFacets(world: World, id: RunId): readonly FacetRecord[] {
  return facetsWhere(world, (of) => 'jobOfRun' in of && runIdOf(of.jobOfRun) === id)
}

type FacetOwner = Said<'facet'>['fact']['of']

/** "Whole-facet replacement per (entity, facet name), latest eventTime wins"; null is a tombstone. */
function facetsWhere(world: World, isOf: (of: FacetOwner) => boolean): readonly FacetRecord[] {
  return facetsIn(ofKind(world.said, 'facet').filter(({ fact }) => isOf(fact.of)))
}

function facetsIn(own: readonly Said<'facet'>[]): readonly FacetRecord[] {
  const byKey = Map.groupBy(own, ({ fact }) => fact.key)
  return [...byKey]
    .map(([key, of]) => ({ key, last: best(of, byRank()) as Said<'facet'> }))
    .filter(({ last }) => last.fact.value !== null)
    .map(({ key, last: { fact, entry } }) => ({
      key,
      value: fact.value as Json,
      at: fact.at,
      evidence: entry.key,
    }))
    .toSorted((a, b) => compareCodePoints(a.key, b.key))
}

/** "`inputFacets`/`outputFacets` → (run, dataset) only." (openlineage.md section 2) */
export function runDatasets(world: World, id: RunId): readonly RunDataset[] {
  const moved = ofKind(world.said, 'io')
    .filter(({ fact }) => runIdOf(fact.run) === id)
    .map(({ fact }) => ({ side: fact.side, dataset: world.datasetOf(datasetIdOf(fact.dataset)) }))
  const shown = ofKind(world.said, 'facet').flatMap(({ fact: { of } }) =>
    'side' in of && runIdOf(of.run) === id
      ? [{ side: of.side, dataset: world.datasetOf(datasetIdOf(of.dataset)) }]
      : [],
  )
  const distinct = new Map([...moved, ...shown].map((one) => [`${one.side}:${one.dataset}`, one]))
  return [...distinct]
    .toSorted(([a], [b]) => compareCodePoints(a, b))
    .map(([, one]) => {
      const inGroup = (group: 'facets' | 'ioFacets') => (of: FacetOwner) =>
        'side' in of &&
        runIdOf(of.run) === id &&
        of.side === one.side &&
        of.group === group &&
        world.datasetOf(datasetIdOf(of.dataset)) === one.dataset
      // Of what one entry says of several of its names, that of the least id counts.
      const facetsOf = (group: 'facets' | 'ioFacets') =>
        facetsIn(
          ofKind(world.said, 'facet')
            .filter(({ fact }) => inGroup(group)(fact.of))
            .toSorted((x, y) => compareCodePoints(ioNameId(x.fact.of), ioNameId(y.fact.of))),
        )
      return { ...one, facets: facetsOf('facets'), ioFacets: facetsOf('ioFacets') }
    })
}

function ioNameId(of: FacetOwner): string {
  return 'side' in of ? datasetIdOf(of.dataset) : ''
}

export function jobDetails(world: World, id: JobId): JobDetails {
  const isOf = ({ fact: { of } }: Said<'description' | 'owners'>): boolean =>
    'job' in of && jobIdOf(of.job) === id
  const { description, owners } = stated({
    descriptions: ofKind(world.said, 'description').filter(isOf),
    owners: ofKind(world.said, 'owners').filter(isOf),
    tags: [],
  })
  const own = ofKind(world.said, 'job').filter(({ fact }) => jobIdOf(fact.job) === id)
  const last = <Key extends 'type' | 'source' | 'parent'>(key: Key) =>
    best(
      own.filter(({ fact }) => fact[key] !== undefined),
      byRank<FactKind & 'job'>(),
    )?.fact[key]
  const parent = last('parent')
  return {
    kind: last('type') ?? 'JOB',
    description,
    owners,
    source: last('source'),
    parent: parent === undefined ? undefined : jobIdOf(parent),
  }
}
