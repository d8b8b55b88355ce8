import type { Cell } from '../../src/graph/index.ts'
import type { Fact, Micros } from '../../src/model/index.ts'
import { expect, test } from 'vitest'
import { deriveDeclaration } from '../../src/derive/declaration.ts'
import { sayingsOf } from '../../src/graph/cells.ts'
import { datasetIdOf, jobIdOf } from '../../src/model/index.ts'

const job = { namespace: 'etl', name: 'declared' }
const dataset = (name: string) => ({ namespace: 's3://lake', name })

test('a version is active until the next one, and stays shown', () => {
  const members = deriveDeclaration(jobIdOf(job), [declared(1, 'b'), declared(5, 'c')])
  expect(members).toMatchObject([
    { outputs: [datasetIdOf(dataset('b'))], start: 1, end: 5, shownFrom: 1, basis: 'DECLARED' },
    { outputs: [datasetIdOf(dataset('c'))], start: 5, shownFrom: 5 },
  ])
  expect(members.map(({ end, shownUntil }) => [end, shownUntil])).toEqual([
    [5, undefined],
    [undefined, undefined],
  ])
})

test('a version that says the same goes on with the one before, in any order', () => {
  const cells = [declared(1, 'b'), declared(3, 'b'), declared(5, 'c'), declared(9, 'b')]
  const members = deriveDeclaration(jobIdOf(job), cells)
  expect(members.map(({ start, end, lastSeen }) => [start, end, lastSeen])).toEqual([
    [1, 5, 3],
    [5, 9, 5],
    [9, undefined, 9],
  ])
  expect(deriveDeclaration(jobIdOf(job), cells.toReversed())).toEqual(members)
})

test("a dataset's own statement is a flow without a job", () => {
  const [member] = deriveDeclaration(undefined, [declared(1, 'b')])
  expect(member?.job).toBeUndefined()
  expect(member?.flow).not.toBe(deriveDeclaration(jobIdOf(job), [declared(1, 'b')])[0]?.flow)
})

test('a rename that no run told of is a flow of the moment', () => {
  const by = { dataset: dataset('new') }
  const fact = {
    kind: 'rename',
    at: 4 as Micros,
    by,
    from: dataset('old'),
    to: dataset('new'),
  } as const
  const cells = sayingsOf(fact)
    .filter(({ property }) => property === 'renamed')
    .map(({ property, member, rank, at }) => {
      return { property, member, first: at, last: at, rank, at, entry: 'e', value: undefined }
    })
  expect(deriveDeclaration(undefined, cells)).toMatchObject([
    {
      kind: 'RENAME',
      basis: 'OBSERVED',
      inputs: [datasetIdOf(dataset('old'))],
      outputs: [datasetIdOf(dataset('new'))],
      start: 4,
      end: 4,
    },
  ])
})

test('a part that is amended leaves the others as they are, until all is declared anew', () => {
  const cells = [
    declared(1, 'b'),
    amended(1, 'main', 'm1'),
    amended(3, 'main', 'm2'),
    amended(5, 'backup', 'k'),
    declared(9, 'c'),
  ]
  const members = deriveDeclaration(jobIdOf(job), cells)
  const told = members.map(({ start, end, outputs }) => [start, end, outputs.length])
  expect(told).toEqual([
    [1, 3, 2],
    [3, 5, 2],
    [5, 9, 3],
    [9, undefined, 1],
  ])
  expect(members[2]?.outputs).toEqual(['b', 'm2', 'k'].map(idOf).toSorted())
  expect(deriveDeclaration(jobIdOf(job), cells.toReversed())).toEqual(members)
})

test('what is switched off moves nothing, and switched on again what it was set up to', () => {
  const cells = [declared(1, 'b'), switched(3, false), amended(4, 'main', 'm'), switched(7, true)]
  const members = deriveDeclaration(jobIdOf(job), cells)
  expect(members.map(({ start, end, outputs }) => [start, end, outputs])).toEqual([
    [1, 3, [idOf('b')]],
    [7, undefined, ['b', 'm'].map(idOf).toSorted()],
  ])
  const anew = deriveDeclaration(jobIdOf(job), [...cells, switched(8, false), declared(9, 'c')])
  expect(anew.at(-1)).toMatchObject({ start: 9, outputs: [idOf('c')] })
})

test('a part of what nobody declared is there by itself', () => {
  expect(deriveDeclaration(jobIdOf(job), [amended(2, 'main', 'm')])).toMatchObject([
    { inputs: [], outputs: [idOf('m')], start: 2 },
  ])
})

function idOf(name: string): string {
  return datasetIdOf(dataset(name))
}

function amended(at: number, slot: string, output: string): Cell {
  const moved = { inputs: [], outputs: [dataset(output)], maps: [], explicit: [] }
  return cellOf({ kind: 'amendment', at: at as Micros, by: { job }, slot, moved })
}

function switched(at: number, active: boolean): Cell {
  return cellOf({ kind: 'active', at: at as Micros, by: { job }, active })
}

function declared(at: number, output: string): Cell {
  const moved = { inputs: [dataset('a')], outputs: [dataset(output)], maps: [], explicit: [] }
  return cellOf({ kind: 'declaration', at: at as Micros, by: { job }, moved })
}

function cellOf(fact: Fact): Cell {
  const [said] = sayingsOf(fact)
  if (said === undefined) throw new Error('a statement says something')
  const { property, member, rank, value, at } = said
  return { property, member, first: at, last: at, rank, at, entry: `e${at}`, value }
}
