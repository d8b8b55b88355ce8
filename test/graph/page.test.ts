import { describe, expect, test } from 'vitest'
import { cursorOf, keyOfCursor, pageOfList } from '../../src/graph/page.ts'

describe('a page of a list', () => {
  const list = ['a', 'b', 'c', 'd', 'e']

  test('goes on after its last cursor until nothing is left', () => {
    const first = pageOfList(list, { first: 2 })
    const second = pageOfList(list, { first: 2, after: first.items.at(-1)?.cursor })
    const third = pageOfList(list, { first: 2, after: second.items.at(-1)?.cursor })
    const nodes = [first, second, third].map(({ items }) => items.map(({ node }) => node))
    expect(nodes).toEqual([['a', 'b'], ['c', 'd'], ['e']])
    expect([first, second, third].map(({ hasNextPage }) => hasNextPage)).toEqual([
      true,
      true,
      false,
    ])
  })
})

test.each(['', 'x', Buffer.from('{}').toString('base64url'), cursorOf(['a']), cursorOf([1, 2, 3])])(
  'the cursor %j of another list is refused',
  (after) => {
    expect(() => keyOfCursor(after, 2)).toThrow('not a cursor')
  },
)
