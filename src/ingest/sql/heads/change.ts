import type { SqlName } from '../name.ts'
import type { Query } from '../query.ts'
import type { Reading } from '../reading.ts'
import type { Draft } from '../statement.ts'
import type { Target } from './target.ts'
import { findWord, isSign, isWord, parts } from '../cursor.ts'
import { delivered } from '../deliver.ts'
import { keyOf, takeName } from '../name.ts'
import { scanned } from '../scan.ts'
import { unnamed, unparsed } from './target.ts'

type Range = Readonly<{ from: number; to: number }>

/**
 * Behind UPDATE: `t [AS a] SET x = e, … [FROM …] [WHERE …]`. It is read as the query
 * `SELECT e AS x, … FROM t, … WHERE …`, which has the same columns.
 */
export function readUpdate(reading: Reading): Draft {
  const { cursor } = reading
  const start = cursor.at
  cursor.takes('only')
  const target = reading.takeTable() ?? 'unnamed'
  const set = cursor.find('set')
  const from = findWord(cursor.tokens, ['from'], set + 1)
  const where = findWord(cursor.tokens, ['where'], set + 1)
  const end = Math.min(from, where)
  const items = assigned(reading, { from: set + 1, to: end })
  if (target === 'unnamed') return { ...scanned(reading), ...unnamed }
  // SQL Server and MySQL name the joined tables before SET, and some name the target again in FROM.
  const self = reading.rendered(start, set)
  const others =
    from < cursor.tokens.length ? reading.rendered(from + 1, Math.max(where, from + 1)) : ''
  const condition =
    where < cursor.tokens.length ? reading.rendered(where, cursor.tokens.length) : ''
  const sources =
    others === '' || names(reading, target, from, where) ? others : `${self}, ${others}`
  return change(
    reading,
    target,
    `select ${items.join(', ')} from ${sources === '' ? self : sources} ${condition}`,
  )
}

/** Whether the target stands in FROM as well. */
function names(reading: Reading, { parts: target }: Target, from: number, to: number): boolean {
  const { cursor, traits } = reading
  for (let at = from + 1; at < to; at += 1) {
    if (
      !isWord(cursor.tokens[at - 1], 'from') &&
      !isWord(cursor.tokens[at - 1], 'join') &&
      !isSign(cursor.tokens[at - 1], ',')
    )
      continue
    cursor.goTo(at)
    const name = takeName(cursor, traits)
    if (Array.isArray(name) && name.join('.') === target.join('.')) return true
  }
  return false
}

/** `a = e`, `t.a = e`, `(a, b) = (e, f)` as `e AS a`. */
function assigned(reading: Reading, { from, to }: Range): readonly string[] {
  const { cursor, traits } = reading
  const items: string[] = []
  for (const part of parts(cursor.tokens, from, to)) {
    cursor.goTo(part.from)
    const token = cursor.peek()
    const name = takeName(cursor, traits)
    const last = cursor.at - 1
    if (token === undefined || name === undefined || !cursor.takesSign('=')) continue
    items.push(`${reading.rendered(cursor.at, part.to)} as ${reading.rendered(last, last + 1)}`)
  }
  return items.length === 0 ? ['1'] : items
}

function change(reading: Reading, target: Target, text: string): Draft {
  const asked = reading.asked(text)
  const { session } = reading
  const content = session.temporary(target.parts)
  if (asked === undefined) {
    const { inputs = [] } = scanned(reading)
    const outputs = content === undefined ? [target.name] : []
    return { inputs, outputs, unresolved: unparsed }
  }
  if (session.isWhole && content !== undefined) {
    session.setTemporary(target.parts, {
      ...content,
      inputs: [...content.inputs, ...asked.inputs],
      alternatives: [...content.alternatives, ...asked.alternatives],
      whole: [...content.whole, ...asked.whole],
    })
    return { inputs: asked.inputs }
  }
  return delivered(withoutSelf(asked, target.name), target.name, { by: 'name' })
}

/** A table whose own rows are only looked up feeds nothing to itself. */
function withoutSelf(query: Query, target: SqlName): Query {
  const self = keyOf(target)
  const feeds = query.alternatives.some((items) =>
    items.some((item) =>
      'star' in item
        ? keyOf(item.star.dataset) === self
        : item.column.inputs.some(
            ({ dataset, done }) => done.type === 'DIRECT' && keyOf(dataset) === self,
          ),
    ),
  )
  if (feeds) return query
  return {
    ...query,
    inputs: query.inputs.filter((input) => keyOf(input) !== self),
    whole: query.whole.filter(({ dataset }) => keyOf(dataset) !== self),
    alternatives: query.alternatives.map((items) =>
      items.map((item) =>
        'star' in item
          ? item
          : {
              column: {
                ...item.column,
                inputs: item.column.inputs.filter(({ dataset }) => keyOf(dataset) !== self),
              },
            },
      ),
    ),
  }
}

