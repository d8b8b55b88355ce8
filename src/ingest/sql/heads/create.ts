import type { Query } from '../query.ts'
import type { Reading } from '../reading.ts'
import type { Draft, SqlField } from '../statement.ts'
import type { Target } from './target.ts'
import { closeOf, findWord, isSign, isWord } from '../cursor.ts'
import { takeColumns } from '../name.ts'
import { noQuery } from '../query.ts'
import { readExternalSchema } from './external-schema.ts'
import { emptyContent, fieldsIn, into, made, scannedQuery, unnamed } from './target.ts'

const modifiers =
  /^(?:or|replace|external|temp|temporary|local|global|transient|unlogged|volatile|materialized|managed|recursive|secure|force|multiset|set)$/i

/** Behind CREATE: tables, views and external schemas; what else is made holds no data. */
export function readCreate(reading: Reading): readonly Draft[] | undefined {
  const { cursor } = reading
  const said = new Set<string>()
  for (
    let token = cursor.peek();
    token?.kind === 'word' && modifiers.test(token.value);
    token = cursor.peek()
  ) {
    said.add(token.value.toLowerCase())
    cursor.next()
  }
  if (said.has('external') && cursor.takes('schema')) return [readExternalSchema(reading)]
  if (cursor.takes('table')) return readCreateTable(reading, said)
  if (cursor.takes('view')) return [readCreateView(reading, said)]
  if (cursor.sees('model') || cursor.sees('datashare')) {
    return [{ verb: 'CREATE', unresolved: 'What a model or a datashare is made of is not read' }]
  }
  return [{ verb: 'CREATE' }]
}

function takeTarget(reading: Reading): Target | 'unnamed' {
  reading.cursor.takes('if not exists')
  return reading.takeTable() ?? 'unnamed'
}

function readCreateTable(reading: Reading, said: ReadonlySet<string>): readonly Draft[] {
  const { cursor, session } = reading
  const target = takeTarget(reading)
  if (target === 'unnamed') return [{ verb: 'CREATE TABLE', ...unnamed }]
  const isTemporary =
    said.has('temp') || said.has('temporary') || (target.parts.at(-1) ?? '').startsWith('#')
  // `CREATE TABLE t LIKE s`, `(LIKE s)`: the columns, and no row.
  const isLike =
    cursor.sees('like') || (isSign(cursor.peek(), '(') && isWord(cursor.peek(1), 'like'))
  const bracket = cursor.at
  const names = isLike ? undefined : takeColumns(cursor, reading.traits)
  cursor.goTo(bracket)
  let fields: readonly SqlField[] = []
  if (!isLike && isSign(cursor.peek(), '(') && !opensQuery(reading, bracket)) {
    const close = closeOf(cursor.tokens, bracket)
    fields = names === undefined ? fieldsIn(reading, bracket + 1, close) : []
    cursor.goTo(close + 1)
  }
  fields = [...fields, ...partitionFields(reading, fields)]
  const cloned = takeClone(reading)
  const start = isLike ? undefined : queryStart(reading)
  const location = locationIn(reading, start)
  const schemas = fields.length === 0 ? [] : [{ dataset: target.name, fields }]
  if (start === undefined && cloned === undefined) {
    if (isTemporary && session.isWhole) {
      session.setTemporary(target.parts, emptyContent(fields))
      return [{ verb: 'CREATE TABLE' }]
    }
    if (fields.length > 0)
      session.setColumns(
        target.name,
        fields.map(({ name }) => name),
      )
    return [
      {
        verb: said.has('external') ? 'CREATE EXTERNAL TABLE' : 'CREATE TABLE',
        changes: [{ dataset: target.name, change: 'CREATE', whole: false }],
        schemas,
        ...located(target, location),
      },
    ]
  }
  const from = start ?? bracket
  const query = cloned ?? reading.query(from) ?? scannedQuery(reading, from)
  const draft = into(reading, {
    target,
    query,
    delivery: names === undefined ? { by: 'name' } : { by: 'position', columns: names },
    isTemporary,
  })
  return [
    {
      ...draft,
      verb: 'CREATE TABLE AS',
      ...made(reading, draft, { query, names }),
      ...located(target, location),
    },
  ]
}

/** Spark's `[SHALLOW | DEEP] CLONE s`: all of another table. */
function takeClone(reading: Reading): Query | undefined {
  const { cursor } = reading
  const isClone =
    cursor.takes('clone') || cursor.takes('shallow clone') || cursor.takes('deep clone')
  if (!isClone) return undefined
  const start = cursor.at
  reading.takeTable()
  return reading.asked(`select * from ${reading.rendered(start, cursor.at)}`)
}

