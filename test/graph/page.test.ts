import { describe, expect, test } from 'vitest'
import { cursorOf, keyOfCursor, pageOfList } from '../../src/graph/page.ts'

const itself = (item: string): string => item
const nodesOf = ({ items }: ReturnType<typeof pageOfList<string>>) => items.map(({ node }) => node)

describe('a page of a list', () => {
  const list = ['b', 'd', 'f', 'h', 'j']

  test('goes on after its last cursor until nothing is left', () => {
    const first = pageOfList(list, { first: 2 }, itself)
    const second = pageOfList(list, { first: 2, after: first.items.at(-1)?.cursor }, itself)
    const third = pageOfList(list, { first: 2, after: second.items.at(-1)?.cursor }, itself)
    const pages = [first, second, third]
    expect(pages.map(nodesOf)).toEqual([['b', 'd'], ['f', 'h'], ['j']])
    expect(pages.map(({ hasNextPage }) => hasNextPage)).toEqual([true, true, false])
  })

  const after = pageOfList(list, { first: 2 }, itself).items.at(-1)?.cursor

  test('goes on after its item when new ones stand before it', () => {
    const page = pageOfList(['a', ...list], { first: 9, after }, itself)
    expect(nodesOf(page)).toEqual(['f', 'h', 'j'])
  })

  test('misses nothing when its item is gone', () => {
    const page = pageOfList(list.toSpliced(1, 1), { first: 9, after }, itself)
    expect(nodesOf(page)).toEqual(['f', 'h', 'j'])
  })
})

test.each([
  '',
  'x',
  Buffer.from('{}').toString('base64url'),
  Buffer.from('[1e400,"a"]').toString('base64url'),
  cursorOf(['a']),
  cursorOf([1.5, 'a']),
  cursorOf([1, 2]),
  cursorOf(['1', 'a']),
  cursorOf([1, 'a', 3]),
])('the cursor %j of another list is refused', (cursor) => {
  expect(() => keyOfCursor(cursor, 'number', 'string')).toThrow('not a cursor')
})
