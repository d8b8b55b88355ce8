import type { Reading } from '../reading.ts'
import type { Draft } from '../statement.ts'
import { scanned } from '../scan.ts'
import { change } from './rewritten.ts'
import { unnamed } from './target.ts'

/** Behind DELETE: `[FROM] t [USING …] [WHERE …]`: what it reads decides which rows go. */
export function readDelete(reading: Reading): Draft {
  const { cursor } = reading
  cursor.takes('from')
  const start = cursor.at
  const target = reading.takeTable() ?? 'unnamed'
  if (target === 'unnamed') return { ...scanned(reading), ...unnamed }
  const [using, where] = [cursor.find('using'), cursor.find('where')]
  const end = cursor.tokens.length
  const self = reading.rendered(start, Math.min(using, where))
  const others = using < end ? `, ${reading.rendered(using + 1, where)}` : ''
  const sources = `from ${self}${others} ${reading.rendered(where, end)}`
  const draft = change(reading, target, { written: [], sources })
  const isAll = where >= end && using >= end && (draft.outputs ?? []).length > 0
  return {
    ...draft,
    changes: isAll ? [{ dataset: target.name, change: 'TRUNCATE', whole: true }] : [],
  }
}
