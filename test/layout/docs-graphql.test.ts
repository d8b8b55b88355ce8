import { buildSchema, parse, validate } from 'graphql'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { categoryGroups } from '../../src/model/category.ts'

const root = join(import.meta.dirname, '../..')
const schema = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'))

type Example = Readonly<{ place: string; text: string }>

/** Every block of GraphQL in the pages, with the line that it begins at. */
function examples(): readonly Example[] {
  return ['README.md', ...globSync('docs/**/*.md', { cwd: root })].flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8')
    return [...text.matchAll(/^```graphql\n(.*?)^```$/gms)].map((found) => ({
      place: `${page}:${text.slice(0, found.index).split('\n').length}`,
      text: found[1] ?? '',
    }))
  })
}

describe('an example of GraphQL', () => {
  it.each(examples())('at $place is one of this schema', ({ text }) => {
    expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([])
  })

  it('is there for what governance is asked and told', () => {
    const all = examples()
      .map(({ text }) => text)
      .join('\n')
    const untold = ['explainLabel', 'footprint', 'certify', 'decideFinding', 'preview'].filter(
      (field) => !all.includes(`${field}(`),
    )
    expect(untold).toEqual([])
  })
})

describe('the page of governance', () => {
  it('has every category', () => {
    const text = readFileSync(join(root, 'docs/governance.md'), 'utf8')
    const rows = new Map(
      [...text.matchAll(/^\| `(\w+)` +\| (.*?) *\|$/gm)].map(([, k, v]) => [k, v]),
    )
    for (const [group, codes] of Object.entries(categoryGroups)) {
      const listed = rows.get(group)?.split(': ')[1]?.split(', ')
      expect(listed, `${group}`).toEqual([...codes])
    }
  })
})
