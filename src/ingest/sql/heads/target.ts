import type { Query } from '../query.ts'
import type { Reading } from '../reading.ts'
import type { Draft, SqlField } from '../statement.ts'
import type { Delivery } from '../deliver.ts'
import type { Parts, SqlName } from '../name.ts'
import { isWord, parts } from '../cursor.ts'
import { delivered } from '../deliver.ts'
import { takeName } from '../name.ts'
import { noQuery } from '../query.ts'
import { scanned } from '../scan.ts'

export const unnamed: Draft = { unresolved: 'A name is put in when it runs, or was taken out' }
export const unparsed = 'The statement does not parse; its tables are told by their places'

export type Target = Readonly<{ parts: Parts; name: SqlName }>

/** A query into a table, whether it lasts or ends with the session. */
export function into(
  reading: Reading,
  {
    target,
    query,
    delivery,
    isTemporary = false,
  }: Readonly<{
    target: Target | 'unnamed'
    query: Query
    delivery: Delivery
    isTemporary?: boolean
  }>,
): Draft {
  const { session } = reading
  if (target === 'unnamed') return { ...unnamed, inputs: query.inputs }
  const known = session.temporary(target.parts)
  if (session.isWhole && (isTemporary || known !== undefined)) {
    session.setTemporary(target.parts, known === undefined ? query : added(known, query, delivery))
    return { inputs: query.inputs }
  }
  return delivered(query, target.name, delivery)
}

/** What a temporary table holds once more is put into it, column by column where they can be told. */
function added(known: Query, query: Query, delivery: Delivery): Query {
  const columns = delivery.by === 'position' ? (delivery.columns ?? columnsOf(known)) : undefined
  const named = query.alternatives.map((items) =>
    items.some((item) => 'star' in item) || columns === undefined
      ? items
      : items.map((item, place) =>
          'column' in item ? { column: { ...item.column, name: columns[place] } } : item,
        ),
  )
  // Nobody knows which column of the input goes where, as soon as some are listed beside a star.
  const isMixed =
    columns !== undefined && named.some((items) => items.some((item) => 'star' in item))
  return {
    inputs: [...known.inputs, ...query.inputs],
    alternatives: [...known.alternatives, ...named],
    isUnordered: known.isUnordered || query.isUnordered || isMixed,
    whole: [...known.whole, ...query.whole],
    ...(query.unresolved === undefined ? {} : { unresolved: query.unresolved }),
  }
}

function columnsOf({ alternatives: [items = []] }: Query): readonly string[] | undefined {
  const names = items.flatMap((item) =>
    'column' in item && item.column.name !== undefined ? [item.column.name] : [],
  )
  return names.length === items.length && names.length > 0 ? names : undefined
}

/** What is told of a query that does not parse: the tables that it reads. */
export function scannedQuery(reading: Reading, from: number): Query {
  const { inputs = [] } = scanned(reading, from)
  return { ...noQuery, inputs, isUnordered: true, unresolved: unparsed }
}

/** Content that a table without any has: its columns, made of nothing. */
export function emptyContent(fields: readonly SqlField[]): Query {
  const items = fields.map(({ name }) => ({ column: { name, inputs: [] } }))
  return { ...noQuery, alternatives: fields.length === 0 ? [] : [items] }
}

/**
 * What a statement says that makes a table or view of a query: that it is there now, and its columns
 * in their order, where they can all be told.
 */
export function made(
  reading: Reading,
  draft: Draft,
  { query, names }: Readonly<{ query: Query; names: readonly string[] | undefined }>,
): Pick<Draft, 'changes' | 'schemas'> {
  const outputs = draft.outputs ?? []
  const columns = names ?? columnsOf(query)
  const isTold =
    columns !== undefined &&
    query.alternatives.length === 1 &&
    !query.isUnordered &&
    new Set(columns).size === columns.length
  if (isTold) for (const output of outputs) reading.session.setColumns(output, columns)
  return {
    changes: outputs.map((dataset) => ({ dataset, change: 'CREATE', whole: false })),
    schemas: isTold
      ? outputs.map((dataset) => ({ dataset, fields: columns.map((name) => ({ name })) }))
      : [],
  }
}

const constraints = /^(?:primary|foreign|unique|constraint|check|like|exclude|index|key|period)$/i

/** The columns that are declared between brackets, with their types as they are written. */
export function fieldsIn(reading: Reading, from: number, to: number): readonly SqlField[] {
  const { cursor, traits } = reading
  const fields: SqlField[] = []
  for (const part of parts(cursor.tokens, from, to, { opening: '([<', closing: ')]>' })) {
    const first = cursor.tokens[part.from]
    if (first === undefined || (first.kind === 'word' && constraints.test(first.value))) continue
    cursor.goTo(part.from)
    const name = takeName(cursor, traits)
    const [column] = Array.isArray(name) && name.length === 1 ? (name as string[]) : []
    if (column === undefined) continue
    const type = typeIn(reading, cursor.at, part.to)
    fields.push({ name: column, ...(type === '' ? {} : { type }) })
  }
  return fields
}

const behindType =
  /^(?:not|null|default|encode|distkey|sortkey|primary|unique|references|comment|identity|generated|collate|check|constraint|key|auto_increment|unsigned)$/i

function typeIn(reading: Reading, from: number, to: number): string {
  const { cursor } = reading
  let end = from
  while (end < to) {
    const token = cursor.tokens[end]
    if (token?.kind === 'word' && behindType.test(token.value)) break
    end += 1
  }
  const start = isWord(cursor.tokens[from], 'as') ? from + 1 : from
  return reading.rendered(start, end).toLowerCase()
}
