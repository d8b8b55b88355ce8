import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

const script = join(import.meta.dirname, '../../scripts/new-migration.ts')

it('starts one change with one number in every folder', () => {
  const clone = cloneWith(
    'sqlite/0001-start.sql',
    'sqlite/0009-late.sql',
    'neo4j/0001-start.cypher',
  )
  const { status, stdout } = run(clone, 'key-alias')

  expect(status).toBe(0)
  expect(stdout.trim().split('\n').toSorted()).toEqual([
    join('migrations', 'neo4j', '0010-key-alias.cypher'),
    join('migrations', 'sqlite', '0010-key-alias.sql'),
  ])
  expect(readFileSync(join(clone, 'migrations/sqlite/0010-key-alias.sql'), 'utf8')).toBe(
    '-- Why:\n-- Cost on a large graph:\n',
  )
})

it('keeps to the folders named, with a number that no other folder has', () => {
  const clone = cloneWith('sqlite/0001-start.sql', 'neo4j/0002-more.cypher')
  expect(run(clone, 'key-alias', 'sqlite').status).toBe(0)
  expect(filesOf(clone)).toEqual([
    'neo4j/0002-more.cypher',
    'sqlite/0001-start.sql',
    'sqlite/0003-key-alias.sql',
  ])
})

it.each([[''], ['Key Alias'], ['../key'], ['key-alias', 'oracle']])(
  'refuses %j and makes nothing',
  (...words) => {
    const clone = cloneWith('sqlite/0001-start.sql')
    expect(run(clone, ...words).status).toBe(2)
    expect(filesOf(clone)).toEqual(['sqlite/0001-start.sql'])
  },
)

it('refuses a clone without migrations', () => {
  const { status, stderr } = run(cloneWith(), 'key-alias')
  expect(status).toBe(2)
  expect(stderr).toContain('migrations/')
})

function cloneWith(...files: readonly string[]): string {
  const clone = mkdtempSync(join(tmpdir(), 'lineward-migrations-'))
  onTestFinished(() => rmSync(clone, { recursive: true }))
  for (const file of files) {
    const path = join(clone, 'migrations', file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, '')
  }
  return clone
}

function run(cwd: string, ...words: readonly string[]) {
  return spawnSync(process.execPath, [script, ...words], { cwd, encoding: 'utf8' })
}

function filesOf(clone: string): readonly string[] {
  const found = globSync('*/*', { cwd: join(clone, 'migrations') })
  return found.map((path) => path.replaceAll('\\', '/')).toSorted()
}
