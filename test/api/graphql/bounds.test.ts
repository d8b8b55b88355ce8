import type { DocumentNode } from 'graphql'
import { buildSchema, getIntrospectionQuery, parse } from 'graphql'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { aliasesBound } from '../../../src/api/graphql/bounds/aliases.ts'
import { costBound } from '../../../src/api/graphql/bounds/cost.ts'
import { depthBound } from '../../../src/api/graphql/bounds/depth.ts'
import { bounds, holdWithinBounds } from '../../../src/api/graphql/bounds/table.ts'
import { parseWithin } from '../../../src/api/graphql/bounds/tokens.ts'
import { readConfig } from '../../../src/config.ts'

const schema = buildSchema(
  readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'),
)
const config = readConfig({ env: {} })

function parsed(text: string, variables: Readonly<Record<string, unknown>> = {}) {
  return { document: parse(text), variables, schema }
}

const depth = (text: string): number => depthBound.of(parsed(text))
const aliases = (text: string): number => aliasesBound.of(parsed(text))
const cost = (text: string, variables?: Readonly<Record<string, unknown>>): number =>
  costBound.of(parsed(text, variables))

/** Fragments that each spread the next one `width` times, `levels` of them. */
function ladder(levels: number, width: number): string {
  const rungs = Array.from({ length: levels }, (_, level) => {
    const next = level + 1 < levels ? `...F${level + 1} `.repeat(width) : 'a: __typename'
    return `fragment F${level} on Query { ${next} }`
  })
  return `{ ...F0 } ${rungs.join('\n')}`
}

describe('depth', () => {
  it('counts fields inside each other, the answered one included', () => {
    expect(depth('{ ledger { chains { id } } }')).toBe(3)
    expect(depth('{ intake { settled } ledger { chains { checkpoint { hash } } } }')).toBe(4)
  })

  it('goes through fragments, named and inline', () => {
    const text = `{ ...Deep ... on Query { ledger { chains { id } } } }
      fragment Deep on Query { job(namespace: "a", name: "b") { ...Up } }
      fragment Up on Job { parent { parent { parent { id } } } }`
    expect(depth(text)).toBe(5)
  })

  it('is that of the deepest operation of a document', () => {
    expect(depth('query A { intake { settled } } query B { ledger { chains { id } } }')).toBe(3)
  })

  it('ends on a fragment that spreads itself, which validation refuses', () => {
    expect(
      depth(
        '{ ...A } fragment A on Query { intake { settled } ...B } fragment B on Query { ...A }',
      ),
    ).toBe(2)
  })
})

describe('aliases', () => {
  it('are counted wherever a fragment is spread', () => {
    const text =
      '{ ...A ...A b: intake { settled } } fragment A on Query { a: intake { s: settled } }'
    expect(aliases(text)).toBe(5)
  })

  it('are counted in the time that the document takes to read, however often fragments multiply', () => {
    expect(aliases(ladder(500, 2))).toBeGreaterThan(1e100)
  })
})

