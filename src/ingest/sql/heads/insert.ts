import type { Query } from '../query.ts'
import type { Reading } from '../reading.ts'
import type { Draft } from '../statement.ts'
import type { Target } from './target.ts'
import { findWord, isSign, isWord, parts } from '../cursor.ts'
import { delivered } from '../deliver.ts'
import { takeColumns, takeName } from '../name.ts'
import { scanned } from '../scan.ts'
import { into, scannedQuery, unnamed, unparsed } from './target.ts'

/**
 * Behind INSERT: `INTO | OVERWRITE [TABLE] t [PARTITION (…)] [(columns)]`, or `OVERWRITE [LOCAL]
 * DIRECTORY '…'`, then a query or rows. `around` is what belongs to the query and stands before the
 * INSERT (a WITH, Hive's FROM); the statement ends at `end`.
 */
export function readInsert(
  reading: Reading,
  around = '',
  end: number = reading.cursor.tokens.length,
): readonly Draft[] {
  const { cursor, traits } = reading
  const isOverwrite = cursor.takes('overwrite')
  if (!isOverwrite && !cursor.takes('into')) return []
  const isLocal = cursor.takes('local')
  if (cursor.takes('directory')) return [intoDirectory(reading, { around, end, isLocal })]
  cursor.takes('table')
  const target = reading.takeTable()
  if (target === undefined) return []
  const partition = cursor.takes('partition') ? takePartition(reading) : undefined
  cursor.takes('if not exists')
  const isByName = cursor.takes('by name')
  const listed = takeColumns(cursor, traits)
  // Redshift takes DEFAULT VALUES; SQL Server says what it did by OUTPUT.
  const start = findQuery(reading, cursor.at, end)
  if (start === undefined)
    return [{ verb: 'INSERT', outputs: target === 'unnamed' ? [] : [target.name] }]
  const query = queryAt(reading, { around, start, end })
  const columns = listed ?? columnsKnown(reading, target, partition ?? [])
  const draft = into(reading, {
    target,
    query,
    delivery: isByName
      ? { by: 'name' }
      : { by: 'position', ...(columns === undefined ? {} : { columns }) },
  })
  const changes = (draft.outputs ?? []).flatMap((dataset) =>
    // One partition is not the whole; nor are those that the rows name.
    isOverwrite ? [{ dataset, change: 'OVERWRITE' as const, whole: partition === undefined }] : [],
  )
  const verb = isOverwrite ? 'INSERT OVERWRITE' : 'INSERT'
  return [{ ...draft, verb, changes }]
}

type Range = Readonly<{ around: string; start: number; end: number }>

function queryAt(reading: Reading, { around, start, end }: Range): Query {
  const query = /^from\b/i.test(around)
    ? reading.asked(withFrom(reading, { around, start, end }))
    : reading.asked(`${around} ${reading.rendered(start, end)}`)
  return query ?? scannedQuery(reading, around === '' ? start : 0)
}

/** Hive's FROM goes behind the list of the SELECT that it is the source of. */
function withFrom(reading: Reading, { around, start, end }: Range): string {
  const behind = [
    'where',
    'group',
    'having',
    'order',
    'sort',
    'distribute',
    'cluster',
    'limit',
    'lateral',
    'window',
  ]
  const place = findWord(reading.cursor.tokens, behind, start, end)
  return `${reading.rendered(start, place)} ${around} ${reading.rendered(place, end)}`
}

function findQuery({ cursor }: Reading, from: number, to: number): number | undefined {
  const words = ['select', 'with', 'values', 'table', 'from', 'map', 'reduce']
  const word = findWord(cursor.tokens, words, from, to)
  // `INSERT INTO t (SELECT …)`
  for (let at = from; at < word; at += 1) {
    if (isSign(cursor.tokens[at], '(') && isQueryStart(cursor.tokens, at + 1)) return at
  }
  return word < to ? word : undefined
}

function isQueryStart(tokens: Reading['cursor']['tokens'], from: number): boolean {
  let at = from
  while (isSign(tokens[at], '(')) at += 1
  return isWord(tokens[at], 'select') || isWord(tokens[at], 'with')
}

type PartitionColumn = Readonly<{ name: string; isFixed: boolean }>

/** `(dt = 'x', region)`: what is fixed gets no column of the query. */
function takePartition(reading: Reading): PartitionColumn[] {
  const { cursor, traits } = reading
  if (!isSign(cursor.peek(), '(')) return []
  const from = cursor.at + 1
  cursor.skipBrackets()
  const to = cursor.at - 1
  const columns: PartitionColumn[] = []
  for (const part of parts(cursor.tokens, from, to)) {
    cursor.goTo(part.from)
    const name = takeName(cursor, traits)
    const [column] = Array.isArray(name) ? (name as string[]) : []
    if (column !== undefined) columns.push({ name: column, isFixed: cursor.at < part.to })
  }
  cursor.goTo(to + 1)
  return columns
}

/** The columns of a table that this text made; those of partitions that the rows name come last. */
function columnsKnown(
  reading: Reading,
  target: Target | 'unnamed',
  partition: readonly PartitionColumn[],
): readonly string[] | undefined {
  const known = target === 'unnamed' ? undefined : reading.session.columnsOf(target.name)
  const added = partition.filter(({ isFixed }) => !isFixed).map(({ name }) => name)
  return known === undefined ? undefined : [...known, ...added]
}

function intoDirectory(
  reading: Reading,
  { around, end, isLocal }: Readonly<{ around: string; end: number; isLocal: boolean }>,
): Draft {
  const { cursor } = reading
  const verb = 'INSERT OVERWRITE DIRECTORY'
  const location = reading.takeLocation()
  const start = findQuery(reading, cursor.at, end)
  const query = start === undefined ? undefined : queryAt(reading, { around, start, end })
  if (location === undefined || location === 'unnamed') {
    const { inputs = [] } = query ?? scanned(reading)
    return {
      verb,
      inputs,
      unresolved: location === undefined ? unparsed : (unnamed.unresolved ?? unparsed),
    }
  }
  const output = { location: isLocal ? `file://${location}` : location }
  const draft =
    query === undefined ? { outputs: [output] } : delivered(query, output, { by: 'name' })
  return { ...draft, verb, changes: [{ dataset: output, change: 'OVERWRITE', whole: true }] }
}
