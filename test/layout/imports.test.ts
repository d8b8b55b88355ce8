import type { Row } from './imports.ts'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cyclesIn, violationsIn } from './imports.ts'

const parts = ['model', 'ledger', 'ingest', 'graph', 'derive', 'coordination', 'governance', 'api']
const everyone = ['model', 'errors.ts']

/** Which part of `src` may know which others. A part that is not here may not exist. */
const table: readonly Row[] = [
  { part: 'errors.ts', imports: [], because: 'codes stand alone' },
  { part: 'model', imports: ['errors.ts'], because: 'the words of the design rest on nothing' },
  { part: 'storage', imports: ['errors.ts'], because: 'it opens files and knows no table in them' },
  { part: 'config.ts', imports: everyone, because: 'settings are read before anything exists' },
  { part: 'log.ts', imports: everyone, because: 'everything may be logged by whoever built it' },
  {
    part: 'ledger',
    imports: [...everyone, 'storage'],
    because: 'it keeps entries and knows no format',
  },
  { part: 'ingest', imports: [...everyone, 'ledger'], because: 'it fills the ledger, not a graph' },
  {
    part: 'graph',
    imports: [...everyone, 'storage'],
    because: 'it keeps facts and knows no format, no ledger',
  },
  { part: 'derive', imports: [...everyone, 'graph'], because: 'it reads and writes by the port' },
  {
    part: 'coordination',
    imports: [...everyone, 'storage'],
    because: 'leases and tokens are a port of their own',
  },
  { part: 'governance', imports: [...everyone, 'graph'], because: 'it is made of derivations' },
  {
    part: 'api',
    imports: [...everyone, 'config.ts', 'log.ts', 'graph', 'governance', 'ledger', 'coordination'],
    because: 'it asks ports and decides nothing; how events come in is handed to it',
  },
  {
    part: 'projector.ts',
    imports: [...everyone, 'log.ts', 'ledger', 'graph'],
    because: 'it carries entries from one port to another; how they read is handed to it',
  },
  {
    part: 'demo',
    imports: [...everyone, 'config.ts'],
    because: 'the sample hospital uses the doors that everybody uses',
  },
  {
    part: 'service',
    imports: [...everyone, ...parts, 'config.ts', 'log.ts', 'projector.ts', 'storage'],
    because: 'it joins parts that do not know each other, and is no part of the domain',
  },
  {
    part: 'main.ts',
    imports: [...everyone, ...parts, 'config.ts', 'log.ts', 'projector.ts', 'service', 'demo'],
    because: 'the shell builds the parts, so it knows them all',
  },
  {
    part: 'cli',
    imports: [...everyone, ...parts, 'config.ts', 'log.ts', 'service', 'demo', 'main.ts'],
    because: 'a command works on a data folder by the doors, or starts the shell',
  },
  {
    part: 'cli.ts',
    imports: [...everyone, 'config.ts', 'main.ts', 'cli'],
    inside: ['cli'],
    because: 'it is the door of its folder: one file for each subcommand',
  },
]

describe('the sources', () => {
  const root = join(import.meta.dirname, '../..')
  const paths = globSync('src/**/*.ts', { cwd: root }).map((path) => path.replaceAll('\\', '/'))
  const sources = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))

  it('import one way, by doors, and export by name', () => {
    expect(sources.size).toBeGreaterThan(0)
    expect(violationsIn(sources, table)).toEqual([])
  })

  it('follow a table that itself points one way', () => {
    expect(cyclesIn(new Map(table.map(({ part, imports }) => [part, new Set(imports)])))).toEqual(
      [],
    )
  })
})

