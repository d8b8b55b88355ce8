import type { SqlName } from '../name.ts'
import type { Reading } from '../reading.ts'
import type { Draft, SqlCopy } from '../statement.ts'
import type { Target } from './target.ts'
import { isSign, isWord } from '../cursor.ts'
import { delivered } from '../deliver.ts'
import { takeColumns } from '../name.ts'
import { scanned } from '../scan.ts'
import { noQuery } from '../query.ts'
import { into, unnamed, unparsed } from './target.ts'

/** Formats whose values go to the columns of the same name; in others one goes after the other. */
const named = ['json', 'avro', 'shapefile']

/**
 * Behind COPY: `t [(columns)] FROM 's3://…' | 'emr://…' | 'dynamodb://…' | 'ssh manifest' …`.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html
 */
export function readCopy(reading: Reading): Draft {
  const { cursor, traits, session } = reading
  const target = reading.takeTable() ?? 'unnamed'
  const columns = takeColumns(cursor, traits)
  if (!cursor.takes('from')) return { unresolved: 'Where it copies from is not known' }
  const location = reading.takeLocation()
  const outputs = target === 'unnamed' ? [] : [target.name]
  if (location === undefined || location === 'unnamed') {
    return { outputs, unresolved: 'Where it copies from was taken out or is put in when it runs' }
  }
  // A manifest says where the data is; what it names is not in the statement.
  const isManifest = cursor.find('manifest') < cursor.tokens.length
  const input: SqlName = { location }
  if (isManifest || cursor.find('ssh') < cursor.tokens.length) {
    const inputs = isManifest ? [{ location: folderOf(location) }] : []
    return {
      inputs,
      outputs,
      unresolved: 'The files to copy are named in a manifest',
    }
  }
  if (target === 'unnamed') return { inputs: [input], ...unnamed }
  if (session.isWhole && session.temporary(target.parts) !== undefined) {
    const star = { star: { dataset: input, except: [] } }
    const query = { ...noQuery, inputs: [input], alternatives: [[star]] }
    const delivery =
      columns === undefined ? { by: 'name' as const } : { by: 'position' as const, columns }
    return into(reading, { target, query, delivery })
  }
  const copy = copyOf(reading, { input, target, columns, location })
  return { inputs: [input], outputs, copies: copy === undefined ? [] : [copy] }
}

function folderOf(location: string): string {
  return /^\w+:\/\/[^/]+\/.*\//s.exec(location)?.[0] ?? location
}

function copyOf(
  reading: Reading,
  {
    input,
    target,
    columns,
    location,
  }: Readonly<{
    input: SqlName
    target: Target
    columns: readonly string[] | undefined
    location: string
  }>,
): SqlCopy | undefined {
  const { cursor } = reading
  const { tokens } = cursor
  const from = cursor.at
  const format = named.findIndex((word) =>
    tokens.some((token, at) => at >= from && isWord(token, word)),
  )
  const output = target.name
  if (/^dynamodb:/i.test(location) || format >= 0) {
    // `JSON 's3://paths'` says by itself which value goes where.
    const paths = tokens.findIndex((token, at) => at >= from && isWord(token, named[format] ?? ''))
    const option = tokens[isWord(tokens[paths + 1], 'as') ? paths + 2 : paths + 1]
    if (option?.kind === 'text' && /^\w+:\/\//.test(option.value)) return undefined
    return {
      input,
      output,
      columns: { by: 'name', ...(columns === undefined ? {} : { only: columns }) },
    }
  }
  if (tokens.some((token, at) => at >= from && isWord(token, 'fixedwidth'))) return undefined
  return {
    input,
    output,
    columns: { by: 'position', ...(columns === undefined ? {} : { to: columns }) },
  }
}

/**
 * Behind UNLOAD: `('query' | $$query$$) TO 's3://…' …`. The columns of the files have the names of
 * those of the query.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html
 */
export function readUnload(reading: Reading): Draft {
  const { cursor } = reading
  if (!isSign(cursor.peek(), '(')) return { unresolved: unparsed }
  const statement = cursor.peek(1)
  cursor.skipBrackets()
  const close = cursor.at - 1
  const location = cursor.takes('to') ? reading.takeLocation() : undefined
  // Athena: UNLOAD (SELECT …), without quotes.
  const isText = statement?.kind === 'text' || statement?.kind === 'body'
  const inner = isText ? reading.within(statement.value) : reading
  const query = isText ? inner.query(0) : reading.query(2, close)
  const inputs = query?.inputs ?? scanned(inner).inputs ?? []
  if (location === undefined || location === 'unnamed') {
    return { inputs, unresolved: 'Where it unloads to was taken out or is put in when it runs' }
  }
  const output = { location }
  if (query === undefined) return { inputs, outputs: [output], unresolved: unparsed }
  return delivered(query, output, { by: 'name' })
}

/** Hive's `LOAD DATA [LOCAL] INPATH '…' [OVERWRITE] INTO TABLE t [PARTITION (…)]`: files as they are. */
export function readLoad(reading: Reading): Draft {
  const { cursor } = reading
  const isLocal = cursor.takes('local')
  if (!cursor.takes('inpath')) return { unresolved: unparsed }
  const location = reading.takeLocation()
  const isOverwrite = cursor.takes('overwrite')
  cursor.takes('into')
  cursor.takes('table')
  const target = reading.takeTable() ?? 'unnamed'
  const isPartition = cursor.takes('partition')
  if (target === 'unnamed' || location === undefined || location === 'unnamed') {
    return { outputs: target === 'unnamed' ? [] : [target.name], ...unnamed }
  }
  // A path of the client's, from a folder that nobody says.
  const isUnknown = isLocal && !location.startsWith('/')
  return {
    inputs: isUnknown ? [] : [{ location: isLocal ? `file://${location}` : location }],
    ...(isUnknown ? { unresolved: 'A local file is named from a folder that is not known' } : {}),
    outputs: [target.name],
    changes: isOverwrite
      ? [{ dataset: target.name, change: 'OVERWRITE', whole: !isPartition }]
      : [],
  }
}

/** Hive's `EXPORT TABLE t [PARTITION (…)] TO '…'` and `IMPORT [EXTERNAL] TABLE t FROM '…'`. */
export function readExport(reading: Reading): Draft {
  return betweenTableAndFiles(reading, 'to')
}

export function readImport(reading: Reading): Draft {
  reading.cursor.takes('external')
  return betweenTableAndFiles(reading, 'from')
}

function betweenTableAndFiles(reading: Reading, word: 'from' | 'to'): Draft {
  const { cursor } = reading
  cursor.takes('table')
  const target = reading.takeTable() ?? 'unnamed'
  cursor.goTo(cursor.find(word) + 1)
  const location = reading.takeLocation()
  if (target === 'unnamed' || location === undefined || location === 'unnamed') return unnamed
  const [table, files]: readonly SqlName[] = [target.name, { location }]
  if (table === undefined || files === undefined) return unnamed
  const [input, output] = word === 'to' ? [table, files] : [files, table]
  return {
    inputs: [input],
    outputs: [output],
    copies: [{ input, output, columns: { by: 'name' } }],
  }
}
