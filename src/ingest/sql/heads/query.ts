import type { Reading } from '../reading.ts'
import type { Draft } from '../statement.ts'
import { findWord, isWord } from '../cursor.ts'
import { readInsert } from './insert.ts'
import { into, made, scannedQuery } from './target.ts'

/** SELECT, WITH, VALUES, a query in brackets: what is read; SELECT … INTO makes a table of it. */
export function readQueryStatement(reading: Reading): readonly Draft[] {
  const { cursor } = reading
  const { tokens } = cursor
  const insert = isWord(tokens[0], 'with') ? findWord(tokens, ['insert']) : tokens.length
  if (insert < tokens.length) return [readWithInsert(reading, insert)]
  const query = reading.query(0) ?? scannedQuery(reading, 0)
  const select = findWord(tokens, ['select'])
  const from = findWord(tokens, ['from'], select + 1)
  const place = findWord(tokens, ['into'], select + 1, from)
  if (place >= from || select >= tokens.length) {
    return [
      {
        inputs: query.inputs,
        ...(query.unresolved === undefined ? {} : { unresolved: query.unresolved }),
      },
    ]
  }
  cursor.goTo(place + 1)
  const isTemporary = cursor.takes('temp') || cursor.takes('temporary')
  cursor.takes('table')
  const target = reading.takeTable() ?? 'unnamed'
  const isByMark = target !== 'unnamed' && (target.parts.at(-1) ?? '').startsWith('#')
  const draft = into(reading, {
    target,
    query,
    delivery: { by: 'name' },
    isTemporary: isTemporary || isByMark,
  })
  return [{ ...draft, verb: 'SELECT INTO', ...made(reading, draft, { query, names: undefined }) }]
}

/** `WITH q AS (…) INSERT INTO t SELECT …`: the query is the WITH and what follows the target. */
function readWithInsert(reading: Reading, insert: number): Draft {
  reading.cursor.goTo(insert + 1)
  return readInsert(reading, reading.rendered(0, insert))[0] ?? {}
}

/** Hive: `FROM s INSERT … SELECT … INSERT … SELECT …`, each with a flow of its own. */
export function readFrom(reading: Reading): readonly Draft[] {
  const { cursor } = reading
  const { tokens } = cursor
  const first = findWord(tokens, ['insert', 'select'])
  if (!isWord(tokens[first], 'insert')) {
    const query = reading.query(0) ?? scannedQuery(reading, 0)
    return [{ verb: 'SELECT', inputs: query.inputs }]
  }
  const source = reading.rendered(0, first)
  const drafts: Draft[] = []
  for (let at = first; at < tokens.length;) {
    const next = findWord(tokens, ['insert'], at + 1)
    cursor.goTo(at + 1)
    drafts.push(...readInsert(reading, source, next))
    at = next
  }
  return drafts
}
