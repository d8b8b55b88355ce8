import type { Json } from '../model/index.ts'
import { canonicalJson, isJsonObject } from '../model/index.ts'
import { broken, demand } from './broken.ts'

/*
 * Texts of canonical JSON as columns: a block of accesses says the same few things a thousand times.
 *
 *   packed:  [4 bytes: length of the plan] plan (JSON) [raw bytes of all columns]
 *   plan:    { rows, columns: [path, …how] } or { lines } where a text is not what its members make
 *
 * A column is a member, by its path through objects; a list is one value. How it is written:
 *
 *   words    its distinct values, and for each row which of them (0: the row has no such member)
 *   steps    whole numbers, each as the difference to the one before
 *   bytes    texts with sixteen bytes in them, as a UUID or as base64url: what stands around these,
 *            as words, and the bytes themselves, which nothing makes any shorter
 */

type Path = readonly string[]
type Plan = Readonly<{ rows: number; columns: readonly Column[] } | { lines: readonly string[] }>
type Column = Readonly<
  | { path: Path; words: readonly Json[]; wide: boolean }
  | { path: Path; from: number; steps: readonly number[] }
  | { path: Path; around: readonly string[]; wide: boolean }
>
/** A member of each row, in their order; absent: undefined. */
type Values = readonly (Json | undefined)[]
type Written = Readonly<{ column: Column; raw: readonly Buffer[] }>

const planLengthBytes = 4
const idBytes = 16
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
const base64url = /^[\w-]{22}$/
/** Stands where the sixteen bytes were: no event has these characters in a name of its own. */
const uuidHere = '\u0000u'
const base64urlHere = '\u0000b'

/** The texts as columns. Whatever they hold, `unpackLines` gives them back to the letter. */
export function packLines(lines: readonly string[]): Buffer {
  const rows = lines.map(objectIn)
  if (!rows.every((row) => row !== undefined)) return withPlan({ lines }, [])
  const all = columnsOf(rows)
  const columns = all.map(({ column }) => column)
  const raw = all.flatMap((one) => one.raw)
  return withPlan({ rows: lines.length, columns }, raw)
}

/**
 * What `packLines` was given, which was no more than `linesMax`.
 *
 * @throws LinewardError LEDGER_BROKEN when it did not write these bytes.
 */
export function unpackLines(packed: Buffer, linesMax: number): readonly string[] {
  try {
    const length = packed.readUInt32LE(0)
    const plan: Plan = JSON.parse(
      packed.toString('utf8', planLengthBytes, planLengthBytes + length),
    ) as Plan
    if ('lines' in plan) return plan.lines.map(String)
    const reader = new RawReader(packed.subarray(planLengthBytes + length))
    demand(plan.rows <= linesMax, 'It has more rows than entries')
    const rows = Array.from({ length: plan.rows }, (): Tree => new Map())
    for (const column of plan.columns) {
      const values = valuesOf(column, rows.length, reader)
      for (const [at, value] of values.entries()) {
        if (value !== undefined) put(rows[at] ?? new Map(), column.path, value)
      }
    }
    return rows.map((row) => canonicalJson(valueOf(row)))
  } catch (cause) {
    throw broken('Its columns do not read as such', { cause })
  }
}

function withPlan(plan: Plan, raw: readonly Buffer[]): Buffer {
  const text = Buffer.from(JSON.stringify(plan))
  const length = Buffer.alloc(planLengthBytes)
  length.writeUInt32LE(text.length)
  return Buffer.concat([length, text, ...raw])
}

/** Undefined for what is no object with members in canonical JSON: it would come back otherwise. */
function objectIn(line: string): Json | undefined {
  try {
    const value = JSON.parse(line) as Json
    const isObject = isJsonObject(value) && Object.keys(value).length > 0
    return isObject && canonicalJson(value) === line ? value : undefined
  } catch {
    return undefined
  }
}

function columnsOf(rows: readonly Json[]): readonly Written[] {
  const columns = new Map<string, { path: Path; values: (Json | undefined)[] }>()
  for (const [at, row] of rows.entries()) {
    for (const [path, value] of leavesOf(row, [])) {
      const name = JSON.stringify(path)
      const column = columns.get(name) ?? { path, values: rows.map(() => undefined) }
      column.values[at] = value
      columns.set(name, column)
    }
  }
  return [...columns.values()].map(({ path, values }) => written(path, values))
}

