import type { CopiedColumns } from '../../model/index.ts'
import type { SqlName } from './name.ts'
import type { Query, QueryItem, Used } from './query.ts'
import type { Draft, SqlColumnInput, SqlColumnMap, SqlCopy } from './statement.ts'
import { compareCodePoints } from '../../model/index.ts'
import { keyOf } from './name.ts'

type Fields = Map<string, Used[]>

/**
 * How a query's columns find those of the output. `name`: by their own names (a table made by the
 * query). `position`: one after the other, into `columns` where the statement lists them or they are
 * known, else into the output's own order.
 */
export type Delivery = Readonly<{ by: 'name' } | { by: 'position'; columns?: readonly string[] }>

/** The inputs of a query, and which of its columns make which of the output's. */
export function delivered(query: Query, output: SqlName, delivery: Delivery): Draft {
  const fields: Fields = new Map()
  const copies: SqlCopy[] = []
  let isWhole = query.unresolved === undefined
  for (const items of query.alternatives) {
    isWhole =
      (delivery.by === 'name' ? byName : byPosition)(items, {
        fields,
        copies,
        output,
        delivery,
        query,
      }) && isWhole
  }
  // A map that tells of some columns only would hide that the others came from the same inputs.
  const map = isWhole ? mapOf(fields, query.whole) : undefined
  return {
    inputs: query.inputs,
    outputs: [output],
    maps: map === undefined ? [] : [{ output, map }],
    copies: isWhole ? distinct(copies) : [],
    ...(query.unresolved === undefined ? {} : { unresolved: query.unresolved }),
  }
}

type Target = Readonly<{
  fields: Fields
  copies: SqlCopy[]
  output: SqlName
  delivery: Delivery
  query: Query
}>

/** Each reader says whether it could tell all of the columns. */
function byName(items: readonly QueryItem[], { fields, copies, output }: Target): boolean {
  return items.every((item) => {
    if ('star' in item) {
      copies.push({ input: item.star.dataset, output, columns: { by: 'name' } })
      return item.star.except.length === 0
    }
    if (item.column.name === undefined) return item.column.inputs.length === 0
    add(fields, item.column.name, item.column.inputs)
    return true
  })
}

function byPosition(items: readonly QueryItem[], target: Target): boolean {
  const { copies, output, delivery, query } = target
  if (query.isUnordered) return false
  const columns = delivery.by === 'position' ? delivery.columns : undefined
  if (columns !== undefined) return intoColumns(items, columns, target)
  const stars = items.flatMap((item, place) => ('star' in item ? [place] : []))
  const last = stars.at(-1)
  // Behind a star nobody knows where the next column goes.
  if (stars.length > 1 || (last !== undefined && last < items.length - 1)) return false
  for (const [place, item] of items.entries()) {
    const copied = copiesAt(item, place)
    if (copied === undefined) return false
    copies.push(...copied.map((copy) => ({ ...copy, output })))
  }
  return true
}

/** Columns as they are, or all of a table, to a place in the output's own order. */
function copiesAt(item: QueryItem, place: number): readonly Omit<SqlCopy, 'output'>[] | undefined {
  const skip = place === 0 ? {} : { skip: place }
  if ('star' in item) {
    if (item.star.except.length > 0) return undefined
    return [{ input: item.star.dataset, columns: { by: 'position', ...skip } }]
  }
  const { inputs } = item.column
  if (inputs.some(({ done }) => done.subtype !== 'IDENTITY')) return undefined
  return inputs.map(({ dataset, column }) => ({
    input: dataset,
    columns: { by: 'position', from: [column], ...skip },
  }))
}

function intoColumns(
  items: readonly QueryItem[],
  columns: readonly string[],
  { fields, copies, output }: Target,
): boolean {
  const star = items.findIndex((item) => 'star' in item)
  const behind = star < 0 ? 0 : items.length - star - 1
  const width = star < 0 ? items.length : columns.length
  if (width > columns.length || items.length - 1 > columns.length) return false
  for (const [place, item] of items.entries()) {
    if ('star' in item) {
      if (place !== star || item.star.except.length > 0) return false
      const to = columns.slice(star, columns.length - behind)
      copies.push({ input: item.star.dataset, output, columns: { by: 'position', to } })
      continue
    }
    const at = star >= 0 && place > star ? columns.length - (items.length - place) : place
    const column = columns[at]
    if (column === undefined) return false
    add(fields, column, item.column.inputs)
  }
  return true
}

function add(fields: Fields, column: string, inputs: readonly Used[]): void {
  const known = fields.get(column)
  if (known === undefined) fields.set(column, [...inputs])
  else known.push(...inputs)
}

/** Runs of columns out of one input into neighbouring places are one copy. */
function distinct(copies: readonly SqlCopy[]): readonly SqlCopy[] {
  const joined: SqlCopy[] = []
  for (const copy of copies) {
    const place = joined.findLastIndex((before) => joinedCopy(before, copy) !== undefined)
    const before = joined[place]
    const both = before === undefined ? undefined : joinedCopy(before, copy)
    if (both === undefined) joined.push(copy)
    else joined[place] = both
  }
  return [...new Map(joined.map((copy) => [JSON.stringify(copy), copy])).values()]
}

function joinedCopy(one: SqlCopy, next: SqlCopy): SqlCopy | undefined {
  const [a, b]: readonly CopiedColumns[] = [one.columns, next.columns]
  if (a?.by !== 'position' || b?.by !== 'position') return undefined
  if (a.from === undefined || b.from === undefined || a.to !== undefined || b.to !== undefined) {
    return undefined
  }
  if (keyOf(one.input) !== keyOf(next.input)) return undefined
  if ((a.skip ?? 0) + a.from.length !== (b.skip ?? 0)) return undefined
  return { ...one, columns: { ...a, from: [...a.from, ...b.from] } }
}

/** In order and without duplicates, so that equal maps are equal text; undefined when it says nothing. */
function mapOf(fields: Fields, whole: readonly Used[]): SqlColumnMap | undefined {
  if (fields.size === 0 && whole.length === 0) return undefined
  return {
    fields: [...fields]
      .map(([column, inputs]) => ({ column, inputs: settled(inputs) }))
      .toSorted((a, b) => compareCodePoints(a.column, b.column)),
    whole: settled(whole),
  }
}

function settled(inputs: readonly Used[]): readonly SqlColumnInput[] {
  const byColumn = new Map<
    string,
    { dataset: SqlName; column: string; done: Map<string, Used['done']> }
  >()
  for (const { dataset, column, done } of inputs) {
    const key = JSON.stringify([keyOf(dataset), column])
    const known = byColumn.get(key) ?? { dataset, column, done: new Map() }
    byColumn.set(key, known)
    const { type, subtype, description, masking } = done
    known.done.set(JSON.stringify([type, subtype ?? null, description ?? null, masking]), done)
  }
  return [...byColumn]
    .toSorted(([a], [b]) => compareCodePoints(a, b))
    .map(([, { dataset, column, done }]) => ({
      dataset,
      column,
      transformations: [...done]
        .toSorted(([a], [b]) => compareCodePoints(a, b))
        .map(([, transformation]) => transformation),
    }))
}
