import type { NameNode } from '../../../src/graph/sqlite/adjacency.ts'
import type { DatasetName, Meeting, Micros } from '../../../src/model/index.ts'
import { describe, expect, test } from 'vitest'
import { Adjacency } from '../../../src/graph/sqlite/adjacency.ts'
import { datasetIdOf } from '../../../src/model/index.ts'

const glue = 'arn:aws:glue:us-east-1:123456789012'
const lake = (name: string): DatasetName => ({ namespace: 's3://lake', name })
const table = (name: string): DatasetName => ({ namespace: glue, name: `table/db/${name}` })

describe('what meets a footprint', () => {
  test('is what contains it and what it contains, not what stands beside it', () => {
    const world = worldOf([lake('raw'), lake('raw/x'), lake('raw/y'), lake('rawer'), lake('/')])
    expect(world.met(lake('raw/x'))).toEqual([
      [lake('/'), 'CONTAINS', 'prefix'],
      [lake('raw'), 'CONTAINS', 'prefix'],
    ])
    expect(world.met(lake('raw')).map(([name]) => name)).toEqual([
      lake('/'),
      lake('raw/x'),
      lake('raw/y'),
    ])
  })

  test('is a database for its tables', () => {
    const database = { namespace: glue, name: 'database/db' }
    const world = worldOf([database, table('t'), { namespace: glue, name: 'table/other/t' }])
    expect(world.met(database)).toEqual([[table('t'), 'CONTAINS', 'database']])
  })

  test('is what a pattern matches, and a pattern that some name matches too', () => {
    const world = worldOf([lake('raw/*/x'), lake('raw/a/x'), lake('raw/a/y'), lake('raw/b*/x')])
    expect(world.met(lake('raw/*/x'))).toEqual([
      [lake('raw/a/x'), 'CONTAINS', 'pattern'],
      [lake('raw/b*/x'), 'CONTAINS', 'pattern'],
    ])
  })

  test('is a location while a table pointed there, and what lies under it', () => {
    const world = worldOf([table('t'), lake('old'), lake('old/part'), lake('new')])
    world.point(table('t'), [
      { at: lake('old'), from: undefined, until: 5 },
      { at: lake('new'), from: 5, until: undefined },
    ])
    expect(
      world.meetings(table('t')).map(({ rule, during }) => [rule, during.from, during.until]),
    ).toEqual(
      expect.arrayContaining([
        ['location', undefined, 5],
        ['location under prefix', undefined, 5],
        ['location', 5, undefined],
      ]),
    )
    expect(world.met(lake('new'), 4)).toEqual([])
    expect(world.met(lake('new'), 5)).toEqual([[table('t'), 'LOCATION', 'location']])
  })

  test('is another table on the same location', () => {
    const world = worldOf([table('t'), table('u'), lake('shared')])
    world.point(table('t'), [{ at: lake('shared'), from: undefined, until: undefined }])
    world.point(table('u'), [{ at: lake('shared'), from: undefined, until: undefined }])
    expect(world.met(table('t'))).toEqual(
      expect.arrayContaining([
        [table('u'), 'LOCATION', 'same location'],
        [lake('shared'), 'LOCATION', 'location'],
      ]),
    )
  })

  test('is nothing any more when the name is gone', () => {
    const world = worldOf([lake('raw'), lake('raw/x')])
    world.adjacency.removeName(world.node(lake('raw/x')))
    expect(world.met(lake('raw'))).toEqual([])
  })
})

type Pointing = Readonly<{ at: DatasetName; from: number | undefined; until: number | undefined }>

function worldOf(names: readonly DatasetName[]) {
  const adjacency = new Adjacency({
    shownAt: () => false,
    activeDuring: () => false,
    replacedAt: () => undefined,
  })
  for (const [row, name] of names.entries()) adjacency.addName(datasetIdOf(name), row, name)
  const node = (name: DatasetName): NameNode => {
    const found = adjacency.name(datasetIdOf(name))
    if (found === undefined) throw new Error('the world has no such name')
    return found
  }
  const found = (name: DatasetName, asOf?: number) =>
    adjacency.places.meetings(node(name).dataset, asOf as Micros | undefined)
  return {
    adjacency,
    node,
    meetings: (name: DatasetName): readonly Meeting[] => found(name).map(({ meeting }) => meeting),
    met: (name: DatasetName, asOf?: number) =>
      found(name, asOf)
        .map(({ other, meeting }) => [other.leader.name, meeting.kind, meeting.rule] as const)
        .toSorted(([a], [b]) => (a.name < b.name ? -1 : 1)),
    point(from: DatasetName, to: readonly Pointing[]) {
      const rows = to.map(({ at, from: since, until }) => ({
        location: node(at),
        during: { from: since as Micros | undefined, until: until as Micros | undefined },
        entry: 'e',
      }))
      adjacency.setClass([node(from)], rows)
    },
  }
}