/**
 * Behind MERGE: `INTO t [AS a] USING s ON c WHEN … THEN UPDATE SET … | INSERT (…) VALUES (…) | DELETE`.
 * Each branch is read as the query of what it writes from the join of the two.
 */
export function readMerge(reading: Reading): Draft {
  const { cursor } = reading
  const { tokens } = cursor
  cursor.takes('into')
  const start = cursor.at
  const target = reading.takeTable() ?? 'unnamed'
  const using = cursor.find('using')
  const on = findWord(tokens, ['on'], using + 1)
  const first = findWord(tokens, ['when', 'remove'], on + 1)
  if (target === 'unnamed') return { ...scanned(reading), ...unnamed }
  const join = `from ${reading.rendered(start, using)} join ${reading.rendered(using + 1, on)} ${reading.rendered(on, first)}`
  if (isWord(tokens[first], 'remove')) {
    // Redshift's short form takes the rows of the source as they are.
    const source = aliasOf(reading, { from: using + 1, to: on })
    return change(reading, target, `select ${source}.* ${join}`)
  }
  const items: string[] = []
  for (let at = first; at < tokens.length;) {
    const next = findWord(tokens, ['when'], at + 1)
    const then = findWord(tokens, ['then'], at + 1, next)
    cursor.goTo(then + 1)
    if (cursor.takes('update set')) {
      if (isSign(cursor.peek(), '*'))
        items.push(`${aliasOf(reading, { from: using + 1, to: on })}.*`)
      else items.push(...assigned(reading, { from: cursor.at, to: next }))
    } else if (cursor.takes('insert'))
      items.push(...inserted(reading, { from: cursor.at, to: next }, { from: using + 1, to: on }))
    at = next
  }
  return change(reading, target, `select ${items.length === 0 ? '1' : items.join(', ')} ${join}`)
}

/** `(a, b) VALUES (e, f)` as `e AS a, f AS b`; `*` and `ROW` are the source's columns. */
function inserted(reading: Reading, { from, to }: Range, source: Range): readonly string[] {
  const { cursor } = reading
  if (isSign(cursor.tokens[from], '*') || isWord(cursor.tokens[from], 'row'))
    return [`${aliasOf(reading, source)}.*`]
  const values = findWord(cursor.tokens, ['values'], from, to)
  if (values >= to || !isSign(cursor.tokens[from], '(')) return []
  const columns = [...parts(cursor.tokens, from + 1, values - 1)]
  const open = values + 1
  cursor.goTo(open)
  cursor.skipBrackets()
  const expressions = [...parts(cursor.tokens, open + 1, cursor.at - 1)]
  return columns.flatMap((column, place) => {
    const expression = expressions[place]
    return expression === undefined
      ? []
      : [
          `${reading.rendered(expression.from, expression.to)} as ${reading.rendered(column.to - 1, column.to)}`,
        ]
  })
}

/** The name by which the source is called: its alias, else the last part of its name. */
function aliasOf(reading: Reading, { to }: Range): string {
  return reading.rendered(to - 1, to)
}

/** Behind DELETE: `[FROM] t [USING …] [WHERE …]`: what it reads decides which rows go. */
export function readDelete(reading: Reading): Draft {
  const { cursor } = reading
  cursor.takes('from')
  const start = cursor.at
  const target = reading.takeTable() ?? 'unnamed'
  if (target === 'unnamed') return { ...scanned(reading), ...unnamed }
  const using = cursor.find('using')
  const where = cursor.find('where')
  const end = cursor.tokens.length
  const self = reading.rendered(start, Math.min(using, where))
  const others = using < end ? `, ${reading.rendered(using + 1, where)}` : ''
  const draft = change(
    reading,
    target,
    `select 1 from ${self}${others} ${reading.rendered(where, end)}`,
  )
  // The table itself feeds nothing: its rows go.
  const isAll = where >= end && using >= end
  const changes =
    isAll && (draft.outputs ?? []).length > 0
      ? [{ dataset: target.name, change: 'TRUNCATE' as const, whole: true }]
      : []
  return { ...draft, changes }
}
