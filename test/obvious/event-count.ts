import type { EntryKey, Micros } from '../../src/model/index.ts'
import type { EventCount } from '../../src/graph/index.ts'
import type { World } from './world.ts'
import { compareCodePoints } from '../../src/model/index.ts'
import { greatest, ofKind } from './said.ts'

/** "Unknown to every translator: kept", and its entries are the events that are counted. */
export function unknownEvents(world: World): readonly EventCount[] {
  const said = ofKind(world.all, 'unknown').map(({ fact, entry }) => ({
    source: entry.source,
    name: fact.name,
    at: fact.at,
    entry: entry.key,
  }))
  return counted(said, (of) => new Set(of.map(({ entry }) => entry)).size)
}

/** "Known to be irrelevant (a table says so): tallied per block, not kept." */
export function irrelevantEvents(world: World): readonly EventCount[] {
  const said = ofKind(world.all, 'tally').map(({ fact }) => fact)
  return counted(said, (of) => of.reduce((sum, { count }) => sum + count, 0))
}

/** The entries of each name that no translator knows. */
export function unknownEntries(
  world: World,
): readonly (readonly [source: string, name: string, entries: readonly EntryKey[]])[] {
  const said = ofKind(world.all, 'unknown')
  return unknownEvents(world).map(({ source, name }) => {
    const of = said.filter(({ fact, entry }) => entry.source === source && fact.name === name)
    return [source, name, [...new Set(of.map(({ entry }) => entry.key))].toSorted()]
  })
}

type Named = Readonly<{ source: string; name: string; at: Micros }>

/** Most first, then by source and name. */
function counted<Item extends Named>(
  said: readonly Item[],
  countOf: (of: readonly Item[]) => number,
): readonly EventCount[] {
  const byName = Map.groupBy(said, ({ source, name }) => JSON.stringify([source, name]))
  return [...byName.values()]
    .flatMap((of) => {
      const [first] = of
      const lastSeen = greatest(of.map(({ at }) => at))
      if (first === undefined || lastSeen === undefined) return []
      return [{ source: first.source, name: first.name, count: countOf(of), lastSeen }]
    })
    .toSorted(
      (a, b) =>
        b.count - a.count ||
        compareCodePoints(a.source, b.source) ||
        compareCodePoints(a.name, b.name),
    )
}
