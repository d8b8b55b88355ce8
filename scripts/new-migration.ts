import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/**
 * `npm run migrate:new -- key-alias [folder…]`
 *
 * Starts one change with the next free number in every folder of `migrations/`, or in the folders
 * named: `migrations/sqlite/0007-key-alias.sql`. Numbers are shared by all folders, so that one
 * number is one change. Prints what it made. Exits 2 on wrong use and then makes nothing.
 */
const [name = '', ...wanted] = process.argv.slice(2)
const comments = new Map([
  ['.sql', '--'],
  ['.cypher', '//'],
])

const problem = problemWith(name, wanted)
if (problem === undefined) {
  const number = String(lastNumber() + 1).padStart(4, '0')
  for (const folder of wanted.length > 0 ? wanted : folders()) {
    const ending = endingIn(folder)
    const path = join('migrations', folder, `${number}-${name}${ending}`)
    const comment = comments.get(ending) ?? ''
    writeFileSync(path, `${comment} Why:\n${comment} Cost on a large graph:\n`, { flag: 'wx' })
    console.log(path)
  }
} else {
  console.error(problem)
  process.exitCode = 2
}

function problemWith(text: string, chosen: readonly string[]): string | undefined {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)) return 'usage: npm run migrate:new -- key-alias'
  const known = existsSync('migrations') ? folders() : []
  if (known.length === 0) return 'There is no folder in migrations/ yet: the first one is by hand.'
  const unknown = chosen.find((folder) => !known.includes(folder))
  return unknown === undefined ? undefined : `migrations/ has no folder ${unknown}`
}

/** The folders that already hold a migration whose comments we know how to write. */
function folders(): readonly string[] {
  const found = readdirSync('migrations', { withFileTypes: true })
  return found.flatMap((entry) =>
    entry.isDirectory() && comments.has(endingIn(entry.name)) ? [entry.name] : [],
  )
}

function endingIn(folder: string): string {
  const files = readdirSync(join('migrations', folder))
  return extname(files.find((file) => comments.has(extname(file))) ?? '')
}

function lastNumber(): number {
  const files = folders().flatMap((folder) => readdirSync(join('migrations', folder)))
  return Math.max(0, ...files.map((file) => Number.parseInt(file, 10) || 0))
}
