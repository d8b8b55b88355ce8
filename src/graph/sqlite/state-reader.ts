import type { LogicalState } from '../logical-state.ts'
import type { Adjacency } from './adjacency.ts'
import type { Database, Row } from './database.ts'
import type { MapTable } from './map-table.ts'
import { properties } from '../cells.ts'

type Parts = Readonly<{ db: Database; adjacency: Adjacency; maps: MapTable }>

/** The whole settled state as plain data, for the digest. */
export function logicalStateOf({ db, adjacency, maps }: Parts): LogicalState {
  const keys = new Map(
    db.all('SELECT id, key FROM subject').map((row) => [Number(row['id']), String(row['key'])]),
  )
  const key = (value: unknown): string => keys.get(Number(value)) ?? ''
  const flowKeys = new Map([...adjacency.flowsByRow].map(([row, { id }]) => [row, id]))
  const names = [...adjacency.names.values()]
  const leaders = names.filter((node) => node.dataset.leader === node)
  const footprints = Map.groupBy(db.all('SELECT * FROM footprint ORDER BY leader, number'), (row) =>
    Number(row['leader']),
  )
  return {
    names: names.map(({ id, name }) => [id, name.namespace, name.name]),
    classes: leaders.flatMap(({ id, row, dataset }) => {
      const places = footprints.get(row) ?? []
      if (dataset.names.length === 1 && places.length === 0) return []
      return [
        [
          id,
          dataset.names.map((member) => member.id).toSorted(),
          places.map(
            (place) =>
              [key(place['location']), time(place['since']), time(place['until'])] as const,
          ),
        ] as const,
      ]
    }),
    runs: db
      .all('SELECT run.* FROM run JOIN subject ON subject.id = run.subject WHERE known = 1')
      .map((run) => [
        key(run['subject']),
        run['job'] === null ? null : key(run['job']),
        String(run['state']),
        time(run['started']),
        time(run['ended']),
        run['parent'] === null ? null : key(run['parent']),
      ]),
    flows: [...adjacency.flows.values()].map(({ id, job, kind, inputs, outputs }) => [
      id,
      job ?? null,
      kind,
      inputs.map((name) => name.id).toSorted(),
      outputs.map((name) => name.id).toSorted(),
    ]),
    members: db.all('SELECT * FROM member').map((member) => [
      flowKeys.get(Number(member['flow'])) ?? '',
      key(member['mover']),
      String(member['basis']),
      ['shown_from', 'shown_until', 'started', 'ended', 'last_seen'].map((column) =>
        time(member[column]),
      ),
      maps
        .mapsOf(Number(member['mapset']))
        .map((map) => [map.output, map.key] as const)
        .toSorted((a, b) => (a.join() < b.join() ? -1 : 1)),
    ]),
    replaced: db
      .all('SELECT * FROM replaced')
      .map((row) => [key(row['dataset']), Number(row['at']), key(row['run'])]),
    evidence: evidenceOf(db, key),
    accesses: accessesIn(db, key),
    origins: originsIn(db, key),
    unknown: unknownIn(db),
  }
}

function evidenceOf(db: Database, key: (value: unknown) => string): LogicalState['evidence'] {
  const bySubject = new Map<string, string[]>()
  const rows = db.each(
    'SELECT subject, entry.key AS key FROM posting JOIN entry ON entry.id = posting.entry',
  )
  for (const row of rows) {
    const subject = key(row['subject'])
    const entries = bySubject.get(subject) ?? []
    entries.push(String(row['key']))
    bySubject.set(subject, entries)
  }
  return [...bySubject].map(([subject, entries]) => [subject, [...new Set(entries)].toSorted()])
}

function accessesIn(db: Database, key: (value: unknown) => string): LogicalState['accesses'] {
  const rows = db.all(
    `SELECT dataset, who.name AS principal, what.body AS action, hour, way.body AS via,
       entry.key AS key
     FROM access JOIN subject AS who ON who.id = principal JOIN value AS what ON what.id = action
     LEFT JOIN value AS way ON way.id = via JOIN entry ON entry.id = access.entry`,
  )
  const groups = Map.groupBy(rows, (row) =>
    ['dataset', 'principal', 'action', 'hour', 'via'].map((column) => row[column]).join('\n'),
  )
  return [...groups.values()].flatMap((of) => {
    const [row] = of
    if (row === undefined) return []
    const via = row['via'] === null ? null : String(JSON.parse(String(row['via'])))
    const action = String(JSON.parse(String(row['action'])))
    const keys = of.map((one) => String(one['key'])).toSorted()
    return [
      [key(row['dataset']), String(row['principal']), action, Number(row['hour']), via, keys],
    ] as const
  })
}

function originsIn(db: Database, key: (value: unknown) => string): LogicalState['origins'] {
  const rows = db.all(
    'SELECT subject, member FROM cell WHERE property IN (?, ?, ?)',
    properties.sessionBy.id,
    properties.actsFor.id,
    properties.starter.id,
  )
  const bySubject = Map.groupBy(rows, (row) => Number(row['subject']))
  return [...bySubject].map(([subject, of]) => {
    return [key(subject), of.map((row) => String(row['member'])).toSorted()]
  })
}

/** Tallies are no part of it: they count receipts. */
function unknownIn(db: Database): LogicalState['unknown'] {
  const rows = db.all(
    `SELECT event_name.source AS source, event_name.name AS name, entry.key AS key
     FROM event_name JOIN counted_event ON counted_event.name = event_name.id
     JOIN entry ON entry.id = counted_event.entry WHERE tallied = 0`,
  )
  const byName = Map.groupBy(rows, (row) => JSON.stringify([row['source'], row['name']]))
  return [...byName.values()].map((of) => [
    String(of[0]?.['source']),
    String(of[0]?.['name']),
    of.map((row) => String(row['key'])).toSorted(),
  ])
}

function time(value: Row[string] | undefined): number | null {
  return value === null || value === undefined ? null : Number(value)
}
