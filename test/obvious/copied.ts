import type { CopiedColumns, Copy, DatasetId, Micros, SchemaField } from '../../src/model/index.ts'
import type { Member } from './flow.ts'
import type { OwnMap } from './moved.ts'
import type { Session } from './run.ts'
import type { World } from './world.ts'
import { compareCodePoints, isLocation } from '../../src/model/index.ts'
import { columnsOf, schemaBy, schemasOf } from './describe.ts'
import { datasetIdOf } from './id.ts'
import { ownMap } from './moved.ts'
import { best, byRank } from './said.ts'

/** The maps of a member, and when it moved data by them. */
export type HeldMaps = Readonly<{ maps: readonly OwnMap[]; active: readonly Session[] }>

/**
 * "The columns of a job that copies, by name or position" with "the schema of that time" (design.md
 * section 3): of each stretch of time between two moments at which anything was said, the maps by
 * which the member moved data then.
 */
export function heldMaps(world: World, member: Member): readonly HeldMaps[] {
  const { maps, active } = member
  if (!maps.some(({ copy }) => copy !== undefined)) return [{ maps, active }]
  const moments = [...new Set(world.said.map(({ fact }) => fact.at))].toSorted((a, b) => a - b)
  return [undefined, ...moments].flatMap((from, index): readonly HeldMaps[] => {
    const until = moments[index]
    const moving = active.filter(
      ({ start, end }) => start < (until ?? Infinity) && (end ?? Infinity) >= (from ?? -Infinity),
    )
    if (moving.length === 0) return []
    const at = from ?? (((until ?? 0) - 1) as Micros)
    return [{ maps: maps.flatMap((map) => workedOut(world, map, at)), active: moving }]
  })
}

function workedOut(world: World, map: OwnMap, at: Micros): readonly OwnMap[] {
  if (map.copy === undefined) return [map]
  const { input, output, columns } = map.copy
  const from = fieldsAt(world, datasetIdOf(input), at)
  const to = fieldsAt(world, datasetIdOf(output), at)
  const pairs = columns.by === 'name' ? byName(columns, from, to) : byPosition(columns, from, to)
  if (pairs === 'each to its own') return [map]
  if (pairs === undefined || pairs.length === 0) return []
  const outputs = [...new Set(pairs.map((pair) => pair.to))].toSorted(compareCodePoints)
  const fields = outputs.map((column) => ({
    column,
    inputs: [...new Set(pairs.filter((pair) => pair.to === column).map((pair) => pair.from))]
      .toSorted(compareCodePoints)
      .map((name) => ({
        dataset: input,
        column: name,
        transformations: [{ type: 'DIRECT' as const, subtype: 'IDENTITY', masking: false }],
      })),
  }))
  return [ownMap(datasetIdOf(output), { fields, whole: [] })]
}

type Pairs = readonly Readonly<{ from: string; to: string }>[] | 'each to its own' | undefined
type Fields = readonly SchemaField[] | undefined

function byName({ only }: CopiedColumns & { by: 'name' }, from: Fields, to: Fields): Pairs {
  const [sources, targets] = [pathsOf(from), pathsOf(to)]
  if (only !== undefined) {
    return only.map((name) => ({
      from: sameIn(sources, name) ?? name,
      to: sameIn(targets, name) ?? name,
    }))
  }
  if (sources === undefined && targets === undefined) return 'each to its own'
  if (sources === undefined) return targets?.map((name) => ({ from: name, to: name }))
  if (targets === undefined) return sources.map((name) => ({ from: name, to: name }))
  return targets.flatMap((name) => {
    const source = sameIn(sources, name)
    return source === undefined ? [] : [{ from: source, to: name }]
  })
}

function byPosition(
  { from: read, to: written, skip = 0 }: CopiedColumns & { by: 'position' },
  from: Fields,
  to: Fields,
): Pairs {
  const sources = read ?? from?.map(({ name }) => name)
  const targets = (written ?? to?.map(({ name }) => name))?.filter((_, index) => index >= skip)
  if (sources !== undefined && targets !== undefined) {
    return sources.flatMap((name, index) => {
      const target = targets[index]
      return target === undefined ? [] : [{ from: name, to: target }]
    })
  }
  if (read !== undefined || written !== undefined) return undefined
  if (sources === undefined && targets === undefined) return 'each to its own'
  return (sources ?? targets)?.map((name) => ({ from: name, to: name }))
}

