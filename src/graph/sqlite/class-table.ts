import type { DatasetId, LocationBy, Micros } from '../../model/index.ts'
import type { Derivations, IdentityCells, NameClass } from '../derived.ts'
import type { Adjacency, DatasetNode, NameNode } from './adjacency.ts'
import type { Catalog } from './catalog.ts'
import type { CellTable } from './cell-table.ts'
import type { ChangeLog } from './change-log.ts'
import type { Database, Row } from './database.ts'
import type { Marks } from './marks.ts'
import type { SchemaNames } from './schema-names.ts'
import { nameOf } from './database.ts'
import { nameNode } from './name-node.ts'
import { noStandings } from './schema-names.ts'

export type ClassParts = Readonly<{
  db: Database
  cells: CellTable
  adjacency: Adjacency
  catalog: Catalog
  marks: Marks
  schemaNames: SchemaNames
  changes: ChangeLog
}>

/** Which names are one dataset, and where its content lay. */
export class ClassTable {
  readonly #parts: ClassParts

  constructor(parts: ClassParts) {
    this.#parts = parts
  }

  /** Works out the classes of these names; gives what then has to be written. */
  async derive(
    subjects: readonly number[],
    identity: Derivations['identity'],
  ): Promise<() => void> {
    const { adjacency, db, schemaNames } = this.#parts
    const hasSchemas = schemaNames.hasAny()
    const known: DatasetId[] = []
    const gone: NameNode[] = []
    const changed = new Set<DatasetId>()
    for (const subject of subjects) {
      const row = db.one(
        'SELECT key, namespace, name, known FROM subject WHERE id = ?',
        subject,
      ) as Row
      const id = String(row['key']) as DatasetId
      if (row['known'] === 1) {
        known.push(adjacency.addName(id, subject, nameOf(row)).id)
        continue
      }
      const node = adjacency.name(id)
      if (node === undefined) continue
      gone.push(node)
      for (const member of node.dataset.names) if (member !== node) changed.add(member.id)
      if (hasSchemas) for (const other of schemaNames.of(node.name).stoodFor) changed.add(other)
    }
    for (const id of known) changed.add(id)
    for (const node of gone) changed.delete(node.id)
    const away = new Set(gone.map(({ id }) => id))
    const classes = await identity([...changed], {
      identityCells: async (ids) => this.#identityCells(ids, { away, hasSchemas }),
    })
    return () => {
      for (const node of gone) this.#removeName(node)
      for (const nameClass of classes) this.#saveClass(nameClass)
    }
  }

  #identityCells(
    ids: readonly DatasetId[],
    { away, hasSchemas }: Readonly<{ away: ReadonlySet<DatasetId>; hasSchemas: boolean }>,
  ): ReadonlyMap<DatasetId, IdentityCells> {
    const { adjacency, db } = this.#parts
    const found = new Map<DatasetId, IdentityCells>()
    for (const id of ids) {
      const node = away.has(id) ? undefined : nameNode(db, adjacency, id)
      if (node !== undefined) found.set(id, this.#cellsOfName(node, hasSchemas))
    }
    return found
  }

  #cellsOfName({ id, name, row, dataset }: NameNode, hasSchemas: boolean): IdentityCells {
    const { schemaNames } = this.#parts
    const cells = this.#parts.cells.between(row, 'alias', 'decision')
    const of = (property: string) => cells.filter((cell) => cell.property === property)
    const splits = of('decision').filter(({ member }) => member === 'split')
    return {
      id,
      name,
      aliases: of('alias').map(({ member }) => member as DatasetId),
      locations: of('location').map(({ at, rank, entry, member }) => {
        const [by, location] = member.split(':') as [LocationBy, DatasetId]
        return { at, rank, entry, location, by }
      }),
      located: of('located').map(({ member }) => {
        const [by, table] = member.split(':') as [LocationBy, DatasetId]
        return { by, table }
      }),
      joins: of('decision')
        .filter(({ member }) => member.startsWith('join:'))
        .map(({ member, at }) => ({ with: member.slice(5) as DatasetId, at })),
      ...(hasSchemas ? schemaNames.of(name) : noStandings),
      splitAt: splits.reduce<Micros | undefined>(
        (last, { at }) => (last === undefined || at > last ? at : last),
        undefined,
      ),
      classNow: idsOf(dataset),
    }
  }

  #removeName(node: NameNode): void {
    const { adjacency, db, catalog, changes } = this.#parts
    changes.add(node.dataset.names.map(({ id }) => id))
    adjacency.removeName(node)
    db.run('DELETE FROM class WHERE name = ?', node.row)
    db.run('DELETE FROM footprint WHERE leader = ?', node.row)
    catalog.remove(node.row)
  }

  #saveClass({ names, footprints }: NameClass): void {
    const { adjacency, db, catalog, changes, marks } = this.#parts
    changes.add(names)
    const nodes = names
      .map((id) => nameNode(db, adjacency, id))
      .filter((node) => node !== undefined)
    const leader = nodes[0]
    if (leader === undefined) return
    for (const node of nodes) {
      db.run('DELETE FROM class WHERE name = ?', node.row)
      db.run('DELETE FROM footprint WHERE leader = ?', node.row)
      if (node !== leader) catalog.remove(node.row)
      if (nodes.length > 1)
        db.run('INSERT INTO class (name, leader) VALUES (?, ?)', node.row, leader.row)
    }
    marks.clearOf('identity', nodes)
    const rows = footprints.flatMap(({ location, from, until, entry }) => {
      const place = nameNode(db, adjacency, location)
      return place === undefined ? [] : [{ location: place, during: { from, until }, entry }]
    })
    for (const [number, { location, during, entry }] of rows.entries()) {
      db.run(
        'INSERT INTO footprint (leader, number, location, since, until, entry) VALUES (?, ?, ?, ?, ?, ?)',
        leader.row,
        number,
        location.row,
        during.from ?? null,
        during.until ?? null,
        entry,
      )
    }
    adjacency.setClass(nodes, rows)
    marks.add('catalog', leader.row)
  }
}

const idsOfDataset = new WeakMap<DatasetNode, readonly DatasetId[]>()

/** The names of a dataset: one list for all of them, since there can be very many. */
function idsOf(dataset: DatasetNode): readonly DatasetId[] {
  const known = idsOfDataset.get(dataset)
  if (known !== undefined) return known
  const ids = dataset.names.map(({ id }) => id)
  idsOfDataset.set(dataset, ids)
  return ids
}