describe('the check', () => {
  const graph = { 'src/graph/index.ts': `export { walk } from './walk.ts'` }
  const walk = { 'src/graph/walk.ts': 'export const walk = 1' }
  const check = (files: Record<string, string>): readonly string[] =>
    violationsIn(new Map(Object.entries(files)), table)

  it('has nothing to say of a tree that keeps the rules', () => {
    const files = {
      ...graph,
      ...walk,
      'src/errors.ts': 'export class LinewardError extends Error {}',
      'src/model/index.ts': `export type { Name } from './name.ts'\nexport { name } from './name.ts'`,
      'src/model/name.ts': `import '../errors.ts'\nexport type Name = string\nexport const name = 1`,
      'src/derive/runs.ts': `import type { Name } from '../model/index.ts'
        import { DatabaseSync } from 'node:sqlite'
        import Fastify from 'fastify'
        import { walk } from '../graph/index.ts'`,
      'src/main.ts': `await import('./graph/index.ts')`,
      'src/cli/serve.ts': `import '../main.ts'`,
      'src/cli.ts': `const { serve } = await import('./cli/serve.ts')`,
    }
    expect(check(files)).toEqual([])
  })

  it('says so when it saw no module', () => {
    expect(check({})).toEqual(['no module was seen'])
  })

  it.each([
    ['a value', `import { walk } from '../graph/index.ts'`],
    ['a type', `import type { Walk } from '../graph/index.ts'`],
    ['a type in place', `type Walk = import('../graph/index.ts').Walk`],
    ['a call', `const graph = await import('../graph/index.ts')`],
    ['an export', `export { walk } from '../graph/index.ts'`],
    ['an export of everything', `export * from '../graph/index.ts'`],
    ['a worker', `new Worker(new URL('../graph/index.ts', import.meta.url))`],
  ])('sees the wrong direction in %s', (_how, source) => {
    expect(check({ ...graph, ...walk, 'src/ledger/file.ts': source })).toEqual([
      'src/ledger/file.ts imports graph, which ledger may not know: it keeps entries and knows no format',
    ])
  })

  it.each([
    [`import '../graph/walk.ts'`, 'imports src/graph/walk.ts past its door'],
    [`import './index.ts'`, 'imports its own door; inside a folder, import the file itself'],
    [`import '../../test/flow.ts'`, 'imports test/flow.ts, which is outside src'],
    [`import '../graph/walk'`, 'imports src/graph/walk without its ending .ts'],
    [`import '../graph/run.ts'`, 'imports src/graph/run.ts, which is not there'],
    [`import '#graph'`, 'imports src/derive/#graph without its ending .ts'],
    [`await import(process.argv[2])`, 'imports what cannot be told without running it'],
    ['export default 1', 'has a default export'],
    ['const a = 1\nexport { a as default }', 'has a default export'],
    ['const = 1', 'does not parse'],
  ])('refuses %s', (source, problem) => {
    const files = { ...graph, ...walk, 'src/derive/index.ts': '', 'src/derive/runs.ts': source }
    expect(check(files)).toEqual([`src/derive/runs.ts ${problem}`])
  })

  it.each([
    `export * from './walk.ts'`,
    'export const walk = 1',
    `import { walk } from './walk.ts'\nexport { walk }`,
  ])('refuses a door that holds %j', (source) => {
    expect(check({ ...walk, 'src/graph/index.ts': source })).toEqual([
      'src/graph/index.ts is a door and holds something else than named re-exports',
    ])
  })

  it('refuses a part that the table does not know', () => {
    expect(check({ 'src/utils/text.ts': '' })).toEqual([
      'src/utils/text.ts belongs to no part that the table knows',
    ])
  })

  it('finds a cycle between folders though each import by itself is allowed', () => {
    const both: readonly Row[] = [
      { part: 'graph', imports: ['derive'], because: 'here only' },
      { part: 'derive', imports: ['graph'], because: 'here only' },
    ]
    const files = new Map([
      ['src/graph/index.ts', `export { a } from '../derive/index.ts'`],
      ['src/derive/index.ts', `export { a } from '../graph/index.ts'`],
    ])
    expect(violationsIn(files, both)).toEqual(['graph -> derive -> graph is a cycle'])
  })
})
