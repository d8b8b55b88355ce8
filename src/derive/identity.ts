import type { Footprint, IdentityCells, IdentityReader, NameClass } from '../graph/index.ts'
import type { DatasetId, Micros } from '../model/index.ts'
import { compareCodePoints, compareNames } from '../model/index.ts'

/**
 * Works out anew every class that the changed names could have been or could now be part of. A class
 * is what joins that hold for all time connect: symlinks between tables or between locations, a
 * steward's joins, and a table and a location that have only ever named each other. It is made again
 * from what is said, never patched, so a join that was withdrawn leaves nothing behind.
 *
 * @see design.md section 4
 */
export async function deriveIdentity(
  changed: readonly DatasetId[],
  reader: IdentityReader,
): Promise<readonly NameClass[]> {
  const region = new Region(reader)
  const work = new Set(changed)
  const classes: NameClass[] = []
  const placed = new Set<DatasetId>()
  await region.fetch(work)
  // What is added to a set while it is gone through has its turn too.
  for (const name of work) {
    if (placed.has(name) || (await region.cells(name)) === undefined) continue
    const component = await region.component(name)
    const partner = await region.partner(component)
    const names = partner === undefined ? component : component.union(partner)
    classes.push(await region.classOf(names))
    for (const member of names) placed.add(member)
    const touched = await region.alsoTouchedBy(names)
    await region.fetch(touched)
    for (const id of touched) work.add(id)
  }
  return classes
}

type Names = ReadonlySet<DatasetId>

/** The part of the name graph that one derivation looks at. */
class Region {
  readonly #reader: IdentityReader
  readonly #cells = new Map<DatasetId, IdentityCells | undefined>()
  readonly #components = new Map<DatasetId, Names>()

  constructor(reader: IdentityReader) {
    this.#reader = reader
  }

  /** Reads the cells of several names at once. */
  async fetch(ids: Iterable<DatasetId>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#cells.has(id))
    if (missing.length === 0) return
    const found = await this.#reader.identityCells(missing)
    for (const id of missing) this.#cells.set(id, found.get(id))
  }

  async cells(id: DatasetId): Promise<IdentityCells | undefined> {
    if (!this.#cells.has(id)) await this.fetch([id])
    return this.#cells.get(id)
  }

  /** Names joined whatever their locations: by symlinks and by a steward. */
  async component(start: DatasetId): Promise<Names> {
    const known = this.#components.get(start)
    if (known !== undefined) return known
    const found = new Set([start])
    for (const id of found) {
      const cells = await this.cells(id)
      if (cells === undefined) continue
      await this.fetch([...cells.aliases, ...cells.joins.map((join) => join.with)])
      for (const other of cells.aliases) {
        const others = this.#cells.get(other)
        if (others !== undefined && !isSplit(cells) && !isSplit(others)) found.add(other)
      }
      for (const other of await this.#sameBySchema(cells)) found.add(other)
      for (const { with: other, at } of cells.joins) {
        const others = this.#cells.get(other)
        if (others !== undefined && holds(at, cells) && holds(at, others)) found.add(other)
      }
    }
    for (const id of found) this.#components.set(id, found)
    return found
  }

  /**
   * Names that are this one because a schema has only ever stood for one other. Of what nobody speaks
   * under the name that the schemas stand for, their own names are still one.
   */
  async #sameBySchema(cells: IdentityCells): Promise<readonly DatasetId[]> {
    if (isSplit(cells)) return []
    const target = onlyStanding(cells)
    const near = [...cells.stoodFor, ...cells.beside]
    await this.fetch(target === undefined ? near : [target, ...near])
    const stand = (others: readonly DatasetId[], what: DatasetId): readonly DatasetId[] =>
      others.filter((id) => {
        const other = this.#cells.get(id)
        return other !== undefined && !isSplit(other) && onlyStanding(other) === what
      })
    const joined = stand(cells.stoodFor, cells.id)
    if (target === undefined) return joined
    const there = this.#cells.get(target)
    if (there === undefined) return [...joined, ...stand(cells.beside, target)]
    return isSplit(there) ? joined : [...joined, target]
  }

  /** The component on the other end of the only location statement, if it is the only one there. */
  async partner(component: Names): Promise<Names | undefined> {
    const other = await this.#onlyNeighbour(component)
    if (other === undefined || other === component) return undefined
    return (await this.#onlyNeighbour(other)) === component ? other : undefined
  }

  /** Undefined too where a steward joined a table with a place of its own: no other is its only one. */
  async #onlyNeighbour(component: Names): Promise<Names | undefined> {
    let only: Names | undefined
    let joinable = false
    for (const id of component) {
      for (const { other, by } of await this.#statements(id)) {
        if (component.has(other)) return undefined
        if (only === undefined) only = await this.component(other)
        else if (!only.has(other)) return undefined
        joinable ||= by === 'joinable'
      }
    }
    return joinable ? only : undefined
  }

  /** Location statements about one name in either direction, without those that a split ended. */
  async #statements(
    id: DatasetId,
  ): Promise<readonly { other: DatasetId; by: 'joinable' | 'meeting' }[]> {
    const cells = await this.cells(id)
    if (cells === undefined) return []
    const said = [
      ...cells.locations.map(({ location, by }) => ({ other: location, by })),
      ...cells.located.map(({ table, by }) => ({ other: table, by })),
    ]
    await this.fetch(said.map(({ other }) => other))
    const statements: { other: DatasetId; by: 'joinable' | 'meeting' }[] = []
    for (const { other, by } of said) {
      const others = this.#cells.get(other)
      if (others === undefined) continue
      const split = isSplit(cells) || isSplit(others)
      if (split && by === 'symlink') continue
      const isMeeting = split || by === 'partition'
      statements.push({ other, by: isMeeting ? 'meeting' : 'joinable' })
    }
    return statements
  }