describe('cost', () => {
  it('multiplies what is below a list by its length', () => {
    expect(cost('{ datasets(first: 10) { edges { node { name } } } }')).toBe(2 + 10 * 2)
    expect(
      cost(
        '{ datasets(first: 10) { edges { node { columns(first: 7) { edges { node { name } } } } } } }',
      ),
    ).toBe(2 + 10 * (3 + 7 * 2))
  })

  it('takes the length from a variable, its default or the default of the schema', () => {
    const text = 'query Q($n: Int! = 3) { datasets(first: $n) { edges { cursor } } }'
    expect(cost(text)).toBe(2 + 3)
    expect(cost(text, { n: 40 })).toBe(2 + 40)
    expect(cost('{ datasets { edges { cursor } } }')).toBe(2 + 50)
  })

  it('is not less for a length that is hidden in a fragment or behind an alias', () => {
    const text = `{ ...Page } fragment Page on Query { d: datasets(first: 10) { ...Edges } }
      fragment Edges on DatasetConnection { edges { ... on DatasetEdge { node { n: name } } } }`
    expect(cost(text)).toBe(2 + 10 * 2)
  })

  it('counts a fragment for each length that it is handed', () => {
    const text = `{ a: datasets(first: 1) { ...Edges } b: datasets(first: 1000) { ...Edges } }
      fragment Edges on DatasetConnection { edges { cursor } }`
    expect(cost(text)).toBe(2 + 1 + 2 + 1000)
  })

  it('takes an answer without a length for long', () => {
    expect(cost('{ lineage(of: []) { flows { id } } }')).toBe(2 + 100)
  })

  it.each(['-5', '"x"', '$missing', 'null', '99999999999999999999'])(
    'is a number for a length of %s, which is refused elsewhere',
    (length) => {
      expect(cost(`{ datasets(first: ${length}) { edges { cursor } } }`)).not.toBeNaN()
    },
  )
})

describe('all bounds', () => {
  it('leave room for reading the schema', () => {
    const text = getIntrospectionQuery({
      inputValueDeprecation: true,
      oneOf: true,
      schemaDescription: true,
    })
    expect(() =>
      holdWithinBounds(
        { document: parseWithin(text, config.queryTokensMax), variables: {}, schema },
        config,
      ),
    ).not.toThrow()
  })

  it.each([
    [
      'depth',
      `{ job(namespace: "a", name: "b") { ${'parent { '.repeat(20)} id ${'} '.repeat(21)} }`,
    ],
    ['aliases', `{ ${Array.from({ length: 101 }, (_, n) => `a${n}: __typename`).join(' ')} }`],
    ['aliases through fragments', ladder(8, 2)],
    [
      'cost',
      '{ datasets(first: 1000) { edges { node { columns(first: 1000) { edges { node { id name } } } } } } }',
    ],
    [
      'cost through introspection',
      '{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } } } } ',
    ],
  ])('refuse too much %s', (_what, text) => {
    expect(() => holdWithinBounds(parsed(text), config)).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
    )
  })

  it('end on any document, and give a number', () => {
    const names = [
      'id',
      'node',
      'datasets',
      'edges',
      'lineage',
      '__proto__',
      'constructor',
      '__schema',
    ]
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(...names),
        fc.constantFrom(
          '...A',
          '...B',
          '...Nowhere',
          'x: id',
          'datasets(first: 3) { edges { cursor } }',
        ),
        fc
          .tuple(fc.constantFrom(...names), fc.array(tie('tree'), { minLength: 1, maxLength: 4 }))
          .map(([name, inner]) => `${name} { ${inner.join(' ')} }`),
        fc
          .array(tie('tree'), { minLength: 1, maxLength: 3 })
          .map((inner) => `... on Query { ${inner.join(' ')} }`),
      ),
    }))
    fc.assert(
      fc.property(tree, tree, tree, (one, two, three) => {
        const text = `{ ${one} } fragment A on Query { ${two} } fragment B on Dataset { ${three} ...A }`
        for (const { of } of bounds) expect(of(parsed(text))).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('the parser', () => {
  const read = (text: string, max = 100): DocumentNode => parseWithin(text, max)

  it('takes as many tokens as there may be', () => {
    expect(read('{ a b }', 4).kind).toBe('Document')
    expect(() => read('{ a b c }', 4)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }))
  })

  it.each(['', '{', 'query', '{ a(b: "', '{"kind":"Document","definitions":[]}', '\u0000', '…'])(
    'refuses %j, which is no GraphQL',
    (text) => {
      expect(() => read(text)).toThrow(expect.objectContaining({ code: 'QUERY_INVALID' }))
    },
  )

  it('refuses what its recursion cannot read, though tokens would allow it', () => {
    const text = `{ a(b: ${'['.repeat(200_000)}`
    expect(() => read(text, 1_000_000)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }))
  })
})
