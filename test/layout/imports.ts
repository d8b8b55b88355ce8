import type { Node, Program } from 'oxc-parser'
import { posix } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'

/** A part of `src` (a folder, or a file beside the folders): what it may import besides itself. */
export type Row = Readonly<{
  part: string
  imports: readonly string[]
  /** Folders whose every file it may name, where others have to use the door. */
  inside?: readonly string[]
  because: string
}>

/** The sources under `src`: text by path, as in `src/graph/index.ts`. */
export type Sources = ReadonlyMap<string, string>

/**
 * Everything in `sources` that goes against `table`, one sentence each, in the order of the files.
 * Types count as much as values. Packages and built-ins are not looked at: any part may use them.
 * Nothing to look at is itself a sentence, so that a wrong path cannot pass for a clean tree.
 */
export function violationsIn(sources: Sources, table: readonly Row[]): readonly string[] {
  const rows = new Map(table.map((row) => [row.part, row]))
  const found: string[] = sources.size === 0 ? ['no module was seen'] : []
  const edges = new Map<string, Set<string>>()

  for (const [path, source] of sources) {
    const { program, errors } = parseSync(path, source, { lang: 'ts', sourceType: 'module' })
    if (errors.length > 0) found.push(`${path} does not parse`)
    if (hasDefaultExport(program)) found.push(`${path} has a default export`)
    if (isDoor(path) && !program.body.every(isNamedReExport)) {
      found.push(`${path} is a door and holds something else than named re-exports`)
    }

    const row = rows.get(partOf(path))
    if (row === undefined) {
      found.push(`${path} belongs to no part that the table knows`)
      continue
    }
    for (const specifier of specifiersIn(program)) {
      if (specifier === undefined) {
        found.push(`${path} imports what cannot be told without running it`)
        continue
      }
      if (!isOurs(specifier)) continue
      const target = posix.join(posix.dirname(path), specifier)
      const problem = problemOf(row, target, sources)
      if (problem !== undefined) found.push(`${path} ${problem}`)
      if (sources.has(target)) edgesFrom(edges, row.part).add(partOf(target))
    }
  }
  return [...found, ...cyclesIn(edges)]
}

/** Ways round among `edges`, as `a -> b -> a`: at least one if there is any. */
export function cyclesIn(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const done = new Set<string>()
  const cycles: string[] = []
  const walk = (part: string, way: readonly string[]): void => {
    if (way.includes(part)) {
      cycles.push(`${[...way.slice(way.indexOf(part)), part].join(' -> ')} is a cycle`)
      return
    }
    if (done.has(part)) return
    for (const next of edges.get(part) ?? []) if (next !== part) walk(next, [...way, part])
    done.add(part)
  }
  for (const part of edges.keys()) walk(part, [])
  return cycles
}

function problemOf(row: Row, target: string, sources: Sources): string | undefined {
  if (!target.startsWith('src/')) return `imports ${target}, which is outside src`
  if (!target.endsWith('.ts')) return `imports ${target} without its ending .ts`
  if (!sources.has(target)) return `imports ${target}, which is not there`
  const part = partOf(target)
  if (part === row.part) {
    if (target !== `src/${part}/index.ts`) return undefined
    return 'imports its own door; inside a folder, import the file itself'
  }
  if (!row.imports.includes(part)) {
    return `imports ${part}, which ${row.part} may not know: ${row.because}`
  }
  const byDoor = target === `src/${part}` || target === `src/${part}/index.ts`
  return byDoor || row.inside?.includes(part) ? undefined : `imports ${target} past its door`
}

/** `graph` for `src/graph/sqlite/store.ts`, `main.ts` for `src/main.ts`. */
function partOf(path: string): string {
  return path.split('/')[1] ?? path
}

function isDoor(path: string): boolean {
  return posix.basename(path) === 'index.ts'
}

/** A path, or an alias that would hide one; anything else is a package or a built-in. */
function isOurs(specifier: string): boolean {
  return /^[./#]|^file:|^lineward(?:\/|$)/.test(specifier)
}

function edgesFrom(edges: Map<string, Set<string>>, part: string): Set<string> {
  const known = edges.get(part) ?? new Set<string>()
  edges.set(part, known)
  return known
}

function isNamedReExport(statement: Node): boolean {
  return statement.type === 'ExportNamedDeclaration' && statement.source !== null
}

function hasDefaultExport({ body }: Program): boolean {
  return body.some((statement) => {
    if (statement.type === 'ExportDefaultDeclaration') return true
    if (statement.type !== 'ExportNamedDeclaration') return false
    return statement.specifiers.some(
      ({ exported }) => exported.type === 'Identifier' && exported.name === 'default',
    )
  })
}

/**
 * Every way in which a module can name another: declarations, calls, types and worker URLs. A call
 * whose argument is worked out while running gives undefined.
 */
function specifiersIn(program: Program): readonly (string | undefined)[] {
  const found: (string | undefined)[] = []
  const add = (source: Node | null): void => {
    if (source !== null) found.push(literalOf(source))
  }
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source),
    NewExpression({ callee, arguments: [url] }) {
      // new URL('./worker.ts', import.meta.url): how a worker's module is named.
      const isUrl = callee.type === 'Identifier' && callee.name === 'URL'
      if (isUrl && url !== undefined && /^\..*\.ts$/.test(literalOf(url) ?? '')) add(url)
    },
  }).visit(program)
  return found
}

function literalOf(node: Node): string | undefined {
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}
