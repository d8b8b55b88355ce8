import type { DatasetId, DatasetName, EntryKey, Micros } from '../../src/model/index.ts'
import type { Said } from './said.ts'
import { compareCodePoints, compareNames, nameInSchema, schemaOf } from '../../src/model/index.ts'
import { datasetIdOf } from './id.ts'
import { best, byTime, greatest, ofKind } from './said.ts'
import { datasetNamesOf } from './subject.ts'

/** Where a dataset's content lay for a time, because a catalog or a symlink said so. */
export type Location = Readonly<{
  name: DatasetName
  from: Micros | undefined
  until: Micros | undefined
  entry: EntryKey
}>

/** "A dataset is a class of names …; its id is that of the least name of its class." */
export type Class = Readonly<{
  id: DatasetId
  /** The least name first. */
  names: readonly DatasetName[]
  locations: readonly Location[]
}>

/** The class of each name that an entry in effect says, by the id of the name. */
export function classesOf(said: readonly Said[]): ReadonlyMap<DatasetId, Class> {
  const names = new Map(said.flatMap(datasetNamesOf).map((name) => [datasetIdOf(name), name]))
  const splits = splitsOf(said)
  const standings = standingsOf([...names.values()], said)
  const components = new Components([...names.keys(), ...standings.map(({ pair }) => pair[1])])
  for (const [a, b] of stewardsJoins(said, splits)) components.join(a, b)
  for (const [a, b] of symlinks(said, splits)) components.join(a, b)
  for (const [a, b] of bySchema(standings, splits)) components.join(a, b)
  const byLocation = tablesWithTheirLocations(locationStatements(said, splits), components)
  for (const [a, b] of byLocation) components.join(a, b)

  const classes = new Map<DatasetId, Class>()
  for (const members of components.all()) {
    const inOrder = members
      .map((id) => names.get(id))
      .filter((name) => name !== undefined)
      .toSorted((a, b) => compareNames(a, b))
    const [leader] = inOrder
    if (leader === undefined) continue
    const isKnown = (name: DatasetName): boolean => names.has(datasetIdOf(name))
    const own = new Set(members)
    const locations = [
      ...locationsOf(own, said, splits),
      ...placesBySchema(standings, own, splits).filter(({ name }) => isKnown(name)),
    ]
    const nameClass = { id: datasetIdOf(leader), names: inOrder, locations }
    for (const name of inOrder) classes.set(datasetIdOf(name), nameClass)
  }
  return classes
}

type Splits = ReadonlyMap<DatasetId, Micros>
type Pair = readonly [DatasetId, DatasetId]

/** Of several splits of a name the last counts. */
export function splitsOf(said: readonly Said[]): Splits {
  const byName = Map.groupBy(ofKind(said, 'split'), ({ fact }) => datasetIdOf(fact.name))
  return new Map(
    [...byName].map(([id, of]) => [id, greatest(of.map(({ fact }) => fact.at)) as Micros]),
  )
}

/** "After splitNames a name keeps only the joins stated after it." */
function stewardsJoins(said: readonly Said[], splits: Splits): readonly Pair[] {
  return ofKind(said, 'join').flatMap(({ fact }) => {
    const pair = [datasetIdOf(fact.name), datasetIdOf(fact.with)] as const
    const holds = pair.every((id) => fact.at > (splits.get(id) ?? -Infinity))
    return holds ? [pair] : []
  })
}

/** Symlinks between tables or between locations; "a steward's decision beats the rules". */
function symlinks(said: readonly Said[], splits: Splits): readonly Pair[] {
  return ofKind(said, 'alias')
    .map(({ fact }) => [datasetIdOf(fact.dataset), datasetIdOf(fact.other)] as const)
    .filter((pair) => !pair.some((id) => splits.has(id)))
}

/** A name, and the one that its schema says it to be too; whether anybody speaks of that or not. */
export type Standing = Readonly<{ pair: Pair; name: DatasetName; said: Said<'schemaAlias'> }>

