import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root })]

test.each(pages)('%s names only files that are there', (page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const named = text.matchAll(
    /(?:src|docs|test|bench|migrations|scripts)\/[\w./-]+\.(?:ts|md|sql|svg)/g,
  )
  const missing = [...named].map(([path]) => path).filter((path) => !existsSync(join(root, path)))
  expect(missing).toEqual([])
})

test('the story of an event names the files of its steps', () => {
  const story = readFileSync(join(root, 'docs/data-story.md'), 'utf8')
  expect([...story.matchAll(/src\/[\w./-]+\.ts/g)].length).toBeGreaterThan(20)
})
