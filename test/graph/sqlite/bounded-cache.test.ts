import { expect, test } from 'vitest'
import { BoundedCache } from '../../../src/graph/sqlite/bounded-cache.ts'

test('a cache holds no more than its weight, and begins anew when it is full', () => {
  const cache = new BoundedCache<string, number>(10)
  cache.add('a', 1, 6)
  cache.add('b', 2, 4)
  expect([cache.get('a'), cache.get('b')]).toEqual([1, 2])
  cache.add('c', 3)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, undefined, 3])
})

test('what is too large for a cache is not kept', () => {
  const cache = new BoundedCache<string, number>(10)
  cache.add('large', 1, 11)
  expect(cache.get('large')).toBeUndefined()
  cache.add('small', 2, 10)
  expect(cache.get('small')).toBe(2)
})

test('a cache forgets what it is told to', () => {
  const cache = new BoundedCache<string, number>(10)
  cache.add('a', 1)
  cache.delete('a')
  expect(cache.get('a')).toBeUndefined()
})