function pathsOf(fields: Fields): readonly string[] | undefined {
  return fields === undefined ? undefined : columnsOf(fields).map(({ name }) => name)
}

/** The very name, else the first that differs in case alone. */
function sameIn(names: readonly string[] | undefined, name: string): string | undefined {
  const same = names?.find((other) => other === name)
  return same ?? names?.find((other) => other.toLowerCase() === name.toLowerCase())
}

/** Copies into places without a schema are followed so far. */
const copiesFollowedMax = 8

const found = new WeakMap<World, Map<string, Fields>>()

function fieldsAt(world: World, id: DatasetId, at: Micros, left = copiesFollowedMax): Fields {
  const known = found.get(world) ?? new Map<string, Fields>()
  found.set(world, known)
  const key = `${world.datasetOf(id)} ${at} ${left}`
  if (!known.has(key)) known.set(key, findFieldsAt(world, id, at, left))
  return known.get(key)
}

/** What columns a dataset had at a moment: by its schema, what lies where it lies, or the copies. */
function findFieldsAt(world: World, id: DatasetId, at: Micros, left: number): Fields {
  const own = schemaAt(world, id, at)
  if (own !== undefined) return own
  const there = world.meetings(id).flatMap(({ meeting }) => {
    const other = meeting.from === world.datasetOf(id) ? meeting.to : meeting.from
    const fields = meeting.kind === 'LOCATION' ? schemaAt(world, other, at) : undefined
    return fields === undefined ? [] : [{ fields, during: meeting.during }]
  })
  if (there.length > 0) {
    const now = there.filter(
      ({ during: { from, until } }) => (from ?? -Infinity) <= at && at < (until ?? Infinity),
    )
    return agreed(now.map(({ fields }) => fields))
  }
  if (left === 0) return undefined
  return agreed(copiesInto(world, id).map((copy) => givenBy(world, copy, at, left)))
}

/** "In effect": the best said until then; before anything was said, what was said first. */
function schemaAt(world: World, id: DatasetId, at: Micros): Fields {
  const told = schemasOf(world, id).filter(({ fact }) => fact.fields.length > 0)
  const first = Math.min(...told.map(({ fact }) => fact.at))
  const until = told.filter((one) => one.fact.at <= Math.max(at, first))
  return best(
    until,
    byRank<'schema'>(({ by }) => schemaBy[by]),
  )?.fact.fields
}

function copiesInto(world: World, id: DatasetId): readonly Copy[] {
  return [...world.flows.values()].flatMap(({ members }) =>
    members.flatMap(({ maps }) =>
      maps.flatMap(({ copy, output }) =>
        copy !== undefined && world.datasetOf(output) === world.datasetOf(id) ? [copy] : [],
      ),
    ),
  )
}

function givenBy(world: World, { input, output, columns }: Copy, at: Micros, left: number): Fields {
  const listed = columns.by === 'name' ? columns.only : columns.to
  if (listed !== undefined) {
    return isLocation(output) ? listed.map((name) => ({ name })) : undefined
  }
  if (columns.by === 'position' && (columns.from !== undefined || (columns.skip ?? 0) > 0)) {
    return undefined
  }
  return fieldsAt(world, datasetIdOf(input), at, left - 1)
}

/** Types and descriptions do not count. */
function agreed(all: readonly Fields[]): Fields {
  const known = all.filter((fields) => fields !== undefined)
  const distinct = new Set(known.map((fields) => JSON.stringify(namesIn(fields))))
  return distinct.size === 1 ? known[0] : undefined
}

type Names = readonly (readonly [name: string, nested: Names])[]

function namesIn(fields: readonly SchemaField[]): Names {
  return fields.map(({ name, fields: nested = [] }) => [name, namesIn(nested)])
}
