import type { Node, Pair } from 'yaml'
import type { DatasetStatus, Selector, Zone } from '../../model/index.ts'
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { LinewardError } from '../../errors.ts'
import {
  checkBoundary,
  checkPolicy,
  crosserProblem,
  selectorProblem,
  writtenKeys,
} from '../../governance/index.ts'
import { datasetStatuses, zones } from '../../model/index.ts'

export type WantedBoundary = Readonly<{
  name: string
  zone: Zone
  selectors: readonly Selector[]
}>
export type WantedPolicy = Readonly<{
  name: string
  zone: Zone
  statuses: readonly DatasetStatus[]
  mayCross: readonly Selector[]
}>

/** What a file wants to stand; undefined for what it does not speak of. */
export type Wanted = Readonly<{
  boundaries: readonly WantedBoundary[] | undefined
  policies: readonly WantedPolicy[] | undefined
}>

/** What is wrong, and at which line, counted from 1. */
export type FileProblem = Readonly<{ line: number; message: string }>

/**
 * Reads `boundaries:` and `policies:` from YAML or JSON, in the words of the mutations
 * `defineBoundary` and `definePolicy`. Every value is text, so that an account keeps its zeros and
 * `no` stays a word; there are no aliases, tags or second documents. All problems are told at once,
 * by line. Never throws.
 */
export function readBoundaryFile(
  text: string,
): Readonly<{ wanted: Wanted; problems: readonly FileProblem[] }> {
  return new BoundaryFile(text).read()
}

type Fields = ReadonlyMap<string, Node>

const nothing: Wanted = { boundaries: undefined, policies: undefined }

class BoundaryFile {
  readonly #text: string
  readonly #lines = new LineCounter()
  readonly #problems: FileProblem[] = []

  constructor(text: string) {
    this.#text = text
  }

