import type { Reading } from '../reading.ts'
import type { Draft } from '../statement.ts'
import type { Target } from './target.ts'
import type { Range } from './rewritten.ts'
import { findWord, isSign, isWord } from '../cursor.ts'
import { takeName } from '../name.ts'
import { scanned } from '../scan.ts'
import { assigned, change } from './rewritten.ts'
import { unnamed } from './target.ts'

/**
 * Behind UPDATE: `t [AS a] SET x = e, … [FROM …] [WHERE …]`. It is read as the query
 * `SELECT e AS x, … FROM t, … WHERE …`, which has the same columns.
 */
export function readUpdate(reading: Reading): Draft {
  const { cursor } = reading
  const { tokens } = cursor
  const start = cursor.at
  cursor.takes('only')
  const target = reading.takeTable() ?? 'unnamed'
  if (target === 'unnamed') return { ...scanned(reading), ...unnamed }
  const set = cursor.find('set')
  const from = findWord(tokens, ['from'], set + 1)
  const where = findWord(tokens, ['where'], set + 1)
  const written = assigned(reading, { from: set + 1, to: Math.min(from, where) })
  // SQL Server and MySQL name the joined tables before SET, and some name the target again in FROM.
  const self = reading.rendered(start, set)
  const others = from < tokens.length ? reading.rendered(from + 1, Math.max(where, from + 1)) : ''
  const isNamed = others !== '' && stands(reading, target, { from: from + 1, to: where })
  const all = others === '' ? self : isNamed ? others : `${self}, ${others}`
  return change(reading, target, {
    written,
    sources: `from ${all} ${reading.rendered(where, tokens.length)}`,
  })
}

/** Whether the target stands between, where a name of a table can. */
function stands(reading: Reading, { parts: target }: Target, { from, to }: Range): boolean {
  const { cursor, traits } = reading
  for (let at = from; at < to; at += 1) {
    const before = cursor.tokens[at - 1]
    if (!isWord(before, 'from') && !isWord(before, 'join') && !isSign(before, ',')) continue
    cursor.goTo(at)
    const name = takeName(cursor, traits)
    if (Array.isArray(name) && name.join('.') === target.join('.')) return true
  }
  return false
}
