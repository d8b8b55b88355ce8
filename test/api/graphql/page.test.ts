import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (name: string): string =>
  readFileSync(new URL(`../../../src/api/graphql/page/${name}`, import.meta.url), 'utf8')

function found(text: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...text.matchAll(pattern)].map(([, id = '']) => id))
}

it('the script of the page works on parts that the page has', () => {
  const used = found(read('page.js'), /part\('([^']+)'\)/g)
  const there = found(read('page.html'), /id="([^"]+)"/g)
  expect(used.size).toBeGreaterThan(5)
  expect([...used].filter((id) => !there.has(id))).toEqual([])
})

it('the page keeps what was asked in the tab and nowhere else', () => {
  expect(read('page.js')).toContain('sessionStorage')
  expect(read('page.js')).not.toMatch(/localStorage|indexedDB|document\.cookie/)
})
