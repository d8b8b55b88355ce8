import type { Cell } from '../../src/graph/index.ts'
import type { Micros } from '../../src/model/index.ts'
import { describe, expect, test } from 'vitest'
import { courseWithin, definitionAt, isUndone, usedOf, withinOf } from '../../src/derive/shared.ts'

describe('the definition in effect', () => {
  const used = usedOf('', at(5), [saved(3, 'a'), saved(1, 'b'), saved(7, 'c'), saved(9, 'd')])

  test.each([
    { known: Infinity, entry: 'a' },
    { known: 2, entry: 'b' },
    { known: 0, entry: undefined },
  ])('by what was said up to $known is $entry', ({ known, entry }) => {
    expect(definitionAt(used, known)?.entry).toBe(entry)
  })

  test.each([
    { known: Infinity, entry: 'c' },
    { known: 8, entry: 'd' },
  ])('is the earliest later one where none came before, by $known', ({ known, entry }) => {
    const late = usedOf('', at(5), [saved(known === 8 ? 9 : 7, 'c'), saved(8, 'd')])
    expect(definitionAt(late, known)?.entry).toBe(entry)
  })

  test('of several at one moment is the last by rank and entry key', () => {
    const together = [saved(3, 'b'), saved(3, 'z', 0), saved(3, 'a')]
    expect(definitionAt(usedOf('', at(5), together), Infinity)?.entry).toBe('b')
    expect(definitionAt(usedOf('', at(1), together), Infinity)?.entry).toBe('b')
  })
})

describe('a run in a transaction', () => {
  const completed = { first: at(1), marks: [{ event: 'COMPLETE', at: at(4) }] }
  const course = { ...completed, running: false, continuous: false }
  const complete = { event: 'COMPLETE', at: 4 }

  test.each([
    { told: {}, marks: [complete], running: false, undone: false },
    { told: { COMMIT: 6 }, marks: [complete], running: false, undone: false },
    { told: { BEGIN: 1 }, marks: [], running: true, undone: false },
    {
      told: { BEGIN: 1, COMMIT: 6 },
      marks: [{ event: 'COMPLETE', at: 6 }],
      running: false,
      undone: false,
    },
    { told: { BEGIN: 1, COMMIT: 3 }, marks: [complete], running: false, undone: false },
    {
      told: { BEGIN: 1, ROLLBACK: 6 },
      marks: [{ event: 'ABORT', at: 6 }],
      running: false,
      undone: true,
    },
    { told: { ROLLBACK: 2 }, marks: [{ event: 'ABORT', at: 4 }], running: false, undone: true },
    {
      told: { BEGIN: 1, COMMIT: 6, ROLLBACK: 7 },
      marks: [{ event: 'COMPLETE', at: 6 }],
      running: false,
      undone: false,
    },
    {
      told: { BEGIN: 1, COMMIT: 6, ROLLBACK: 6 },
      marks: [{ event: 'ABORT', at: 6 }],
      running: false,
      undone: true,
    },
  ])('of which $told was seen', ({ told, marks, running, undone }) => {
    const within = [withinOf(at(1), ended(told as Ended))]
    expect(courseWithin(course, within, Infinity)).toMatchObject({ marks, running })
    expect(isUndone(within, Infinity)).toBe(undone)
  })

  test('is open until its end was told', () => {
    const within = [withinOf(at(1), ended({ BEGIN: 1, ROLLBACK: 9 }))]
    expect(courseWithin(course, within, 8)).toMatchObject({ marks: [], running: true })
    expect(isUndone(within, 8)).toBe(false)
    expect(isUndone(within, 9)).toBe(true)
  })

  test('that failed has failed, whatever became of the transaction', () => {
    const failed = { ...course, marks: [{ event: 'FAIL', at: at(4) }] }
    const within = [withinOf(at(1), ended({ BEGIN: 1 }))]
    expect(courseWithin(failed, within, Infinity)).toMatchObject({
      marks: [{ event: 'FAIL', at: 4 }],
      running: false,
    })
  })
})

function at(when: number): Micros {
  return when as Micros
}

function cell(more: Partial<Cell> & Pick<Cell, 'property' | 'at'>): Cell {
  const { at: when } = more
  return {
    member: '',
    first: when,
    last: when,
    rank: 5,
    entry: `e${when}`,
    value: undefined,
    ...more,
  }
}

function saved(when: number, entry: string, rank = 5): Cell {
  const value = { inputs: [], outputs: [], maps: [], explicit: [] }
  return cell({ property: 'definition', at: at(when), entry, rank, value })
}

type Ended = Readonly<{ BEGIN?: number; COMMIT?: number; ROLLBACK?: number }>

function ended(told: Ended): readonly Cell[] {
  return Object.entries(told).map(([member, when]) =>
    cell({ property: 'transactionEvent', member, at: at(when) }),
  )
}
