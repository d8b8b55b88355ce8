import type { SqlName } from '../name.ts'
import type { Query } from '../query.ts'
import type { Reading } from '../reading.ts'
import type { Draft } from '../statement.ts'
import type { Target } from './target.ts'
import { parts } from '../cursor.ts'
import { delivered } from '../deliver.ts'
import { keyOf, takeName } from '../name.ts'
import { scanned } from '../scan.ts'
import { unparsed } from './target.ts'

export type Range = Readonly<{ from: number; to: number }>

/** Columns of a query that stands for a change, as text; undefined: there are some that it cannot say. */
export type Written = readonly string[] | undefined

/** `a = e`, `t.a = e` as `e AS a`; undefined for what has another form, such as `(a, b) = (…)`. */
export function assigned(reading: Reading, { from, to }: Range): Written {
  const { cursor, traits } = reading
  const items: string[] = []
  for (const part of parts(cursor.tokens, from, to)) {
    cursor.goTo(part.from)
    const name = takeName(cursor, traits)
    const last = cursor.at - 1
    if (name === undefined || !cursor.takesSign('=')) return undefined
    items.push(`${reading.rendered(cursor.at, part.to)} as ${reading.rendered(last, last + 1)}`)
  }
  return items
}

/**
 * What a statement that changes rows of a table does, by the query that reads the same: `written` are
 * its columns, under the names of those that they go into, and `sources` all from FROM on.
 */
export function change(
  reading: Reading,
  target: Target,
  { written, sources }: Readonly<{ written: Written; sources: string }>,
): Draft {
  const { session } = reading
  const list = written === undefined || written.length === 0 ? '1' : written.join(', ')
  const query = reading.asked(`select ${list} ${sources}`)
  const asked =
    query !== undefined && written?.length === 0 ? { ...query, alternatives: [[]] } : query
  const content = session.temporary(target.parts)
  if (asked === undefined || written === undefined) {
    const { inputs: seen = [] } = scanned(reading)
    const self = keyOf(target.name)
    const inputs = [...(asked?.inputs ?? []), ...seen].filter((input) => keyOf(input) !== self)
    const outputs = content === undefined ? [target.name] : []
    return { inputs, outputs, ...(asked === undefined ? { unresolved: unparsed } : {}) }
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
