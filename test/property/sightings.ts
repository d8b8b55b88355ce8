import type { Told } from '../contract/told.ts'
import type { World } from '../obvious/index.ts'
import { datasetIdOf } from '../../src/model/index.ts'
import { bySchema, splitsOf, standingsOf } from '../obvious/identity.ts'
import { endingsOf } from '../obvious/declaration.ts'
import { unresolved } from '../obvious/evidence.ts'
import { ofKind } from '../obvious/said.ts'
import { reaches } from '../obvious/index.ts'
import { expect } from 'vitest'

type Kind =
  | 'joins'
  | 'meetings'
  | 'meetings for a time'
  | 'renames'
  | 'splits'
  | 'cycles'
  | 'conflicts'
  | 'addenda'
  | 'unknown events'
  | 'irrelevant events'
  | 'accesses'
  | 'sessions'
  | 'ahead of time'
  | 'joins by schema'
  | 'schemas of a time'
  | 'untold commands'
  | 'jobs left out'
  | 'copies'
  | 'saved jobs run'
  | 'open transactions'
  | 'undone runs'
  | 'withdrawn'

/**
 * What a property has met in its worlds. One that met too little of something proves nothing about
 * it, and fails.
 */
export class Sightings {
  readonly #counts = new Map<Kind, number>()
  #worlds = 0

  /** `withdrawn` where the property withdraws anything: how many retractions there were. */
  see(world: World, { told, withdrawn }: { told: readonly Told[]; withdrawn?: number }): void {
    this.#worlds += 1
    const datasets = world.datasets()
    const meetings = datasets.flatMap(({ id }) => world.meetings(id).map(({ meeting }) => meeting))
    const events = Map.groupBy(
      told.filter(({ eventKey }) => eventKey !== undefined),
      ({ eventKey }) => eventKey,
    )
    this.#add('joins', datasets.filter(({ names }) => names.length > 1).length)
    this.#add('meetings', meetings.length / 2)
    this.#add(
      'meetings for a time',
      meetings.filter(({ during }) => during.from !== undefined || during.until !== undefined)
        .length / 2,
    )
    this.#add('renames', [...world.flows.values()].filter(({ kind }) => kind === 'RENAME').length)
    this.#add('splits', world.all.filter(({ fact }) => fact.kind === 'split').length)
    this.#add('cycles', datasets.filter(({ id }) => reaches(world, id, id)).length)
    this.#add('conflicts', [...events.values()].filter((of) => of.length > 1).length)
    this.#add('addenda', told.filter(({ corrects }) => corrects === true).length)
    this.#add('unknown events', world.all.filter(({ fact }) => fact.kind === 'unknown').length)
    this.#add('irrelevant events', world.all.filter(({ fact }) => fact.kind === 'tally').length)
    this.#add('accesses', world.all.filter(({ fact }) => fact.kind === 'access').length)
    this.#add('sessions', world.all.filter(({ fact }) => fact.kind === 'session').length)
    this.#add('ahead of time', new Set(world.all.filter(({ ahead }) => ahead)).size)
    const standings = standingsOf(
      datasets.flatMap(({ names }) => names),
      world.all,
    )
    const always = bySchema(standings, splitsOf(world.all))
    const isOne = ([a, b]: (typeof always)[number]): boolean =>
      datasets.some(({ names }) => {
        const ids = names.map(datasetIdOf)
        return ids.includes(a) && ids.length > 1 && (ids.includes(b) || !world.classes.has(b))
      })
    this.#add('joins by schema', always.filter(isOne).length)
    const targets = Map.groupBy(standings, ({ pair: [name] }) => name)
    this.#add(
      'schemas of a time',
      [...targets.values()].filter((of) => new Set(of.map(({ pair }) => pair[1])).size > 1).length,
    )
    this.#add('jobs left out', endingsOf(world.all).length)
    const problems = ofKind(world.all, 'problem').filter(({ fact }) => fact.of !== undefined)
    const counted =
      problems.length === 0 ? [] : datasets.filter(({ id }) => unresolved(world, [id]) > 0)
    this.#add('untold commands', counted.length)
    const maps = [...world.flows.values()].flatMap(({ members }) =>
      members.flatMap((of) => of.maps),
    )
    this.#add('copies', maps.filter(({ copy }) => copy !== undefined).length)
    const shared = [...world.runs.values()].map(({ shared: of }) => of)
    this.#add(
      'saved jobs run',
      shared.reduce((sum, { executed }) => sum + executed, 0),
    )
    this.#add('open transactions', shared.filter(({ open }) => open).length)
    this.#add('undone runs', shared.filter(({ undone }) => undone).length)
    if (withdrawn !== undefined) this.#add('withdrawn', withdrawn)
  }

  get worlds(): number {
    return this.#worlds
  }

  get counts(): ReadonlyMap<Kind, number> {
    return this.#counts
  }

  #add(kind: Kind, count: number): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count)
  }
}

/** Prints what was seen, and fails when some of it was seen less than once in `every` worlds. */
export function expectEnough(
  what: string,
  { worlds, counts }: Readonly<{ worlds: number; counts: ReadonlyMap<string, number> }>,
  every = 4,
): void {
  const seen = [...counts].map(([kind, count]) => `${count} ${kind}`)
  process.stdout.write(`${what}: in ${worlds} worlds ${seen.join(', ')}\n`)
  const tooFew = [...counts].filter(([, count]) => count < worlds / every)
  expect(tooFew).toEqual([])
  expect(worlds).toBeGreaterThan(0)
}
