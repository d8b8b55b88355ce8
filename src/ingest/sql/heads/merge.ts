import type { Reading } from '../reading.ts'
import type { Draft } from '../statement.ts'
import type { Range, Written } from './rewritten.ts'
import { findWord, isSign, isWord, parts } from '../cursor.ts'
import { scanned } from '../scan.ts'
import { assigned, change } from './rewritten.ts'
import { unnamed } from './target.ts'

/**
 * Behind MERGE: `INTO t [AS a] USING s ON c WHEN … THEN UPDATE SET … | INSERT (…) VALUES (…) | DELETE`.
 * It is read as the query of all that its branches write from the join of the two. Redshift's short
 * form `REMOVE DUPLICATES` takes the rows of the source as they are.
 */
export function readMerge(reading: Reading): Draft {
  const { cursor } = reading
  const { tokens } = cursor
  cursor.takes('into')
  const start = cursor.at
  const target = reading.takeTable() ?? 'unnamed'
  if (target === 'unnamed') return { ...scanned(reading), ...unnamed }
  const using = cursor.find('using')
  const on = findWord(tokens, ['on'], using + 1)
  const first = findWord(tokens, ['when', 'remove'], on + 1)
  // The name by which the source is called: its alias, else the last part of its name.
  const alias = reading.rendered(on - 1, on)
  const [self, source] = [reading.rendered(start, using), reading.rendered(using + 1, on)]
  const sources = `from ${self} join ${source} ${reading.rendered(on, first)}`
  if (isWord(tokens[first], 'remove')) {
    return change(reading, target, { written: [`${alias}.*`], sources })
  }
  const branches: Written[] = []
  for (let at = first; at < tokens.length;) {
    const next = findWord(tokens, ['when'], at + 1)
    cursor.goTo(findWord(tokens, ['then'], at + 1, next) + 1)
    if (cursor.takes('update set')) {
      const isAll = isSign(cursor.peek(), '*')
      branches.push(isAll ? [`${alias}.*`] : assigned(reading, { from: cursor.at, to: next }))
    } else if (cursor.takes('insert')) {
      branches.push(inserted(reading, { from: cursor.at, to: next }, alias))
    }
    at = next
  }
  const written = branches.includes(undefined) ? undefined : branches.flatMap((some) => some ?? [])
  return change(reading, target, { written, sources })
}

/**
 * `(a, b) VALUES (e, f)` as `e AS a, f AS b`; `*` and `ROW` are the source's columns. Without a list
 * the values go into the columns of a table that is not known here.
 */
function inserted(reading: Reading, { from, to }: Range, alias: string): Written {
  const { cursor } = reading
  const { tokens } = cursor
  if (isSign(tokens[from], '*') || isWord(tokens[from], 'row')) return [`${alias}.*`]
  const values = findWord(tokens, ['values'], from, to)
  if (values >= to || !isSign(tokens[from], '(')) return undefined
  const columns = [...parts(tokens, from + 1, values - 1)]
  cursor.goTo(values + 1)
  cursor.skipBrackets()
  const expressions = [...parts(tokens, values + 2, cursor.at - 1)]
  if (expressions.length !== columns.length) return undefined
  return expressions.map((expression, place) => {
    const { to: end } = columns[place] ?? expression
    return `${reading.rendered(expression.from, expression.to)} as ${reading.rendered(end - 1, end)}`
  })
}