  /** What else has to be looked at when these names form a class. */
  async alsoTouchedBy(names: Names): Promise<Names> {
    const touched = new Set<DatasetId>()
    const left = new Set<DatasetId | undefined>()
    for (const name of names) {
      const cells = await this.cells(name)
      if (cells === undefined) continue
      // Many names mostly come from one class.
      if (!left.has(cells.classNow[0])) for (const id of cells.classNow) touched.add(id)
      left.add(cells.classNow[0])
      for (const id of cells.stoodFor) touched.add(id)
      if (!isSplit(cells)) continue
      for (const id of [...cells.stands.map((one) => one.for), ...cells.beside]) touched.add(id)
      for (const id of cells.aliases) touched.add(id)
      for (const { location } of cells.locations) touched.add(location)
      for (const { table } of cells.located) touched.add(table)
    }
    const only = await this.#onlyNeighbour(names)
    return only === undefined ? touched : touched.union(only)
  }

  async classOf(names: Names): Promise<NameClass> {
    const cells: IdentityCells[] = []
    for (const name of names) {
      const found = await this.cells(name)
      if (found !== undefined) cells.push(found)
    }
    cells.sort((a, b) => compareNames(a.name, b.name))
    const sorted = cells.map(({ id }) => id)
    return {
      leader: sorted[0] as DatasetId,
      names: sorted,
      footprints: await this.#footprints(cells, names),
    }
  }

  /** Where the class's content lay, without locations that are names of the class itself. */
  async #footprints(
    members: readonly IdentityCells[],
    names: Names,
  ): Promise<readonly Footprint[]> {
    const places = [...(await this.#locations(members)), ...(await this.#standings(members))]
    return inTime(places.filter(({ location }) => !names.has(location)))
  }

  /** A schema that stood for one and then for another held what each holds for that time. */
  async #standings(members: readonly IdentityCells[]): Promise<readonly Footprint[]> {
    const stays: Footprint[] = []
    for (const cells of members) {
      if (isSplit(cells) || onlyStanding(cells) !== undefined) continue
      const said = cells.stands.map(({ for: location, ...of }) => ({ ...of, location }))
      for (const stay of historyOf(said)) {
        const there = await this.cells(stay.location)
        if (there !== undefined && !isSplit(there)) stays.push(stay)
      }
    }
    return merged(stays)
  }

  async #locations(members: readonly IdentityCells[]): Promise<readonly Footprint[]> {
    const said: Statement[] = []
    for (const cells of members) {
      for (const statement of cells.locations) {
        const location = await this.cells(statement.location)
        if (location === undefined) continue
        const split = isSplit(cells) || isSplit(location)
        if (!(split && statement.by === 'symlink')) said.push(statement)
      }
    }
    const history = historyOf(said.filter(({ by }) => by !== 'partition'))
    const parts = said.filter(({ by }) => by === 'partition')
    return withPartitions(history, parts)
  }
}