/** Members that are no objects, or empty ones. */
function* leavesOf(value: Json, path: Path): Generator<readonly [Path, Json]> {
  const members = isJsonObject(value) ? Object.entries(value) : []
  if (members.length === 0) yield [path, value]
  for (const [key, member] of members) yield* leavesOf(member, [...path, key])
}

function written(path: Path, values: Values): Written {
  if (values.every((value) => Number.isSafeInteger(value))) return steps(path, values as number[])
  const ids = values.map((value) => (typeof value === 'string' ? idIn(value) : undefined))
  if (ids.every((id) => id !== undefined)) {
    const { words, wide, indexes } = wordsOf(ids.map(({ around }) => around))
    const column = { path, around: words as readonly string[], wide }
    return { column, raw: [indexes, ...ids.map(({ bytes }) => bytes)] }
  }
  const { words, wide, indexes } = wordsOf(values)
  return { column: { path, words, wide }, raw: [indexes] }
}

function steps(path: Path, values: readonly number[]): Written {
  const [from = 0] = values
  const differences = values.slice(1).map((value, at) => value - (values[at] ?? 0))
  return { column: { path, from, steps: differences }, raw: [] }
}

/** The distinct values, and which of them each is, from 1 on, as one byte or four. */
function wordsOf(values: Values) {
  const known = new Map<string, number>()
  const words: Json[] = []
  const indexes = values.map((value) => {
    if (value === undefined) return 0
    const text = JSON.stringify(value)
    const index = known.get(text) ?? words.push(value)
    known.set(text, index)
    return index
  })
  const wide = words.length > 0xff
  return { words, wide, indexes: wide ? wideBytes(indexes) : Buffer.from(indexes) }
}

function wideBytes(indexes: readonly number[]): Buffer {
  const bytes = Buffer.alloc(indexes.length * 4)
  for (const [at, index] of indexes.entries()) bytes.writeUInt32LE(index, at * 4)
  return bytes
}

function idIn(text: string): Readonly<{ around: string; bytes: Buffer }> | undefined {
  if (text.includes('\u0000')) return undefined
  const [id] = uuid.exec(text) ?? []
  if (id !== undefined) {
    return { around: text.replace(id, uuidHere), bytes: Buffer.from(id.replaceAll('-', ''), 'hex') }
  }
  if (!base64url.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? { around: base64urlHere, bytes } : undefined
}

function withId(around: string, bytes: Buffer): string {
  if (around === base64urlHere) return bytes.toString('base64url')
  const hex = bytes.toString('hex')
  const parts = [0, 8, 12, 16, 20].map((at, part) => hex.slice(at, [8, 12, 16, 20, 32][part]))
  return around.replace(uuidHere, parts.join('-'))
}

function valuesOf(column: Column, rows: number, reader: RawReader): Values {
  if ('steps' in column) {
    let value = column.from
    return [value, ...column.steps.map((step) => (value += step))]
  }
  const indexes = reader.indexes(rows, column.wide)
  if ('words' in column) return indexes.map((index) => wordAt(column.words, index))
  return indexes.map((index) => {
    const around = wordAt(column.around, index)
    return around === undefined ? undefined : withId(around, reader.take(idBytes))
  })
}

function wordAt<Word>(words: readonly Word[], index: number): Word | undefined {
  if (index > words.length) throw new RangeError('No word stands there')
  return words[index - 1]
}

class RawReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  take(count: number): Buffer {
    if (this.#at + count > this.#bytes.length) throw new RangeError('There are no more bytes')
    return this.#bytes.subarray(this.#at, (this.#at += count))
  }

  indexes(rows: number, wide: boolean): readonly number[] {
    if (!wide) return [...this.take(rows)]
    const bytes = this.take(rows * 4)
    return Array.from({ length: rows }, (_, at) => bytes.readUInt32LE(at * 4))
  }
}

/** An object whose members are being put together. */
type Tree = Map<string, Tree | Readonly<{ leaf: Json }>>

function put(tree: Tree, path: Path, value: Json): void {
  const [key = '', ...rest] = path
  if (rest.length === 0) {
    tree.set(key, { leaf: value })
    return
  }
  const below = tree.get(key)
  const next = below instanceof Map ? below : new Map()
  tree.set(key, next)
  put(next, rest, value)
}

function valueOf(tree: Tree): Json {
  const members = [...tree].map(([key, below]) => {
    return [key, below instanceof Map ? valueOf(below) : below.leaf] as const
  })
  return Object.fromEntries(members)
}
