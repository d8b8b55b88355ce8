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
  const work = [...changed]
  const classes = new Map<DatasetId, NameClass>()
  const placed = new Set<DatasetId>()
  for (let name = work.pop(); name !== undefined; name = work.pop()) {
    if (placed.has(name) || (await region.cells(name)) === undefined) continue
    const component = await region.component(name)
    const partner = await region.partner(component)
    const names = [...component, ...(partner ?? [])]
    const nameClass = await region.classOf(names)
    classes.set(nameClass.leader, nameClass)
    for (const member of names) placed.add(member)
    work.push(...(await region.alsoTouchedBy(names)))
  }
  return [...classes.values()]
}

/** The part of the name graph that one derivation looks at. */
class Region {
  readonly #reader: IdentityReader
  readonly #cells = new Map<DatasetId, IdentityCells | undefined>()

  constructor(reader: IdentityReader) {
    this.#reader = reader
  }

  async cells(id: DatasetId): Promise<IdentityCells | undefined> {
    if (!this.#cells.has(id)) {
      const found = await this.#reader.identityCells([id])
      this.#cells.set(id, found.get(id))
    }
    return this.#cells.get(id)
  }

  /** Names joined whatever their locations: by symlinks and by a steward. */
  async component(start: DatasetId): Promise<readonly DatasetId[]> {
    const found = new Set([start])
    for (const id of found) {
      const cells = await this.cells(id)
      if (cells === undefined) continue
      for (const other of cells.aliases) {
        const others = await this.cells(other)
        if (others !== undefined && !isSplit(cells) && !isSplit(others)) found.add(other)
      }
      for (const { with: other, at } of cells.joins) {
        const others = await this.cells(other)
        if (others !== undefined && holds(at, cells) && holds(at, others)) found.add(other)
      }
    }
    return [...found]
  }

  /** The component on the other end of the only location statement, if it is the only one there. */
  async partner(component: readonly DatasetId[]): Promise<readonly DatasetId[] | undefined> {
    const other = await this.#onlyNeighbour(component)
    if (other === undefined || other.some((id) => component.includes(id))) return undefined
    const back = await this.#onlyNeighbour(other)
    return back?.some((id) => component.includes(id)) === true ? other : undefined
  }

  /** Undefined too where a steward joined a table with a place of its own: no other is its only one. */
  async #onlyNeighbour(component: readonly DatasetId[]): Promise<readonly DatasetId[] | undefined> {
    let only: readonly DatasetId[] | undefined
    let joinable = false
    for (const id of component) {
      for (const { other, by } of await this.#statements(id)) {
        if (component.includes(other)) return undefined
        if (only === undefined) only = await this.component(other)
        else if (!only.includes(other)) return undefined
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
    const statements: { other: DatasetId; by: 'joinable' | 'meeting' }[] = []
    for (const { other, by } of said) {
      const others = await this.cells(other)
      if (others === undefined) continue
      const split = isSplit(cells) || isSplit(others)
      if (split && by === 'symlink') continue
      statements.push({ other, by: split ? 'meeting' : 'joinable' })
    }
    return statements
  }

  /** What else has to be looked at when these names form a class. */
  async alsoTouchedBy(names: readonly DatasetId[]): Promise<readonly DatasetId[]> {
    const touched: DatasetId[] = []
    for (const name of names) {
      const cells = await this.cells(name)
      if (cells === undefined) continue
      touched.push(...cells.classNow)
      if (isSplit(cells)) {
        touched.push(...cells.aliases, ...cells.locations.map(({ location }) => location))
        touched.push(...cells.located.map(({ table }) => table))
      }
    }
    const only = await this.#onlyNeighbour(names)
    return only === undefined ? touched : [...touched, ...only]
  }

  async classOf(names: readonly DatasetId[]): Promise<NameClass> {
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
      footprints: await this.#footprints(cells, new Set(names)),
    }
  }

  /** Where the class's content lay, without locations that are names of the class itself. */
  async #footprints(
    members: readonly IdentityCells[],
    names: ReadonlySet<DatasetId>,
  ): Promise<readonly Footprint[]> {
    const said: Statement[] = []
    for (const cells of members) {
      for (const statement of cells.locations) {
        const location = await this.cells(statement.location)
        if (location === undefined) continue
        const split = isSplit(cells) || isSplit(location)
        if (!(split && statement.by === 'symlink')) said.push(statement)
      }
    }
    return historyOf(said).filter(({ location }) => !names.has(location))
  }
}

/**
 * Of each moment the statements of its best entry hold, all of them together, until the next moment
 * says otherwise.
 */
function historyOf(said: readonly Statement[]): readonly Footprint[] {
  const moments = new Map<Micros, Statement[]>()
  for (const statement of said.toSorted((a, b) => a.at - b.at || compareStatements(a, b))) {
    const before = moments.get(statement.at)?.[0]
    const together = before !== undefined && compareStatements(before, statement) === 0
    moments.set(
      statement.at,
      together ? [...(moments.get(statement.at) ?? []), statement] : [statement],
    )
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
  return footprints.toSorted(
    (a, b) => compareTimes(a.from, b.from) || compareCodePoints(a.location, b.location),
  )
}

type Statement = IdentityCells['locations'][number]

function compareTimes(a: Micros | undefined, b: Micros | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return a - b
}

function compareStatements(a: Statement, b: Statement): number {
  return a.rank - b.rank || compareCodePoints(a.entry, b.entry)
}

function isSplit(cells: IdentityCells): boolean {
  return cells.splitAt !== undefined
}

/** A steward's join holds unless one of its names was split later. */
function holds(at: Micros, cells: IdentityCells): boolean {
  return cells.splitAt === undefined || at > cells.splitAt
}