/**
 * Of each moment the statements of its best entry hold, all of them together, until the next moment
 * says otherwise.
 */
function historyOf(said: readonly Placing[]): readonly Footprint[] {
  const moments = new Map<Micros, Placing[]>()
  for (const statement of said.toSorted((a, b) => a.at - b.at || compareStatements(a, b))) {
    const together = moments.get(statement.at)
    const [before] = together ?? []
    if (before !== undefined && compareStatements(before, statement) === 0) {
      together?.push(statement)
    } else moments.set(statement.at, [statement])
  }
  const open = new Map<DatasetId, { from: Micros | undefined; entry: string }>()
  const footprints: Footprint[] = []
  for (const [index, [at, statements]] of [...moments].entries()) {
    const now = new Map(statements.map(({ location, entry }) => [location, entry]))
    for (const [location, since] of open) {
      if (now.has(location)) continue
      open.delete(location)
      footprints.push({ location, ...since, until: at })
    }
    // The first that is known holds from the beginning.
    const from = index === 0 ? undefined : at
    for (const [location, entry] of now) {
      if (!open.has(location)) open.set(location, { from, entry })
    }
  }
  for (const [location, since] of open) footprints.push({ location, ...since, until: undefined })
  return inTime(footprints)
}

function inTime(footprints: readonly Footprint[]): readonly Footprint[] {
  return footprints.toSorted(
    (a, b) => compareTimes(a.from, b.from) || compareCodePoints(a.location, b.location),
  )
}

/** A partition lies where it was put from then on: what overlaps that is one stay at that place. */
function withPartitions(
  history: readonly Footprint[],
  parts: readonly Statement[],
): readonly Footprint[] {
  const inOrder = parts.toSorted((a, b) => a.at - b.at || compareStatements(a, b))
  const firsts = new Map<DatasetId, Statement>()
  for (const part of inOrder) {
    if (!firsts.has(part.location)) firsts.set(part.location, part)
  }
  const stays = [...firsts.values()].map(({ location, at, entry }): Footprint => {
    const earlier = history.filter((one) => one.location === location && !endsBefore(one, at))
    const [first] = earlier.toSorted((a, b) => compareTimes(a.from, b.from))
    return first !== undefined && compareTimes(first.from, at) <= 0
      ? { ...first, until: undefined }
      : { location, from: at, until: undefined, entry }
  })
  const kept = history.filter(({ location, ...one }) => {
    const part = firsts.get(location)
    return part === undefined || endsBefore(one, part.at)
  })
  return inTime([...kept, ...stays])
}

function endsBefore({ until }: Pick<Footprint, 'until'>, at: Micros): boolean {
  return until !== undefined && until < at
}

/** Stays at one place that touch or overlap are one, from the first of them on. */
function merged(stays: readonly Footprint[]): readonly Footprint[] {
  const inOrder = stays.toSorted(
    (a, b) => compareTimes(a.from, b.from) || compareCodePoints(a.entry, b.entry),
  )
  const last = new Map<DatasetId, Footprint>()
  const done: Footprint[] = []
  for (const stay of inOrder) {
    const before = last.get(stay.location)
    const { until } = before ?? stay
    if (before === undefined || (until !== undefined && until < (stay.from ?? -Infinity))) {
      if (before !== undefined) done.push(before)
      last.set(stay.location, stay)
    } else last.set(stay.location, { ...before, until: laterEnd(until, stay.until) })
  }
  return [...done, ...last.values()]
}

function laterEnd(a: Micros | undefined, b: Micros | undefined): Micros | undefined {
  return a === undefined || b === undefined ? undefined : a > b ? a : b
}

type Statement = IdentityCells['locations'][number]
type Placing = Omit<Statement, 'by'>

function compareTimes(a: Micros | undefined, b: Micros | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return a - b
}

function compareStatements(a: Placing, b: Placing): number {
  return a.rank - b.rank || compareCodePoints(a.entry, b.entry)
}

/** What a name always stands for; undefined where its schema was said to stand for several. */
function onlyStanding({ stands }: IdentityCells): DatasetId | undefined {
  const [first] = stands
  return stands.every((one) => one.for === first?.for) ? first?.for : undefined
}

function isSplit(cells: IdentityCells): boolean {
  return cells.splitAt !== undefined
}

/** A steward's join holds unless one of its names was split later. */
function holds(at: Micros, cells: IdentityCells): boolean {
  return cells.splitAt === undefined || at > cells.splitAt
}
