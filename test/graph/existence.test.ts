import type { Micros } from '../../src/model/index.ts'
import { expect, test } from 'vitest'
import { existenceOf } from '../../src/graph/existence.ts'

test.each([
  { name: 'nothing known', changes: [], touched: [3], life: [[null, null]] },
  { name: 'created and then used', changes: [[1, 'CREATE']], touched: [1, 4], life: [[1, null]] },
  {
    name: 'used before it was created',
    changes: [[3, 'CREATE']],
    touched: [1, 3],
    life: [[null, null]],
  },
  { name: 'dropped', changes: [[5, 'DROP']], touched: [1, 5], life: [[null, 5]] },
  {
    name: 'dropped, said twice by one run',
    changes: [
      [5, 'DROP'],
      [6, 'DROP'],
    ],
    touched: [1, 5, 6],
    life: [[null, 5]],
  },
  {
    name: 'written again after a drop',
    changes: [[5, 'DROP']],
    touched: [1, 5, 8],
    life: [
      [null, 5],
      [8, null],
    ],
  },
  {
    name: 'created again after a drop',
    changes: [
      [1, 'CREATE'],
      [5, 'DROP'],
      [9, 'CREATE'],
    ],
    touched: [1, 5, 9],
    life: [
      [1, 5],
      [9, null],
    ],
  },
  {
    name: 'renamed away while another took its name',
    changes: [
      [5, 'RENAMED'],
      [5, 'RENAME'],
    ],
    touched: [1, 5],
    life: [
      [null, 5],
      [5, null],
    ],
  },
  { name: 'altered', changes: [[5, 'ALTER']], touched: [5], life: [[null, null]] },
] as const)('existence of what was $name', ({ changes, touched, life }) => {
  const said = changes.map(([at, change]) => ({ at: at as Micros, change }))
  const after = (at: number | undefined): Micros | undefined =>
    touched.find((touch) => touch > (at ?? 0)) as Micros | undefined
  const expected = life.map(([from, until]) => ({
    from: from ?? undefined,
    until: until ?? undefined,
  }))
  expect(existenceOf(said, after)).toEqual(expected)
  expect(existenceOf(said.toReversed(), after)).toEqual(expected)
})