/** "Joined to what the schema maps to" (naming.md): each name with what its schema stands for. */
export function standingsOf(
  names: readonly DatasetName[],
  said: readonly Said[],
): readonly Standing[] {
  return names.flatMap((name) => {
    const place = schemaOf(name)
    if (place === undefined) return []
    return ofKind(said, 'schemaAlias')
      .filter(({ fact }) => compareNames(fact.schema, place.schema) === 0)
      .map((one): Standing => {
        const other = nameInSchema(one.fact.other, place.rest)
        return { pair: [datasetIdOf(name), datasetIdOf(other)], name: other, said: one }
      })
  })
}

/** A schema that has only ever stood for one other makes its names one with the names in there. */
export function bySchema(standings: readonly Standing[], splits: Splits): readonly Pair[] {
  return [...Map.groupBy(standings, ({ pair: [name] }) => name).values()]
    .filter((of) => new Set(of.map(({ pair: [, other] }) => other)).size === 1)
    .map(([one]) => (one as Standing).pair)
    .filter((pair) => !pair.some((id) => splits.has(id)))
}

/** One that stood for several held at each time what the one of that time holds. */
function placesBySchema(
  standings: readonly Standing[],
  members: ReadonlySet<DatasetId>,
  splits: Splits,
): readonly Location[] {
  const stays = [...Map.groupBy(standings, ({ pair: [name] }) => name)]
    .filter(([name]) => members.has(name) && !splits.has(name))
    .filter(([, of]) => new Set(of.map(({ pair: [, other] }) => other)).size > 1)
    .flatMap(([, of]) =>
      staysOf(
        of.map((one) => ({ ...one.said, name: one.name })),
        members,
      ),
    )
    .filter(({ name }) => !splits.has(datasetIdOf(name)))
  return mergedStays(stays).filter(({ name }) => !members.has(datasetIdOf(name)))
}

type LocationStatement = Readonly<{ pair: Pair; joins: boolean }>

/**
 * After a split a name keeps "no location that a symlink gave it (what a catalog itself says of a
 * table's location stays, as a meeting)".
 */
function locationStatements(said: readonly Said[], splits: Splits): readonly LocationStatement[] {
  return ofKind(said, 'location').flatMap(({ fact }) => {
    const pair = [datasetIdOf(fact.table), datasetIdOf(fact.location)] as const
    const isSplit = pair.some((id) => splits.has(id))
    const joins = !isSplit && fact.by !== 'partition'
    return isSplit && fact.by === 'symlink' ? [] : [{ pair, joins }]
  })
}

/** "A table and a location that have only ever named each other" are one. */
function tablesWithTheirLocations(
  statements: readonly LocationStatement[],
  components: Components,
): readonly Pair[] {
  const all = statements.map(({ pair: [table, location], joins }) => ({
    ends: [components.of(table), components.of(location)] as const,
    joins,
  }))
  const between = all.filter(({ ends: [a, b] }) => a !== b)
  // A steward joined a table with its place already: any other is not the only one.
  const taken = new Set(all.filter(({ ends: [a, b] }) => a === b).map(({ ends: [a] }) => a))
  const neighboursOf = (component: DatasetId): ReadonlySet<DatasetId> =>
    new Set(
      between.flatMap(({ ends: [a, b] }) => (a === component ? [b] : b === component ? [a] : [])),
    )
  return between
    .filter(({ ends }) => !ends.some((end) => taken.has(end)))
    .filter(({ joins, ends }) => joins && ends.every((end) => neighboursOf(end).size === 1))
    .map(({ ends }) => ends)
}

/**
 * "The location that a catalog gave it then (the first one known holds from the beginning)." What
 * one entry says at one moment holds together, until the next moment says otherwise; of several
 * entries at one moment the last in order counts. Where the location is itself a name of the
 * dataset, it is no other place.
 */