/** `PARTITIONED BY (dt date)`; what has no type there is one of the columns, or made of one. */
function partitionFields(reading: Reading, fields: readonly SqlField[]): readonly SqlField[] {
  const { cursor } = reading
  const { tokens } = cursor
  const behind = cursor.at
  const by = findWord(tokens, ['partitioned'], behind)
  if (!isWord(tokens[by + 1], 'by') || !isSign(tokens[by + 2], '(')) return []
  const found = fieldsIn(reading, by + 3, closeOf(tokens, by + 2))
  cursor.goTo(behind)
  const known = new Set(fields.map(({ name }) => name))
  return found.filter(({ name, type }) => /^[a-z]/.test(type ?? '') && !known.has(name))
}

function bindingAt({ cursor }: Reading, start: number): number {
  const { tokens } = cursor
  for (let at = start; at < tokens.length; at += 1) {
    if (!isWord(tokens[at], 'with')) continue
    const next = ['no', 'check', 'data', 'cascaded', 'local'].some((word) =>
      isWord(tokens[at + 1], word),
    )
    if (next) return at
  }
  return tokens.length
}

function opensQuery({ cursor }: Reading, bracket: number): boolean {
  let at = bracket
  while (isSign(cursor.tokens[at], '(')) at += 1
  return isWord(cursor.tokens[at], 'select') || isWord(cursor.tokens[at], 'with')
}

/** Behind AS, or where a SELECT stands without it (Hive, Spark). */
function queryStart({ cursor }: Reading): number | undefined {
  const { tokens } = cursor
  for (
    let at = findWord(tokens, ['as'], cursor.at);
    at < tokens.length;
    at = findWord(tokens, ['as'], at + 1)
  ) {
    let behind = at + 1
    while (isSign(tokens[behind], '(')) behind += 1
    if (['select', 'with', 'table', 'values', 'from'].some((word) => isWord(tokens[behind], word)))
      return at + 1
  }
  const select = findWord(tokens, ['select'], cursor.at)
  if (select < tokens.length) return select
  const open = tokens.findIndex(
    (token, at) => at >= cursor.at && isSign(token, '(') && isWord(tokens[at + 1], 'select'),
  )
  return open < 0 ? undefined : open
}

/** `LOCATION 's3://…'`, and Athena's `external_location = 's3://…'`. */
function locationIn({ cursor }: Reading, to: number = cursor.tokens.length): string | undefined {
  const { tokens } = cursor
  for (let at = cursor.at; at < to; at += 1) {
    const token = tokens[at]
    const isNamed = ['location', 'external_location', 'path'].some((word) => isWord(token, word))
    if (!isNamed) continue
    const value = isSign(tokens[at + 1], '=') ? tokens[at + 2] : tokens[at + 1]
    if (value?.kind === 'text' && /^(?:\w+:\/\/|\/)/.test(value.value)) return value.value
  }
  return undefined
}

function located({ name }: Target, location: string | undefined): Pick<Draft, 'locations'> {
  return location === undefined ? {} : { locations: [{ table: name, location }] }
}

/** A view is made of what it selects; it holds that whenever it is read. */
function readCreateView(reading: Reading, said: ReadonlySet<string>): Draft {
  const { cursor, traits } = reading
  const verb = said.has('materialized') ? 'CREATE MATERIALIZED VIEW' : 'CREATE VIEW'
  const target = takeTarget(reading)
  const names = takeColumns(cursor, traits)
  const start = queryStart(reading)
  // Redshift's `WITH NO SCHEMA BINDING`, and the checks of others, stand behind the query.
  const end = start === undefined ? start : bindingAt(reading, start)
  const query =
    start === undefined ? noQuery : (reading.query(start, end) ?? scannedQuery(reading, start))
  const isTemporary = said.has('temp') || said.has('temporary')
  const draft = into(reading, {
    target,
    query,
    delivery: names === undefined ? { by: 'name' } : { by: 'position', columns: names },
    isTemporary,
  })
  return { ...draft, verb, ...made(reading, draft, { query, names }) }
}

/** Spark's `CACHE TABLE q [AS query]`: a view of the session. */
export function readCache(reading: Reading): Draft {
  const target = reading.takeTable() ?? 'unnamed'
  const start = queryStart(reading)
  if (start === undefined) return {}
  const query = reading.query(start) ?? scannedQuery(reading, start)
  return into(reading, { target, query, delivery: { by: 'name' }, isTemporary: true })
}