  read(): Readonly<{ wanted: Wanted; problems: readonly FileProblem[] }> {
    const wanted = this.#wanted()
    return { wanted, problems: this.#problems.toSorted((a, b) => a.line - b.line) }
  }

  #wanted(): Wanted {
    const root = this.#root()
    if (root === undefined) return nothing
    const fields = this.#fields(root, 'The file', ['boundaries', 'policies'])
    if (fields.size === 0 && this.#problems.length === 0) {
      this.#tell(root, 'There is nothing here: give `boundaries:`, `policies:` or both')
    }
    return {
      boundaries: this.#each(fields.get('boundaries'), '`boundaries`', (node, before) =>
        this.#boundary(node, before),
      ),
      policies: this.#each(fields.get('policies'), '`policies`', (node, before) =>
        this.#policy(node, before),
      ),
    }
  }

  #root(): Node | undefined {
    try {
      const document = parseDocument(this.#text, {
        schema: 'failsafe',
        lineCounter: this.#lines,
        prettyErrors: false,
      })
      for (const { pos, message } of [...document.errors, ...document.warnings]) {
        this.#tellAt(pos[0], message)
      }
      if (this.#problems.length > 0) return undefined
      if (document.contents !== null) return document.contents
      this.#tellAt(0, 'There is nothing here: give `boundaries:`, `policies:` or both')
    } catch (error) {
      // What nests deeper than the stack goes ends in a RangeError.
      this.#tellAt(0, `It cannot be read as YAML: ${error instanceof Error ? error.message : ''}`)
    }
    return undefined
  }

  #boundary(node: Node, before: readonly WantedBoundary[]): WantedBoundary | undefined {
    const fields = this.#fields(node, 'A boundary', ['name', 'zone', 'selectors'])
    const name = this.#required(node, fields, 'name')
    const zone = this.#word(fields.get('zone'), 'zone', zones)
    if (fields.size > 0 && !fields.has('zone')) this.#missing(node, 'zone')
    const own = fields.get('selectors')
    if (fields.size > 0 && own === undefined) this.#missing(node, 'selectors')
    const selectors = this.#selectors(own, 'selectors', selectorProblem)
    if (name === undefined || zone === undefined || selectors === undefined) return undefined
    const boundary = { name, zone, selectors }
    this.#once(node, 'boundary', name, before)
    this.#checked(node, () => {
      const standing = before.map((one) => ({ ...one, version: 1 }))
      checkBoundary(boundary, standing)
    })
    return boundary
  }

  #policy(node: Node, before: readonly WantedPolicy[]): WantedPolicy | undefined {
    const fields = this.#fields(node, 'A policy', ['name', 'zone', 'statuses', 'mayCross'])
    const name = this.#required(node, fields, 'name')
    const zone = this.#word(fields.get('zone'), 'zone', zones)
    if (fields.size > 0 && !fields.has('zone')) this.#missing(node, 'zone')
    const given = fields.get('statuses')
    if (fields.size > 0 && given === undefined) this.#missing(node, 'statuses')
    const statuses = this.#each(given, '`statuses`', (one) =>
      this.#word(one, 'status', datasetStatuses),
    )
    const crossers = fields.get('mayCross')
    const mayCross =
      crossers === undefined ? [] : this.#selectors(crossers, 'mayCross', crosserProblem)
    if (name === undefined || zone === undefined) return undefined
    if (statuses === undefined || mayCross === undefined) return undefined
    const policy = { name, zone, statuses: [...new Set(statuses)], mayCross }
    this.#once(node, 'policy', name, before)
    this.#checked(node, () => {
      const standing = before.map((one) => ({ ...one, version: 1 }))
      checkPolicy(policy, standing)
    })
    return policy
  }

  #selectors(
    node: Node | undefined,
    key: string,
    problemOf: (selector: Selector) => string | undefined,
  ): readonly Selector[] | undefined {
    return this.#each(node, `\`${key}\``, (one) => {
      const known = this.#problems.length
      const selector = this.#selector(one)
      const problem = this.#problems.length > known ? undefined : problemOf(selector)
      if (problem !== undefined) this.#tell(one, `The selector ${problem}`)
      return selector
    })
  }

  #selector(node: Node): Selector {
    const fields = this.#fields(node, 'A selector', writtenKeys)
    const parts = [...fields].flatMap(([key, value]) => {
      const part = key === 'tag' ? this.#tag(value) : this.#word(value, key)
      return part === undefined ? [] : [[key, part] as const]
    })
    return Object.fromEntries(parts) as Selector
  }

  #tag(node: Node): Selector['tag'] {
    const fields = this.#fields(node, 'A tag', ['key', 'value'])
    const key = this.#required(node, fields, 'key')
    const value = this.#word(fields.get('value'), 'value')
    return key === undefined ? undefined : { key, ...(value === undefined ? {} : { value }) }
  }

  /** The items of a list, as far as they can be read; undefined without a list. */
  #each<Item>(
    node: Node | undefined,
    what: string,
    read: (item: Node, before: readonly Item[]) => Item | undefined,
  ): readonly Item[] | undefined {
    if (node === undefined) return undefined
    if (!isSeq<Node>(node)) {
      this.#tell(node, `${what} is a list: a line with a dash in front for each`)
      return undefined
    }
    const items: Item[] = []
    for (const item of node.items) {
      const found = read(item, items)
      if (found !== undefined) items.push(found)
    }
    return items
  }

  #fields(node: Node, what: string, known: readonly string[]): Fields {
    const fields = new Map<string, Node>()
    if (!isMap<Node, Node>(node)) {
      this.#tell(node, `${what} has fields: ${known.join(', ')}`)
      return fields
    }
    for (const { key, value } of node.items as readonly Pair<Node, Node | null>[]) {
      const name = isScalar(key) ? String(key.value) : ''
      if (!known.includes(name)) {
        this.#tell(key, `${what} has no field \`${name}\`; it has ${known.join(', ')}`)
      } else if (value === null) this.#tell(key, `\`${name}\` has no value`)
      else fields.set(name, value)
    }
    return fields
  }

  #required(node: Node, fields: Fields, key: string): string | undefined {
    const value = fields.get(key)
    if (value === undefined && isMap(node)) this.#missing(node, key)
    return this.#word(value, key)
  }

  #word(node: Node | undefined, what: string): string | undefined
  #word<const Word extends string>(
    node: Node | undefined,
    what: string,
    among: readonly Word[],
  ): Word | undefined
  #word(node: Node | undefined, what: string, among?: readonly string[]): string | undefined {
    if (node === undefined) return undefined
    const value = isScalar(node) ? node.value : undefined
    if (typeof value !== 'string') {
      this.#tell(node, `\`${what}\` is one text`)
      return undefined
    }
    if (among === undefined || among.includes(value)) return value
    this.#tell(node, `There is no ${what} \`${value}\`; there are ${among.join(', ')}`)
    return undefined
  }

  #once(
    node: Node,
    kind: string,
    name: string,
    before: readonly Readonly<{ name: string }>[],
  ): void {
    if (!before.some((one) => one.name === name)) return
    this.#tell(node, `The ${kind} ${name} stands here twice; put both into one`)
  }

  #checked(node: Node, check: () => void): void {
    try {
      check()
    } catch (error) {
      if (!(error instanceof LinewardError)) throw error
      // What is wrong with a selector has been told already, at its own line.
      const line = this.#lineOf(node)
      if (this.#problems.some((problem) => problem.line >= line)) return
      this.#tell(node, error.message)
    }
  }

  #missing(node: Node, key: string): void {
    this.#tell(node, `\`${key}\` is missing`)
  }

  #tell(node: Node, message: string): void {
    this.#problems.push({ line: this.#lineOf(node), message })
  }

  #tellAt(offset: number, message: string): void {
    this.#problems.push({ line: Math.max(1, this.#lines.linePos(offset).line), message })
  }

  #lineOf(node: Node): number {
    return Math.max(1, this.#lines.linePos(node.range?.[0] ?? 0).line)
  }
}