function locationsOf(
  members: ReadonlySet<DatasetId>,
  said: readonly Said[],
  splits: Splits,
): readonly Location[] {
  const statements = ofKind(said, 'location')
    .filter(({ fact }) => members.has(datasetIdOf(fact.table)))
    .filter(({ fact }) => {
      const isSplit = [fact.table, fact.location].some((name) => splits.has(datasetIdOf(name)))
      return !isSplit || fact.by !== 'symlink'
    })
  const [partitions, others] = [true, false].map((isPart) =>
    statements.filter(({ fact }) => (fact.by === 'partition') === isPart),
  ) as [Said<'location'>[], Said<'location'>[]]
  const told = staysOf(
    others.map((one) => ({ ...one, name: one.fact.location })),
    members,
  )
  return withPartitions(told, partitions).filter(({ name }) => !members.has(datasetIdOf(name)))
}

type Placing = Said & Readonly<{ name: DatasetName }>

function staysOf(
  statements: readonly Placing[],
  members: ReadonlySet<DatasetId>,
): readonly Location[] {
  const moments = [...Map.groupBy(statements, ({ fact }) => fact.at)]
    .toSorted(([a], [b]) => a - b)
    .map(([at, of], index) => {
      const last = best(of, byTime)?.entry
      const names = of.filter(({ entry }) => entry === last).map(({ name }) => name)
      const distinct = new Map(names.map((name) => [datasetIdOf(name), name]))
      return { from: index === 0 ? undefined : at, names: distinct, entry: last?.key as EntryKey }
    })
  return moments.flatMap(({ from, names, entry }, index) => {
    const before = moments[index - 1]?.names
    const begun = [...names].filter(([id]) => before?.has(id) !== true && !members.has(id))
    return begun.map(([id, name]): Location => {
      const gone = moments.slice(index).find((later) => !later.names.has(id))
      return { name, from, until: gone?.from, entry }
    })
  })
}

/**
 * "Where a catalog put a partition, a table lies from then on beside wherever else it does." Stays at
 * one place that touch or overlap are one stay, from the first of them on.
 */
function withPartitions(
  told: readonly Location[],
  partitions: readonly Said<'location'>[],
): readonly Location[] {
  const put = partitions.toSorted(byTime).map(({ fact, entry }): Location => {
    return { name: fact.location, from: fact.at, until: undefined, entry: entry.key }
  })
  return mergedStays([...told, ...put])
}

function mergedStays(all: readonly Location[]): readonly Location[] {
  const byPlace = Map.groupBy(all, ({ name }) => datasetIdOf(name))
  return [...byPlace.values()].flatMap((stays) => {
    const inOrder = stays.toSorted((a, b) => {
      const [one, other] = [a.from ?? -Infinity, b.from ?? -Infinity]
      return one === other ? compareCodePoints(a.entry, b.entry) : one - other
    })
    return inOrder.reduce<readonly Location[]>((merged, stay) => {
      const before = merged.at(-1)
      const isApart =
        before === undefined ||
        (before.until !== undefined && before.until < (stay.from ?? -Infinity))
      if (isApart) return [...merged, stay]
      const ends = [before.until, stay.until]
      const until = ends.includes(undefined)
        ? undefined
        : (Math.max(...(ends as Micros[])) as Micros)
      return [...merged.slice(0, -1), { ...before, until }]
    }, [])
  })
}

/** Names that are joined with each other, by relabelling: the slowest way there is. */
class Components {
  #labels: Map<DatasetId, DatasetId>

  constructor(ids: Iterable<DatasetId>) {
    this.#labels = new Map([...ids].map((id) => [id, id]))
  }

  of(id: DatasetId): DatasetId {
    return this.#labels.get(id) ?? id
  }

  join(a: DatasetId, b: DatasetId): void {
    const [keep, lose] = [this.of(a), this.of(b)]
    for (const [id, label] of this.#labels) if (label === lose) this.#labels.set(id, keep)
  }

  all(): readonly (readonly DatasetId[])[] {
    const members = Map.groupBy(this.#labels.keys(), (id) => this.of(id))
    return [...members.values()]
  }
}
