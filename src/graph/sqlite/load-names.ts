import type { DatasetId, Micros } from '../../model/index.ts'
import type { Adjacency, NameNode } from './adjacency.ts'
import type { Database, Row } from './database.ts'
import type { PlaceRow } from './places.ts'
import { compareNames } from '../../model/index.ts'
import { parseExistence } from './catalog.ts'
import { nameOf } from './database.ts'

/** Reads names, their classes, where these lie and when they existed into memory. */
export function loadNames(db: Database, adjacency: Adjacency): void {
  const names = namesOf(db, adjacency)
  const classes = classesOf(db, names)
  const footprints = footprintsOf(db, names)
  for (const leader of new Set([...classes.keys(), ...footprints.keys()])) {
    const node = names.get(leader)
    if (node === undefined) continue
    const members = (classes.get(leader) ?? [node]).toSorted((a, b) => compareNames(a.name, b.name))
    adjacency.setClass(members, footprints.get(leader) ?? [])
  }
  for (const row of db.each("SELECT leader, existence FROM catalog WHERE existence <> '[]'")) {
    const node = names.get(Number(row['leader']))
    if (node !== undefined) adjacency.setExistence(node, parseExistence(String(row['existence'])))
  }
}

type Names = ReadonlyMap<number, NameNode>

/** A name that is gone stays in its class until that is worked out again. */
function namesOf(db: Database, adjacency: Adjacency): Names {
  const rows = db.each(
    `SELECT id, key, namespace, name FROM subject
     WHERE kind = 'dataset' AND known = 1 AND namespace IS NOT NULL
     UNION ALL SELECT id, key, namespace, name FROM mark JOIN subject ON subject.id = mark.subject
     WHERE derivation = 'identity' AND known = 0`,
  )
  const names = new Map<number, NameNode>()
  for (const row of rows) {
    const id = Number(row['id'])
    names.set(id, adjacency.addName(String(row['key']) as DatasetId, id, nameOf(row)))
  }
  return names
}

function classesOf(db: Database, names: Names): ReadonlyMap<number, readonly NameNode[]> {
  const classes = new Map<number, NameNode[]>()
  for (const row of db.each('SELECT name, leader FROM class')) {
    const leader = Number(row['leader'])
    const node = names.get(Number(row['name']))
    const members = classes.get(leader) ?? []
    if (node !== undefined) members.push(node)
    classes.set(leader, members)
  }
  return classes
}

function footprintsOf(db: Database, names: Names): ReadonlyMap<number, readonly PlaceRow[]> {
  const footprints = new Map<number, PlaceRow[]>()
  for (const row of db.each('SELECT * FROM footprint ORDER BY leader, number')) {
    const location = names.get(Number(row['location']))
    if (location === undefined) continue
    const leader = Number(row['leader'])
    const rows = footprints.get(leader) ?? []
    const during = { from: timeIn(row, 'since'), until: timeIn(row, 'until') }
    rows.push({ location, during, entry: String(row['entry']) })
    footprints.set(leader, rows)
  }
  return footprints
}

function timeIn(row: Row, column: string): Micros | undefined {
  return row[column] === null ? undefined : (Number(row[column]) as Micros)
}
