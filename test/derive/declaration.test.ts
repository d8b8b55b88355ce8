import type { Cell } from '../../src/graph/index.ts'
import type { Micros } from '../../src/model/index.ts'
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

function declared(at: number, output: string): Cell {
  const moved = { inputs: [dataset('a')], outputs: [dataset(output)], maps: [], explicit: [] }
  const [said] = sayingsOf({ kind: 'declaration', at: at as Micros, by: { job }, moved })
  if (said === undefined) throw new Error('a declaration says something')
  const { property, member, rank, value } = said
  return {
    property,
    member,
    first: said.at,
    last: said.at,
    rank,
    at: said.at,
    entry: `e${at}`,
    value,
  }
}
